/** The ready-made scenarios of SmartConnect C6 and AMI D3: what the documents state, in the plan and in the closed form. */
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario } from '../../pipeline.js';
import type { Plan } from '../../sim/plan.js';
import { systemLoads } from '../../sim/system-loads.js';
import { volumetrics } from '../../sim/volumetrics.js';

function opened(file: string) {
  const scenario = loadScenario(join(packageRoot, 'scenarios', file));
  const plan = compile(scenario);
  const loads = volumetrics(plan);
  /** Deliveries of a flow in the run, to twelve digits. */
  const delivered = (flow: string) => {
    const rows = plan.flows.catalogueFlow.flatMap((id, f) => (id.endsWith(`/${flow}`) ? [f] : []));
    assert.ok(rows.length > 0, flow);
    return Number(rows.reduce((sum, f) => sum + loads.flows.delivered[f]!, 0).toPrecision(12));
  };
  const onLink = (link: string) => {
    const l = plan.links.name.indexOf(link);
    return loads.links.messages.slice(loads.linkStart[l], loads.linkStart[l + 1]).reduce((a, b) => a + b, 0);
  };
  return { scenario, plan, delivered, onLink };
}

/** Seconds that a flow may take. */
const budgetS = (plan: Plan, flow: string) =>
  plan.flows.budgetS[plan.flows.catalogueFlow.findIndex((id) => id.endsWith(`/${flow}`))];
/** Class of a flow's messages. */
const classOf = (plan: Plan, flow: string) =>
  plan.flows.priority[plan.flows.catalogueFlow.findIndex((id) => id.endsWith(`/${flow}`))];

const ems = suite('smartconnect-ems');
const c6 = opened('smartconnect-ems.yaml');

ems('is the city of city-baseload with nothing but C6', () => {
  const city = loadScenario(join(packageRoot, 'scenarios', 'city-baseload.yaml'));
  assert.equal(c6.scenario.deployment.meters, city.deployment.meters);
  assert.equal(c6.scenario.deployment.dapSizes, city.deployment.dapSizes);
  assert.equal(c6.scenario.deployment.han, city.deployment.han);
  assert.ok(c6.plan.flows.catalogueFlow.every((id) => id.startsWith('smartconnect-c6/')));
  assert.is(c6.plan.outOfScope.length, 0);
});

ems('registers a fifth of 6,000 devices in the drive, each with every step of 3.1', () => {
  const { displays, ems: systems } = c6.scenario.deployment.han;
  assert.is(displays + systems, 6000);
  for (const flow of new Set(c6.plan.flows.catalogueFlow.filter((id) => id.includes('/3.1-')))) {
    assert.is(c6.delivered(flow.slice('smartconnect-c6/'.length)), 1200, flow);
  }
});

ems('allows 2 minutes from the utility and 10 seconds from the meter', () => {
  assert.is(budgetS(c6.plan, '3.1-7/ems_bind_cmd'), 120);
  assert.is(budgetS(c6.plan, '3.2-10/ems_meter_data'), 10);
});

ems('puts its messages before meter reads, which are of class 2', () => {
  for (const flow of ['3.2-5/ems_notification/public-alert', '3.3-2/ems_dr_message/event', '3.2-10/ems_meter_data']) {
    assert.is(classOf(c6.plan, flow), 1, flow);
  }
});

ems('has a broadcast cross each DAP once, and reach every device', () => {
  assert.is(c6.delivered('3.2-5/ems_notification/public-alert'), 6000);
  const alone = compile({ ...c6.scenario, only: ['smartconnect-c6/3.2-5/ems_notification/public-alert'] });
  const loads = volumetrics(alone);
  const nan = alone.links.name.indexOf('NAN dap down');
  assert.equal([...loads.links.messages.slice(loads.linkStart[nan], loads.linkStart[nan + 1])], new Array(80).fill(1));
});

ems('has as many HAN devices act as stand behind the EMS in the programme, and one customer in ten override', () => {
  const { thermostats, appliances, loadControl, ems: systems, premises } = c6.scenario.deployment.han;
  const taking = (systems / premises) * c6.scenario.deployment.programmes.demandResponse;
  assert.is(c6.delivered('3.3-5/ems_load_cmd/thermostat'), thermostats * taking);
  assert.is(c6.delivered('3.3-5/ems_load_cmd/appliance'), appliances * taking);
  assert.is(c6.delivered('3.3-7/ems_device_state/switch'), loadControl * taking);
  assert.is(c6.delivered('3.3-9/ems_override_alert'), 75);
  assert.is(c6.delivered('3.3-10/ems_override_resp-data'), 75);
});

ems('takes homes offline for the 12 hours that messages are stored', () => {
  const { outages, servers, links } = c6.plan;
  assert.equal([...new Set(outages.name)], ['homes offline: HAN dap']);
  assert.is(servers.keepS?.[links.server[links.name.indexOf('HAN dap down')]!], 12 * 3600);
  assert.ok([...outages.toS].every((toS, i) => toS - outages.fromS[i]! === 12 * 3600));
});

ems.run();

const both = suite('city-programmes');
const city = opened('city-programmes.yaml');

both('is the city of city-baseload on the same day with three systems', () => {
  const baseload = loadScenario(join(packageRoot, 'scenarios', 'city-baseload.yaml'));
  for (const key of ['meters', 'dapSizes', 'feeder', 'han', 'substations'] as const) {
    assert.equal(city.scenario.deployment[key], baseload.deployment[key], key);
  }
  assert.equal(city.scenario.time, baseload.time);
  assert.equal(
    city.plan.labels.systems?.map(({ name }) => name),
    ['sg-network', 'ami-d3', 'smartconnect-c6'],
  );
});

both('shows on shared links what each adds: little up from the meters, much of the little that goes down', () => {
  const rows = systemLoads(city.plan, volumetrics(city.plan));
  const share = (link: string, system: string) =>
    rows.find((row) => row.link === link && row.system === system)?.share ?? 0;
  assert.ok(share('NAN dap up', 'sg-network') > 0.9);
  assert.ok(share('NAN dap up', 'ami-d3') > share('NAN dap up', 'smartconnect-c6'));
  assert.ok(share('NAN dap down', 'smartconnect-c6') + share('NAN dap down', 'ami-d3') > 0.5);
  assert.ok(share('HAN dap down', 'smartconnect-c6') > 0.9);
  assert.is(share('FAN substation up', 'sg-network'), 1);
});

both.run();

const dg = suite('dg-500k');
const d3 = opened('dg-500k.yaml');
const CUSTOMERS = 500_000;

dg('has 500,000 customers among five million meters, and nothing but D3', () => {
  assert.is(d3.scenario.deployment.counts['dgCustomers'], CUSTOMERS);
  assert.is(d3.scenario.deployment.meters.electric.total, 5_000_000);
  assert.ok(d3.plan.flows.catalogueFlow.every((id) => id.startsWith('ami-d3/')));
  assert.is(d3.plan.outOfScope.length, 0);
});

dg('every customer reports six times a day, with what 48 intervals of five minutes hold', () => {
  assert.is(d3.delivered('3.1-5/dg_data_resp-data/meter-alone'), 6 * 450_000);
  assert.is(d3.delivered('3.1-5/dg_data_resp-data/with-generators'), 6 * 50_000);
  const sizes = (flow: string) => d3.plan.flows.sizeB[d3.plan.flows.catalogueFlow.indexOf(`ami-d3/${flow}`)];
  assert.is(sizes('3.1-5/dg_data_resp-data/meter-alone'), 40 + 48 * 4 * 4);
  assert.is(sizes('3.1-5/dg_data_resp-data/with-generators'), Math.ceil(40 + 48 * (4 + 3 * 1.1) * 4));
});

dg('generators under measurement give their quantities in every interval', () => {
  assert.is(d3.delivered('4.1-D3FR1/dg_generator_resp-data'), 288 * 55_000);
});

dg('programs a meter within five minutes, and at once what is detected', () => {
  assert.is(budgetS(d3.plan, '3.1-2/dg_program_cmd'), 300);
  assert.is(budgetS(d3.plan, '3.2-4/dg_program_cmd'), 300);
  assert.is(d3.delivered('3.1-2/dg_program_cmd'), 5000);
  assert.is(d3.delivered('3.2-4/dg_program_cmd'), d3.delivered('3.2-3/dg_detected_alert'));
});

dg('asks each generator for itself, which acknowledges, and reads none sooner', () => {
  const third = Math.round((CUSTOMERS * 0.2 * 1.1) / 3);
  for (const step of ['3.4-4/dg_dispatch_cmd', '3.4-5/dg_dispatch_forward_cmd', '3.4-6/dg_dispatch_ack']) {
    for (const which of ['request', 'undo']) assert.ok(Math.abs(d3.delivered(`${step}/${which}`) - third) <= 5, step);
  }
  const causes = new Set([...d3.plan.causes.trigger].map((flow) => d3.plan.flows.catalogueFlow[flow]!.split('/')[1]));
  assert.equal([...causes].sort(), ['3.2-3', '3.4-4', '3.4-5']);
});

dg('spreads what generators that nobody enrolled make known over the interval of detection', () => {
  const rows = d3.plan.sources.name.flatMap((name, s) => (name.includes('/3.3-2/') ? [s] : []));
  assert.ok(rows.length > 0);
  for (const s of rows) assert.is(d3.plan.sources.spreadS[s], 5);
  assert.is(d3.delivered('3.3-2/dg_detected_alert'), 2000);
});

dg.run();
