/** The cheapest network of several things that vary, against every one of their combinations, simulated and priced. */
import { contextOf, loadScenario } from '../../pipeline.js';
import { simulateReplication } from '../../sim/simulate.js';
import { readLadder } from '../../studies/size/ladders.js';
import { NetworkTrials } from '../../studies/size/network-trials.js';
import { priceOf } from '../../studies/size/price.js';
import { loadCases } from '../../studies/trial/load-cases.js';
import { nameOf, type VariantSetting } from '../../studies/variants/variants.js';
import type { Ledger } from '../ledger.js';
import { sized } from './bracketing.js';
import { HEADROOM, type SizingCase } from './cases.js';

const YEARS = 10;

const source = {
  file: 'costs.yaml',
  text: `name: Costs
profile: ACvW
useCases: [meter-reading, meter-events]
deployment: { meters: 24, metersPerDap: 24 }
start: 2026-07-15 12:00
duration: 4 hr
warmUp: none
links:
  NAN: { technology: wi-sun-fsk-50, discipline: priority }
  WAN: { rate: 1 Mbit/s, delay: 40 ms, discipline: priority }
`,
};

/** One payload, so that headroom binds: some 4.4 bit/s of each meter over a backhaul of 100 bit/s. */
const events = {
  file: 'events.yaml',
  text: `name: Events
profile: ACvW
useCases: [meter-events]
only: [Audit_Application_Event]
deployment: { meters: 60, daps: 1 }
warmUp: none
payloads: { Audit_Application_Event: { perDay: 48, size: 940 B, latency: 30 min, reliability: 90%, arrivals: poisson } }
links:
  NAN: { technology: wi-sun-fsk-50, discipline: priority }
  WAN: { rate: 100 bit/s, delay: 0 s, overhead: 60 B }
`,
};

const CASES: readonly SizingCase[] = [
  {
    what: 'a slow backhaul that asks for gateways',
    source: events,
    vary: ['NAN.technology=wi-sun-fsk-300,lte-m', 'endpointsPerDap'],
    loads: ['baseload'],
  },
  {
    what: 'two of one price',
    source,
    vary: ['NAN.technology=nb-iot,lte-m,wi-sun-fsk-150', 'endpointsPerDap=24,12,6'],
    loads: ['baseload'],
  },
  { what: 'a family of technologies alone', source, vary: ['NAN.technology'], loads: ['baseload'] },
  {
    what: 'a backhaul that nothing passes',
    source: { ...source, text: source.text.replace('1 Mbit/s', '200 bit/s') },
    vary: ['NAN.technology=plc-prime,wi-sun-fsk-150', 'endpointsPerDap=24,12,6'],
    loads: ['baseload'],
  },
];

/** @returns rows of case, combinations, passing ones, the cheapest, its cost, simulated by the search */
export async function proveCheapest(ledger: Ledger): Promise<string[][]> {
  const table: string[][] = [];
  for (const one of CASES) {
    const result = await sized(one);
    const passing = await everyCombination(one);
    const own = result.found!.steps === undefined ? 'none' : nameOf(result.found!.tried.settings);
    const [best] = passing.list;
    const expected = best === undefined ? 'none' : best.name;
    ledger.claim(
      `${one.what}: ${own} is the cheapest of ${passing.count} combinations, ${passing.list.length} of which pass`,
      [
        ...(own === expected ? [] : [`by brute force ${expected}`]),
        ...(best !== undefined && result.price?.totalUsd !== best.usd ? [`costs ${result.price?.totalUsd}`] : []),
      ],
    );
    table.push([
      one.what,
      String(passing.count),
      String(passing.list.length),
      own,
      best === undefined ? '' : String(best.usd),
      String(result.tried.length),
    ]);
  }
  return table;
}

/** All that pass, the cheapest first, then as the steps are listed. */
async function everyCombination({ source: text, vary, loads }: SizingCase) {
  const scenario = loadScenario(text);
  const ladders = vary.map((key) =>
    readLadder(key, scenario, contextOf(scenario.catalogues), { mostEndpoints: Infinity }),
  );
  const trials = new NetworkTrials({
    source: text,
    name: text.file,
    cases: loadCases(scenario, loads),
    options: {
      allowed: 1 - HEADROOM,
      replications: 5,
      mostReplications: 20,
      simulate: async (plan, numbers) => numbers.map((number) => simulateReplication(plan, number)),
    },
  });
  let combinations: VariantSetting[][] = [[]];
  for (const { steps } of ladders) combinations = combinations.flatMap((own) => steps.map((step) => [...own, step]));
  const list: { name: string; usd: number }[] = [];
  for (const settings of combinations) {
    if ((await trials.simulated(settings)).outcome !== 'pass') continue;
    list.push({ name: nameOf(settings), usd: priceOf(trials.scenario(settings), YEARS).totalUsd });
  }
  // Sorting is stable: of equals the one listed first stays first.
  return { count: combinations.length, list: list.sort((a, b) => a.usd - b.usd) };
}
