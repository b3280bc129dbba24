/** The instruments of the proofs disturb nothing, and count as volumetrics do. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { consequences } from '../../prove/consequences.js';
import { scaledUp } from '../../prove/scaled.js';
import { withTaps } from '../../prove/taps.js';
import { Process } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan } from '../sim/plan-builder.js';
import { anyPlan } from '../sim/random-plan.js';

const answered = buildPlan({
  kinds: { dap: 3 },
  populations: { displays: { kind: 'dap', devices: [4, 0, 7] } },
  links: {
    'WAN down': { rateBps: 1e5 },
    'NAN down': { kind: 'dap', rateBps: 1e4 },
    'NAN up': { kind: 'dap', rateBps: 1e4, delayS: 0.1 },
  },
  sources: [
    { name: 'reads', kind: 'dap', devices: 5, process: 'periodic', periodS: 3600, sizeB: 100, path: ['NAN up'] },
    { name: 'alarms', kind: 'dap', devices: 5, periodS: 20_000, sizeB: 50, path: ['NAN up'] },
    {
      name: 'price',
      periodS: 9000,
      sizeB: 40,
      path: ['WAN down', { link: 'NAN down', fan: 'everyInstance', listeners: 'displays' }],
    },
    { name: 'acks', kind: 'dap', process: 'caused', sizeB: 10, path: ['NAN up'] },
    { name: 'errors', kind: 'dap', process: 'caused', sizeB: 10, path: ['NAN up'] },
  ],
  causes: [
    { trigger: 'price', source: 'acks', probability: 0.9 },
    { trigger: 'price', source: 'errors', probability: 0.01 },
  ],
});

const taps = suite('withTaps');

taps('leaves everything as it was where nothing answers: flows, latencies, links, bins', () => {
  fc.assert(
    fc.property(anyPlan(), (plan) => {
      const silent = { ...plan, causes: buildPlan({ links: {}, sources: [] }).causes };
      const plain = simulateReplication(silent, 1);
      const tapped = simulateReplication(withTaps(silent).plan, 1);
      assert.equal(tapped.flows.sent, plain.flows.sent);
      assert.equal(tapped.flows.delivered, plain.flows.delivered);
      assert.equal(tapped.links.bytes.slice(0, plain.links.bytes.length), plain.links.bytes);
      assert.equal(tapped.links.carriedB.slice(0, plain.links.bytes.length), plain.links.carriedB);
    }),
    { seed: 4, numRuns: 40 },
  );
});

taps('count every message of a source in the instance in which it starts', () => {
  const { plan, firstTap } = withTaps(answered);
  const stats = simulateReplication(plan, 1);
  const row = (s: number) =>
    stats.links.messages.slice(stats.linkStart[firstTap + s], stats.linkStart[firstTap + s + 1]);
  assert.equal(row(0), Float64Array.of(120, 120, 120));
  assert.is(
    row(1).reduce((a, b) => a + b),
    stats.flows.sent[1],
  );
});

taps.run();

const counted = suite('consequences');

counted('of the expected messages are what volumetrics expect, on every link instance and at every receiver', () => {
  const expected = volumetrics(answered);
  const started = (source: number, instance: number) =>
    expected.loads[source]!.filter((load) => load.first <= instance && instance < load.first + load.count)
      .flatMap((load) => [...load.perBin])
      .reduce((a, b) => a + b, 0);
  const due = consequences(answered, started);
  const near = (a: Float64Array, b: Float64Array) =>
    a.forEach((value, i) => {
      assert.ok(Math.abs(value - b[i]!) <= 1e-9 * Math.max(1, b[i]!), `${value}, not ${b[i]}`);
    });
  near(due.messages, expected.links.messages);
  near(due.bytes, expected.links.bytes);
  near(due.delivered, expected.flows.delivered);
});

counted.run();

const scaled = suite('scaledUp');

scaled('brings every source to the wanted number, answers by the commands that cause them', () => {
  const plan = scaledUp(answered, 5000);
  const { messages } = volumetrics(plan).sources;
  messages.forEach((expected, s) => {
    assert.ok(expected >= 5000, `${plan.sources.name[s]}: ${expected}`);
  });
});

scaled('multiplies rates by whole numbers and leaves sizes, routes and windows alone', () => {
  const plan = scaledUp(answered, 5000);
  answered.sources.periodS.forEach((periodS, s) => {
    if (answered.sources.process[s] === Process.caused) return;
    const factor = periodS / plan.sources.periodS[s]!;
    assert.ok(Math.abs(factor - Math.round(factor)) < 1e-9 && factor >= 1, String(factor));
  });
  assert.equal(plan.sources.sizeB, answered.sources.sizeB);
  assert.equal(plan.hops, answered.hops);
  assert.equal(plan.windows, answered.windows);
});

scaled.run();
