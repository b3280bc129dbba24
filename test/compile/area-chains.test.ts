/** Chains of answers that pass the operations centre and come back to the devices of the area in which they began. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { type Compiled, compiled, compiledSmall, population, type RowText } from './support.js';

const DISPLAY = 'IPD';
const populations = [population('Display', [DISPLAY], 'han.displays')];
const step = (payload: string, from: string, to: string, answers?: string): RowText => ({
  payload,
  from,
  to,
  howOften: '4 per | Display per | day',
  ...(answers === undefined ? {} : { more: [`answers: { to: ${answers}, share: each }`] }),
});
/** Billing tells the head-end of a display; the head-end asks it, tells billing, and billing has it configured. */
const STEPS = [
  step('commission', 'CIS/Billing - Utility', 'AMI Head-End(j)'),
  step('bind', 'AMI Head-End(j)', DISPLAY, 'commission'),
  step('bound', DISPLAY, 'AMI Head-End(j)', 'bind'),
  step('report', 'AMI Head-End(j)', 'CIS/Billing - Utility', 'bound'),
  step('order', 'CIS/Billing - Utility', 'MDMS', 'report'),
  step('configure', 'MDMS', DISPLAY, 'order'),
];
/** Ten displays in a DAP of 100 meters, thirty in one of 300. */
const compile = (rows: readonly RowText[], more = ''): Compiled =>
  compiledSmall(
    `name: t\nprofile: AHEMCvIW\nuseCases: [reading]\nwarmUp: none\ndeployment: { meters: 400, dapSizes: [300, 100], han: { premises: 40, displays: 40 } }\n${more}`,
    rows,
    populations,
  );

const chains = suite('chains through the operations centre');

chains('send every step as often as the first, in every DAP by its displays', () => {
  const { delivered, onLink } = compile(STEPS);
  for (const { payload } of STEPS) assert.is(delivered(payload), 160, payload);
  assert.is(onLink('NAN dap down', 0), 2 * 120);
  assert.is(onLink('NAN dap down', 1), 2 * 40);
  assert.is(onLink('NAN dap up', 0), 120);
});

chains('send as many when they are simulated', () => {
  const { plan, expected } = compile(STEPS);
  const { flows, links, linkStart } = simulateReplication(plan, 1);
  const { length } = plan.flows.name;
  // Periodic displays send four messages a day; the last step may be under way at the end.
  assert.is(flows.sent[0], 160);
  for (let f = 0; f < length; f++) {
    assert.is(flows.inFlightStart[f]! + flows.sent[f]!, flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!);
    assert.ok(Math.abs(flows.delivered[f]! - 160) <= 1, plan.flows.name[f]);
  }
  const down = plan.links.name.indexOf('NAN dap down');
  for (const area of [0, 1]) {
    const simulated = links.messages[linkStart[down]! + area]!;
    assert.ok(Math.abs(simulated - expected.links.messages[expected.linkStart[down]! + area]!) <= 2, `area ${area}`);
  }
});

chains('are the same on the second engine', () => {
  const { plan } = compile(STEPS);
  const [own, second] = (['simulation', 'simjs'] as const).map((engine) => simulateReplication(plan, 1, { engine }));
  assert.equal([...second!.flows.delivered], [...own!.flows.delivered]);
  assert.equal([...second!.links.messages], [...own!.links.messages]);
});

chains('begin in every area by an event as well', () => {
  const rows = STEPS.map((row, i) => (i === 0 ? { ...row, howOften: '1 per | Display per | lost-power' } : row));
  const { delivered } = compile(rows, 'events:\n  - lost-power: { at: 12:00, share: 50%, spread: 1 hr }\n');
  assert.is(delivered('configure'), 20);
});

/** Area kinds of the sources of a payload. */
const kindsOf = (plan: Plan, payload: string) => [
  ...new Set(plan.sources.name.flatMap((name, s) => (name.includes(`/${payload}`) ? [plan.sources.kind[s]] : []))),
];

chains('that end in the centre stay there', () => {
  const { plan } = compile([STEPS[0]!, step('filed', 'AMI Head-End(j)', 'MDMS', 'commission')]);
  assert.equal(kindsOf(plan, 'commission'), [0]);
  assert.equal(kindsOf(compile(STEPS).plan, 'commission'), [1]);
});

chains('the legs of islanding, which end in the centre, do as they did', () => {
  const { plan } = compiled(
    'name: t\nprofile: AHEM3CvIW+DCSIRsF\nuseCases: [islanded-storage]\ndeployment: { meters: 1000, feeders: 2, feeder: { storage: 4 } }\n',
  );
  assert.equal(kindsOf(plan, 'distr_cust_storage_in-island-mode_alarm/fep'), [0]);
});

chains.run();
