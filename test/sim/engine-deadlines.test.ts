/** Deadlines after an event: from when they count, and who bears them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bucketOf } from '../../sim/kernel/histogram.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const run = (literal: Partial<PlanLiteral>) => {
  const plan = buildPlan({ horizonS: 1000, links, sources: [], ...literal });
  const { flows } = simulateReplication(plan, 1);
  assert.is(
    JSON.stringify(simulateReplication(plan, 1, { partition: 'single' }).flows),
    JSON.stringify(flows),
    'in one piece or in cells',
  );
  const of = (name: string) => {
    const f = plan.flows.name.indexOf(name);
    const { first, counts } = flows.sinceEvent[f]!;
    return {
      delivered: flows.delivered[f],
      missed: flows.deadlineMissed[f],
      /** Deliveries in the bucket of so many seconds after the event. */
      at: (s: number) => counts[bucketOf(s) - first] ?? 0,
      counted: counts.reduce((sum, n) => sum + n, 0),
    };
  };
  return of;
};
const links = { 'LINK up': { rateBps: 1000 }, 'LINK down': { delayS: 3 } };
const fault: SourceLiteral = { name: 'fault', devices: 5, bursts: [100, 500], sizeB: 125, path: ['LINK up'] };
const report: SourceLiteral = { name: 'report', process: 'caused', path: ['LINK down'] };

const deadlines = suite('deadlines');

deadlines('count from the burst, and are missed by what comes later', () => {
  const { delivered, missed, at, counted } = run({ sources: [fault], flows: { fault: { deadlineS: 3 } } })('fault');
  assert.equal([delivered, missed, counted], [10, 4, 10]);
  assert.equal([1, 2, 3, 4, 5].map(at), [2, 2, 2, 2, 2]);
});

deadlines('count from the burst also for those who send later within its spread', () => {
  const source = { ...fault, devices: 200, spreadS: 60, sizeB: 0 };
  const { delivered, missed } = run({ sources: [source], flows: { fault: { deadlineS: 30 } } })('fault');
  assert.is(delivered, 400);
  assert.ok(Math.abs(missed! / 400 - 0.5) < 0.15, `${missed} of 400`); // uniform over the spread: six deviations
});

deadlines('are inherited by answers, over areas and answers to answers', () => {
  const of = run({
    kinds: { dap: 3 },
    links: { ...links, 'NAN down': { kind: 'dap', delayS: 2 } },
    sources: [
      { ...fault, kind: 'dap', devices: 1 },
      { ...report, kind: 'dap', path: ['LINK down', 'NAN down'] },
      { ...report, name: 'receipt', kind: 'dap', path: ['NAN down'] },
    ],
    causes: [
      { trigger: 'fault', source: 'report', delayS: 10 },
      { trigger: 'report', source: 'receipt' },
    ],
    flows: { report: { deadlineS: 17 }, receipt: { deadlineS: 17 } },
  });
  // Faults of the three areas are there after 1, 2 and 3 s; a report 10 + 3 + 2 s later; its receipt 2 s after that.
  const [reports, receipts] = [of('report'), of('receipt')];
  assert.equal([reports.delivered, reports.missed], [6, 2]);
  assert.equal([16, 17, 18].map(reports.at), [2, 2, 2]);
  assert.equal([receipts.delivered, receipts.missed], [6, 6]);
  assert.equal([18, 19, 20].map(receipts.at), [2, 2, 2]);
});

deadlines('of what no burst began count from its own sending', () => {
  const source: SourceLiteral = { name: 'poll', process: 'periodic', periodS: 100, path: ['LINK down'] };
  const { delivered, missed, at } = run({ sources: [source], flows: { poll: { deadlineS: 2.5 } } })('poll');
  assert.equal([delivered, missed, at(3)], [10, 10, 10]);
});

deadlines('count from the event, not from the repetition', () => {
  const of = run({
    links: { 'LINK up': { rateBps: 1000, bufferB: 0 } },
    sources: [
      { ...fault, devices: 1, bursts: [100], retryS: 10, retries: 1 },
      { name: 'jam', bursts: [99], sizeB: 250, path: ['LINK up'] },
    ],
    flows: { fault: { deadlineS: 5 } },
  });
  const { delivered, missed, at } = of('fault');
  assert.equal([delivered, missed, at(11)], [1, 1, 1]);
});

deadlines('are nobody’s where a flow has none', () => {
  const { missed, counted } = run({ sources: [fault] })('fault');
  assert.equal([missed, counted], [0, 0]);
});

deadlines.run();

const first = suite('the first devices of a burst');

first('are its neighbours: numbers 0 to n - 1, each burst the same', () => {
  // A link for each device: both bursts of a device meet on it.
  const literal = (burstFirst: boolean): PlanLiteral => ({
    kinds: { dap: 1 },
    links: { 'HAN up': { kind: 'dap', copies: 100, rateBps: 1000 } },
    sources: [
      { ...fault, kind: 'dap', devices: 100, bursts: [10, 10], burstDevices: 10, burstFirst, path: ['HAN up'] },
    ],
    flows: { fault: { tiers: [{ windowS: 100, share: 1 }] } },
    horizonS: 100,
  });
  const [neighbours, any] = [true, false].map((is) => simulateReplication(buildPlan(literal(is)), 1));
  assert.is(neighbours!.tiers.captured[0], 10);
  assert.is(neighbours!.flows.latencySumS[0], 10 * (1 + 2), 'every one of them queues behind itself');
  assert.ok(any!.tiers.captured[0]! > 15, `${any!.tiers.captured[0]} devices`);
});

first.run();
