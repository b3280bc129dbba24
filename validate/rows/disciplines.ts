/** Priority and fair transmitters of 1 Mbit/s. */
import { type Case, planCase } from '../case.js';
import { flowOf, meanRow, steady } from '../steady.js';
import { cobhamWaitsS } from '../theory/queues.js';

const WARM_UP_S = 20;
const LOADS = [0.3, 0.7, 0.9];
const MESSAGES: Record<number, number> = { 0.3: 200_000, 0.7: 500_000, 0.9: 4_000_000 };

/** Loads of the classes, most urgent first, in shares of the whole. */
const KINDS = [
  {
    subject: 'M/M/1 priority',
    law: 'exponential' as const,
    classes: [
      { share: 0.3, sizeB: 125 },
      { share: 0.3, sizeB: 125 },
      { share: 0.4, sizeB: 125 },
    ],
  },
  {
    subject: 'M/G/1 priority',
    law: 'fixed' as const,
    classes: [
      { share: 0.2, sizeB: 50 },
      { share: 0.3, sizeB: 125 },
      { share: 0.5, sizeB: 500 },
    ],
  },
];

const cobham = KINDS.flatMap(({ subject, law, classes }) =>
  LOADS.map((load) => {
    const rates = classes.map(({ share, sizeB }) => {
      const serviceS = sizeB / 125_000;
      return { perS: (share * load) / serviceS, serviceS, squareS2: (law === 'exponential' ? 2 : 1) * serviceS ** 2 };
    });
    const waits = cobhamWaitsS(rates);
    const perS = rates.reduce((sum, rate) => sum + rate.perS, 0);
    return planCase({
      group: 'disciplines',
      subject,
      load,
      source: 'Cobham, Oper. Res. 2 (1954) 70-76: three classes, non-preemptive',
      replications: 20,
      plan: () =>
        steady(WARM_UP_S, MESSAGES[load]! / perS, {
          links: { 'LINK up': { rateBps: 1e6, discipline: 'priority' } },
          sources: classes.map(({ sizeB }, i) => ({
            name: `class ${i}`,
            periodS: 1 / rates[i]!.perS,
            sizeB,
            sizeLaw: law,
            priority: i,
            path: ['LINK up'],
          })),
        }),
      rows: waits.map((waitS, i) =>
        meanRow(`class ${i}`, { exact: rates[i]!.serviceS + waitS }, `mean sojourn, class ${i}`),
      ),
    });
  }),
);

/**
 * Fair shares of a saturated server of 125,000 B/s. Class 3 asks for less than its share and gets what it asks for; the
 * rest goes to the others as 1 : 2 : 3, whatever their sizes.
 */
const WEIGHTS = [1, 2, 3, 4];
const MODEST_BPS = 12_500;
const fair = [
  { subject: 'fair, equal sizes', sizes: [250, 250, 250, 250] },
  { subject: 'fair, sizes 50 to 1500', sizes: [1500, 50, 400, 125] },
].map(({ subject, sizes }) =>
  planCase({
    group: 'disciplines',
    subject,
    source: 'generalised processor sharing: shares by weight among those who ask for more (Parekh and Gallager 1993)',
    replications: 10,
    plan: () =>
      steady(10, 1000, {
        links: { 'LINK up': { rateBps: 1e6, discipline: 'fair', weights: WEIGHTS } },
        sources: sizes.map((sizeB, i) => ({
          name: `class ${i}`,
          periodS: sizeB / (i === 3 ? MODEST_BPS : 100_000),
          sizeB,
          priority: i,
          path: ['LINK up'],
        })),
      }),
    rows: [0, 1, 2, 3].map((i) => {
      const exact = i === 3 ? MODEST_BPS / 125_000 : ((1 - MODEST_BPS / 125_000) * WEIGHTS[i]!) / 6;
      return {
        quantity: `share of class ${i}`,
        unit: '',
        claim: { exact },
        measure: ({ flows, links }, plan) =>
          (flows.delivered[flowOf(plan, `class ${i}`)]! * sizes[i]!) / links.carriedB[0]!,
      };
    }),
  }),
);

export const disciplineCases: readonly Case[] = [...cobham, ...fair];
