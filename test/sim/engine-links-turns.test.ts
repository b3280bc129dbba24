/** Who goes next, who still fits into the buffer, and what an outage does. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Medium } from '../../sim/media.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type FramingLiteral, type PlanLiteral, type SourceLiteral } from './plan-builder.js';
import { assertMean, replicate } from './replicate.js';

const wire: Medium = { name: 'wire', access: { kind: 'dedicated' }, frameLoss: 0, residualLoss: 0, hiddenShare: 0 };
const run = (literal: PlanLiteral): ReplicationStats => simulateReplication(buildPlan(literal), 1);
const near = (actual: number, expected: number, absolute = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= absolute, `${actual}, not ${expected}`);
const latency = ({ flows }: ReplicationStats, flow: number) => flows.latencySumS[flow]! / flows.delivered[flow]!;

const fair = suite('weighted fair queueing');

/** Classes that always have something to send, by the size of their messages; 1 Mbit/s for 100 s. */
function saturated(weights: readonly number[], sizesB: readonly number[], quantumB: number, medium?: Medium) {
  const links: PlanLiteral['links'] = {
    'LINK up': { rateBps: 1e6, discipline: 'fair', weights, quantumB, ...(medium === undefined ? {} : { medium }) },
  };
  const sources = sizesB.map((sizeB, i): SourceLiteral => {
    const frames: FramingLiteral = { frames: sizeB / 125, lastB: 125, lastS: 0.001 };
    const path = [{ link: 'LINK up', deliver: `${i}`, ...(medium === undefined ? {} : { framing: frames }) }];
    return { name: `${i}`, bursts: [0], devices: 12_500_000 / sizeB, sizeB, priority: i, path };
  });
  return run({ horizonS: 100, links, sources });
}

for (const medium of [undefined, wire]) {
  const what = medium === undefined ? 'on a pipe' : 'with frames';
  fair(`shares a busy link by weight, whatever the sizes of messages (${what})`, () => {
    const weights = [5, 3, 2];
    const sizesB = [125, 1250, 12_500];
    for (const quantumB of [250, Number.POSITIVE_INFINITY]) {
      const { flows } = saturated(weights, sizesB, quantumB, medium);
      for (const [i, weight] of weights.entries()) {
        near((flows.delivered[i]! * sizesB[i]!) / 12_500_000, weight / 10, 0.004);
      }
    }
  });
}

fair('gives what one class leaves to the others, by weight', () => {
  const link = { 'LINK up': { rateBps: 1e6, discipline: 'fair', weights: [8, 1, 1] } } as const;
  const many = (name: string, priority: number) => ({
    name,
    bursts: [0],
    devices: 100_000,
    sizeB: 125,
    priority,
    path: ['LINK up'],
  });
  const light = { name: 'light', process: 'periodic' as const, periodS: 0.005, sizeB: 125, path: ['LINK up'] };
  const stats = run({ horizonS: 100, links: link, sources: [light, many('b', 1), many('c', 2)] });
  near(stats.flows.delivered[0]! / 100_000, 0.2, 0.001);
  near(stats.flows.delivered[1]! / 100_000, 0.4, 0.001);
  near(stats.flows.delivered[2]! / 100_000, 0.4, 0.001);
  assert.ok(stats.flows.latencyMaxS[0]! <= 0.003 + 1e-9, 'at most the piece under way, and one of another class');
});

fair('goes by finish tags: by hand', () => {
  // 1 s each. Weights 2 and 1: tags of a 0.5, 1, 1.5, 2; of b 1, 2. The first a goes at once; of equal tags class 0.
  const sources = [
    { name: 'a', bursts: [0], devices: 4, sizeB: 125, path: ['LINK up'] },
    { name: 'b', bursts: [0.001], devices: 2, sizeB: 125, priority: 1, path: ['LINK up'] },
  ];
  const links = { 'LINK up': { rateBps: 1000, discipline: 'fair', weights: [2, 1] } } as const;
  const { flows } = run({ horizonS: 100, links, sources });
  // a0 0.5; b comes while v = 0.5: tags 1.5 and 2.5; a 1, 1.5, 2: order a a a b a b
  near(flows.latencySumS[0]!, 1 + 2 + 3 + 5);
  near(flows.latencySumS[1]!, 4 + 6 - 0.002);
});

fair.run();

const pieces = suite('a quantum of framed messages');

pieces('is whole frames, at least one: an urgent message waits for those under way', () => {
  const framing: FramingLiteral = { frames: 10, lastB: 100, lastS: 1, gapS: 0.25 };
  const bulk = { name: 'bulk', bursts: [0], priority: 1, path: [{ link: 'LINK up', framing }] };
  const alarm = { name: 'alarm', bursts: [1.5], path: [{ link: 'LINK up', framing: { lastB: 10, lastS: 0.1 } }] };
  for (const [quantumB, startS] of [
    [10, 2.5], // one frame
    [299, 2.5], // two
    [350, 3.75], // three
    [Number.POSITIVE_INFINITY, 12.5],
  ] as const) {
    const links = { 'LINK up': { discipline: 'priority', quantumB, medium: wire } } as const;
    const stats = run({ horizonS: 100, links, sources: [bulk, alarm] });
    near(latency(stats, 1), startS + 0.1 - 1.5);
    near(latency(stats, 0), 12.25 + (quantumB === Number.POSITIVE_INFINITY ? 0 : 0.1));
    assert.is(stats.links.frames[0], 11);
  }
});

pieces.run();

const buffers = suite('a buffer of messages');

/** Loss of M/M/1/K with K places, the one in service included: (1 - a) a^K / (1 - a^(K + 1)). */
const lossMm1k = (a: number, places: number) => ((1 - a) * a ** places) / (1 - a ** (places + 1));

for (const discipline of ['fifo', 'priority', 'fair'] as const) {
  buffers(`lets as many wait as it says, the one in transmission excluded: M/M/1/K (${discipline})`, () => {
    const bufferMessages = 4;
    const links = { 'LINK up': { rateBps: 1e6, discipline, bufferMessages } } as const;
    const sources = [{ name: 'a', periodS: 1 / 900, sizeB: 125, sizeLaw: 'exponential' as const, path: ['LINK up'] }];
    const runs = replicate(buildPlan({ horizonS: 60, links, sources }), 10);
    assertMean(
      runs.map(({ flows }) => flows.lost[0]! / flows.sent[0]!),
      lossMm1k(0.9, bufferMessages + 1),
      0.05,
    );
    for (const stats of runs) assert.is(stats.links.droppedMessages[0], stats.flows.lost[0]);
  });
}

buffers('of messages and one of bytes hold at once: by hand', () => {
  // 1 s each; one is sent, then two may wait, or 300 bytes.
  const burst = { name: 'a', bursts: [0], devices: 6, sizeB: 125, path: ['LINK up'] };
  const drops = (more: object) =>
    run({ horizonS: 100, links: { 'LINK up': { rateBps: 1000, ...more } }, sources: [burst] }).links.droppedMessages[0];
  assert.is(drops({ bufferMessages: 2 }), 3);
  assert.is(drops({ bufferMessages: 3, bufferB: 300 }), 3);
  assert.is(drops({ bufferMessages: 3, bufferB: 375 }), 2);
  assert.is(drops({ bufferMessages: 0 }), 5);
});

buffers.run();

const outages = suite('an outage of a server');

const one = (name: string, atS: number, more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name,
  bursts: [atS],
  sizeB: 125,
  path: ['LINK up'],
  ...more,
});

for (const framed of [false, true]) {
  const framing: FramingLiteral = { frames: 2, lastB: 62.5, lastS: 0.5 };
  const path = () => (framed ? [{ link: 'LINK up', framing }] : ['LINK up']);
  const literal = (sources: readonly SourceLiteral[], outage: readonly [number, number][], more = {}): PlanLiteral => ({
    horizonS: 1000,
    links: { 'LINK up': { rateBps: 1000, ...(framed ? { medium: wire } : {}), ...more } },
    sources: sources.map((source) => ({ ...source, path: path() })),
    outages: outage.map(([fromS, toS]) => ({ server: 'LINK up', fromS, toS })),
  });
  const what = framed ? 'frames' : 'a pipe';

  outages(`makes messages wait, and what it interrupts starts anew: by hand (${what})`, () => {
    const sources = [one('a', 9.5), one('b', 9.6), one('c', 15), one('d', 19.5), one('e', 40)];
    const { flows } = run(
      literal(sources, [
        [10, 20],
        [30, 31],
      ]),
    );
    const ends = [21, 22, 23, 24, 41];
    for (const [f, atS] of [9.5, 9.6, 15, 19.5, 40].entries()) near(flows.latencySumS[f]!, ends[f]! - atS);
  });

  outages(`that begins as a transmission ends leaves it alone; two that touch are one (${what})`, () => {
    const { flows } = run(
      literal(
        [one('a', 9), one('b', 10)],
        [
          [10, 20],
          [20, 25],
          [22, 24],
        ],
      ),
    );
    near(flows.latencySumS[0]!, 1);
    near(flows.latencySumS[1]!, 16);
  });

  outages(`lets the urgent go first when it is over (${what})`, () => {
    const sources = [one('bulk', 12, { priority: 1 }), one('alarm', 15)];
    const { flows } = run(literal(sources, [[10, 20]], { discipline: 'priority' }));
    near(flows.latencySumS[1]!, 21 - 15);
    near(flows.latencySumS[0]!, 22 - 12);
  });
}

outages('counts in seconds of the measured run, after any warm-up', () => {
  const { flows } = run({
    horizonS: 1000,
    dayLengthS: [1000],
    dayKind: [0],
    warmUpDays: 2,
    links: { 'LINK up': { rateBps: 1000 } },
    sources: [one('a', 15)],
    outages: [{ server: 'LINK up', fromS: 10, toS: 20 }],
  });
  near(flows.latencySumS[0]!, 6);
});

outages('of one area leaves the others alone', () => {
  const { flows, links } = run({
    horizonS: 1000,
    kinds: { dap: 3 },
    links: { 'LINK up': { kind: 'dap', rateBps: 1000 } },
    sources: [one('a', 15, { kind: 'dap' })],
    outages: [{ kind: 'dap', range: [1, 1], server: 'LINK up', fromS: 10, toS: 20 }],
  });
  near(flows.latencySumS[0]!, 1 + 6 + 1);
  assert.equal([...links.messages], [1, 1, 1]);
});

outages.run();
