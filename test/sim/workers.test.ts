/** One replication on several workers: the same bytes, however many they are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario } from '../../pipeline.js';
import { partition } from '../../sim/engine/cells.js';
import { compileProgram } from '../../sim/engine/program.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplications } from '../../sim/replications.js';
import { Interrupted, simulateReplication } from '../../sim/simulate.js';
import { simulateInTeam, teamWork, Workers } from '../../sim/workers.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan } from './plan-builder.js';
import { anyMediaPlan } from './random-media-plan.js';
import { anyPlan } from './random-plan.js';
import { sharedUplink } from './shared-uplink.js';

const [one, two, three, eight] = [new Workers(1), new Workers(2), new Workers(3), new Workers(8)];
const teams = [one, two, three, eight];

/** Asserts that teams give the bytes that one thread gives. @returns messages delivered */
async function assertSame(plan: Plan, by: readonly Workers[]): Promise<number> {
  const alone = simulateReplication(plan, 1);
  for (const team of by) assert.is(fingerprint(await team.simulate(plan, 1)), fingerprint(alone));
  return alone.flows.delivered.reduce((sum, n) => sum + n, 0);
}

const bytes = suite('the same bytes with 1, 2, 3 and 8 workers');

bytes('areas behind one uplink at load 0.9: synchronised reads, answers to commands', async () => {
  const plan = buildPlan(sharedUplink(0.9, 'synchronised'));
  assert.ok(teamWork(plan).cells > 8);
  assert.ok((await assertSame(plan, teams)) > 5000);
});

bytes('a circle of areas around what they share both ways, beside what is no part of it', async () => {
  const { sources, links, causes } = sharedUplink(0.9, 'random', {
    'WAN up': { server: 'air', rateBps: 1e6, delayS: 0.02 },
    'WAN down': { server: 'air', rateBps: 1e6, delayS: 0.02 },
    'centre up': { rateBps: 300_000 },
    'centre down': { rateBps: 10_000 },
  });
  const passedOn = [{ name: 'reports', kind: 'dap', process: 'caused', sizeB: 50, path: ['centre up'] }] as const;
  const prepared = {
    name: 'orders',
    kind: 'dap',
    periodS: 900,
    sizeB: 40,
    path: ['centre down', 'WAN down', 'NAN down'],
  };
  const plan = buildPlan({
    horizonS: 3600,
    kinds: { dap: 240 },
    links: links!,
    sources: [...sources, ...passedOn, prepared],
    causes: [...causes!, { trigger: 'reads', source: 'reports' }],
  });
  assert.is(partition(compileProgram(plan, 1), 'cells').circle?.spokes, 240);
  assert.ok((await assertSame(plan, [one, two, three])) > 30_000);
  assert.is(
    fingerprint(simulateReplication(plan, 1, { partition: 'single' })),
    fingerprint(simulateReplication(plan, 1)),
  );
});

bytes('an uplink that is overloaded, over several days', async () => {
  const plan = buildPlan({ ...sharedUplink(1.2, 'random'), warmUpDays: 2, dayLengthS: [3600], dayKind: [0, 0] });
  await assertSame(plan, [two, three]);
});

bytes('warm-up until the day repeats: all stop on the same day', async () => {
  const plan = buildPlan({ ...sharedUplink(0.9, 'random'), warmUpDays: -1, dayLengthS: [3600] });
  await assertSame(plan, [two, three]);
});

bytes('devices captured in windows that several workers see', async () => {
  const { kinds, links } = sharedUplink(0.5, 'random');
  const plan = buildPlan({
    horizonS: 4 * 3600,
    kinds: kinds!,
    populations: { meters: { kind: 'dap', devices: 20 } },
    links: { ...links, 'NAN down': { kind: 'dap', rateBps: 2000, delayS: 0.5 } },
    sources: [
      {
        name: 'prices',
        periodS: 600,
        sizeB: 1000,
        path: {
          link: 'WAN down',
          next: [{ link: 'NAN down', fan: 'everyInstance', listeners: 'meters', deliver: 'price' }],
        },
      },
      { name: 'reads', kind: 'dap', devices: 20, periodS: 600, sizeB: 100, path: ['NAN up', 'WAN up'] },
    ],
    flows: {
      price: { tiers: [{ windowS: 1800, share: 0.9 }] },
      reads: { tiers: [60, 900].map((windowS) => ({ windowS, share: 0.9 })) },
    },
  });
  await assertSame(plan, [two, three]); // of hundreds of windows, more than are told at once
  const { tiers } = simulateReplication(plan, 1);
  assert.ok(tiers.captured.every((captured, tier) => captured > 200 && tiers.leastShare[tier]! > 0));
});

bytes('a quarter of an hour of what users run first', async () => {
  const file = join(packageRoot, 'scenarios', 'first-look.yaml');
  const scenario = loadScenario({ text: readFileSync(file, 'utf8'), file });
  const plan = compile(scenario);
  const time = { ...plan.time, horizonS: 900, warmUpDays: 0 };
  assert.ok((await assertSame({ ...plan, time }, teams)) > 1000);
});

/** Plans of which several workers have a part. */
const shared = (any: fc.Arbitrary<Plan>) =>
  fc.sample(any, { numRuns: 80, seed: 1 }).filter((plan) => teamWork(plan).cells > 3);

for (const [what, plans] of [
  ['any plan', shared(anyPlan()).slice(0, 24)],
  ['any plan with media', shared(anyMediaPlan()).slice(0, 12)],
] as const) {
  bytes(`${what}: each with another number of them`, async () => {
    let delivered = 0;
    for (const [i, plan] of plans.entries()) delivered += await assertSame(plan, [teams[1 + (i % 3)]!]);
    assert.ok(plans.length >= 12 && delivered > 1000);
  });
}

bytes.after(async () => {
  for (const team of teams) await team.end();
});
bytes.run();

const team = suite('simulateInTeam');

/** A million messages through areas of their own, and a link that they share. */
const large = buildPlan({
  horizonS: 100_000,
  kinds: { dap: 8 },
  links: { 'NAN up': { kind: 'dap', rateBps: 20_000 }, 'WAN up': { rateBps: 1e6 } },
  sources: [{ name: 'reads', kind: 'dap', devices: 10, periodS: 8, sizeB: 100, path: ['NAN up', 'WAN up'] }],
});

team('is what simulateReplications does when there is much to do, and threads to spare', async () => {
  const told: number[] = [];
  const [together] = await simulateReplications(large, [1], {
    workers: 2,
    onProgress: (fraction) => told.push(fraction),
  });
  const [alone] = await simulateReplications(large, [1], { workers: 1 });
  assert.is(fingerprint(together!), fingerprint(alone!));
  assert.is(told.at(-1), 1);
  assert.ok(told.some((fraction) => fraction > 0 && fraction < 1));
});

team('ends when it is interrupted', async () => {
  const abort = new AbortController();
  const run = simulateInTeam(large, 1, 2, { signal: abort.signal, onProgress: (done) => done > 0 && abort.abort() });
  try {
    await run;
    assert.unreachable();
  } catch (fault) {
    assert.instance(fault, Interrupted);
  }
  assert.equal(await simulateReplications(large, [1], { workers: 2, signal: abort.signal }), []);
});

team('fails when one of its workers does', async () => {
  const plan = buildPlan(sharedUplink(0.5, 'random'));
  const uplink = plan.links.name.indexOf('WAN up');
  plan.servers.medium[plan.links.server[uplink]!] = 0;
  const broken = { ...plan, media: [{ access: { kind: 'of none' } }] } as unknown as Plan;
  let fault: unknown;
  await simulateInTeam(broken, 1, 2).catch((thrown: unknown) => {
    fault = thrown;
  });
  assert.instance(fault, TypeError);
});

team.run();
