/** Who waits for his turn: periodic devices, masters that ask, polled and granted media. */
import type { Medium } from '../../sim/media.js';
import { buildPlan, type FramingLiteral } from '../../test/sim/plan-builder.js';
import { type Case, planCase } from '../case.js';
import { flowOf, meanRow, quantileRow, shareRow, steady } from '../steady.js';
import { batchWait, ndd1Wait, ndd1WaitCdf, quantileOf } from '../theory/queues.js';

const ROUNDING = 1e-9;
const FRAME_S = 0.01;
const FRAME: FramingLiteral = { lastB: 125, lastS: FRAME_S };
const plain = { frameLoss: 0, residualLoss: 0, hiddenShare: 0 };

/** Meters of one period at random phases: their mean over many concentrators. */
const DEVICES = 50;
const CONCENTRATORS = 400;
const phases = [0.3, 0.7, 0.9].map((load) =>
  planCase({
    group: 'polling',
    subject: `${DEVICES} periodic devices at random phases (nD/D/1)`,
    load,
    source: 'Tran-Gia and Hossfeld, Performance Modeling and Analysis (2021), section 7.3',
    replications: 20,
    plan: () =>
      buildPlan({
        horizonS: (3 * DEVICES * 0.001) / load,
        dayLengthS: [(3 * DEVICES * 0.001) / load],
        warmUpDays: 1,
        kinds: { dap: CONCENTRATORS },
        links: { 'LINK up': { kind: 'dap', rateBps: 1e6 } },
        sources: [
          {
            name: 'a',
            kind: 'dap',
            devices: DEVICES,
            process: 'periodic',
            periodS: (DEVICES * 0.001) / load,
            sizeB: 125,
            path: ['LINK up'],
          },
        ],
      }),
    rows: [
      meanRow('a', { exact: 0.001 * (1 + ndd1Wait(DEVICES, load)) }),
      ...[0.9, 0.99].map((q) =>
        quantileRow('a', q, 0.001 * (1 + quantileOf((t) => ndd1WaitCdf(DEVICES, load, t), q, DEVICES - 1))),
      ),
    ],
  }),
);

/** All at once, each period: the kth waits for k - 1 others. */
const synchronised = planCase({
  group: 'polling',
  subject: `${DEVICES} synchronised devices`,
  source: 'by hand: k services for the kth of each period, (n + 1)/2 in the mean',
  replications: 1,
  plan: () =>
    buildPlan({
      horizonS: 100,
      links: { 'LINK up': { rateBps: 1e6 } },
      sources: [
        {
          name: 'a',
          devices: DEVICES,
          process: 'periodic',
          phase: 'synchronised',
          periodS: 10,
          sizeB: 125,
          path: ['LINK up'],
        },
      ],
    }),
  rows: [
    meanRow('a', { equals: (0.001 * (DEVICES + 1)) / 2, within: ROUNDING }, 'mean latency'),
    {
      quantity: 'longest latency',
      unit: 's',
      claim: { equals: 0.001 * DEVICES, within: ROUNDING },
      measure: ({ flows }) => flows.latencyMaxS[0]!,
    },
    {
      quantity: 'messages a period',
      unit: '',
      claim: { equals: DEVICES, within: 0 },
      measure: ({ flows }) => flows.sent[0]! / 10,
    },
  ],
});

/** A master asks 20 devices in turn; question and answer are 1 and 5 ms on the link, 2 ms each way, 10 ms to think. */
const ASKED = 20;
const THINK_S = 0.01;
const WAY_S = 0.002;
const QUESTION_S = 0.001;
const ANSWER_S = 0.005;
const cycleS = QUESTION_S + ANSWER_S + 2 * WAY_S + THINK_S;
const asking = {
  links: {
    'POLL down': { rateBps: 1e6, delayS: WAY_S },
    'POLL up': { rateBps: 1e6, delayS: WAY_S },
  },
  causes: [{ trigger: 'question', source: 'answer', delayS: THINK_S }],
};
const question = { name: 'question', process: 'asked' as const, devices: ASKED, sizeB: 125, path: ['POLL down'] };
const answer = { name: 'answer', process: 'caused' as const, devices: ASKED, sizeB: 625, path: ['POLL up'] };
const masters = [
  {
    subject: 'master, one after the other, idle between rounds',
    periodS: 1,
    perS: ASKED,
    note: 'by hand: all are asked once a period',
  },
  {
    subject: 'master, one after the other, without end',
    periodS: 0.1,
    perS: 1 / cycleS,
    note: 'by hand: questions follow each other by question + answer + 2 ways + thinking',
  },
].map(({ subject, periodS, perS, note }) =>
  planCase({
    group: 'polling',
    subject,
    source: note,
    replications: 1,
    plan: () => steady(100, 1000, { ...asking, sources: [{ ...question, periodS }, answer] }),
    rows: [
      {
        quantity: 'questions',
        unit: '1/s',
        claim: { equals: perS, within: 1 / 1000 }, // one in a run of 1000 s
        measure: ({ flows }, plan) => flows.sent[flowOf(plan, 'question')]! / plan.time.horizonS,
      },
      meanRow('question', { equals: QUESTION_S + WAY_S, within: ROUNDING }, 'latency of a question'),
      meanRow('answer', { equals: ANSWER_S + WAY_S, within: ROUNDING }, 'latency of an answer'),
    ],
  }),
);

/** Answers get lost: the master asks again after its timeout, twice at most, then goes on to the next device. */
const LOSS = 0.3;
const RETRIES = 2;
const TIMEOUT_S = 0.1;
const lost = LOSS ** (RETRIES + 1);
const meanAttempts = (1 - lost) / (1 - LOSS);
/** A device takes its timeouts and, unless all fail, one exchange. */
const perDeviceS = (meanAttempts - (1 - lost)) * TIMEOUT_S + (1 - lost) * cycleS;
const timeouts = planCase({
  group: 'polling',
  subject: `master, answers lost with ${LOSS}, ${RETRIES} repetitions after ${TIMEOUT_S} s`,
  source: 'truncated geometric: timeouts before, and one exchange unless all fail',
  replications: 20,
  plan: () =>
    steady(100, 2000, {
      ...asking,
      links: {
        ...asking.links,
        'POLL up': {
          delayS: WAY_S,
          medium: { name: 'lossy', access: { kind: 'dedicated' }, ...plain, frameLoss: LOSS },
        },
      },
      sources: [
        { ...question, periodS: 0.1, retryS: TIMEOUT_S, retries: RETRIES },
        { ...answer, path: [{ link: 'POLL up', framing: { lastB: 625, lastS: ANSWER_S } }] },
      ],
    }),
  rows: [
    {
      quantity: 'devices asked',
      unit: '1/s',
      claim: { exact: 1 / perDeviceS },
      measure: ({ flows }, plan) => flows.sent[flowOf(plan, 'question')]! / plan.time.horizonS,
    },
    {
      quantity: 'questions repeated per device',
      unit: '',
      claim: { exact: meanAttempts - 1 },
      measure: ({ flows }, plan) => flows.resent[flowOf(plan, 'question')]! / flows.sent[flowOf(plan, 'question')]!,
    },
    {
      quantity: 'share answered',
      unit: '',
      claim: { exact: 1 - lost },
      measure: ({ flows }, plan) => flows.delivered[flowOf(plan, 'answer')]! / flows.sent[flowOf(plan, 'question')]!,
    },
  ],
});

/** A polled medium: who has something to send waits for the end of his next poll. */
const POLL_S = 0.02;
const TURN_S = 0.005;
const EMPTY_S = 0.008;
const POLLED = 10;
const polledAccess = {
  kind: 'polled' as const,
  pollS: POLL_S,
  turnaroundS: TURN_S,
  emptyS: EMPTY_S,
  timeoutS: 0.05,
  retries: 2,
};
const polledMedium = (frameLoss: number): Medium => ({
  name: 'polled',
  access: polledAccess,
  ...plain,
  frameLoss,
});
const roundS = POLLED * (POLL_S + TURN_S + EMPTY_S);
/** A period whose phase against the round fills the round evenly (golden section). */
const EVEN = (Math.sqrt(5) - 1) / 2;
const polled: Case[] = [
  planCase({
    group: 'polling',
    subject: 'polled medium, one endpoint has something to send',
    source: 'by hand: uniform over a round of empty polls, turn-around, frame',
    replications: 4,
    plan: () =>
      steady(1000, 20_000 * 3 * roundS, {
        endpoints: { centre: POLLED },
        links: { 'RADIO up': { medium: polledMedium(0) } },
        sources: [
          {
            name: 'a',
            process: 'periodic',
            periodS: (3 + EVEN) * roundS,
            path: [{ link: 'RADIO up', framing: FRAME }],
          },
        ],
      }),
    rows: [meanRow('a', { exact: roundS / 2 + TURN_S + FRAME_S }, 'mean latency')],
  }),
  planCase({
    group: 'polling',
    subject: 'polled medium, all endpoints always have something to send',
    source: 'by hand: a poll, a turn-around and a frame each',
    replications: 1,
    plan: () =>
      steady(100, 1000, {
        endpoints: { centre: POLLED },
        links: { 'RADIO up': { medium: polledMedium(0) } },
        sources: [
          {
            name: 'a',
            devices: POLLED,
            process: 'periodic',
            periodS: 0.3,
            path: [{ link: 'RADIO up', framing: FRAME }],
          },
        ],
      }),
    rows: [
      {
        quantity: 'messages',
        unit: '1/s',
        claim: { equals: 1 / (POLL_S + TURN_S + FRAME_S), within: 1 / 1000 },
        measure: ({ flows }, plan) => flows.delivered[0]! / plan.time.horizonS,
      },
    ],
  }),
];

/** Polls and answers that get lost: each repetition costs the time until the master gives up. */
const POLL_LOSS = 0.1;
const polledLossy = (() => {
  /** A message of one frame: the master tries until poll and answer are through, or three times. */
  const through = (1 - POLL_LOSS) ** 2;
  const tries = polledAccess.retries + 1;
  const failed = 1 - through;
  const meanTries = (1 - failed ** tries) / through;
  const exchangeS = POLL_S + TURN_S + FRAME_S;
  const failureS = POLL_S + polledAccess.timeoutS;
  const done = 1 - failed ** tries;
  const visitS = (meanTries - done) * failureS + done * exchangeS;
  return planCase({
    group: 'polling',
    subject: `polled medium in saturation, frames lost with ${POLL_LOSS}`,
    source: 'truncated geometric: poll and answer both get through, or the timeout goes by',
    replications: 20,
    plan: () =>
      steady(100, 2000, {
        endpoints: { centre: POLLED },
        links: { 'RADIO up': { medium: polledMedium(POLL_LOSS) } },
        sources: [
          {
            name: 'a',
            devices: POLLED,
            process: 'periodic',
            periodS: 0.3,
            path: [{ link: 'RADIO up', framing: FRAME }],
          },
        ],
      }),
    rows: [
      {
        quantity: 'messages',
        unit: '1/s',
        claim: { exact: done / visitS },
        measure: ({ flows }, plan) => flows.delivered[0]! / plan.time.horizonS,
      },
    ],
  });
})();

/** Grants at multiples of eight frames (TDMA): batches, and the grant's delay. */
const FRAMES_A_PERIOD = 8;
const GRANT_DELAY_S = 0.05;
const tdma = [0.3, 0.7, 0.9].map((load) => {
  const grantPeriodS = FRAMES_A_PERIOD * FRAME_S;
  const perS = load / FRAME_S;
  return planCase({
    group: 'polling',
    subject: 'scheduled medium (TDMA)',
    load,
    source: 'half a grant period, the delay of the grant, and the wait of batches by the chain of what is left',
    replications: 20,
    plan: () =>
      steady(1000, ({ 0.3: 50_000, 0.7: 200_000, 0.9: 1_500_000 }[load] ?? 0) / perS, {
        endpoints: { centre: 1000 },
        links: {
          'CELL up': {
            medium: {
              name: 'tdma',
              ...plain,
              access: {
                kind: 'scheduled',
                grantDelayS: GRANT_DELAY_S,
                grantPeriodS,
                promotionS: 0,
                inactivityS: 10,
                pagingS: 0,
              },
            },
          },
        },
        sources: [{ name: 'a', devices: 1000, periodS: 1000 / perS, path: [{ link: 'CELL up', framing: FRAME }] }],
      }),
    rows: [
      meanRow('a', {
        exact: grantPeriodS / 2 + GRANT_DELAY_S + FRAME_S * (batchWait(load, FRAMES_A_PERIOD) + 1),
      }),
    ],
  });
});

/**
 * Requests of idle meters, without repetition: 1 − e^(−γ/L) collide, γ requests and L chances (preambles x opportunities)
 * a second. 54 preambles every 5 ms.
 */
const PREAMBLES = 54;
const OPPORTUNITY_S = 0.005;
const CELL_METERS = 35_670;
const randomAccess = [1200, 6000].map((perS) =>
  planCase({
    group: 'polling',
    subject: `random access, ${perS} requests/s on ${PREAMBLES} preambles`,
    source: '3GPP TR 37.868, collision probability 1 − e^(−γ/L); one attempt each',
    replications: 20,
    plan: () =>
      steady(30, 60, {
        endpoints: { centre: CELL_METERS },
        links: {
          'CELL up': {
            medium: {
              name: 'rach',
              ...plain,
              access: {
                kind: 'scheduled',
                grantDelayS: 0,
                grantPeriodS: 0,
                promotionS: 0.001,
                inactivityS: 0,
                pagingS: 0,
                randomAccess: { preambles: PREAMBLES, opportunityS: OPPORTUNITY_S, attempts: 1, backoffS: 0.02 },
              },
            },
          },
        },
        sources: [
          {
            name: 'a',
            devices: CELL_METERS,
            periodS: CELL_METERS / perS,
            path: [{ link: 'CELL up', framing: { lastB: 100, lastS: 1e-6 } }],
          },
        ],
      }),
    rows: [shareRow('a', 'lost', { exact: 1 - Math.exp((-perS * OPPORTUNITY_S) / PREAMBLES) }, 'share that collides')],
  }),
);

export const pollingCases: readonly Case[] = [
  ...phases,
  synchronised,
  ...masters,
  timeouts,
  ...polled,
  polledLossy,
  ...tdma,
  ...randomAccess,
];
