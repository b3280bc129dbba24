import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderContents } from './folder-contents.js';
import { emptyFolder, fanplan, interrupt } from './support.js';

const home = emptyFolder();
writeFileSync(
  join(home, 'town.yaml'),
  `name: Town
profile: ACvIW
useCases: [meter-reading]
deployment: { meters: 8000, daps: 8 }
links: { NAN: { rate: 20 kbit/s, delay: 5 ms } }
warmUp: none
`,
);
const words = ['sweep', 'town.yaml', '--vary', 'NAN.rate=20,40,80 kbit/s', '-n', '4', '-w', '2'];

const contents = (folder: string) => folderContents(join(home, folder));

const sweep = suite('fanplan sweep');

sweep('that was stopped and resumed ends with the bytes of an undisturbed one', async () => {
  const whole = fanplan([...words, '-o', 'whole'], { cwd: home });
  assert.is(whole.code, 0, whole.err);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const folder = `stopped-${signal}`;
    const stopped = await interrupt([...words, '-o', folder], /simulating: 25%/, signal, home);
    assert.is(stopped.code, 130, stopped.err);
    assert.match(stopped.err, /of 12 replications are finished and kept in/);
    assert.not.match(stopped.err, /\bat .*\.js/);
    assert.not(existsSync(join(home, folder)));
    const kept = readdirSync(join(home, `${folder}.unfinished`, 'replications')).length;
    assert.ok(kept >= 1 && kept < 12, `${kept}`);
    const resumed = fanplan([...words, '-o', folder], { cwd: home });
    assert.is(resumed.code, 0, resumed.err);
    assert.match(resumed.err, `${kept} finished replications are taken over`);
    assert.not(existsSync(join(home, `${folder}.unfinished`)));
    assert.equal(contents(folder), contents('whole'));
  }
});

sweep('is extended by --resume to the bytes of one that had all replications', () => {
  const few = words.map((word) => (word === '4' ? '3' : word));
  assert.is(fanplan([...few, '-o', 'grown'], { cwd: home }).code, 0);
  assert.is(fanplan([...words, '-o', 'grown'], { cwd: home }).code, 2);
  const grown = fanplan([...words, '-o', 'grown', '--resume'], { cwd: home });
  assert.match(grown.err, '9 finished replications are taken over');
  assert.equal(contents('grown'), contents('whole'));
});

sweep('answers settings that are wrong at the setting, before any work', () => {
  const err = (...vary: string[]) => {
    const ended = fanplan(['sweep', 'town.yaml', ...vary.flatMap((one) => ['--vary', one]), '-o', 'bad'], {
      cwd: home,
    });
    assert.is(ended.code, 2);
    assert.not.match(ended.err, /\bat .*\.js/);
    return ended.err;
  };
  assert.match(err(), 'nothing is varied');
  assert.match(err('NAN.rate=20,50'), /--vary NAN\.rate=20 .*WRONG_UNIT/);
  assert.match(err('NAN.rat=20,50 kbit/s'), 'nearest  rate');
  assert.match(err('lod=baseload'), 'nearest  load');
  assert.match(err('deployment.meters=1..10'), 'no step');
  assert.match(err('NAN.rate'), 'a key and a value');
  assert.match(err('load=baseload', 'load=highload'), 'varied twice');
  assert.not(existsSync(join(home, 'bad')));
});

sweep.run();
