import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BadValue } from '../../scenarios/bad-value.js';
import { RunClock } from '../../scenarios/clock.js';
import { parseIntervals } from '../../scenarios/local-time.js';

const H = 3600;
const DAY_S = 24 * H;
const NEW_YORK = 'America/New_York';
// In New York clocks go forward on 2026-03-08 at 02:00 and back on 2026-11-01 at 02:00.
const SPRING = '2026-03-08T00:00:00';
const AUTUMN = '2026-11-01T00:00:00';

function problem(build: () => unknown) {
  try {
    build();
  } catch (error) {
    if (error instanceof BadValue) return error.problem;
    throw error;
  }
  return undefined;
}

/** Hours after the start of the day at which intervals open and close. */
function hours(clock: RunClock, text: string, dayKind = 0): number[][] {
  return clock.windowIntervals(parseIntervals(text), dayKind).map(({ fromS, toS }) => [fromS / H, toS / H]);
}

const days = suite('RunClock: days');

days('an ordinary run is one kind of 24 hours', () => {
  const clock = new RunClock('UTC', '2026-07-15T00:00:00', 3 * DAY_S);
  assert.equal([...clock.dayLengthS], [DAY_S]);
  assert.equal([...clock.dayKind], [0, 0, 0]);
});

days('the day on which clocks go forward has 23 hours, back 25', () => {
  assert.equal([...new RunClock(NEW_YORK, SPRING, H).dayLengthS], [23 * H]);
  assert.equal([...new RunClock(NEW_YORK, AUTUMN, H).dayLengthS], [25 * H]);
});

days('a run across the change has two kinds, and keeps its clock time of start', () => {
  const clock = new RunClock(NEW_YORK, '2026-03-07T06:00:00', 3 * DAY_S);
  assert.equal([...clock.dayLengthS], [23 * H, DAY_S]);
  assert.equal([...clock.dayKind], [0, 1, 1, 1]);
});

days('a run that ends with a day does not touch the next', () => {
  assert.equal([...new RunClock(NEW_YORK, SPRING, 23 * H).dayKind], [0]);
  assert.equal([...new RunClock(NEW_YORK, SPRING, 24 * H).dayKind], [0, 1]);
});

days('half an hour is possible as well', () => {
  assert.equal([...new RunClock('Australia/Lord_Howe', '2026-04-05T00:00:00', H).dayLengthS], [24.5 * H]);
});

days('a year in New York has three kinds', () => {
  const clock = new RunClock(NEW_YORK, '2026-01-01T00:00:00', 365 * DAY_S);
  assert.equal([...clock.dayLengthS], [DAY_S, 23 * H, 25 * H]);
  assert.is(clock.dayKind.length, 365);
});

days('an unknown zone is refused with the nearest', () => {
  const { code, nearest } = problem(() => new RunClock('America/NewYork', SPRING, H))!;
  assert.equal([code, nearest], ['UNKNOWN_NAME', NEW_YORK]);
});

days('a start that clocks skip is refused with the time that they show instead', () => {
  const { code, nearest } = problem(() => new RunClock(NEW_YORK, '2026-03-08T02:30:00', H))!;
  assert.equal([code, nearest], ['OUT_OF_RANGE', '2026-03-08 03:30']);
});

days('of a start that occurs twice the first is taken', () => {
  // 01:30 EDT; the change to EST comes half an hour later, so that the second bin shows 01:30 again.
  const clock = new RunClock(NEW_YORK, '2026-11-01T01:30:00', 3 * H);
  assert.equal(clock.binLabel, ['01:30', '01:30 (2)', '02:30']);
});

days.run();

const bins = suite('RunClock: bins');

bins('one for each hour begun, labelled by the wall clock', () => {
  const clock = new RunClock('Asia/Kolkata', '2026-07-15T22:00:00', 3.5 * H);
  assert.equal(clock.binLabel, ['22:00', '23:00', '00:00', '01:00']);
  assert.equal([...clock.binHour], [22, 23, 0, 1]);
});

bins('runs of several days show the date', () => {
  const clock = new RunClock('UTC', '2026-07-15T00:00:00', 30 * H);
  assert.is(clock.binLabel[24], '2026-07-16 00:00');
});

bins('the skipped hour is missing, the repeated one comes twice', () => {
  assert.equal(new RunClock(NEW_YORK, SPRING, 23 * H).binLabel.slice(0, 4), ['00:00', '01:00', '03:00', '04:00']);
  assert.equal(new RunClock(NEW_YORK, AUTUMN, 25 * H).binLabel.slice(0, 4), ['00:00', '01:00', '01:00 (2)', '02:00']);
});

bins.run();

const windows = suite('RunClock.windowIntervals');

windows('from midnight they are the clock times', () => {
  const clock = new RunClock('UTC', '2026-07-15T00:00:00', DAY_S);
  assert.equal(hours(clock, '7AM - 10PM'), [[7, 22]]);
  assert.equal(hours(clock, '05:00 - 09:00, 15:00 - 19:00'), [
    [5, 9],
    [15, 19],
  ]);
});

windows('from 06:00 they rotate, and split where the day of the run begins', () => {
  const clock = new RunClock('UTC', '2026-07-15T06:00:00', DAY_S);
  assert.equal(hours(clock, '7AM - 10PM'), [[1, 16]]);
  assert.equal(hours(clock, '4AM - 8AM'), [
    [0, 2],
    [22, 24],
  ]);
});

windows('over midnight they are one piece where the run does not begin in them', () => {
  assert.equal(hours(new RunClock('UTC', '2026-07-15T06:00:00', DAY_S), '22:00 - 06:00'), [[16, 24]]);
  assert.equal(hours(new RunClock('UTC', '2026-07-15T00:00:00', DAY_S), '22:00 - 06:00'), [
    [0, 6],
    [22, 24],
  ]);
});

windows('an interval that ends where it begins is the whole day', () => {
  assert.equal(hours(new RunClock('UTC', '2026-07-15T09:00:00', DAY_S), '06:00 - 06:00'), [[0, 24]]);
});

windows('overlapping and touching intervals are joined', () => {
  const clock = new RunClock('UTC', '2026-07-15T00:00:00', DAY_S);
  assert.equal(hours(clock, '05:00 - 09:00, 08:00 - 10:00, 10:00 - 11:00'), [[5, 11]]);
});

windows('zones with half hours shift nothing', () => {
  assert.equal(hours(new RunClock('Asia/Kolkata', '2026-07-15T00:00:00', DAY_S), '7AM - 10PM'), [[7, 22]]);
});

windows('an hour that clocks skip shortens what lies across it', () => {
  const clock = new RunClock(NEW_YORK, SPRING, 23 * H);
  assert.equal(hours(clock, '1AM - 5AM'), [[1, 4]]);
  assert.equal(hours(clock, '02:00 - 03:00'), []);
  assert.equal(hours(clock, '7AM - 10PM'), [[6, 21]]);
  assert.equal(hours(clock, '00:00 - 24:00'), [[0, 23]]);
});

windows('an hour that clocks repeat counts twice', () => {
  const clock = new RunClock(NEW_YORK, AUTUMN, 25 * H);
  assert.equal(hours(clock, '00:00 - 05:00'), [[0, 6]]);
  assert.equal(hours(clock, '7AM - 10PM'), [[8, 23]]);
  assert.equal(hours(clock, '01:30 - 03:00'), [
    [1.5, 2],
    [2.5, 4],
  ]);
});

windows('a run from 06:00 on the eve of the change has it on its first day', () => {
  const clock = new RunClock(NEW_YORK, '2026-03-07T06:00:00', 2 * DAY_S);
  assert.equal(hours(clock, '1AM - 5AM', 0), [[19, 22]]);
  assert.equal(hours(clock, '1AM - 5AM', 1), [[19, 23]]);
});

windows('are open exactly when the wall clock reads a time inside, for any start and window', () => {
  const second = fc.integer({ min: 0, max: DAY_S - 1 });
  fc.assert(
    fc.property(second, second, second, second, (start, fromS, toS, probe) => {
      const local = `2026-07-15T${new Date(start * 1000).toISOString().slice(11, 19)}`;
      const clock = new RunClock('Europe/Berlin', local, DAY_S);
      const open = clock.windowIntervals([{ fromS, toS }], 0).some((w) => w.fromS <= probe && probe < w.toS);
      const wall = (start + probe) % DAY_S;
      assert.is(open, toS > fromS ? fromS <= wall && wall < toS : wall >= fromS || wall < toS);
    }),
    { numRuns: 200, seed: 1 },
  );
});

windows.run();
