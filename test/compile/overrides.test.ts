/** What a scenario changes of a flow: rates, sizes, windows, ranges, requirements, and which flows run at all. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Process } from '../../sim/plan.js';
import { type Compiled, compiledSmall, population, type RowText } from './support.js';

const METER = '2-Way Meter - Electr';
const rows: readonly RowText[] = [
  {
    payload: 'read_cmd',
    from: 'MDMS',
    to: METER,
    howOften: '10-50 per 1000 per | ElectrMtr per | day',
    size: '25 - 75',
    latency: '20 min - < 4 hr',
    when: '7AM - 6PM',
  },
  {
    payload: 'read_resp-data',
    type: 'resp-data',
    from: METER,
    to: 'MDMS',
    howOften: '1 per | ElectrMtr per | 15 min',
    reliability: '90% every 4-6 hr, 98% over 1 day, > 99.5% over 2 day',
    latency: '< 7 day per 100,000 mtrs',
  },
];
const ID = '4.1.4.1/read_cmd';
const compile = (more = '', duration = ''): Compiled =>
  compiledSmall(
    `name: t\nprofile: ACvIW\nuseCases: [reading]\n${duration}deployment: { meters: 1000, daps: 10 }\n${more}`,
    rows,
    [population('ElectrMtr', [METER], 'meters.electric.total')],
  );
const column = ({ plan }: Compiled, payload: string) => plan.flows.payload.indexOf(payload);
const hours = ({ plan, expected }: Compiled, payload: string) => {
  const source = plan.sources.name.findIndex((name) => name.includes(payload));
  return [...expected.loads[source]![0]!.perBin].flatMap((messages, hour) => (messages > 0 ? [hour] : []));
};

const ranges = suite('ranges');

ranges('are taken at the end that asks most: most often, largest, in the shortest time', () => {
  const most = compile();
  const flow = column(most, 'read_cmd');
  assert.is(most.delivered('read_cmd'), 50);
  assert.equal([most.plan.flows.sizeB[flow], most.plan.flows.budgetS[flow]], [75, 20 * 60]);
});

ranges('are taken at the other end, or in the middle, where the scenario says so', () => {
  const least = compile('range: least\n');
  const flow = column(least, 'read_cmd');
  assert.is(least.delivered('read_cmd'), 10);
  assert.equal([least.plan.flows.sizeB[flow], least.plan.flows.budgetS[flow]], [25, 4 * 3600]);
  assert.is(compile('range: mid\n').delivered('read_cmd'), 30);
});

ranges('of one payload may be taken otherwise than the others, its latency too', () => {
  const one = compile('payloads: { read_cmd: { range: least } }\n');
  assert.is(one.delivered('read_cmd'), 10);
  assert.is(one.plan.flows.budgetS[column(one, 'read_cmd')], 4 * 3600);
});

ranges.run();

const overrides = suite('overrides');

overrides('of a payload hold for all of its flows, those of a flow on top of them', () => {
  const changed = compile(`payloads: { read_cmd: { perDay: 3, size: 40 B }, ${ID}: { perDay: 2 } }\n`);
  assert.is(changed.delivered('read_cmd'), 2000);
  assert.is(changed.plan.flows.sizeB[column(changed, 'read_cmd')], 40, 'what the flow does not say, the payload says');
});

overrides('give budget and reliability by hand', () => {
  const changed = compile('payloads: { read_resp-data: { latency: 30 s, reliability: 99.9% } }\n');
  const flow = column(changed, 'read_resp-data');
  const { budgetS, requiredReliability } = changed.plan.flows;
  assert.equal([budgetS[flow], requiredReliability[flow]], [30, 0.999]);
  assert.not(changed.plan.tiers.flow.includes(flow), 'in place of the tiers of the source');
});

overrides('give arrivals, phases and windows by hand', () => {
  const changed = compile(
    'payloads: { read_resp-data: { arrivals: poisson }, read_cmd: { arrivals: periodic, phase: synchronised, spread: 30 s, when: 05:00 - 06:00 } }\n',
  );
  const { sources } = changed.plan;
  const source = (payload: string) => sources.name.findIndex((name) => name.includes(payload));
  assert.is(sources.process[source('read_resp')], Process.poisson);
  assert.equal([sources.process[source('read_cmd')], sources.spreadS[source('read_cmd')]], [Process.periodic, 30]);
  assert.equal(hours(changed, 'read_cmd'), [5]);
});

overrides('switch a flow off, or all others', () => {
  assert.is(compile('payloads: { read_cmd: { off: true } }\n').outOfScope.get(ID), 'switched off by the scenario');
  const only = compile('only: [read_cmd]\n');
  assert.equal(only.plan.flows.payload, ['read_cmd']);
  assert.equal([...only.outOfScope.values()], ['left out by the scenario (only)']);
});

overrides.run();

const windows = suite('windows');

windows('hold the messages of a day', () => {
  assert.equal(hours(compile(), 'read_cmd'), [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
});

windows('leave the interval of a period below a day as it is: fewer hours, fewer messages', () => {
  assert.is(compile().delivered('read_resp-data'), 96_000);
  assert.is(compile('payloads: { read_resp-data: { when: 8AM - 8PM } }\n').delivered('read_resp-data'), 48_000);
});

windows('squeeze a rate by the day into themselves', () => {
  assert.is(compile('payloads: { read_cmd: { when: 05:00 - 06:00 } }\n').delivered('read_cmd'), 50);
});

windows('follow the clock of the run', () => {
  const late = compile('', 'start: 2026-07-15 06:00\n');
  assert.equal(hours(late, 'read_cmd'), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

windows.run();

const requirements = suite('requirements');

requirements('are all tiers of the source, each with its window', () => {
  const { plan } = compile();
  const flow = plan.flows.payload.indexOf('read_resp-data');
  const rows = [...plan.tiers.flow.keys()].filter((tier) => plan.tiers.flow[tier] === flow);
  assert.equal(
    rows.map((tier) => [plan.tiers.share[tier], plan.tiers.windowS[tier]! / 3600, plan.tiers.text[tier]]),
    [
      [0.9, 4, '90% over 4 h'],
      [0.98, 24, '98% over 1 day'],
      [0.995, 48, '99.5% over 2 days'],
    ],
  );
  assert.ok(Number.isNaN(plan.flows.requiredReliability[flow]), 'no share of messages is required');
});

requirements('for a job of 100,000 devices scale with their number', () => {
  const job = compile();
  assert.is(job.plan.flows.budgetS[column(job, 'read_resp-data')], (7 * 86_400) / 100);
});

requirements.run();
