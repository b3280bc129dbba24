/** Ctrl-C and SIGTERM in the middle of a run: what is finished is kept, and a folder is whole or not there. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Results } from '../../sim/results.js';
import { emptyFolder, fanplan, interrupt } from '../cli/support.js';

/** A replication takes half a second or more, and progress is told at every quarter of them all. */
const SCENARIO = `name: Long enough
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 40000, daps: 40 }
duration: 1 day
`;
const SHORT = SCENARIO.replace('40000, daps: 40', '100, daps: 1');

const folder = emptyFolder();
writeFileSync(join(folder, 'long.yaml'), SCENARIO);
writeFileSync(join(folder, 'short.yaml'), SHORT);

const runOf = (name: string) => JSON.parse(readFileSync(join(folder, name, 'run.json'), 'utf8')) as Results['run'];
/** One thread: replications finish one after the other. */
const run = (replications: number, output: string, ...more: string[]) =>
  ['run', 'long.yaml', '-n', String(replications), '-w', '1', '-o', output, ...more] as const;
const strangers = () => readdirSync(folder).filter((name) => name.startsWith('.'));

const interrupted = suite('an interrupted run');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  interrupted(
    `${signal} in the middle of three replications: the finished ones are written, marked, and the exit code is 130`,
    async () => {
      const { code, err } = await interrupt(run(3, signal), /50%/, signal, folder);
      assert.is(code, 130, err);
      const facts = runOf(signal);
      assert.is(facts.exit, 'interrupted');
      assert.ok(facts.replications >= 1 && facts.replications <= 2, String(facts.replications));
      assert.match(readFileSync(join(folder, signal, 'report.html'), 'utf8'), /interrupted/i);
      assert.match(err, /interrupted: .* finished/);
      assert.not.match(err, /\n {4}at /, 'no stack trace');
      for (const file of ['flows.arrow', 'links.arrow', 'report.html'])
        assert.ok(existsSync(join(folder, signal, file)), file);
      assert.equal(strangers(), []);
    },
  );
}

interrupted('what is kept is what an undisturbed run of as many replications has', () => {
  const { replications } = runOf('SIGINT');
  assert.is(fanplan(run(replications, 'undisturbed', '-q'), { cwd: folder }).code, 0);
  const counts = [runOf('SIGINT'), runOf('undisturbed')].map((facts) => facts.counts);
  assert.equal(counts[0], counts[1]);
});

interrupted('SIGINT before the first is finished: nothing is written, and the exit code is 130', async () => {
  const { code, err } = await interrupt(run(2, 'nothing'), /25%/, 'SIGINT', folder);
  assert.is(code, 130);
  assert.match(err, /nothing is written/);
  assert.not.ok(existsSync(join(folder, 'nothing')));
  assert.equal(strangers(), []);
});

interrupted('an earlier result that was to be replaced stays as it was', async () => {
  assert.is(fanplan(['run', 'short.yaml', '-n', '1', '-o', 'earlier', '-q'], { cwd: folder }).code, 0);
  const before = readFileSync(join(folder, 'earlier', 'flows.arrow'));
  const { code } = await interrupt(run(2, 'earlier', '--force'), /25%/, 'SIGTERM', folder);
  assert.is(code, 130);
  assert.ok(readFileSync(join(folder, 'earlier', 'flows.arrow')).equals(before));
  assert.is(runOf('earlier').exit, 'done');
  assert.equal(strangers(), []);
});

interrupted.run();
