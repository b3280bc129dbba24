import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyFolder, fanplan } from './support.js';

const home = emptyFolder();
writeFileSync(
  join(home, 'small.yaml'),
  `name: Small
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 300, daps: 1 }
links: { NAN: { rate: 20 kbit/s, delay: 5 ms } }
duration: 3 hr
warmUp: none
`,
);

const run = (words: string) => fanplan(['run', 'small.yaml', '-q', '-w', '1', ...words.split(' ')], { cwd: home });
const tables = (folder: string) =>
  readdirSync(join(home, folder))
    .filter((name) => name.endsWith('.arrow'))
    .map((name) => [name, readFileSync(join(home, folder, name)).toString('base64')]);

const replications = suite('fanplan run with replications');

replications('extends a finished run to the bytes of one that had them all', () => {
  assert.is(run('-o whole --keep -n 3').code, 0);
  assert.is(run('-o grown --keep -n 2').code, 0);
  assert.is(run('-o grown -n 3').code, 2);
  assert.is(run('-o grown --resume -n 3').code, 0);
  assert.equal(tables('grown'), tables('whole'));
  const kept = (folder: string) => readdirSync(join(home, folder, 'replications')).sort();
  assert.equal(kept('grown'), kept('whole'));
  assert.is(kept('grown').length, 3);
  assert.equal(
    readdirSync(home).filter((name) => name.includes('unfinished')),
    [],
  );
});

replications('says among the assumptions how --until came to its number, or that the limit came first', () => {
  const reason = (words: string) => {
    const { code } = run(`${words} --force --format csv`);
    assert.is(code, 0);
    const folder = words.split(' ')[1]!;
    const file = readFileSync(join(home, folder, 'assumptions.csv'), 'utf8');
    return file.split('\n').find((line) => line.includes('ci(mean)')) ?? '';
  };
  assert.match(reason('-o until --until ci(mean)<100% -n 8'), 'the first number from 5 on that reached');
  assert.match(reason('-o until --until ci(mean)<0.0001% -n 2'), 'the limit');
});

replications('runs one replication again by its number, and refuses what contradicts that', () => {
  assert.is(run('-o one --replication 2').code, 0);
  const { replications: count } = JSON.parse(readFileSync(join(home, 'one', 'run.json'), 'utf8')) as {
    replications: number;
  };
  assert.is(count, 1);
  const both = run('-o both --replication 2 --until ci(mean)<5%');
  assert.is(both.code, 2);
  assert.match(both.err, '--replication');
  const typo = run('-o typo --until ci(p59)<5%');
  assert.is(typo.code, 2);
  assert.match(typo.err, 'nearest  p50');
});

replications.run();
