import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadScenario, scenarioContext } from '../../pipeline.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import { preferredValues } from '../../studies/search/series.js';
import { candidatesChart } from '../../studies/size/charts.js';
import type { Candidate } from '../../studies/size/cheapest.js';
import { readGrowth, settingsIn } from '../../studies/size/growth.js';
import { readLadder } from '../../studies/size/ladders.js';
import { NetworkTrials } from '../../studies/size/network-trials.js';
import { sizeReport } from '../../studies/size/report.js';
import { servedText } from '../../studies/size/served.js';
import { type SizeOptions, sizeStudy } from '../../studies/size/size.js';
import { metersOf, readDensities } from '../../studies/trial/coverage.js';
import { loadCases } from '../../studies/trial/load-cases.js';
import { moreReplications } from '../../studies/trial/more-replications.js';

/** One payload of 1,000 B on the wire, Poisson, over a lone pipe: 100 meters of each DAP, 48 a day. */
const text = (more = '') => `
name: One payload
profile: ACvW
useCases: [meter-events]
only: [Audit_Application_Event]
deployment: { meters: 200, metersPerDap: 100 }
payloads: { Audit_Application_Event: { perDay: 48, size: 940 B, latency: 10 min, reliability: 90%, arrivals: poisson } }
links:
  all: { rate: unlimited, delay: 0 s, overhead: 0 B }
  NAN: { rate: 100 kbit/s, delay: 0 s, overhead: 60 B, duplex: full }
${more}`;
const source = (more = '') => ({ file: 'one.yaml', text: text(more) });

const options = (more: Partial<SizeOptions> = {}): SizeOptions => ({
  vary: ['NAN.rate'],
  loads: undefined,
  headroom: 0.3,
  replications: 5,
  mostReplications: 40,
  densities: readDensities([]),
  density: undefined,
  growthFile: undefined,
  years: 10,
  simulate: async (plan, numbers): Promise<ReplicationStats[]> =>
    numbers.map((number) => simulateReplication(plan, number)),
  ...more,
});

/** For all that only look at it. */
const sized = sizeStudy(source(), options());

const size = suite('sizeStudy');

size('finds the rate that the headroom asks for by hand: the least of the series with load / rate <= 0.7', async () => {
  const { found, ladders } = await sized;
  const offeredBps = (100 * 48 * 8 * 1000) / 86_400;
  const byHand = preferredValues(100, 1e6).find((bps) => offeredBps / bps <= 0.7)!;
  const text = ladders[0]!.steps[found!.steps![0]!]!.text;
  // The busiest of 24 hours and two DAPs lies above the mean, by chance: one step of the series, or two.
  const steps = preferredValues(100, 1e6);
  const bps = Number(text.split(' ')[0]) * (text.endsWith('kbit/s') ? 1000 : 1);
  const apart = steps.indexOf(bps) - steps.indexOf(byHand);
  assert.ok(apart >= 0 && apart <= 2, `${text}, by hand ${byHand} bit/s`);
});

size('shows that the rate found passes and that one step less does not, and what binds it', async () => {
  const { found } = await sized;
  assert.is(found!.tried.outcome, 'pass');
  const [less] = found!.less;
  assert.is.not(less!.outcome, 'pass');
  const { kind, payload, network, hour, loadCase } = less!.binding!;
  assert.equal([kind, payload, network, loadCase], ['headroom', 'Audit_Application_Event', 'NAN', 'baseload']);
  assert.match(hour, /^\d\d:00$/);
  assert.equal(found!.brackets[0]!.violations, []);
});

size('says so when no step passes, with what binds', async () => {
  const { found } = await sizeStudy(source(), options({ vary: ['NAN.rate=100,200 bit/s'] }));
  assert.is(found!.steps, undefined);
  assert.is(found!.tried.outcome, 'fail');
  assert.is(found!.tried.binding!.network, 'NAN');
});

size('names the way out where the network, the step below or a candidate is undecided, and nowhere else', async () => {
  const result = await sized;
  const found = result.found!;
  const meta = { command: 'fanplan size one.yaml', startedAt: new Date(0), options: options() };
  const sentence = moreReplications([{ option: '--most-replications', most: 40 }]);
  const says = (own: Partial<typeof found>, candidates = result.candidates) =>
    sizeReport({ ...result, found: { ...found, ...own }, candidates }, meta).findings.some(
      ({ text }) => text === sentence,
    );
  const less = (outcome: 'fail' | 'undecided') => found.less.map((one) => ({ ...one!, outcome }));
  assert.not.ok(says({ less: less('fail') }));
  assert.ok(says({ less: less('undecided') }));
  assert.ok(says({ steps: undefined, less: less('fail'), tried: { ...found.tried, outcome: 'undecided' } }));
  const price = { capexUsd: 1, opexUsdPerYear: 1, totalUsd: 2, unknown: [] };
  const candidate = { name: 'NAN.technology=lte-m', least: price, outcome: 'undecided', tried: '', price } as const;
  assert.ok(says({ less: less('fail') }, [candidate]));
});

size(
  'draws what cost chose from: each candidate with its cost and outcome, the last that passes as the one chosen',
  () => {
    const priced = (totalUsd: number) => ({ capexUsd: totalUsd, opexUsdPerYear: 0, totalUsd, unknown: [] });
    const of = (name: string, outcome: Candidate['outcome'], least: number, price?: number): Candidate => {
      return {
        name,
        least: priced(least),
        outcome,
        tried: name,
        price: price === undefined ? undefined : priced(price),
      };
    };
    const candidates = [of('a', 'fail', 10), of('b', 'pass', 20, 50), of('c', 'pass', 30, 40), of('d', 'too dear', 45)];
    for (const layout of ['wide', 'narrow'] as const) {
      const { figures } = candidatesChart(candidates, 10)(layout);
      assert.equal(figures.rows, [
        ['a', 'fail', '10', 'at least, fail'],
        ['b', 'pass', '50', 'pass'],
        ['c, chosen', 'pass', '40', 'pass, chosen'],
        ['d', 'too dear', '45', 'at least, too dear'],
      ]);
    }
    const none = candidatesChart([of('a', 'fail', 10)], 10)('wide');
    assert.equal(none.figures.rows, [['a', 'fail', '10', 'at least, fail']]);
  },
);

size('takes the most endpoints per DAP first, bounded by what reach and density allow', () => {
  const scenario = loadScenario(source());
  const bounded = readLadder('endpointsPerDap', scenario, scenarioContext(), { mostEndpoints: 37 });
  assert.ok(Number(bounded.steps[0]!.value) <= 37);
  assert.is(bounded.steps[bounded.steps.length - 1]!.value, 1);
});

size('steps of endpoints per DAP are what the largest DAP has, each a network of its own', () => {
  const scenario = loadScenario(source());
  const meters = metersOf(scenario.deployment);
  const { steps } = readLadder('endpointsPerDap', scenario, scenarioContext(), { mostEndpoints: Infinity });
  const values = steps.map(({ value }) => Number(value));
  for (const value of values) assert.is(Math.ceil(meters / Math.ceil(meters / value)), value);
  assert.is(new Set(values.map((value) => Math.ceil(meters / value))).size, values.length);
});

size('a gateway serves the smaller of capacity and reach, and what bounded the search is no capacity', () => {
  const of = { found: 200, isMost: false, withinReach: 500, isBound: false };
  assert.is(servedText(of), '200, decided by capacity');
  assert.is(servedText({ ...of, withinReach: 150 }), '150, decided by reach');
  assert.is(servedText({ ...of, isMost: true }), '200, the most that were tried');
  assert.is(servedText({ ...of, isMost: true, isBound: true, withinReach: 210 }), '200, decided by reach');
});

size('refuses a scenario in which nothing is sent', async () => {
  try {
    await sizeStudy(source(), options({ loads: ['baseload'], adapt: (one) => ({ ...one, only: [] }) }));
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, /nothing to size|nothing is sent/);
  }
});

size.run();

const closedForm = suite('closed form');

closedForm('is monotone: a higher rate never fails where a lower one passes', () => {
  const scenario = loadScenario(source());
  const trials = new NetworkTrials({
    source: source(),
    name: 'one',
    cases: loadCases(scenario, undefined),
    options: { allowed: 0.7, replications: 2, mostReplications: 2 },
  });
  const { steps } = readLadder('NAN.rate', scenario, scenarioContext(), { mostEndpoints: Infinity });
  const passes = steps.filter((_, i) => i % 3 === 0).map((step) => trials.closedForm([step]).outcome === 'pass');
  assert.is(passes.indexOf(true), passes.lastIndexOf(false) + 1);
  assert.ok(passes.includes(true) && passes.includes(false));
});

closedForm.run();

const fifo = suite('a lone infinite FIFO with the same arrivals');

fifo('has no message later at a higher rate, so that no share in time falls', async () => {
  const scenario = loadScenario(source('duration: 6 hr\nwarmUp: none'));
  const trials = new NetworkTrials({
    source: source('duration: 6 hr\nwarmUp: none'),
    name: 'one',
    cases: loadCases(scenario, undefined),
    options: {
      allowed: 1,
      replications: 2,
      mostReplications: 2,
      simulate: async (plan, numbers) => numbers.map((number) => simulateReplication(plan, number)),
    },
  });
  const { steps } = readLadder('NAN.rate=400,450,500,600,800 bit/s', scenario, scenarioContext(), {
    mostEndpoints: Infinity,
  });
  const latencies: number[] = [];
  for (const step of steps) latencies.push((await trials.simulated([step])).cases[0]!.flows[0]!.latencyMaxS);
  for (const [i, latency] of latencies.slice(1).entries()) assert.ok(latency <= latencies[i]!, latencies.join(' '));
});

fifo.run();

const growth = suite('readGrowth');

const years = (lines: string) => {
  const own = source(`growth:\n${lines}`);
  return readGrowth(undefined, own, loadScenario(own), scenarioContext())!;
};

growth('compounds a percentage per year on the numbers of the scenario', () => {
  const { trends, from, to } = years('  from: 2026\n  to: 2036\n  deployment.meters: 3%');
  assert.equal([from, to], [2026, 2036]);
  assert.is(trends[0]!.valueIn(2026), 200);
  assert.is(trends[0]!.valueIn(2036), Math.round(200 * 1.03 ** 10));
});

growth('reads a percentage with the words that say of what it is', () => {
  const [less] = years('  from: 2026\n  deployment.meters: -1% per year').trends;
  assert.is(less!.text, '-1% per year');
  assert.is(less!.valueIn(2036), Math.round(200 * 0.99 ** 10));
});

growth('takes a table linearly between its years, and as constant outside of them', () => {
  const [trend] = years('  from: 2026\n  deployment.han.premises: { 2026: 10, 2030: 50 }').trends;
  assert.equal(
    [2025, 2026, 2028, 2030, 2040].map((year) => trend!.valueIn(year)),
    [10, 10, 30, 50, 50],
  );
});

growth('leaves gateways as they are, though their default follows the meters', () => {
  const forecast = years('  from: 2026\n  deployment.meters: 10%');
  const settings = settingsIn(2036, forecast, loadScenario(source()));
  const daps = settings.find(({ path }) => path.join('.') === 'deployment.daps');
  assert.is(daps?.value, 2);
});

growth('answers with line, key and what is allowed', () => {
  try {
    years('  deployment.metres: 3%\n  deployment.meters: 3 kbit/s\n  to: 1900');
    assert.unreachable();
  } catch (error) {
    const message = (error as Error).message;
    assert.match(message, /metres/);
    assert.match(message, /percentage per year/);
  }
});

growth('is read with the scenario, so that every verb tells what is wrong with it, at its line', () => {
  const own = source('growth:\n  deployment.meters: 3 kbit/s');
  const line = own.text.split('\n').indexOf('  deployment.meters: 3 kbit/s') + 1;
  assert.throws(
    () => loadScenario(own),
    ({ message }: Error) => message.includes(`one.yaml:${line}:`) && message.includes('WRONG_UNIT'),
  );
});

growth.run();
