/** Media that endpoints contend for, attempt by attempt. */
import type { Medium } from '../../sim/media.js';
import type { FramingLiteral } from '../../test/sim/plan-builder.js';
import { type Case, type MeasuredRow, planCase } from '../case.js';
import { shareRow, steady } from '../steady.js';
import { bianchi, type CsmaPoint, csmaByEvents, type DcfPoint, dcfBySlots } from '../theory/contention.js';

const FRAME_S = 0.01;
const radio = (name: string, access: Medium['access'], more: Partial<Medium> = {}): Medium => ({
  name,
  access,
  frameLoss: 0,
  residualLoss: 0,
  hiddenShare: 0,
  ...more,
});

/** So many endpoints that an endpoint's own frames, which cannot meet, are one in 20,000. */
const ENDPOINTS = 20_000;
const aloha = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((load) =>
  [
    { subject: 'pure ALOHA', slotS: 0, exact: Math.exp(-2 * load), source: 'Abramson 1970: e^(−2G)' },
    { subject: 'slotted ALOHA', slotS: FRAME_S, exact: Math.exp(-load), source: 'Roberts 1972: e^(−G)' },
  ].map(({ subject, slotS, exact, source }) =>
    planCase({
      group: 'contention',
      subject,
      load,
      source: `${source} of the frames get through (each end point has 1/${ENDPOINTS} of the load)`,
      replications: 20,
      plan: () =>
        steady(100, (40_000 * FRAME_S) / load / exact, {
          endpoints: { centre: ENDPOINTS },
          links: { 'RADIO up': { medium: radio(subject, { kind: 'aloha', slotS, copies: 1, spreadS: 0 }) } },
          sources: [
            {
              name: 'a',
              devices: ENDPOINTS,
              periodS: (ENDPOINTS * FRAME_S) / load,
              path: [{ link: 'RADIO up', framing: { lastB: 125, lastS: FRAME_S } }],
            },
          ],
        }),
      rows: [
        shareRow('a', 'delivered', { exact }, 'share that gets through'),
        {
          quantity: 'throughput',
          unit: 'Erlang',
          claim: { exact: load * exact },
          measure: ({ flows }, plan) => (flows.delivered[0]! * FRAME_S) / plan.time.horizonS,
        },
      ],
    }),
  ),
);

/** Nobody hears anybody: backoffs shift Poisson arrivals, which stay Poisson, and listening is in vain. */
const hidden = [0.3, 0.7].map((load) =>
  planCase({
    group: 'contention',
    subject: '802.15.4 CSMA/CA, all hidden from each other',
    load,
    source:
      'random displacement of a Poisson process (Kingman, Poisson Processes (1993), section 5.5): pure ALOHA, e^(−2G)',
    replications: 20,
    plan: () =>
      steady(100, (40_000 * FRAME_S) / load / Math.exp(-2 * load), {
        endpoints: { centre: ENDPOINTS },
        links: {
          'RADIO up': {
            medium: radio(
              'hidden',
              {
                kind: 'csma-802.15.4',
                leastExponent: 3,
                mostExponent: 5,
                backoffs: 4,
                unitBackoffS: 0.001,
                ccaS: 0.0005,
                turnaroundS: 0.0005,
              },
              { hiddenShare: 1 },
            ),
          },
        },
        sources: [
          {
            name: 'a',
            devices: ENDPOINTS,
            periodS: (ENDPOINTS * FRAME_S) / load,
            path: [{ link: 'RADIO up', framing: { lastB: 125, lastS: FRAME_S } }],
          },
        ],
      }),
    rows: [shareRow('a', 'delivered', { exact: Math.exp(-2 * load) }, 'share that gets through')],
  }),
);

/** Each endpoint always has a message: it gets them faster than all together could send. */
function saturated(medium: Medium, stations: number, framing: FramingLiteral, perS: number, measuredS: number) {
  return steady(measuredS / 10, measuredS, {
    endpoints: { centre: stations },
    links: { 'RADIO up': { medium } },
    sources: [
      {
        name: 'a',
        process: 'periodic',
        devices: stations,
        periodS: 1 / perS,
        path: [{ link: 'RADIO up', framing }],
      },
    ],
  });
}

const deliveredRow = (claim: MeasuredRow['claim'], quantity = 'messages through'): MeasuredRow => ({
  quantity,
  unit: '1/s',
  claim,
  measure: ({ flows }, plan) => flows.delivered[0]! / plan.time.horizonS,
});
const collidedRow = (claim: MeasuredRow['claim'], quantity = 'share of frames that collide'): MeasuredRow => ({
  quantity,
  unit: '',
  claim,
  measure: ({ links: { collisions, frames } }) => collisions[0]! / frames[0]!,
});

const US = 1e-6;
/** Bianchi (2000), table II: FHSS at 1 Mbit/s, 8184 bit of payload, headers of 272 and 128, acknowledgement 112 + 128. */
const FHSS = {
  slotS: 50 * US,
  difsS: 128 * US,
  leastWindow: 31,
  mostWindow: 1023,
  frameS: (8184 + 272 + 128) * US,
  ackS: (28 + 112 + 128) * US,
};
/** Propagation of his table, left out here, takes 1 us of 8,600. The fixed point itself is good to 1 to 2%. */
const BIANCHI_SHARE = 0.02;
const DCF_S = 300;
const dcf = [5, 10, 20].map((stations) => {
  const point: DcfPoint = { ...FHSS, stations };
  const fixed = bianchi(point);
  const { slotS, difsS, leastWindow, mostWindow, frameS, ackS } = FHSS;
  const medium = radio(
    'fhss',
    { kind: 'dcf-802.11', slotS, sifsS: 28 * US, difsS, leastWindow, mostWindow },
    { arq: { retries: 1000, timeoutS: 0 } },
  );
  return planCase({
    group: 'contention',
    subject: `802.11 DCF, ${stations} stations in saturation`,
    source: `slot by slot (validate/theory/contention.ts); fixed point of Bianchi, IEEE JSAC 18 (2000) 535-547, ± ${100 * BIANCHI_SHARE}%`,
    replications: 10,
    plan: () => saturated(medium, stations, { lastB: 1023, lastS: frameS, ackS }, 200 / stations, DCF_S),
    reference: (replication) => {
      const { perS, collided } = dcfBySlots(point, DCF_S, `dcf ${stations} ${replication}`);
      return [perS, collided, Number.NaN, Number.NaN];
    },
    rows: [
      deliveredRow({ independent: true }),
      collidedRow({ independent: true }),
      deliveredRow(about(fixed.perS, BIANCHI_SHARE), 'messages through, Bianchi'),
      collidedRow(about(fixed.collided, 3 * BIANCHI_SHARE), 'share that collides, Bianchi'),
    ],
  });
});

function about(exact: number, share: number) {
  return { exact, from: exact * (1 - share), to: exact * (1 + share) };
}

/** IEEE 802.15.4 at 2.4 GHz, 62.5 ksymbol/s of 16 us: 100 B of PSDU behind 6 B; acknowledgement of 11 B. */
const SYMBOL_S = 16 * US;
const OQPSK: Omit<CsmaPoint, 'nodes'> = {
  leastExponent: 3,
  mostExponent: 5,
  backoffs: 4,
  retries: 3,
  unitBackoffS: 20 * SYMBOL_S,
  ccaS: 8 * SYMBOL_S,
  turnaroundS: 12 * SYMBOL_S,
  frameS: 106 * 2 * SYMBOL_S,
  ackS: (12 + 22) * SYMBOL_S,
  timeoutS: 54 * SYMBOL_S,
};
/** Of two nodes one message in 75 is given up: ten times as many are needed to count them. */
const csma = [2, 5, 10, 20].map((nodes) => {
  const csmaS = nodes === 2 ? 1000 : 100;
  const point: CsmaPoint = { ...OQPSK, nodes };
  const { leastExponent, mostExponent, backoffs, unitBackoffS, ccaS, turnaroundS, frameS, ackS, timeoutS } = OQPSK;
  const medium = radio(
    'o-qpsk',
    { kind: 'csma-802.15.4', leastExponent, mostExponent, backoffs, unitBackoffS, ccaS, turnaroundS },
    { arq: { retries: OQPSK.retries, timeoutS } },
  );
  return planCase({
    group: 'contention',
    subject: `802.15.4 unslotted CSMA/CA, ${nodes} nodes in saturation`,
    source: 'the flow chart of IEEE 802.15.4-2020, 6.2.5.1, event by event (validate/theory/contention.ts)',
    replications: 10,
    plan: () => saturated(medium, nodes, { lastB: 106, lastS: frameS, ackS }, 500 / nodes + 50, csmaS),
    reference: (replication) => {
      const { perS, lost } = csmaByEvents(point, csmaS, `csma ${nodes} ${replication}`);
      return [perS, lost];
    },
    rows: [
      deliveredRow({ independent: true }),
      {
        quantity: 'share given up',
        unit: '',
        claim: { independent: true },
        measure: ({ flows }) => flows.lost[0]! / (flows.lost[0]! + flows.delivered[0]!),
      },
    ],
  });
});

export const contentionCases: readonly Case[] = [...aloha, ...hidden, ...dcf, ...csma];
