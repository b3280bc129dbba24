/** When sources send: counts, windows, days of odd length, phases, bursts, and independence of each other. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulateReplication } from '../../sim/simulate.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan, type PlanLiteral, type SourceLiteral } from './plan-builder.js';
import { assertMean, replicate } from './replicate.js';

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

const links = { 'LINK up': { rateBps: 1e6, delayS: 0.01 } };
const periodic = (more: Partial<SourceLiteral>): SourceLiteral => ({
  name: 'a',
  process: 'periodic',
  sizeB: 125,
  path: ['LINK up'],
  ...more,
});
const run = (literal: Partial<PlanLiteral>, replication = 1) => {
  const plan = buildPlan({ links, sources: [], ...literal });
  return { plan, ...simulateReplication(plan, replication) };
};

const counts = suite('periodic sources');

for (const perDay of [1, 6, 7, 24, 96, 1000]) {
  counts(`${perDay} messages a day are exactly that on each of three days, for each device`, () => {
    const source = periodic({ devices: 13, periodS: DAY_S / perDay });
    const { bins, flows } = run({ horizonS: 3 * DAY_S, binS: DAY_S, sources: [source] });
    assert.equal([...bins.messages], [13 * perDay, 13 * perDay, 13 * perDay]);
    assert.is(flows.sent[0], 39 * perDay);
  });
}

counts('synchronised devices send in the same instants, from second 0 on', () => {
  const source = periodic({ devices: 4, periodS: 6 * HOUR_S, phase: 'synchronised' });
  const { bins, counts } = run({ sources: [source] });
  assert.equal(
    [...bins.messages].map((n, b) => [b, n]).filter(([, n]) => n! > 0),
    [0, 6, 12, 18].map((b) => [b, 4]),
  );
  assert.is(counts.ties, 12);
});

counts('synchronised devices with clock errors send within the spread', () => {
  const source = periodic({ devices: 50, periodS: 6 * HOUR_S, phase: 'synchronised', spreadS: 120 });
  const { bins, counts } = run({ binS: 60, sources: [source] });
  const busy = [...bins.messages].flatMap((n, b) => (n > 0 ? [b] : []));
  assert.equal(busy, [0, 1, 360, 361, 720, 721, 1080, 1081]);
  assert.is(counts.ties, 0);
});

counts('random phases fill every hour alike', () => {
  const { bins } = run({ sources: [periodic({ devices: 24_000, periodS: DAY_S })] });
  // Chi-square of 24 hours: 99.9% of samples stay below 49.7 (23 degrees of freedom).
  const chiSquare = [...bins.messages].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  assert.ok(chiSquare > 5 && chiSquare < 49.7, `${chiSquare}`);
});

counts('a window squeezes the day into its hours', () => {
  const windows = { work: [[[7 * HOUR_S, 9 * HOUR_S] as const, [20 * HOUR_S, 21 * HOUR_S] as const]] };
  const source = periodic({ devices: 30, periodS: (3 * HOUR_S) / 6, window: 'work' });
  const { bins } = run({ windows, sources: [source] });
  assert.equal(
    [...bins.messages].flatMap((n, b) => (n > 0 ? [[b, n]] : [])),
    [7, 8, 20].map((b) => [b, 60]),
    'two of six messages in each of the three hours',
  );
});

counts('days of 23 and 25 hours have an hour of messages less and more', () => {
  const sources = [periodic({ devices: 5, periodS: HOUR_S })];
  const dayLengthS = [DAY_S, 23 * HOUR_S, 25 * HOUR_S];
  const { bins } = run({ horizonS: 4 * DAY_S, binS: HOUR_S, dayLengthS, dayKind: [0, 1, 2, 0], sources });
  assert.equal([...bins.messages], new Array(96).fill(5));
});

counts('a window on a short day has the intervals of that kind of day', () => {
  const windows = { night: [[[HOUR_S, 3 * HOUR_S] as const], [[HOUR_S, 2 * HOUR_S] as const]] };
  const sources = [periodic({ devices: 8, periodS: HOUR_S / 2, window: 'night' })];
  const { bins } = run({
    horizonS: 47 * HOUR_S,
    dayLengthS: [DAY_S, 23 * HOUR_S],
    dayKind: [1, 0],
    windows,
    sources,
  });
  // Two messages per device and active hour: one hour from 1:00 on the short day, two from 23 + 1 hours on.
  assert.equal(
    [...bins.messages].flatMap((n, b) => (n > 0 ? [[b, n]] : [])),
    [1, 24, 25].map((b) => [b, 16]),
  );
});

counts('the phases of two replications differ, those of two runs do not', () => {
  const plan = buildPlan({ binS: 60, links, sources: [periodic({ devices: 100, periodS: HOUR_S })] });
  assert.is(fingerprint(simulateReplication(plan, 1)), fingerprint(simulateReplication(plan, 1)));
  assert.not.equal(simulateReplication(plan, 1).bins, simulateReplication(plan, 2).bins);
});

counts.run();

const poisson = suite('Poisson sources');

poisson('of n devices send n / period, with the variance of a Poisson count', () => {
  const plan = buildPlan({
    horizonS: 1000,
    links,
    sources: [periodic({ process: 'poisson', devices: 20, periodS: 40 })],
  });
  const sent = replicate(plan, 100).map(({ flows }) => flows.sent[0]!);
  assertMean(sent, 500, 0.02);
  const variance = sent.reduce((sum, n) => sum + (n - 500) ** 2, 0) / sent.length;
  // 100 squares of normal deviates: 99.8% of samples between 61.9 and 149.4 hundredths (chi-square).
  assert.ok(variance > 500 * 0.619 && variance < 500 * 1.494, `${variance}`);
});

poisson('rest outside their window, and keep their rate within it', () => {
  const windows = { work: [[[2 * HOUR_S, 3 * HOUR_S] as const, [5 * HOUR_S, 6 * HOUR_S] as const]] };
  const source = periodic({ process: 'poisson', devices: 100, periodS: HOUR_S / 20, window: 'work' });
  const { bins } = run({ horizonS: 2 * DAY_S, windows, sources: [source] });
  const busy = [...bins.messages].flatMap((n, b) => (n > 0 ? [b] : []));
  assert.equal(busy, [2, 5, 26, 29]);
  for (const b of busy) assert.ok(Math.abs(bins.messages[b]! - 2000) < 4 * Math.sqrt(2000), `${bins.messages[b]}`);
});

poisson('use all their devices alike', () => {
  const premises = { 'HAN up': { copies: 4, rateBps: 1000 } };
  const source = periodic({ process: 'poisson', devices: 4, periodS: 40, path: ['HAN up'] });
  // A premise's own messages alone queue for its link: M/D/1 at load 0.025 each, not at 0.1 together.
  const plan = buildPlan({ horizonS: 200_000, links: premises, sources: [source] });
  const latencies = replicate(plan, 5).map(({ flows }) => flows.latencySumS[0]! / flows.delivered[0]! - 1);
  assertMean(latencies, 0.025 / (2 * (1 - 0.025)), 0.2);
});

poisson.run();

const bursts = suite('bursts');

bursts('send once per chosen device, within the spread, in the measured run only', () => {
  const source: SourceLiteral = {
    name: 'gasp',
    devices: 1000,
    bursts: [2 * HOUR_S, 5 * HOUR_S],
    burstDevices: 300,
    spreadS: 60,
    sizeB: 10,
    path: ['LINK up'],
  };
  const { bins, flows } = run({ warmUpDays: 2, binS: 60, sources: [source] });
  assert.is(flows.sent[0], 600);
  assert.equal(
    [...bins.messages].flatMap((n, b) => (n > 0 ? [[b, n]] : [])),
    [
      [120, 300],
      [300, 300],
    ],
  );
});

bursts('choose devices without replacement', () => {
  // One premise per device: a device chosen twice would wait for itself.
  const source: SourceLiteral = {
    name: 'gasp',
    devices: 50,
    bursts: [10],
    burstDevices: 49,
    sizeB: 125,
    path: ['HAN up'],
  };
  const { flows } = run({ links: { 'HAN up': { copies: 50, rateBps: 1000 } }, sources: [source] });
  assert.is(flows.delivered[0], 49);
  assert.ok(Math.abs(flows.latencyMaxS[0]! - 1) < 1e-9, `${flows.latencyMaxS[0]}`);
});

bursts.run();

const streams = suite('random streams');

const meters = periodic({ name: 'meters', process: 'poisson', devices: 50, periodS: 60, path: ['LINK up'] });
const others = periodic({ name: 'others', process: 'poisson', devices: 50, periodS: 60, path: ['ELSE up'] });
const twoLinks = { 'LINK up': { rateBps: 1e4 }, 'ELSE up': { rateBps: 1e4 } };

streams('adding a source leaves what another source brings to its link as it was', () => {
  const alone = run({ links: twoLinks, sources: [meters] });
  const together = run({ links: twoLinks, sources: [others, meters] });
  assert.equal(together.flows.histogram[1], alone.flows.histogram[0]);
  assert.is(together.flows.latencySumS[1], alone.flows.latencySumS[0]);
  assert.is(together.links.waitingIntegralBs[0], alone.links.waitingIntegralBs[0]);
});

streams('two instances of an area, and two sources of one rate, differ', () => {
  const { bins } = run({
    kinds: { dap: 2 },
    links: { 'NAN up': { kind: 'dap' } },
    sources: [{ ...meters, kind: 'dap', path: ['NAN up'] }],
  });
  assert.not.equal(bins.messages.slice(0, 24), bins.messages.slice(24));
  const both = run({ links: twoLinks, sources: [others, meters] });
  assert.is.not(both.flows.sent[0], both.flows.sent[1]);
});

streams('another seed gives other latencies', () => {
  const [one, two] = ['1', '2'].map((seed) => run({ seed, links: twoLinks, sources: [meters] }));
  assert.is.not(one!.flows.latencySumS[0], two!.flows.latencySumS[0]);
});

streams.run();
