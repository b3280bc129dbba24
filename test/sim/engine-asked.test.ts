/** Masters that ask one device after the other: cycle times, timeouts, campaigns, by hand. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partition } from '../../sim/engine/cells.js';
import { compileProgram } from '../../sim/engine/program.js';
import { bucketOf } from '../../sim/kernel/histogram.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { assertBalance } from './balance.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs(actual! - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

const run = (literal: Partial<PlanLiteral>) => {
  const plan = buildPlan({ horizonS: 600, binS: 1, links, sources: [], ...literal });
  const stats = simulateReplication(plan, 1);
  assertBalance(plan, stats);
  assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
  const bins = Math.ceil(plan.time.horizonS / plan.time.binS);
  const named = (column: Float64Array) => Object.fromEntries(plan.flows.name.map((name, f) => [name, column[f]!]));
  /** Seconds in which messages were offered to a link. */
  const offeredAt = (link: string) => {
    const l = stats.linkStart[plan.links.name.indexOf(link)]!;
    const perBin = [...stats.bins.messages.subarray(l * bins, (l + 1) * bins)];
    return perBin.flatMap((count, bin) => new Array<number>(count).fill(bin * plan.time.binS));
  };
  const { flows } = stats;
  return {
    ...stats,
    offeredAt,
    sent: named(flows.sent),
    resent: named(flows.resent),
    delivered: named(flows.delivered),
    duplicates: named(flows.duplicates),
    lost: named(flows.lost),
  };
};

const links: PlanLiteral['links'] = { 'LINK down': { delayS: 1 }, 'LINK up': { delayS: 2 } };
const polls = (more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name: 'poll',
  process: 'asked',
  phase: 'synchronised',
  devices: 4,
  periodS: 60,
  path: ['LINK down'],
  ...more,
});
const answer: SourceLiteral = { name: 'answer', process: 'caused', path: ['LINK up'] };
const causes = [{ trigger: 'poll', source: 'answer' }];

const rounds = suite('a round');

rounds('asks the next when the answer is back, and begins with the period', () => {
  const { offeredAt, sent } = run({ sources: [polls(), answer], causes, horizonS: 120 });
  assert.equal(offeredAt('LINK down'), [0, 3, 6, 9, 60, 63, 66, 69]);
  assert.is(sent['poll'], 8);
});

rounds('that takes longer than the period begins when the one before ends', () => {
  const { offeredAt } = run({ sources: [polls({ periodS: 10 }), answer], causes, horizonS: 30 });
  assert.equal(
    offeredAt('LINK down'),
    Array.from({ length: 10 }, (_, k) => 3 * k),
  );
});

rounds('that was late once is on time again: periods gone by meanwhile are one round', () => {
  const { offeredAt } = run({
    sources: [polls({ periodS: 15 }), answer, { name: 'jam', bursts: [0.5], sizeB: 1250, path: ['LINK up'] }],
    links: { 'LINK down': { delayS: 1 }, 'LINK up': { rateBps: 250, delayS: 2 } },
    causes,
    horizonS: 90,
  });
  // The first answer waits until 40.5: the round ends at 51.5, after the periods of 15, 30 and 45.
  assert.equal(offeredAt('LINK down'), [0, 42, 45, 48, 51, 54, 57, 60, 63, 66, 69, 72, 75, 78, 81, 84]);
});

rounds('without answers goes on with each delivery', () => {
  const { offeredAt } = run({ sources: [polls()], horizonS: 60 });
  assert.equal(offeredAt('LINK down'), [0, 1, 2, 3]);
});

rounds('asks several at a time', () => {
  const { offeredAt } = run({ sources: [polls({ concurrency: 3 }), answer], causes, horizonS: 60 });
  assert.equal(offeredAt('LINK down'), [0, 0, 0, 3]);
});

rounds('begins within its window, at a phase of each master', () => {
  const windows = { work: [[[100, 250] as const, [400, 450] as const]] };
  const source = polls({ kind: 'dap', phase: 'random', periodS: 50, window: 'work', devices: 2 });
  const { offeredAt } = run({
    kinds: { dap: 3 },
    windows,
    horizonS: 500,
    dayLengthS: [500],
    sources: [source, { ...answer, kind: 'dap' }],
    causes,
  });
  const at = offeredAt('LINK down');
  assert.is(at.length, 3 * 2 * 4);
  assert.ok(at.every((s) => (s >= 100 && s < 253) || (s >= 400 && s < 453)));
  assert.ok(new Set(at.filter((s) => s < 150)).size > 4, 'masters do not begin together');
});

rounds.run();

const timeouts = suite('a timeout');

timeouts('gives a device up after its repetitions, and counts its late answers', () => {
  const { offeredAt, resent, delivered, duplicates } = run({
    links: { 'LINK down': { delayS: 1 }, 'LINK up': { delayS: 20 } },
    sources: [polls({ retryS: 5, retries: 1 }), answer],
    causes,
    horizonS: 100,
    warmUpDays: 0,
  });
  assert.equal(offeredAt('LINK down').slice(0, 8), [0, 5, 10, 15, 20, 25, 30, 35]);
  assert.equal(offeredAt('LINK down').slice(8), [60, 65, 70, 75, 80, 85, 90, 95]);
  assert.equal([resent['poll'], delivered['poll'], duplicates['poll']], [8, 8, 8]);
  // Answers arrive 21 s after each of the polls at 0 .. 35 and of those at 60 .. 75.
  assert.equal([delivered['answer'], duplicates['answer']], [6, 6]);
});

timeouts('lets the master wait for nothing longer than it takes', () => {
  const lossy = { name: 'lossy', access: { kind: 'dedicated' as const }, residualLoss: 0, hiddenShare: 0 };
  const { offeredAt, lost } = run({
    links: { 'LINK down': { delayS: 1, medium: { ...lossy, frameLoss: 1 } }, 'LINK up': {} },
    sources: [polls({ retryS: 4 }), answer],
    causes,
    horizonS: 60,
  });
  assert.equal(offeredAt('LINK down'), [0, 4, 8, 12]);
  assert.is(lost['poll'], 4);
});

timeouts('without one, the master is told of a loss, wherever it happens', () => {
  const narrow = { 'LINK down': { delayS: 1 }, 'LINK up': { rateBps: 1000, bufferB: 0 } };
  const jam: SourceLiteral = { name: 'jam', bursts: [0.5], sizeB: 250, path: ['LINK up'] };
  const sources = [polls(), { ...answer, sizeB: 10 }, jam];
  const { offeredAt, delivered, lost } = run({ links: narrow, sources, causes, horizonS: 60 });
  // The answers at 1 and 2 find the link taken until 2.5.
  assert.equal(offeredAt('LINK down'), [0, 1, 2, 3]);
  assert.equal([delivered['answer'], lost['answer']], [2, 2]);
});

timeouts.run();

const campaigns = suite('a campaign');

campaigns('of N devices, c at a time, takes ceil(N / c) times as long as one', () => {
  const { flows } = run({
    sources: [polls({ devices: 10, concurrency: 3, periodS: Infinity, bursts: [100] }), answer],
    causes,
    flows: { answer: { deadlineS: 6 } },
  });
  const { first, counts } = flows.sinceEvent[1]!;
  const at = (s: number) => counts[bucketOf(s) - first];
  assert.equal([at(3), at(6), at(9), at(12)], [3, 3, 3, 1]);
  assert.is(flows.deadlineMissed[1], 4, 'those after 6 s');
  near(flows.latencyMaxS[1], 2);
});

campaigns('is as long as its images take on the link that all share', () => {
  const [n, imageS] = [40, 10];
  const { flows } = run({
    links: { ...links, 'LINK down': { rateBps: 1000 } },
    sources: [polls({ devices: n, concurrency: 4, periodS: Infinity, bursts: [50], sizeB: 1250 })],
    flows: { poll: { deadlineS: (n - 1) * imageS + 0.5 } },
  });
  assert.equal([flows.delivered[0], flows.deadlineMissed[0]], [n, 1]);
  near(flows.latencyMaxS[0], 4 * imageS);
});

campaigns('waits for the round under way, and takes those that the burst takes', () => {
  const { offeredAt, flows } = run({
    sources: [polls({ bursts: [4, 5], burstDevices: 2, burstFirst: true }), answer],
    causes,
    flows: { poll: { deadlineS: 1000 } },
    horizonS: 60,
  });
  assert.equal(offeredAt('LINK down'), [0, 3, 6, 9, 12, 15, 18, 21]);
  const { first, counts } = flows.sinceEvent[0]!;
  for (const sinceS of [12 + 1 - 4, 15 + 1 - 4, 18 + 1 - 5, 21 + 1 - 5])
    assert.is(counts[bucketOf(sinceS) - first], 1, `${sinceS}`);
});

campaigns.run();

const cells = suite('partition');

const areas = (server: string): PlanLiteral => ({
  horizonS: 600,
  kinds: { dap: 5 },
  links: {
    'NAN down': { kind: 'dap', rateBps: 1e4 },
    'NAN up': { kind: 'dap', rateBps: 1e4 },
    'WAN up': { rateBps: 1e4, ...(server === '' ? {} : { server }) },
    'WAN down': { rateBps: 1e4, ...(server === '' ? {} : { server }) },
  },
  sources: [
    polls({ kind: 'dap', sizeB: 20, path: ['NAN down'] }),
    { ...answer, kind: 'dap', sizeB: 100, path: ['NAN up'] },
    { name: 'reads', kind: 'dap', periodS: 10, sizeB: 100, path: ['NAN up', 'WAN up'] },
  ],
  causes,
});

cells('masters in their areas leave the areas cells of their own', () => {
  assert.is(partition(compileProgram(buildPlan(areas('')), 1), 'cells').count, 1 + 5 + 1);
});

cells('masters at the centre join the areas that they ask', () => {
  const literal = areas('');
  const sources = literal.sources.map((source) =>
    source.name === 'reads'
      ? source
      : { ...source, path: source.name === 'poll' ? ['WAN down', 'NAN down'] : ['NAN up', 'WAN up'] },
  );
  assert.is(partition(compileProgram(buildPlan({ ...literal, sources }), 1), 'cells').count, 1);
});

const anyAsking: fc.Arbitrary<Plan> = fc
  .record({
    retryS: fc.constantFrom(Number.POSITIVE_INFINITY, 2, 15),
    retries: fc.integer({ min: 0, max: 2 }),
    concurrency: fc.integer({ min: 1, max: 3 }),
    periodS: fc.constantFrom(10, 60, Number.POSITIVE_INFINITY),
    delayS: fc.constantFrom(0, 0, 5),
    rateBps: fc.constantFrom(Number.POSITIVE_INFINITY, 200, 400),
    bufferB: fc.constantFrom(Number.POSITIVE_INFINITY, 300, 0),
    wan: fc.constantFrom('dap', 'centre'),
    phase: fc.constantFrom('random' as const, 'synchronised' as const),
    probability: fc.constantFrom(1, 0.7),
    spreadS: fc.constantFrom(0, 30),
  })
  .map((r) =>
    buildPlan({
      horizonS: 900,
      binS: 300,
      dayLengthS: [600],
      warmUpDays: 1,
      kinds: { dap: 3 },
      links: {
        'WAN down': { kind: r.wan, rateBps: 2000, delayS: r.delayS },
        'NAN down': { kind: 'dap', delayS: r.delayS },
        'NAN up': { kind: 'dap', rateBps: r.rateBps, delayS: r.delayS, bufferB: r.bufferB },
        'WAN up': { kind: r.wan, rateBps: 1000, bufferB: r.bufferB },
      },
      sources: [
        {
          name: 'polls',
          kind: 'dap',
          process: 'asked',
          phase: r.phase,
          devices: 4,
          periodS: r.periodS,
          spreadS: r.spreadS,
          bursts: [100, 450],
          burstDevices: 2,
          concurrency: r.concurrency,
          sizeB: 30,
          retryS: r.retryS,
          retries: r.retries,
          path: ['WAN down', 'NAN down'],
        },
        { name: 'answers', kind: 'dap', process: 'caused', sizeB: 100, path: ['NAN up', 'WAN up'] },
        { name: 'reads', kind: 'dap', periodS: 40, sizeB: 100, path: ['NAN up', 'WAN up'] },
      ],
      causes: [{ trigger: 'polls', source: 'answers', probability: r.probability }],
    }),
  );

cells('masters lose nobody from the books, and leave no trace of how the network is cut', () => {
  let [sent, lost, duplicates] = [0, 0, 0];
  fc.assert(
    fc.property(anyAsking, (plan) => {
      const stats = simulateReplication(plan, 1);
      assertBalance(plan, stats);
      assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'single' })), fingerprint(stats));
      sent += stats.flows.sent[0]!;
      lost += stats.flows.lost[1]!;
      duplicates += stats.flows.duplicates[1]!;
    }),
    { seed: 1, numRuns: 150 },
  );
  assert.ok(sent > 5000 && lost > 500 && duplicates > 500, `${sent} sent, ${lost} lost, ${duplicates} twice`);
});

cells.run();
