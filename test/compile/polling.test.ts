/** Who asks in rounds, who sends again, where messages stop on their way, and which radio a device has. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Phase, type Plan, Process } from '../../sim/plan.js';
import { compiled } from './support.js';

const INTERVALS = '4.10.4.4/Mtr-read_multi-interval-data_resp-data';
const ON_DEMAND = '4.10.4.1/on-demand_Mtr-read_cmd/electr-cis';
const READ = '4.10.4.1/on-demand_Mtr-read_resp-data/electr-cis';

const town = (more: string, deployment = '{ meters: 4000, daps: 4 }') =>
  compiled(`name: t\nprofile: ACvIW\nuseCases: [meter-reading]\ndeployment: ${deployment}\n${more}`).plan;

/** Rows of the source table of a catalogue flow. */
function rowsOf({ sources }: Plan, flow: string): number[] {
  return sources.name.flatMap((name, s) => (name.startsWith(`${flow} |`) ? [s] : []));
}

const polling = suite('polling');

polling('asks the devices of a command in rounds of its period', () => {
  const { sources } = compiled(`
name: t
profile: DCSIRsF
useCases: [field-da-maint]
deployment: { feeders: 8, substations: 2, perFeeder: { sensors: 3 } }
payloads: { FeederSensor_sensor_data_cmd: { polling: { concurrency: 2, timeout: 3 s, retries: 4 } } }
`).plan;
  const own = sources.name.findIndex((name) => name.startsWith('4.4.1.4.1.5/FeederSensor_sensor_data_cmd/'));
  assert.is(sources.process[own], Process.asked);
  assert.is(sources.devices[own], 12, 'three sensors on each of four feeders of a substation');
  assert.is(sources.periodS[own], 5, 'every 5 s');
  assert.equal([sources.concurrency[own], sources.retryS[own], sources.retries[own]], [2, 3, 4]);
});

polling('has no effect on what answers, and says so', () => {
  const plan = town('payloads: { on-demand_Mtr-read_resp-data: { polling: { timeout: 1 s } } }\n');
  for (const s of rowsOf(plan, READ)) assert.is(plan.sources.process[s], Process.caused);
  assert.ok(plan.assumptions.some(({ kind, key }) => kind === 'limit' && key === READ));
});

polling('periodic payloads may be in step, spread over a while; their phases are random unless they say so', () => {
  const free = town('');
  const inStep = town(
    'payloads: { Mtr-read_multi-interval-data_resp-data: { phase: synchronised, spread: 10 min } }\n',
  );
  for (const label of ['electr-resdnt', 'electr-ci']) {
    for (const s of rowsOf(free, `${INTERVALS}/${label}`)) assert.is(free.sources.phase[s], Phase.random);
    for (const s of rowsOf(inStep, `${INTERVALS}/${label}`)) {
      assert.is(inStep.sources.phase[s], Phase.synchronised);
      assert.is(inStep.sources.spreadS[s], 600);
      assert.is(inStep.sources.process[s], Process.periodic);
    }
  }
});

polling.run();

const retries = suite('repetition');

retries('is that of the payload, else that of its type, else none', () => {
  const { sources } = town(
    'retries: { cmd: { timeout: 1 min, times: 2 } }\npayloads: { Mtr-read_multi-interval-data_resp-data: { retry: { timeout: 1 hr, times: 5 } } }\n',
  );
  const of = (flow: string) => {
    const s = sources.name.findIndex((name) => name.startsWith(`${flow} |`));
    return [sources.retryS[s], sources.retries[s]];
  };
  assert.equal(of(`${INTERVALS}/electr-resdnt`), [3600, 5]);
  assert.equal(of(ON_DEMAND), [60, 2]);
  assert.equal(of(READ), [Number.POSITIVE_INFINITY, 0]);
});

retries('is not of broadcasts, which nobody acknowledges', () => {
  const { sources } = compiled(
    'name: t\nprofile: AHEM3CvIW\nload: highload\ndeployment: { meters: 1000 }\nretries: { cmd: { timeout: 1 min } }\nevents:\n  - dr-event: { at: 14:00 }\n',
  ).plan;
  const brdcst = sources.name.flatMap((name, s) => (name.includes('Load_mgm_reqst_brdcst/') ? [s] : []));
  assert.ok(brdcst.length > 0);
  for (const s of brdcst) assert.is(sources.retries[s], 0);
});

retries.run();

const holds = suite('forwarding');
const held = (plan: Plan) =>
  [...plan.hops.hold].flatMap((hold, h) =>
    hold < 0 ? [] : [`${plan.holds.name[hold]}: ${plan.links.name[plan.hops.link[h]!]}`],
  );

holds('data stop before the link by which the DAP sends them on; what starts there, and commands, do not', () => {
  const plan = town('forwarding: { DAP: { batch: 64 kB, age: 15 min } }\n');
  assert.equal([...new Set(held(plan))], ['DAPjm: WAN dap up: WAN dap up']);
  assert.equal([...plan.holds.sizeB], [64_000]);
  assert.equal([...plan.holds.ageS], [900]);
  assert.equal([...plan.holds.untilFlow], [-1]);
  for (let s = 0; s < plan.sources.name.length; s++) assert.is(plan.hops.hold[plan.sources.rootHop[s]!], -1);
});

holds('at once is a plan without holds', () => {
  assert.is(town('forwarding: { DAP: at once }\n').holds.name.length, 0);
});

holds('what is allowed no longer than the age goes on at once, which is said', () => {
  /** Budgets of the flows that a hold delays: those delivered at the held hop or beyond. */
  const budgetsHeld = ({ hops, flows }: Plan) => {
    const beyond = (h: number): number[] => {
      const own = hops.deliverFlow[h]! >= 0 ? [flows.budgetS[hops.deliverFlow[h]!]!] : [];
      return hops.child[h]! >= 0 ? [...own, ...beyond(hops.child[h]!)] : own;
    };
    return [...hops.hold.keys()].filter((h) => hops.hold[h]! >= 0).flatMap(beyond);
  };
  const byAge = town('forwarding: { DAP: { batch: 64 kB, age: 15 min } }\n');
  const bySize = town('forwarding: { DAP: { batch: 64 kB } }\n');
  assert.ok(Math.min(...budgetsHeld(bySize)) <= 900, 'a batch by size alone has no wait to compare with');
  assert.ok(Math.min(...budgetsHeld(byAge)) > 900 && Number.isFinite(Math.min(...budgetsHeld(byAge))));
  const isSaid = ({ assumptions }: Plan) => assumptions.some(({ value }) => value === 'urgent data go on at once');
  assert.equal([isSaid(byAge), isSaid(bySize)], [true, false]);
});

holds('types choose who stops', () => {
  const count = (types: string) => held(town(`forwarding: { DAP: { batch: 4 kB, types: ${types} } }\n`)).length;
  assert.is(count('[resp-data, cmd-err]') - count('[resp-data]'), count('[cmd-err]'));
  assert.ok(count('[cmd-err]') > 0);
});

holds('until asked is until the command of the payload passes the actor', () => {
  const plan = town('forwarding: { DAP: { hold: until asked by on-demand_Mtr-read_cmd } }\n');
  const [flow] = plan.holds.untilFlow;
  assert.is(plan.flows.payload[flow!], 'on-demand_Mtr-read_cmd');
  assert.is(plan.holds.sizeB[0], Number.POSITIVE_INFINITY);
});

holds('for one who never asks nothing is held, which is said', () => {
  const plan = town(
    'forwarding: { DAP: { hold: until asked by on-demand_Mtr-read_cmd } }\npayloads: { on-demand_Mtr-read_cmd: { off: true } }\n',
  );
  assert.equal([...plan.holds.sizeB], [0]);
  assert.ok(plan.assumptions.some(({ value }) => value === 'nobody asks'));
});

holds.run();

const nodes = suite('endpoint numbers');

nodes('electric meters come first, residential before commercial, then gas, water and feeder devices', () => {
  const plan = town(
    '',
    '{ meters: { electric: { residential: 600, commercial: 200 }, gas: { residential: 90, commercial: 10 }, water: 40 }, daps: 2 }',
  );
  const first = (flow: string) => plan.sources.firstNode[rowsOf(plan, flow)[0]!];
  assert.is(first(`${INTERVALS}/electr-resdnt`), 0);
  assert.is(first(`${INTERVALS}/electr-ci`), 300);
  assert.is(first(`${INTERVALS}/gas-resdnt`), 400);
  assert.is(first(`${INTERVALS}/gas-ci`), 445);
  assert.is(plan.areas.endpoints[1]![0], 400 + 50 + 20);
});

nodes('are those of each area where areas differ, for answers too', () => {
  const plan = town(
    '',
    '{ meters: { electric: { residential: 700, commercial: 300 }, gas: 100 }, dapSizes: [600, 500] }',
  );
  const { firstInstance, firstNode, instanceCount } = plan.sources;
  const places = rowsOf(plan, `${INTERVALS}/gas-resdnt`).map((s) => [firstInstance[s], instanceCount[s], firstNode[s]]);
  assert.equal(places, [
    [0, 1, 545],
    [1, 1, 455],
  ]);
  const answers = rowsOf(plan, `${INTERVALS}/gas-polled`).map((s) => [firstInstance[s], firstNode[s]]);
  assert.equal(answers, [
    [0, 545],
    [1, 455],
  ]);
});

nodes('devices on feeders are numbered by kind within their substation', () => {
  const plan = compiled(
    'name: t\nprofile: DCSIRsF\nuseCases: [field-da-maint]\ndeployment: { feeders: 8, substations: 2 }\n',
  ).plan;
  const first = (name: string) => plan.sources.firstNode[plan.sources.name.findIndex((n) => n.includes(name))];
  // Of four feeders: 4 breakers, 8 reclosers, 12 switches, 4 sectionalizers, 8 capacitor banks, 4 regulators, sensors.
  assert.is(first('FeederSwitch_sensor_data_cmd'), 4 + 8);
  assert.is(first('FeederCapBank_sensor_data_cmd'), 4 + 8 + 12 + 4);
  assert.is(first('FeederSensor_sensor_data_cmd'), 4 + 8 + 12 + 4 + 8 + 4);
});

nodes.run();
