import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { sgNetwork } from '../../payloads/catalogue.js';
import { compile, loadScenario } from '../../pipeline.js';
import { scenarioTemplate } from '../../scenarios/template.js';
import { Process } from '../../sim/plan.js';
import { volumetrics } from '../../sim/volumetrics.js';

const folder = join(packageRoot, 'scenarios');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const open = (file: string) => loadScenario(join(folder, file));
const scenarios = new Map(files.map((file) => [file, open(file)]));

const readyMade = suite('ready-made scenarios');

readyMade('are these fifteen', () => {
  assert.equal(files.map((file) => file.replace('.yaml', '')).sort(), [
    'city-baseload',
    'city-highload',
    'city-programmes',
    'dg-500k',
    'dsdr-peak',
    'firmware-campaign',
    'first-look',
    'islanding-chain',
    'metropolis',
    'real-media',
    'sb284',
    'smart-meter-texas',
    'smartconnect-ems',
    'storm',
    'worked-example',
  ]);
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

readyMade('the storm silences and lets gasp a fifth of 100,000 meters in DAPs of all sizes, on shared radios', () => {
  const storm = scenarios.get('storm.yaml')!;
  const { sources, outages, servers, links, media } = compile(storm);
  const [largest, smallest] = [storm.deployment.dapSizes[0]!, storm.deployment.dapSizes.at(-1)!];
  assert.ok(largest > 2 * smallest, `${largest} and ${smallest} meters`);
  const gasping = sources.name.reduce(
    (sum, name, s) =>
      name.startsWith('4.12.4.1/')
        ? sum + sources.instanceCount[s]! * sources.burstDevices[sources.burstStart[s]!]!
        : sum,
    0,
  );
  const silent = outages.name.reduce((sum, _, i) => sum + outages.instanceCount[i]! * outages.nodes[i]!, 0);
  assert.equal([gasping, silent], [20_000, 20_000]);
  const medium = media[servers.medium[links.server[links.name.indexOf('NAN dap up')]!]!]!;
  assert.is(medium.access.kind, 'mesh');
});

readyMade('the firmware campaign reaches 20,000 meters one after the other, with 33.6 hours for all', () => {
  const { sources, flows } = compile(scenarios.get('firmware-campaign.yaml')!);
  const own = sources.name.flatMap((name, s) =>
    name.startsWith('4.9.4.9/metrology_firmware_update_cmd/network') ? [s] : [],
  );
  const reached = own.reduce((sum, s) => sum + sources.instanceCount[s]! * sources.devices[s]!, 0);
  assert.is(reached, 20_000);
  for (const s of own) assert.equal([sources.process[s], sources.concurrency[s]], [Process.asked, 2]);
  const flow = flows.catalogueFlow.indexOf('4.9.4.9/metrology_firmware_update_cmd/network');
  assert.is(flows.deadlineS[flow]! / 3600, 33.6);
});

readyMade('the DSDR peak has its mode in six hours of the afternoon, and sensors polled every 5 s', () => {
  const { sources, windows, flows } = compile(scenarios.get('dsdr-peak.yaml')!);
  assert.is(windows.nominalS[windows.name.indexOf('DSDR period')], 6 * 3600);
  assert.ok(flows.mode.filter((mode) => mode === 'dsdr').length > 20);
  const polls = sources.name.findIndex((name) => name.includes('FeederSensor_sensor_data_cmd/routine'));
  assert.equal([sources.process[polls], sources.periodS[polls]], [Process.asked, 5]);
});

readyMade('the islanding chain has every leg, both ways, and nothing else', () => {
  const { labels, flows } = compile(scenarios.get('islanding-chain.yaml')!);
  assert.is(labels.chains!.length, 2);
  const legs = new Set(labels.chains!.flatMap((chain) => chain.legs.flatMap((leg) => leg.flows)));
  assert.equal([...new Set(flows.catalogueFlow)].sort(), [...legs].sort());
});

readyMade('real media has a technology on every network that it crosses', () => {
  const plan = compile(scenarios.get('real-media.yaml')!);
  assert.ok(plan.media.length >= 7, plan.media.map(({ name }) => name).join(', '));
  assert.ok(plan.servers.medium.every((medium) => medium >= 0));
});

readyMade(
  'the metropolis has a million endpoints, every use case at highload, and a technology on every network',
  () => {
    const metropolis = scenarios.get('metropolis.yaml')!;
    const { meters } = metropolis.deployment;
    assert.is(meters.electric.total + meters.gas.total + meters.water.total, 1_000_000);
    assert.equal([metropolis.load, metropolis.only], ['highload', null]);
    const plan = compile(metropolis);
    assert.ok(plan.servers.medium.every((medium) => medium >= 0));
  },
);

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
