/**
 * What must hold for any network: 2,000 random ones and more, every access, discipline, loss, buffer, hold, repetition and
 * failure among them. A network that breaks a property is shrunk to the smallest that does, and printed with its seed.
 *
 * Usage: node dist/prove/properties.js [CASES]; the last line is `N passed, N failed`.
 */
import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Plan } from '../sim/plan.js';
import { simulateReplication } from '../sim/simulate.js';
import { fingerprint } from '../test/sim/fingerprint.js';
import { buildPlan } from '../test/sim/plan-builder.js';
import { anyNetwork } from './random-network.js';

interface Property {
  readonly claim: string;
  readonly seed: number;
  readonly cases: number;
  readonly property: fc.IProperty<[Plan]> | fc.IProperty<[QueueCase]>;
}

const CASES = Number(process.argv[2] ?? 2000);
/** Seconds by which sums of floats may miss. */
const ROUNDING_S = 1e-9;

const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);

/** What the networks did: properties of networks in which nothing happens would mean little. */
const exercised = {
  sent: 0,
  lost: 0,
  duplicates: 0,
  resent: 0,
  inFlightEnd: 0,
  frames: 0,
  retries: 0,
  collisions: 0,
  droppedMessages: 0,
  lostMessages: 0,
};

function conserves(plan: Plan): void {
  const { flows, links, linkStart } = simulateReplication(plan, 1);
  for (const column of ['sent', 'lost', 'duplicates', 'resent', 'inFlightEnd'] as const) {
    exercised[column] += total(flows[column]);
  }
  for (const column of ['frames', 'retries', 'collisions', 'droppedMessages', 'lostMessages'] as const) {
    exercised[column] += total(links[column]);
  }
  plan.flows.name.forEach((name, f) => {
    const before = flows.inFlightStart[f]! + flows.sent[f]!;
    assert.equal(flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!, before, name);
    assert.equal(total(flows.histogram[f]!.counts), flows.delivered[f], name);
  });
  plan.links.server.forEach((server, link) => {
    if (plan.servers.medium[server]! >= 0) return; // shared media have a buffer for each endpoint
    for (let i = linkStart[link]!; i < linkStart[link + 1]!; i++) {
      assert.ok(links.waitingMaxB[i]! <= plan.servers.bufferB[server]!, plan.links.name[link]);
    }
  });
}

/** No message arrives before the least time of its path: delays, and every byte sent once. */
function isCausal(plan: Plan): void {
  const leastS = leastTimes(plan);
  simulateReplication(plan, 1, {
    trace: (flow, _source, _number, hop, _instance, _device, createdS, atS) => {
      assert.ok(atS - createdS >= leastS[hop]! - ROUNDING_S, `${plan.flows.name[flow]}: ${atS - createdS} s`);
    },
  });
}

/** Per hop, from its root. Where a hop cuts through or collects, transmission counts as nothing. */
function leastTimes({ hops, links, framings, sources }: Plan): Float64Array {
  const least = new Float64Array(hops.link.length);
  const walk = (h: number, beforeS: number, sizeB: number) => {
    const row = hops.framing[h]!;
    const wireS =
      row >= 0
        ? (framings.frames[row]! - 1) * framings.fullS[row]! + framings.lastS[row]!
        : (8 * (sizeB + hops.overheadB[h]!)) / links.rateBps[hops.link[h]!]!;
    const overlaps = hops.cutThrough[h] === 1 || hops.hold[h]! >= 0;
    least[h] = beforeS + (overlaps ? 0 : wireS) + links.delayS[hops.link[h]!]!;
    for (let c = hops.child[h]!; c >= 0; c = hops.sibling[c]!) walk(c, least[h]!, sizeB);
  };
  sources.rootHop.forEach((root, s) => {
    walk(root, 0, sources.sizeB[s]!);
  });
  return least;
}

function isDeterministic(plan: Plan): void {
  const single = fingerprint(simulateReplication(plan, 1, { partition: 'single' }));
  assert.equal(fingerprint(simulateReplication(plan, 1, { partition: 'parts' })), single);
}

interface QueueCase {
  readonly plan: Plan;
  readonly discipline: 'fifo' | 'priority' | 'fair';
}

/** One server, messages of several sizes and classes, loads up to 1.3. */
const anyQueue: fc.Arbitrary<QueueCase> = fc
  .record({
    discipline: fc.constantFrom('fifo' as const, 'priority' as const, 'fair' as const),
    sources: fc.array(
      fc.record({
        devices: fc.integer({ min: 1, max: 6 }),
        periodS: fc.constantFrom(3, 11, 70),
        sizeB: fc.constantFrom(30, 111, 407),
        priority: fc.integer({ min: 0, max: 2 }),
        process: fc.constantFrom('poisson' as const, 'periodic' as const),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    rateBps: fc.constantFrom(900, 3000),
    seed: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ discipline, sources, rateBps, seed }) => ({
    discipline,
    plan: buildPlan({
      seed: String(seed),
      horizonS: 1200,
      dayLengthS: [1200],
      links: { x: { rateBps, discipline, weights: [3, 2, 1] } },
      sources: sources.map((source, i) => ({ ...source, name: `s${i}`, path: ['x'] })),
    }),
  }));

/**
 * A server works whenever somebody waits: its busy periods are those of first come, first served, by Lindley's
 * recursion over the arrivals (Proc. Cambridge Phil. Soc. 48, 1952). Under FIFO every departure is; in any discipline
 * messages of one class keep their order.
 */
function worksAndKeepsOrder({ plan, discipline }: QueueCase): void {
  const served: { createdS: number; atS: number; serviceS: number; priority: number }[] = [];
  const { sources, links, flows } = plan;
  simulateReplication(plan, 1, {
    trace: (flow, _source, _number, _hop, _instance, _device, createdS, atS) => {
      const s = sources.name.indexOf(flows.name[flow]!);
      const serviceS = (8 * sources.sizeB[s]!) / links.rateBps[0]!;
      served.push({ createdS, atS, serviceS, priority: sources.priority[s]! });
    },
  });
  // Those still under way at the end are not told: compare up to the last departure from an empty server.
  served.sort((a, b) => a.createdS - b.createdS);
  let freeS = 0;
  let latestS = 0;
  for (const [i, { createdS, atS, serviceS }] of served.entries()) {
    if (createdS > freeS && i > 0)
      assert.ok(Math.abs(latestS - freeS) < ROUNDING_S, `busy until ${freeS}, not ${latestS}`);
    freeS = Math.max(createdS, freeS) + serviceS;
    latestS = Math.max(latestS, atS);
    if (discipline === 'fifo') assert.ok(Math.abs(atS - freeS) < ROUNDING_S, `${atS}, not ${freeS}`);
    if (freeS > plan.time.horizonS) break;
  }
  for (const priority of [0, 1, 2]) {
    const own = served.filter((one) => one.priority === priority);
    for (let i = 1; i < own.length; i++) assert.ok(own[i]!.atS >= own[i - 1]!.atS - ROUNDING_S, 'order within a class');
  }
}

const properties: readonly Property[] = [
  {
    claim: 'in flight + sent = delivered + lost + in flight, histograms hold every delivery, no buffer overflows',
    seed: 1,
    cases: CASES,
    property: fc.property(anyNetwork, conserves),
  },
  {
    claim: 'no message arrives before the least time of its path',
    seed: 2,
    cases: CASES / 2,
    property: fc.property(anyNetwork, isCausal),
  },
  {
    claim: 'the same bytes in one piece or cell by cell',
    seed: 3,
    cases: CASES / 2,
    property: fc.property(anyNetwork, isDeterministic),
  },
  {
    claim: 'a server works whenever somebody waits, and keeps the order within a class',
    seed: 4,
    cases: CASES / 2,
    property: fc.property(anyQueue, worksAndKeepsOrder),
  },
];

let failed = 0;
for (const { claim, seed, cases, property } of properties) {
  const outcome = fc.check(property as fc.IProperty<[unknown]>, { seed, numRuns: cases });
  console.log(`${outcome.failed ? 'FAIL' : 'ok  '}  seed ${seed}, ${outcome.numRuns} cases: ${claim}`);
  if (!outcome.failed) continue;
  failed++;
  console.log(fc.defaultReportMessage(outcome));
}
const rare = Object.entries(exercised).filter(([, times]) => times < CASES / 2);
console.log(`${rare.length === 0 ? 'ok  ' : 'FAIL'}  the networks do all that: ${JSON.stringify(exercised)}`);
if (rare.length > 0) failed++;
console.log(`${properties.length + 1 - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
