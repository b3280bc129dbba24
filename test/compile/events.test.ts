/** What a scenario schedules: who sends how many messages, where, and what follows from them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Process } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { type Compiled, compiled } from './support.js';

const H = 3600;
const utility = (load: string, events: string, more = '') =>
  compiled(`
name: t
profile: ARHEM3CvIW+DCSIRsF
load: ${load}
warmUp: none
deployment: { meters: 8000, daps: 10, feeders: 8, substations: 2, feeder: { storage: 8 }, programmes: { prepay: 0 } }
events:
${events}
${more}`);

interface Burst {
  readonly instance: number;
  readonly atS: number;
  readonly devices: number;
}

/** Bursts of a catalogue flow, a row for each instance. */
function burstsOf({ plan }: Compiled, flow: string): Burst[] {
  const { sources } = plan;
  return sources.name.flatMap((name, s) => {
    if (!name.startsWith(`${flow} |`)) return [];
    assert.is(sources.process[s], Process.burst, `${name} is scheduled`);
    const bursts = Array.from({ length: sources.burstStart[s + 1]! - sources.burstStart[s]! }, (_, i) => i);
    return Array.from({ length: sources.instanceCount[s]! }, (_, i) => sources.firstInstance[s]! + i).flatMap(
      (instance) =>
        bursts.map((i) => ({
          instance,
          atS: sources.burstAtS[sources.burstStart[s]! + i]!,
          devices: sources.burstDevices[sources.burstStart[s]! + i]!,
        })),
    );
  });
}

const messages = (bursts: readonly Burst[]) => bursts.reduce((sum, burst) => sum + burst.devices, 0);
const LAST_GASP = '4.12.4.1/otg_ntf_evnt_data';
const RESTORED = '4.12.4.3/svc_rst_ntf_evnt_data';
const ON_BATTERY = '4.12.4.2/batt_pwr_notification';

const outage = suite('an outage');
const storm = utility('baseload', '  - outage: { at: 14:00, share: 25%, duration: 90 min, spread: 30 s }');

outage('makes its share of the meters send one last gasp, area after area', () => {
  assert.equal(burstsOf(storm, LAST_GASP), [
    { instance: 0, atS: 14 * H, devices: 800 },
    { instance: 1, atS: 14 * H, devices: 800 },
    { instance: 2, atS: 14 * H, devices: 400 },
  ]);
  assert.is(storm.delivered(LAST_GASP), 2000);
});

outage('is over for the same meters after its duration', () => {
  const gasps = burstsOf(storm, LAST_GASP);
  assert.equal(
    burstsOf(storm, RESTORED),
    gasps.map((burst) => ({ ...burst, atS: 15.5 * H })),
  );
});

outage('puts DAPs on batteries: at least one, where the printed 20 in 1000 of a quarter of them is none', () => {
  assert.equal(burstsOf(storm, ON_BATTERY), [{ instance: 0, atS: 14 * H, devices: 1 }]);
});

outage('sends storage units of its share into island mode, and the alarm on to those who must know', () => {
  assert.is(messages(burstsOf(storm, '4.5.4.2/distr_cust_storage_in-island-mode_alarm/storage')), 2);
  assert.is(storm.delivered('distr_cust_storage_in-island-mode_alarm/fep', 'OMS'), 2);
  assert.is(storm.delivered('distr_cust_storage_in-island-mode_alarm/lms'), 2);
  assert.is(messages(burstsOf(storm, '4.5.4.3/meter_capped_kwh_mode_cmd')), 2 * 6, '4-6 meters behind each');
  assert.is(storm.delivered('meter_capped_kwh_mode_cmd_ack', 'MDMS'), 12);
});

outage('is simulated to the message', () => {
  const { flows } = simulateReplication(storm.plan, 1);
  assert.is(flows.delivered[storm.plan.flows.catalogueFlow.indexOf(LAST_GASP)], 2000);
});

outage('that the scenario schedules takes the place of those that come at their rate', () => {
  const gasps = storm.plan.assumptions.filter(({ key }) => key.includes('lost-power'));
  assert.equal(
    gasps.map(({ key, value }) => [key, value]),
    [
      ['events (lost-power)', '1 scheduled'],
      ['events (lost-power)', 'area after area'],
    ],
  );
});

outage('is a large one by the requirement on its notices, others are small', () => {
  const required = ({ plan }: Compiled) => plan.flows.requiredReliability[plan.flows.catalogueFlow.indexOf(LAST_GASP)];
  assert.is(required(storm), 0.3);
  assert.is(required(utility('baseload', '  []')), 0.8);
});

outage('of every meter, twice, is two bursts in every area', () => {
  const twice = utility(
    'baseload',
    '  - outage: { at: 10:00, share: 100%, spread: 5 s }\n  - outage: { at: 18:00, share: 100%, spread: 20 s }',
  );
  const bursts = burstsOf(twice, LAST_GASP);
  assert.is(bursts.length, 20);
  assert.is(messages(bursts), 16_000);
  const { sources } = twice.plan;
  const spreads = sources.name.flatMap((name, s) => (name.startsWith(`${LAST_GASP} |`) ? [sources.spreadS[s]] : []));
  assert.equal(spreads, [5, 20], 'each its own spread');
});

outage.run();

const fault = suite('a fault');
const FCIR = '4.4.1.7.3';
const onOneFeeder = utility('baseload', '  - fault: { at: 10:00, share: 1/8, spread: 20 s }');

fault(
  'on one feeder of eight locks out one device, isolates a zone and reconfigures the circuit, in one substation',
  () => {
    const steps = [
      [`${FCIR}.4/fault_lock_out_alarm/dms-device`, 1, 'one device'],
      [`${FCIR}.2/circuit_device_status_cmd/dms-isolate`, 2 * 2, 'two steps of the two devices on either side'],
      [`${FCIR}.1/circuit_device_oper_cmd/dms-isolate`, 2 * 2, 'two steps of two devices'],
      [`${FCIR}.1/circuit_device_oper_cmd/dms-reconfig`, 2, 'two steps of one device'],
      [`${FCIR}.2/circuit_device_status_cmd/dms-reconfig`, 2 * 7, 'two steps of the seven devices of a circuit'],
      [`${FCIR}.3/circuit_device_self-init_status_resp-data/dms-reconfig`, 2, 'two steps of one device'],
    ] as const;
    for (const [flow, expected, why] of steps) {
      const bursts = burstsOf(onOneFeeder, flow);
      assert.is(messages(bursts), expected, `${flow}: ${why}`);
      assert.equal([...new Set(bursts.map(({ instance }) => instance))], [0], flow);
    }
  },
);

fault('goes step by step: each begins when the deadline before its own has run out', () => {
  const atOnce = utility('baseload', '  - fault: { at: 10:00, share: 1/8, spread: 20 s, steps: at once }');
  const steps = [
    [`${FCIR}.4/fault_lock_out_alarm/dms-device`, 0],
    [`${FCIR}.2/circuit_device_status_cmd/dms-isolate`, 15],
    [`${FCIR}.1/circuit_device_oper_cmd/dms-isolate`, 60],
    [`${FCIR}.3/circuit_device_self-init_status_resp-data/dms-isolate`, 90],
    [`${FCIR}.2/circuit_device_status_cmd/dms-reconfig`, 90],
    [`${FCIR}.1/circuit_device_oper_cmd/dms-reconfig`, 150],
    [`${FCIR}.3/circuit_device_self-init_status_resp-data/dms-reconfig`, 180],
  ] as const;
  for (const [flow, afterS] of steps) {
    assert.equal([...new Set(burstsOf(onOneFeeder, flow).map(({ atS }) => atS))], [10 * H + afterS], flow);
    assert.equal([...new Set(burstsOf(atOnce, flow).map(({ atS }) => atS))], [10 * H], flow);
    const { sources } = onOneFeeder.plan;
    const own = sources.name.findIndex((name) => name.startsWith(`${flow} |`));
    assert.is(sources.burstAfterS[own], afterS, 'its deadline counts from the fault');
  }
});

fault('has the deadlines of the source, commands and answers alike; at its rate it has none', () => {
  const deadline = ({ plan }: Compiled, flow: string) => plan.flows.deadlineS[plan.flows.catalogueFlow.indexOf(flow)];
  const printed = [
    [`${FCIR}.4/fault_lock_out_alarm/dms-device`, 10],
    [`${FCIR}.4/fault_lock_out_alarm/dms-fep`, 15],
    [`${FCIR}.2/circuit_device_status_cmd/dms-isolate`, 30],
    [`${FCIR}.2/circuit_device_status_resp-data/dms-isolate`, 60],
    [`${FCIR}.1/circuit_device_oper_cmd/dms-isolate`, 90],
    [`${FCIR}.1/circuit_device_oper_cmd_ack/dms-isolate`, 90],
    [`${FCIR}.2/circuit_device_status_resp-data/dms-reconfig`, 150],
    [`${FCIR}.3/circuit_device_self-init_status_resp-data/dms-reconfig`, 300],
  ] as const;
  const atRate = utility('baseload', '  []');
  for (const [flow, withinS] of printed) {
    assert.is(deadline(onOneFeeder, flow), withinS, flow);
    assert.ok(Number.isNaN(deadline(atRate, flow)), flow);
  }
});

fault('has its commands answered and its alarm passed on', () => {
  assert.is(onOneFeeder.delivered('circuit_device_oper_cmd_ack/dms-isolate'), 4);
  assert.is(onOneFeeder.delivered('circuit_device_status_resp-data/dms-reconfig'), 14);
  for (const to of ['DMS', 'OMS', 'Analytic DB'])
    assert.is(onOneFeeder.delivered('fault_lock_out_alarm/dms-fep', to), 1);
});

fault.run();

const others = suite('other events');
const HAN = 8000 * 0.15 * 2;

others('a demand response event is broadcast once, whatever the share, and answered by those who heard it', () => {
  const { plan, onLink, delivered } = utility('highload', '  - dr-event: { at: 16:00, share: 10% }');
  const sources = plan.sources.name.filter((name) => name.startsWith('4.6.4.1/Load_mgm_reqst_brdcst/lms-utl |'));
  assert.ok(sources.length > 0);
  assert.is(delivered('Load_mgm_reqst_brdcst/lms-utl'), (HAN * 0.5) / 2, 'half in load management, half the utility’s');
  assert.is(delivered('Load_mgm_req_ack/lms-utl-brdcst'), (HAN * 0.5 * 0.9) / 2);
  assert.ok(onLink('LAN r-HE-LMS LMS - Utility to AMI Head-End(j)') < HAN, 'not once for each device');
});

others('a firmware campaign reaches its share of the meters in every area alike, and each confirms', () => {
  const campaign = utility('highload', '  - firmware-campaign: { at: 01:00, share: 10%, spread: 12 hr }');
  assert.equal(
    burstsOf(campaign, '4.9.4.9/metrology_firmware_update_cmd/network'),
    Array.from({ length: 10 }, (_, instance) => ({ instance, atS: H, devices: 80 })),
  );
  assert.is(campaign.delivered('metrology_firmware_update_confirmation/network'), 800);
});

others('a campaign asks device after device, and is to be over in its share of 7 days per 100,000 meters', () => {
  const { plan, delivered } = utility(
    'highload',
    '  - firmware-campaign: { at: 01:00, share: 50%, concurrency: 3, timeout: 2 hr, retries: 1 }',
  );
  const { sources, flows } = plan;
  const own = sources.name.findIndex((name) => name.startsWith('4.9.4.9/metrology_firmware_update_cmd/network |'));
  assert.is(sources.process[own], Process.asked);
  assert.is(sources.periodS[own], Number.POSITIVE_INFINITY, 'one round');
  assert.equal([sources.concurrency[own], sources.retryS[own], sources.retries[own]], [3, 2 * H, 1]);
  assert.equal([...sources.burstDevices.slice(sources.burstStart[own], sources.burstStart[own + 1])], [400]);
  const flow = flows.catalogueFlow.indexOf('4.9.4.9/metrology_firmware_update_cmd/network');
  assert.is(flows.deadlineS[flow], (7 * 24 * H * 4000) / 100_000);
  assert.is(delivered('metrology_firmware_update_cmd/network'), 4000);
});

others(
  'price broadcasts, critical peaks and voluntary load shedding are there by one name each, RTP by its rate',
  () => {
    for (const [group, payload] of [
      ['tou-price', 'TOU_pricing-data_brdcst'],
      ['cpp-event', 'CPP_pricing-data_brdcst'],
      ['load-shed', 'Vol_load_shed_reqst_brdcst'],
    ] as const) {
      const { plan } = utility('highload', `  - ${group}: { at: 16:00 }`);
      const bursts = plan.sources.name.filter(
        (name, s) => name.includes(payload) && plan.sources.process[s] === Process.burst,
      );
      assert.ok(bursts.length > 0, `${group}: ${payload}`);
    }
    const { plan } = utility('highload', '  []');
    const rtp = plan.sources.name.findIndex((name) => name.includes('RTP_pricing-data_brdcst'));
    assert.is(plan.sources.periodS[rtp], 900, '96 a day');
  },
);

others('one event of the catalogue may be scheduled by its name', () => {
  const { delivered } = utility('highload', '  - metrology-firmware-broadcast: { at: 01:00 }');
  assert.is(delivered('metrology_firmware_update_broadcast_cmd/broadcast-electr'), 8000);
});

others('a rate given by hand holds whatever is scheduled', () => {
  const { delivered } = utility(
    'baseload',
    '  - outage: { at: 14:00, share: 25% }',
    `payloads: { otg_ntf_evnt_data: { perDay: 0.5 } }\n`,
  );
  assert.is(delivered(LAST_GASP), 4000);
});

others('without a rate an event does not happen', () => {
  const { plan } = utility('baseload', '  []', 'eventRates: { lost-power: 0 per year }\n');
  assert.not.ok(plan.sources.name.some((name) => name.startsWith(LAST_GASP)));
});

others.run();
