import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { sgNetwork } from '../../payloads/catalogue.js';
import { compile, loadScenario } from '../../pipeline.js';
import { scenarioTemplate } from '../../scenarios/template.js';
import { volumetrics } from '../../sim/volumetrics.js';

const folder = join(packageRoot, 'scenarios');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const open = (file: string) => loadScenario(join(folder, file));
const scenarios = new Map(files.map((file) => [file, open(file)]));

const readyMade = suite('ready-made scenarios');

readyMade('are the four that the documentation names', () => {
  assert.equal(files.sort(), ['city-baseload.yaml', 'city-highload.yaml', 'first-look.yaml', 'worked-example.yaml']);
});

readyMade('say in their first lines what they are and how to run them', () => {
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    assert.match(text, /^# /);
    assert.match(text, `fanplan run scenarios/${file}`);
  }
});

readyMade('compile with every source that they have in an area', () => {
  for (const [file, scenario] of scenarios) {
    const plan = compile(scenario);
    assert.ok(plan.flows.name.length >= 13, file);
    assert.ok(
      plan.sources.devices.every((devices) => devices >= 1),
      file,
    );
  }
});

readyMade('the city has 100,000 endpoints on 80 DAPs, on both days', () => {
  const [base, high] = [scenarios.get('city-baseload.yaml')!, scenarios.get('city-highload.yaml')!];
  const { meters, daps } = base.deployment;
  assert.is(meters.electric.total + meters.gas.total + meters.water.total, 100_000);
  assert.is(daps, 80);
  assert.equal(high.deployment, base.deployment);
  assert.equal([base.load, high.load], ['baseload', 'highload']);
});

readyMade('the template of init compiles with the whole catalogue', () => {
  assert.ok(compile(loadScenario({ text: scenarioTemplate, file: 'template.yaml' })).flows.name.length > 100);
});

readyMade('six lines compile with the whole catalogue', () => {
  const text = 'name: a\nprofile: AHEM3CvIW\ndeployment:\n  meters: 10000\n';
  assert.ok(compile(loadScenario({ text, file: 'six.yaml' })).flows.name.length > 50);
});

readyMade.run();

const worked = suite('worked example of section 4.21');

/** Events and bytes per meter and day, as tables 4 and 5 print them. */
const TABLES: readonly (readonly [flow: string, events: number, bytes: number])[] = [
  ['4.10.4.4/Mtr-read_multi-interval-data_cmd/electr', 25 / 1000, 0.625],
  ['4.10.4.1/on-demand_Mtr-read_cmd/electr-cis', 25 / 1000, 0.625],
  ['4.15.4.2/SW_opr_cancel_cmd/not-prepay', 2 / 1000, 0.05],
  ['4.15.4.1/SW_opr_cmd/not-prepay', 50 / 1000, 1.25],
  ['4.15.4.3/SW_state_cmd/not-prepay', 50 / 1000, 1.25],
  ['4.10.4.4/Mtr-read_multi-interval-data_resp-data/electr-ci', 24 * 0.174, 6681.6],
  ['4.10.4.4/Mtr-read_multi-interval-data_resp-data/electr-resdnt', 6 * 0.696, 10_022.4],
  ['4.10.4.2/on-demand_Mtr-read_cmd_err/electr-cis', 25 / 1e6, 0.00125],
  ['4.10.4.1/on-demand_Mtr-read_resp-data/electr-cis', 25 / 1000, 2.5],
  ['4.15.4.1/SW_opr_cmd_ack/not-prepay', 2 / 1000, 0.05],
  ['4.15.4.4/SW_opr_fail_cmd-err/not-prepay', 50 / 1e6, 0.0025],
  ['4.15.4.5/SW_post-oper-info_resp-data/not-prepay', 2 / 1000, 0.2],
  ['4.15.4.3/SW_state_cmd_resp-data/not-prepay', 50 / 1000, 5],
];

const example = scenarios.get('worked-example.yaml')!;
const plan = compile(example);
const loads = volumetrics(plan);

worked('runs the thirteen events of tables 4 and 5, all known to the catalogue', () => {
  assert.equal([...example.only!].sort(), TABLES.map(([flow]) => flow).sort());
  const ids = new Set(sgNetwork().rows.flatMap((row) => row.flows.map((flow) => flow.id)));
  for (const [flow] of TABLES) assert.ok(ids.has(flow), flow);
});

worked('table 5 prints the sums that its lines have', () => {
  const bytes = TABLES.slice(5).reduce((sum, [, , b]) => sum + b, 0);
  assert.is(Math.round(bytes), 16_712);
});

/** Sum over the instances of a link, per meter. */
function perMeter(link: string, of: 'bytes' | 'messages'): number {
  const l = plan.links.name.indexOf(link);
  const amounts = loads.links[of].slice(loads.linkStart[l], loads.linkStart[l + 1]);
  return amounts.reduce((a, b) => a + b, 0) / 1000;
}

worked('every event occurs as often as printed, and carries as many bytes', () => {
  for (const [flow, events, bytes] of TABLES) {
    const f = plan.flows.catalogueFlow.indexOf(flow);
    const found = loads.flows.delivered[f]! / 1000;
    // An on-demand read that ends in an error has no data, which the tables leave aside: 1 in 1000.
    assert.ok(Math.abs(found / events - 1) < 0.0011, `${flow}: ${found} instead of ${events}`);
    assert.ok(Math.abs((found * plan.flows.sizeB[f]!) / bytes - 1) < 0.0011, flow);
  }
});

worked('the neighbourhood network carries 3.8 bytes and 0.152 events per meter and day down', () => {
  assert.is(perMeter('NAN dap down', 'bytes').toFixed(4), '3.8000');
  assert.is(perMeter('NAN dap down', 'messages').toFixed(6), '0.152000');
});

worked('and 16,712 bytes and 8.43 events up', () => {
  assert.is(perMeter('NAN dap up', 'bytes').toFixed(0), '16712');
  assert.is(perMeter('NAN dap up', 'messages').toFixed(2), '8.43');
});

worked('scenario 2 of table 3, 10% and 90%, is two numbers away', () => {
  const text = readFileSync(join(folder, 'worked-example.yaml'), 'utf8');
  const other = text.replace('residential: 696, commercial: 174', 'residential: 900, commercial: 100');
  const { meters } = loadScenario({ text: other, file: 'scenario-2.yaml' }).deployment;
  assert.equal(meters.electric, { total: 1000, residential: 900, commercial: 100 });
});

worked.run();
