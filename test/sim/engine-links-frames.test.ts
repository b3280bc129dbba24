/** Frames on a medium of one's own: repetitions, losses, turn-arounds, against formulas and by hand. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Access, Medium } from '../../sim/media.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type FramingLiteral, type LinkLiteral, type PlanLiteral } from './plan-builder.js';
import { assertMean, meanLatencyS, replicate } from './replicate.js';

const dedicated: Medium = {
  name: 'wire',
  access: { kind: 'dedicated' },
  frameLoss: 0,
  residualLoss: 0,
  hiddenShare: 0,
};
const near = (actual: number, expected: number, relative = 1e-12) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, not ${expected}`);

/** One link up with a medium; messages of 5 frames of 10 ms, the last of 4 ms, gaps of 1 ms, acknowledgements of 2 ms. */
const framing: FramingLiteral = {
  frames: 5,
  fullB: 100,
  lastB: 40,
  fullS: 0.01,
  lastS: 0.004,
  gapS: 0.001,
  ackS: 0.002,
};
function oneLink(medium: Partial<Medium>, literal: Partial<PlanLiteral> = {}, link: LinkLiteral = {}): PlanLiteral {
  return {
    horizonS: 1000,
    links: { 'LINK up': { delayS: 0.5, medium: { ...dedicated, ...medium }, ...link } },
    sources: [{ name: 'a', periodS: 10, path: [{ link: 'LINK up', framing }] }],
    ...literal,
  };
}
const run = (literal: PlanLiteral): ReplicationStats => simulateReplication(buildPlan(literal), 1);
/** Messages at these instants, one each. */
const at = (name: string, bursts: readonly number[], hop: object = {}, more: object = {}) => ({
  name,
  bursts,
  path: [{ link: 'LINK up', framing, ...hop }],
  ...more,
});

const frames = suite('frames');

frames(
  'without loss take their airtimes with gaps and acknowledgements; a message is there when its last frame is',
  () => {
    const { flows, links } = run(oneLink({}, { sources: [at('a', [0])] }));
    near(meanLatencyS({ flows } as ReplicationStats, 0), 4 * 0.013 + 0.004 + 0.5);
    assert.is(links.frames[0], 5);
    assert.is(links.retries[0], 0);
    near(links.airtimeS[0]!, 4 * 0.013 + 0.007);
    near(links.carriedB[0]!, 440);
    near(links.bytes[0]!, 440);
  },
);

frames('hold the next message until the last acknowledgement', () => {
  const { flows } = run(oneLink({}, { sources: [at('a', [0]), at('b', [0.001])] }));
  const serviceS = 4 * 0.013 + 0.007;
  const latencies = [flows.latencySumS[0]!, flows.latencySumS[1]!];
  near(latencies[0]!, serviceS - 0.003 + 0.5);
  near(latencies[1]!, 2 * serviceS - 0.003 + 0.5 - 0.001);
});

for (const [frameLoss, retries] of [
  [0.3, 2],
  [0.5, 1],
  [0.1, 0],
] as const) {
  const p = frameLoss;
  const n = retries + 1;
  const arq = { retries, timeoutS: 0.02 };

  frames(`of one frame each are sent (1 - p^${n}) / (1 - p) times on average and lost with p^${n}, p = ${p}`, () => {
    const one: FramingLiteral = { lastB: 100, lastS: 0.01, ackS: 0.002 };
    const sources = [{ name: 'a', periodS: 0.1, sizeB: 80, path: [{ link: 'LINK up', framing: one }] }];
    const runs = replicate(buildPlan(oneLink({ frameLoss, arq }, { sources }, { delayS: 0 })), 12);
    assertMean(
      runs.map(({ links }) => links.frames[0]! / (links.messages[0]! - links.inSystemEnd[0]!)),
      (1 - p ** n) / (1 - p),
      0.05,
    );
    assertMean(
      runs.map(({ flows }) => flows.lost[0]! / flows.sent[0]!),
      p ** n,
      0.1,
    );
    for (const { links, flows } of runs) {
      assert.is(links.lostMessages[0], flows.lost[0]);
      near(
        links.airtimeS[0]!,
        0.01 * links.frames[0]! + 0.002 * (links.frames[0]! - links.retries[0]! - flows.lost[0]!),
        1e-9,
      );
    }
  });

  frames(`take a timeout for each failure: the wait of M/G/1 with truncated geometric service, p = ${p}`, () => {
    const one: FramingLiteral = { lastB: 100, lastS: 0.01, ackS: 0.002 };
    const perS = 15;
    const sources = [{ name: 'a', periodS: 1 / perS, path: [{ link: 'LINK up', framing: one }] }];
    const runs = replicate(buildPlan(oneLink({ frameLoss, arq }, { sources, horizonS: 3000 }, { delayS: 0 })), 10);
    const outcomes = Array.from({ length: n }, (_, k) => ({ share: p ** k * (1 - p), s: k * 0.03 + 0.012 }));
    outcomes.push({ share: p ** n, s: n * 0.03 });
    const moment = (power: number) => outcomes.reduce((sum, { share, s }) => sum + share * s ** power, 0);
    const waitS = (perS * moment(2)) / (2 * (1 - perS * moment(1)));
    const through = outcomes.slice(0, n).reduce((sum, { share, s }) => sum + share * (s - 0.002), 0) / (1 - p ** n);
    assertMean(
      runs.map((stats) => meanLatencyS(stats, 0)),
      waitS + through,
      0.05,
    );
  });
}

frames('of a message that gives up are not sent: the rest of it takes no time', () => {
  const { links, flows } = run(oneLink({ frameLoss: 0.4, arq: { retries: 0, timeoutS: 0 } }));
  assert.ok(flows.lost[0]! > 50);
  assert.ok(links.frames[0]! < 5 * links.messages[0]! - flows.lost[0]!, 'at least one is saved in most');
});

frames('that nobody repeats are all sent, and every one must get through: (1 - p)^n', () => {
  const runs = replicate(buildPlan(oneLink({ frameLoss: 0.1 }, { horizonS: 20_000 })), 12);
  assertMean(
    runs.map(({ flows }) => flows.delivered[0]! / flows.sent[0]!),
    0.9 ** 5,
    0.05,
  );
  for (const { links } of runs) assert.is(links.frames[0]! % 5, 0);
});

frames('residual loss takes its share of whole messages, repeated or not', () => {
  const arq = { retries: 50, timeoutS: 0 };
  const runs = replicate(buildPlan(oneLink({ frameLoss: 0.2, residualLoss: 0.25, arq }, { horizonS: 20_000 })), 12);
  assertMean(
    runs.map(({ flows }) => flows.lost[0]! / flows.sent[0]!),
    0.25,
    0.1,
  );
});

frames('are lost by draws of the message, whatever else is on the link', () => {
  const medium = { frameLoss: 0.3, arq: { retries: 1, timeoutS: 0.01 } };
  const alone = run(oneLink(medium));
  const sources = [...oneLink(medium).sources, { ...oneLink(medium).sources[0]!, name: 'b', periodS: 3 }];
  const both = run(oneLink(medium, { sources }));
  assert.is(both.flows.lost[0], alone.flows.lost[0]);
  assert.ok(both.flows.lost[1]! > 0);
});

frames('are for media: a pipe counts none, and its airtime is that of its transmissions', () => {
  const sources = [{ name: 'a', bursts: [0, 990], devices: 3, sizeB: 125, path: ['LINK up'] }];
  const { links } = run({ horizonS: 995, links: { 'LINK up': { rateBps: 500 } }, sources });
  assert.is(links.frames[0], 0);
  near(links.airtimeS[0]!, 5 * 2); // the sixth ends after the run
});

frames('that an outage interrupts have taken their airtime', () => {
  const { links, flows } = run(
    oneLink({}, { sources: [at('a', [0])], outages: [{ server: 'LINK up', fromS: 0.02, toS: 1 }] }),
  );
  near(flows.latencySumS[0]!, 1 + 4 * 0.013 + 0.004 + 0.5);
  near(links.airtimeS[0]!, 0.02 + 4 * 0.013 + 0.007);
});

frames.run();

const halfDuplex = suite('half duplex');

const air: Access = { kind: 'half-duplex', turnaroundS: 0.1 };
const twoWays: PlanLiteral['links'] = {
  'LINK up': { server: 'air', medium: { ...dedicated, access: air } },
  'LINK down': { server: 'air' },
};
const second: FramingLiteral = { lastB: 125, lastS: 1 };

halfDuplex('turns around between a message of one link and the next of the other, and only then', () => {
  const way = (name: string, link: string, atS: number) => ({ name, bursts: [atS], path: [{ link, framing: second }] });
  const { flows, links } = run({
    horizonS: 100,
    links: twoWays,
    sources: [way('a', 'LINK up', 0), way('b', 'LINK up', 0.1), way('c', 'LINK down', 0.2), way('d', 'LINK up', 50)],
  });
  const latencies = [...flows.latencySumS];
  for (const [f, expected] of [1, 1.9, 2.9, 1.1].entries()) near(latencies[f]!, expected, 1e-9);
  near(links.airtimeS[0]!, 3.1, 1e-9);
  near(links.airtimeS[1]!, 1.1, 1e-9);
});

halfDuplex('in saturation by turns takes a turn-around for every message', () => {
  const n = 50;
  const both = ['up', 'down'].map((way, w) => ({
    name: way,
    bursts: Array.from({ length: n }, (_, i) => 0.002 * i + 0.001 * w),
    path: [{ link: `LINK ${way}`, framing: { lastB: 125, lastS: 0.01 } }],
  }));
  const access: Access = { kind: 'half-duplex', turnaroundS: 0.005 };
  const links = { ...twoWays, 'LINK up': { server: 'air', medium: { ...dedicated, access } } };
  const { flows } = run({ horizonS: 100, links, sources: both });
  near(flows.latencyMaxS[1]!, 2 * n * 0.015 - 0.005 - (0.002 * (n - 1) + 0.001), 1e-9);
});

halfDuplex.run();
