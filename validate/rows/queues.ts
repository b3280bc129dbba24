/** One FIFO link of 1 Mbit/s; 125 B take 1 ms. */
import { type Case, planCase } from '../case.js';
import { meanRow, quantileRow, shareRow, steady } from '../steady.js';
import { md1WaitCdf, mg1WaitS, mm1kLoss, mm1SojournQuantile, quantileOf } from '../theory/queues.js';

const SERVICE_S = 0.001;
const QUANTILES = [0.5, 0.9, 0.99, 0.999];
/** Fifty relaxation times at load 0.9, of 380 services each. */
const WARM_UP_S = 20;
const REPLICATIONS = 20;

/**
 * Messages per replication. Beyond a high quantile messages come in clusters of about 2 / (1 - load)^2; to know p99.9 to 1%
 * at ln(1000) decay lengths takes about 1600 clusters in all, 16 for each message in ten thousand of the mean.
 */
const MESSAGES: Record<number, number> = { 0.3: 500_000, 0.7: 2_000_000, 0.9: 15_000_000 };
const link = { 'LINK up': { rateBps: 1e6 } };

const mm1 = Object.entries(MESSAGES).map(([key, messages]) => {
  const load = Number(key);
  const perS = load / SERVICE_S;
  return planCase({
    group: 'queues',
    subject: 'M/M/1',
    load,
    source: 'Kleinrock, Queueing Systems I (1975), section 3.2; sizes exponential',
    replications: REPLICATIONS,
    plan: () =>
      steady(WARM_UP_S, messages / perS, {
        links: link,
        sources: [{ name: 'a', periodS: 1 / perS, sizeB: 125, sizeLaw: 'exponential', path: ['LINK up'] }],
      }),
    rows: [
      meanRow('a', { exact: SERVICE_S / (1 - load) }),
      ...QUANTILES.map((q) => quantileRow('a', q, mm1SojournQuantile(load, SERVICE_S, q))),
      {
        quantity: 'mean waiting',
        unit: 'B',
        claim: { exact: (125 * load ** 2) / (1 - load) },
        measure: ({ links }, plan) => links.waitingIntegralBs[0]! / plan.time.horizonS,
      },
      {
        quantity: 'carried',
        unit: 'B/s',
        claim: { exact: 125 * perS },
        measure: ({ links }, plan) => links.carriedB[0]! / plan.time.horizonS,
      },
    ],
  });
});

const md1 = Object.entries(MESSAGES).map(([key, messages]) => {
  const load = Number(key);
  const perS = load / SERVICE_S;
  return planCase({
    group: 'queues',
    subject: 'M/D/1',
    load,
    source: 'Pollaczek-Khinchine; percentiles: Franx, Oper. Res. Letters 29 (2001) 221-229',
    replications: REPLICATIONS,
    plan: () =>
      steady(WARM_UP_S, messages / 2 / perS, {
        links: link,
        sources: [{ name: 'a', periodS: 1 / perS, sizeB: 125, path: ['LINK up'] }],
      }),
    rows: [
      meanRow('a', { exact: SERVICE_S * (1 + load / (2 * (1 - load))) }),
      ...QUANTILES.map((q) => quantileRow('a', q, SERVICE_S * (1 + quantileOf((x) => md1WaitCdf(load, x), q, 100)))),
    ],
  });
});

/** Three sizes, in shares 60, 30 and 10% of the messages. */
const MIXTURE = [
  { name: 'short', share: 0.6, sizeB: 25 },
  { name: 'middle', share: 0.3, sizeB: 125 },
  { name: 'long', share: 0.1, sizeB: 725 },
];
const MIXTURE_S = MIXTURE.reduce((sum, { share, sizeB }) => sum + (share * sizeB) / 125_000, 0);

const mg1 = Object.entries(MESSAGES).map(([key, messages]) => {
  const load = Number(key);
  const perS = load / MIXTURE_S;
  const rates = MIXTURE.map(({ share, sizeB }) => ({
    perS: share * perS,
    serviceS: sizeB / 125_000,
    squareS2: (sizeB / 125_000) ** 2,
  }));
  return planCase({
    group: 'queues',
    subject: 'M/G/1 of three sizes',
    load,
    source: 'Pollaczek-Khinchine; Kleinrock I, equation 5.121',
    replications: REPLICATIONS,
    plan: () =>
      steady(WARM_UP_S, messages / 5 / perS, {
        links: link,
        sources: MIXTURE.map(({ name, share, sizeB }) => ({
          name,
          periodS: 1 / (share * perS),
          sizeB,
          path: ['LINK up'],
        })),
      }),
    rows: MIXTURE.map(({ name, sizeB }) =>
      meanRow(name, { exact: sizeB / 125_000 + mg1WaitS(rates) }, `mean sojourn, ${name}`),
    ),
  });
});

/** Places so that a measurable share is lost: 3 at 0.3 lose 1.9%. */
const mm1k = [
  { load: 0.3, places: 3 },
  { load: 0.7, places: 5 },
  { load: 0.9, places: 10 },
].map(({ load, places }) => {
  const perS = load / SERVICE_S;
  const lost = mm1kLoss(load, places);
  const accepted = Array.from({ length: places }, (_, n) => load ** n);
  const inSystem = accepted.reduce((sum, p, n) => sum + (n + 1) * p, 0) / accepted.reduce((sum, p) => sum + p, 0);
  return planCase({
    group: 'queues',
    subject: `M/M/1/${places}`,
    load,
    source: 'Kleinrock I, section 3.6: loss; sojourn of the accepted: an Erlang stage for each found and its own',
    replications: REPLICATIONS,
    plan: () =>
      steady(WARM_UP_S, 2_500_000 / perS, {
        links: { 'LINK up': { rateBps: 1e6, bufferMessages: places - 1 } },
        sources: [{ name: 'a', periodS: 1 / perS, sizeB: 125, sizeLaw: 'exponential', path: ['LINK up'] }],
      }),
    rows: [
      shareRow('a', 'lost', { exact: lost }, 'lost share'),
      meanRow('a', { exact: SERVICE_S * inSystem }),
      {
        quantity: 'carried',
        unit: 'B/s',
        claim: { exact: 125 * perS * (1 - lost) },
        measure: ({ links }, plan) => links.carriedB[0]! / plan.time.horizonS,
      },
    ],
  });
});

export const queueCases: readonly Case[] = [...mm1, ...md1, ...mg1, ...mm1k];
