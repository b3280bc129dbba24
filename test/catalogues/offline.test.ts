import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario, simulate } from '../../pipeline.js';
import type { Results } from '../../sim/results.js';

/** The catalogue of docs/catalogue-format.md: three utilities, each with an access of its own, send a file at night. */
const folder = mkdtempSync(join(tmpdir(), 'fanplan-offline-'));
const page = readFileSync(join(packageRoot, 'docs', 'catalogue-format.md'), 'utf8');
for (const [, name, text] of page.matchAll(/```yaml\n# (\S+\.yaml)\n([\s\S]*?)```/g)) {
  mkdirSync(dirname(join(folder, name!)), { recursive: true });
  writeFileSync(join(folder, name!), text!);
}
process.on('exit', () => rmSync(folder, { recursive: true }));

const FILE = 'readings/2.1/nightly_file';

/** Runs the nightly files with the accesses of a share of the utilities out from midnight to noon. */
async function run(members: string, keep = ''): Promise<Results> {
  const text = `name: offline
catalogues: [./my-catalogue]
deployment: { counts: { utilities: 3, users: 10 } }
replications: 1
only: [nightly_file]
events: [{ outage: { of: UtilityAccess, at: "00:00", duration: 12 hr${members} } }]
links: { UtilityAccess: { rate: 10 Mbit/s${keep} } }
`;
  const results = await simulate(compile(loadScenario({ text, file: join(folder, 's.yaml') })), { workers: 1 });
  return results!;
}

const offline = suite('members whose links are out');

const [all, third, kept, discarded] = await Promise.all([
  run(''),
  run(', members: 34%'),
  run('', ', keep: 12 hr'),
  run('', ', keep: 6 hr'),
]);
const file = (results: Results) => results.flows.find(({ catalogueFlow }) => catalogueFlow === FILE)!;
const dropped = (results: Results) => results.links.reduce((sum, link) => sum + link.drops, 0);

offline('catch up when they are back: what was sent from 1 to 5 AM arrives after noon', () => {
  assert.is(file(all).delivered, 3);
  // The earliest has waited 11 hours, the latest 7.
  assert.ok(file(all).latencyMaxS < 11.1 * 3600, String(file(all).latencyMaxS));
  assert.ok(file(all).latencyMeanS > 7 * 3600, String(file(all).latencyMeanS));
});

offline('are only the share that the event says', () => {
  assert.is(file(third).delivered, 3);
  assert.ok(file(third).latencyMaxS > 7 * 3600);
  // One of three waits: the mean is a third of its wait, and the few seconds that a file takes.
  assert.ok(Math.abs(file(third).latencyMeanS - file(third).latencyMaxS / 3) < 60);
});

offline('lose what waited longer than the link keeps it, and no more', () => {
  assert.is(file(kept).delivered, 3);
  assert.is(dropped(kept), 0);
  assert.is(file(discarded).delivered, 0);
  assert.is(dropped(discarded), 3);
});

offline.run();
