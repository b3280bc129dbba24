/** In which order a worker of a team runs its levels. The other worker is played here: its windows are done when the test says so. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Team, teamMemory, WINDOWS_AHEAD } from '../../sim/engine/team.js';

const order = suite('order of levels in a team');

const WINDOWS = 60;

/**
 * A worker with cells of levels 0, 1 and 2, beside one that has cells of level 1 only, which reads level 0 and writes to level 2.
 * @param pace windows of the other worker for each of this one's
 * @returns windows that this worker had done of each level, and the other of level 1, before each window that this one ran
 */
function play(pace: number) {
  const memory = teamMemory(2, 3, new Uint16Array(4), 1);
  const other = new Team(memory, 0, []);
  const mine = new Team(memory, 1, []);
  other.leaveOut(0);
  other.leaveOut(2);
  const done = [0, 0, 0];
  const story: { level: number; window: number; done: readonly number[]; others: number }[] = [];
  let others = 0;
  let due = 0;
  mine.run([0, 1, 2], 0, WINDOWS, (level, window) => {
    story.push({ level, window, done: [...done], others });
    done[level]!++;
    due += pace;
    // The other may do what this one has told to be done: not yet the window that runs. It must where this one would wait.
    const may = level === 0 ? window : done[0]!;
    const must = done[1] === WINDOWS ? done[2]! + 1 : window + 3 - WINDOWS_AHEAD;
    while (others < may && (others < Math.floor(due) || others < must)) other.setDone(1, ++others);
  });
  return story;
}

for (const [name, pace] of [
  ['a fast', 3],
  ['a slow', 0.2],
] as const) {
  order(`beside ${name} worker every level has every window once, in order, after what it needs`, () => {
    const story = play(pace);
    for (const level of [0, 1, 2]) {
      const windows = story.filter((step) => step.level === level).map(({ window }) => window);
      assert.equal(
        windows,
        Array.from({ length: WINDOWS }, (_, w) => w),
      );
    }
    for (const { level, window, done, others } of story) {
      if (level > 0) assert.ok(done[0]! > window);
      if (level === 2) assert.ok(done[1]! > window && others > window);
      assert.ok(window < Math.min(done[2]!, level < 2 ? others : WINDOWS) + WINDOWS_AHEAD);
    }
  });
}

order('what a worker that is ahead waits for goes first, as far as it may', () => {
  const first = play(3).findIndex(({ level }) => level > 0);
  assert.is(first, WINDOWS_AHEAD);
});

order('nothing is done far ahead of those who need it', () => {
  for (const { level, window, done, others } of play(0.2)) {
    if (level === 0) assert.ok(window <= Math.max(done[1]!, others) + 1, `window ${window} of level 0`);
  }
});

order.run();
