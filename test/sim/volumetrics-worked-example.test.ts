/** Section 4.21 of the source: one DAP, 1000 meters, tables 4 and 5. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeUp } from '../../sim/make-up.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type SourceLiteral } from './plan-builder.js';

const METERS = 1000;
const DAY_S = 86400;

/** Payload, events per meter and day, bytes per event; as printed. */
const DOWN = [
  ['multiple interval meter reading request', 25 / 1000, 25],
  ['on-demand meter read requests', 25 / 1000, 25],
  ['cancel service switch operate request', 2 / 1000, 25],
  ['service switch operate request', 50 / 1000, 25],
  ['service switch state request', 50 / 1000, 25],
] as const;

const dap = { kind: 'dap', devices: METERS };
const daily = (perDay: number) => DAY_S / perDay;
const caused = (name: string, sizeB: number): SourceLiteral => ({
  ...dap,
  name,
  sizeB,
  process: 'caused',
  path: ['NAN up'],
});

const plan = buildPlan({
  kinds: { dap: 1 },
  links: { 'NAN down': { kind: 'dap' }, 'NAN up': { kind: 'dap' } },
  sources: [
    ...DOWN.map(([name, perDay, sizeB]) => ({ ...dap, name, periodS: daily(perDay), sizeB, path: ['NAN down'] })),
    {
      ...dap,
      name: 'interval data C&I',
      devices: 174,
      process: 'periodic',
      periodS: daily(24),
      sizeB: 1600,
      path: ['NAN up'],
    },
    {
      ...dap,
      name: 'interval data residential',
      devices: 696,
      process: 'periodic',
      periodS: daily(6),
      sizeB: 2400,
      path: ['NAN up'],
    },
    { ...dap, name: 'on-demand error', periodS: daily((25 / 1000) * (1 / 1000)), sizeB: 50, path: ['NAN up'] },
    caused('on-demand data', 100),
    caused('switch acknowledgment', 25),
    caused('switch failure', 50),
    caused('switch metrology', 100),
    caused('switch state data', 100),
  ],
  causes: [
    { trigger: 'on-demand meter read requests', source: 'on-demand data' },
    { trigger: 'service switch operate request', source: 'switch acknowledgment', probability: 2 / 50 },
    { trigger: 'service switch operate request', source: 'switch failure', probability: 1 / 1000 },
    { trigger: 'service switch operate request', source: 'switch metrology', probability: 2 / 50 },
    { trigger: 'service switch state request', source: 'switch state data' },
  ],
});
const expected = volumetrics(plan);
const perMeter = (total: number) => total / METERS;
const DOWN_LINK = 0;
const UP_LINK = 1;
const loadOf = new Map(makeUp(plan, expected).map((row) => [row.payload, perMeter(24 * row.bytes)]));
const eventsOf = new Map(plan.sources.name.map((name, s) => [name, perMeter(expected.sources.messages[s])]));
const sum = (names: readonly string[], of: Map<string, number>) =>
  names.reduce((total, name) => total + of.get(name)!, 0);

/** The number, rounded to the digits that the table prints. */
function printed(actual: number, text: string): void {
  const [, decimals = ''] = text.split('.');
  assert.is(actual.toFixed(decimals.length), text);
}

const table4 = suite('volumetrics, table 4 (DAP to meter)');

table4('has the printed load of each row', () => {
  printed(loadOf.get('multiple interval meter reading request')!, '0.625');
  printed(loadOf.get('on-demand meter read requests')!, '0.625');
  printed(loadOf.get('cancel service switch operate request')!, '0.05');
  printed(loadOf.get('service switch operate request')!, '1.25');
  printed(loadOf.get('service switch state request')!, '1.25');
});

table4('has 0.152 events and 3.8 bytes per meter and day', () => {
  printed(perMeter(expected.links.messages[DOWN_LINK]), '0.152');
  printed(perMeter(expected.links.bytes[DOWN_LINK]), '3.8');
});

table4('has 25 bytes per event and 1.76e-6 events per meter and second', () => {
  printed(expected.links.bytes[DOWN_LINK] / expected.links.messages[DOWN_LINK], '25');
  assert.is((perMeter(expected.links.messages[DOWN_LINK]) / DAY_S).toExponential(2), '1.76e-6');
});

table4.run();

const table5 = suite('volumetrics, table 5 (meter to DAP)');
const interval = ['interval data C&I', 'interval data residential'];
const others = [
  'on-demand error',
  'on-demand data',
  'switch acknowledgment',
  'switch failure',
  'switch metrology',
  'switch state data',
];

table5('has the printed load of each row', () => {
  const rows = { [interval[0]]: '6681.6', [interval[1]]: '10022.4' };
  const loads = ['0.00125', '2.5', '0.05', '0.0025', '0.2', '5'];
  others.forEach((name, i) => {
    rows[name] = loads[i];
  });
  for (const [name, text] of Object.entries(rows)) printed(loadOf.get(name)!, text);
});

table5('has 8.352 events and 16704 bytes of interval data', () => {
  printed(sum(interval, eventsOf), '8.352');
  printed(sum(interval, loadOf), '16704');
});

table5('has 0.079 events and 7.754 bytes of everything else', () => {
  printed(sum(others, eventsOf), '0.079');
  printed(sum(others, loadOf), '7.754');
});

table5('has 8.43 events and 16712 bytes per meter and day', () => {
  printed(perMeter(expected.links.messages[UP_LINK]), '8.43');
  printed(perMeter(expected.links.bytes[UP_LINK]), '16712');
});

table5('has 1982 bytes per event and 9.76e-5 events per meter and second', () => {
  printed(expected.links.bytes[UP_LINK] / expected.links.messages[UP_LINK], '1982');
  assert.is((perMeter(expected.links.messages[UP_LINK]) / DAY_S).toExponential(2), '9.76e-5');
});

table5('is exact, not only expected, for the interval data', () => {
  const exact = plan.sources.name.filter((_, s) => expected.sources.deterministic[s] === 1);
  assert.equal(exact, interval);
});

table5.run();
