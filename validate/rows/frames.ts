/** Media of their own: frames, repetitions, turn-arounds, casts. Frames of 125 B take 10 ms on the air. */
import type { Medium } from '../../sim/media.js';
import { buildPlan, type FramingLiteral, type HopLiteral } from '../../test/sim/plan-builder.js';
import { type Case, planCase } from '../case.js';
import { flowOf, meanLatencyS, meanRow, shareRow, steady } from '../steady.js';

const FRAME_S = 0.01;
const FRAME: FramingLiteral = { lastB: 125, lastS: FRAME_S };
const dedicated = (more: Partial<Medium> = {}): Medium => ({
  name: 'dedicated',
  access: { kind: 'dedicated' },
  frameLoss: 0,
  residualLoss: 0,
  hiddenShare: 0,
  ...more,
});

/** A message of n frames over k hops, alone. */
const FRAMES = 10;
const HOPS = 4;
const GAP_S = 0.001;
const ACK_S = 0.002;
const DELAY_S = 0.003;
const CUT: FramingLiteral = { ...FRAME, frames: FRAMES };
const links = Object.fromEntries(
  Array.from({ length: HOPS }, (_, i) => [`HOP${i} up`, { medium: dedicated(), delayS: DELAY_S }] as const),
);
const acrossAll = (cutThrough: boolean, framing: FramingLiteral): HopLiteral[] =>
  Array.from({ length: HOPS }, (_, i) => ({ link: `HOP${i} up`, framing, cutThrough: cutThrough && i > 0 }));
const single = { process: 'burst' as const, bursts: [1] };
/** Times are sums of floats of some seconds. */
const ROUNDING = 1e-9;

const pipelining = planCase({
  group: 'frames',
  subject: `${FRAMES} frames over ${HOPS} hops`,
  source:
    'cut through: (n + k − 1)·t; stored and forwarded: n·k·t; each + k delays. Gaps and acknowledgements: by hand',
  replications: 1,
  plan: () =>
    buildPlan({
      horizonS: 100,
      links,
      sources: [
        { name: 'cut through', ...single, bursts: [1], path: acrossAll(true, CUT) },
        { name: 'stored', ...single, bursts: [20], path: acrossAll(false, CUT) },
        { name: 'acknowledged', ...single, bursts: [40], path: acrossAll(false, { ...CUT, gapS: GAP_S, ackS: ACK_S }) },
      ],
    }),
  rows: [
    exactLatency('cut through', (FRAMES + HOPS - 1) * FRAME_S + HOPS * DELAY_S),
    exactLatency('stored', FRAMES * HOPS * FRAME_S + HOPS * DELAY_S),
    exactLatency('acknowledged', HOPS * (FRAMES * FRAME_S + (FRAMES - 1) * (GAP_S + ACK_S) + DELAY_S)),
  ],
});

function exactLatency(flow: string, exactS: number) {
  return meanRow(flow, { equals: exactS, within: ROUNDING }, `latency, ${flow}`);
}

/** Truncated geometric: alone on the link, so that nobody waits; one frame a message. */
const LOSS = 0.3;
const RETRIES = 2;
const TIMEOUT_S = 0.015;
const lossy = dedicated({ frameLoss: LOSS, arq: { retries: RETRIES, timeoutS: TIMEOUT_S } });
const lost = LOSS ** (RETRIES + 1);
const meanAttempts = (1 - lost) / (1 - LOSS);
/** Failures before the success of those that get through. */
const failures =
  Array.from({ length: RETRIES + 1 }, (_, i) => i * LOSS ** i * (1 - LOSS)).reduce((a, b) => a + b, 0) / (1 - lost);
const GEOMETRIC = 'truncated geometric number of attempts: loss p^(r+1), attempts (1 − p^(r+1)) / (1 − p)';
const PERIOD_S = 0.1; // three attempts take 65 ms
const geometric = planCase({
  group: 'frames',
  subject: `loss ${LOSS}, ${RETRIES} retries`,
  source: GEOMETRIC,
  replications: 20,
  plan: () =>
    steady(1000, 100_000 * PERIOD_S, {
      links: { 'RADIO up': { medium: lossy } },
      sources: [{ name: 'a', process: 'periodic', periodS: PERIOD_S, path: [{ link: 'RADIO up', framing: FRAME }] }],
    }),
  rows: [
    shareRow('a', 'lost', { exact: lost }, 'lost share'),
    {
      quantity: 'attempts per message',
      unit: '',
      claim: { exact: meanAttempts },
      measure: ({ links: { frames, messages } }) => frames[0]! / messages[0]!,
    },
    {
      quantity: 'repetitions per message',
      unit: '',
      claim: { exact: meanAttempts - 1 },
      measure: ({ links: { retries, messages } }) => retries[0]! / messages[0]!,
    },
    {
      quantity: 'airtime per message',
      unit: 's',
      claim: { exact: meanAttempts * FRAME_S },
      measure: ({ links: { airtimeS, messages } }) => airtimeS[0]! / messages[0]!,
    },
    meanRow('a', { exact: FRAME_S + failures * (FRAME_S + TIMEOUT_S) }, 'mean latency, delivered'),
  ],
});

/** The same with Poisson arrivals is M/G/1, the lost in service too. */
const attemptS = FRAME_S + TIMEOUT_S;
/** A service: f failures and the success, or all failures; probabilities. */
const services = [
  ...Array.from({ length: RETRIES + 1 }, (_, f) => ({ p: LOSS ** f * (1 - LOSS), s: f * attemptS + FRAME_S })),
  { p: lost, s: (RETRIES + 1) * attemptS },
];
const moment = (power: number) => services.reduce((sum, { p, s }) => sum + p * s ** power, 0);
const repeated = [0.3, 0.7, 0.9].map((load) => {
  const perS = load / moment(1);
  const waitS = (perS * moment(2)) / (2 * (1 - load));
  return planCase({
    group: 'frames',
    subject: 'M/G/1 of repetitions',
    load,
    source: 'Pollaczek-Khinchine over the truncated geometric service',
    replications: 20,
    plan: () =>
      steady(5000, ({ 0.3: 50_000, 0.7: 200_000, 0.9: 1_500_000 }[load] ?? 0) / perS, {
        links: { 'RADIO up': { medium: lossy } },
        sources: [{ name: 'a', periodS: 1 / perS, path: [{ link: 'RADIO up', framing: FRAME }] }],
      }),
    rows: [meanRow('a', { exact: waitS + FRAME_S + failures * attemptS }, 'mean sojourn, delivered')],
  });
});

const RESIDUAL = 0.02;
const residual = planCase({
  group: 'frames',
  subject: `loss ${LOSS} without repetition, residual ${RESIDUAL}`,
  source: 'a message of n frames survives with (1 − p)^n(1 − r)',
  replications: 20,
  plan: () =>
    steady(1000, 5000, {
      links: { 'RADIO up': { medium: dedicated({ frameLoss: LOSS, residualLoss: RESIDUAL }) } },
      sources: [
        {
          name: 'a',
          process: 'periodic',
          periodS: 0.1,
          path: [{ link: 'RADIO up', framing: { ...FRAME, frames: 3 } }],
        },
      ],
    }),
  rows: [shareRow('a', 'delivered', { exact: (1 - LOSS) ** 3 * (1 - RESIDUAL) }, 'delivered share')],
});

/** Half duplex: who sends after another direction turns around first. Directions are a fair coin, so M/G/1. */
const TURN_S = 0.006;
const halfDuplex = dedicated({ name: 'half duplex', access: { kind: 'half-duplex', turnaroundS: TURN_S } });
const air = { medium: halfDuplex, server: 'air' };
const bothWays = { 'RADIO up': air, 'RADIO down': air };
const half = [0.3, 0.7, 0.9].map((load) => {
  const meanS = FRAME_S + TURN_S / 2;
  const squareS2 = (FRAME_S ** 2 + (FRAME_S + TURN_S) ** 2) / 2;
  const perS = load / meanS;
  const sojournS = meanS + (perS * squareS2) / (2 * (1 - load));
  return planCase({
    group: 'frames',
    subject: 'half duplex with turn-around',
    load,
    source: 'Pollaczek-Khinchine: of equally many each way, every second follows one of the other way',
    replications: 20,
    plan: () =>
      steady(2000, ({ 0.3: 50_000, 0.7: 200_000, 0.9: 1_500_000 }[load] ?? 0) / perS, {
        links: bothWays,
        sources: (['up', 'down'] as const).map((way) => ({
          name: way,
          periodS: 2 / perS,
          path: [{ link: `RADIO ${way}`, framing: FRAME }],
        })),
      }),
    rows: [
      meanRow('up', { exact: sojournS }, 'mean sojourn, up'),
      {
        quantity: 'airtime per message',
        unit: 's',
        claim: { exact: meanS },
        measure: ({ links: { airtimeS, messages } }) => (airtimeS[0]! + airtimeS[1]!) / (messages[0]! + messages[1]!),
      },
    ],
  });
});

const exchange = planCase({
  group: 'frames',
  subject: 'half duplex, one question and answer after the other',
  source: 'by hand: each frame turns the air around first, the very first excepted',
  replications: 1,
  plan: () =>
    buildPlan({
      horizonS: 1000,
      links: { 'RADIO up': { ...air, delayS: 0.001 }, 'RADIO down': { ...air, delayS: 0.001 } },
      sources: [
        { name: 'question', process: 'burst', bursts: [1, 2, 3, 4], path: [{ link: 'RADIO down', framing: FRAME }] },
        { name: 'answer', process: 'caused', path: [{ link: 'RADIO up', framing: FRAME }] },
      ],
      causes: [{ trigger: 'question', source: 'answer', delayS: 0.004 }],
    }),
  rows: [
    exactLatency('question', FRAME_S + 0.001 + (3 * TURN_S) / 4),
    exactLatency('answer', FRAME_S + 0.001 + TURN_S),
  ],
});

/** A broadcast: once on the air, each listener loses it for itself. */
const LISTENERS = 1000;
const broadcast = planCase({
  group: 'frames',
  subject: `broadcast of two frames to ${LISTENERS}, loss ${LOSS}`,
  source: 'each listener gets both with (1 − p)^2; the air carries them once',
  replications: 20,
  plan: () =>
    steady(1000, 1000, {
      links: { 'RADIO down': { medium: lossy } },
      populations: { meters: { devices: LISTENERS } },
      sources: [
        {
          name: 'a',
          process: 'periodic',
          periodS: 10,
          path: [{ link: 'RADIO down', framing: { ...FRAME, frames: 2 }, fan: 'everyCopy', listeners: 'meters' }],
        },
      ],
    }),
  rows: [
    {
      quantity: 'share of listeners that get it',
      unit: '',
      claim: { exact: (1 - LOSS) ** 2 },
      measure: ({ flows, links: { messages } }, plan) =>
        flows.delivered[flowOf(plan, 'a')]! / (LISTENERS * messages[0]!),
    },
    {
      quantity: 'frames per broadcast',
      unit: '',
      claim: { equals: 2, within: 0 },
      measure: ({ links: { frames, messages } }) => frames[0]! / messages[0]!,
    },
    {
      quantity: 'expected receptions per broadcast',
      unit: '',
      claim: { equals: LISTENERS, within: 0 },
      measure: ({ flows, links: { messages } }, plan) => flows.sent[flowOf(plan, 'a')]! / messages[0]!,
    },
    {
      quantity: 'bytes per broadcast',
      unit: 'B',
      claim: { equals: 250, within: 0 },
      measure: ({ links: { bytes, messages } }) => bytes[0]! / messages[0]!,
    },
    {
      quantity: 'latency',
      unit: 's',
      claim: { equals: 2 * FRAME_S, within: ROUNDING },
      measure: (stats, plan) => meanLatencyS(stats, plan, 'a'),
    },
  ],
});

export const frameCases: readonly Case[] = [pipelining, geometric, ...repeated, residual, ...half, exchange, broadcast];
