/** Parts that fail: exact probabilities of states against their enumeration, and scheduled outages by hand. */
import { type Part, routeProbabilities } from '../../sim/availability.js';
import { buildPlan } from '../../test/sim/plan-builder.js';
import { type Case, nameOf, planCase } from '../case.js';
import { flowOf, meanRow } from '../steady.js';

/** Shares of time up, by MTBF and MTTR in hours. */
const UP = {
  mesh: 8760 / (8760 + 4),
  carrier: 2000 / (2000 + 3),
  satellite: 500 / (500 + 1),
  tower: 40_000 / (40_000 + 24),
  headEnd: 10_000 / (10_000 + 2),
};
type Name = keyof typeof UP;
/** An ordinary route, a fallback, and a last resort; they share the mesh and the head-end, two of them the tower. */
const ROUTES: readonly (readonly Name[])[] = [
  ['mesh', 'tower', 'carrier', 'headEnd'],
  ['mesh', 'satellite', 'headEnd'],
  ['mesh', 'tower', 'headEnd'],
];

/** Probability that route k is the first that is up, by going through all states of all parts. O(2^parts). */
function byStates(): number[] {
  const names = Object.keys(UP) as Name[];
  const first = ROUTES.map(() => 0);
  for (let state = 0; state < 2 ** names.length; state++) {
    const isUp = (name: Name) => ((state >> names.indexOf(name)) & 1) === 1;
    const probability = names.reduce((product, name) => product * (isUp(name) ? UP[name] : 1 - UP[name]), 1);
    const route = ROUTES.findIndex((parts) => parts.every(isUp));
    if (route >= 0) first[route]! += probability;
  }
  return first;
}

const states: Case = {
  name: nameOf('availability', 'three routes that share parts'),
  subject: 'three routes that share parts',
  source: 'all 32 states of five parts, MTBF / (MTBF + MTTR) each',
  replications: 1,
  simulate: () => routeProbabilities(ROUTES.map((route) => route.map((name): Part => ({ name, up: UP[name] })))),
  rows: byStates().map((exact, k) => ({
    quantity: `share of time on route ${k + 1}`,
    unit: '',
    claim: { equals: exact, within: 1e-12 },
  })),
};

/** A link is out for 100 s; a message of 10 s each 30 s waits for its end, and one under way starts anew. */
const outage = planCase({
  group: 'availability',
  subject: 'scheduled outage of a link',
  source: 'by hand: sent at 0, 30, 60, 90, ...; out in [65, 165): those of 60, 90, 120, 150 go at 165, 175, 185, 195',
  replications: 1,
  plan: () =>
    buildPlan({
      horizonS: 300,
      links: { 'LINK up': { rateBps: 100 } },
      outages: [{ server: 'LINK up', fromS: 65, toS: 165 }],
      sources: [{ name: 'a', process: 'periodic', phase: 'synchronised', periodS: 30, sizeB: 125, path: ['LINK up'] }],
    }),
  rows: [
    // 175 - 60, 185 - 90, 195 - 120, 205 - 150, 215 - 180, 225 - 210, and 10 s for 0, 30, 240, 270.
    meanRow('a', { equals: (115 + 95 + 75 + 55 + 35 + 15 + 4 * 10) / 10, within: 1e-9 }, 'mean latency'),
    {
      quantity: 'longest latency',
      unit: 's',
      claim: { equals: 115, within: 1e-9 },
      measure: ({ flows }, plan) => flows.latencyMaxS[flowOf(plan, 'a')]!,
    },
    {
      quantity: 'lost',
      unit: '',
      claim: { equals: 0, within: 0 },
      measure: ({ flows }, plan) => flows.lost[flowOf(plan, 'a')]!,
    },
  ],
});

export const availabilityCases: readonly Case[] = [states, outage];
