/**
 * Messages of a day, worked out by hand from the cells of the requirements table for a utility of these counts, and what
 * the compiled plan expects. Ranges are taken at their most demanding end; a year has 365 days, a month 365 / 12.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compiled } from './support.js';

const UTILITY = `
name: by hand
profile: ARHEM3CvIW+DCSIRsF
deployment:
  meters:
    electric: { total: 8000, commercial: 800 }
    gas: { total: 1500, commercial: 150 }
    water: 500
  daps: 10
  feeders: 8
  substations: 2
  feeder:
    { capBanks: 16, circuitBreakers: 8, reclosers: 17, regulators: 9, sensors: 20, faultDetectors: 7, sectionalizers: 6, switches: 24, storage: 5, generation: 4 }
  fanGateways: { substation: 2, field: 8 }
  han: { premises: 1200, displays: 700, ems: 240, thermostats: 720, vehicles: 120, appliances: 240, loadControl: 380 }
  programmes: { demandResponse: 50%, tou: 20%, rtp: 5%, cpp: 10%, prepay: 5% }
  rep: { count: 2, share: 25% }
  portals: { utility: 1, rep: 2, common: 1 }
`;
const baseload = compiled(UTILITY);
const highload = compiled(`${UTILITY}load: highload\ndsdr: { from: 13:00, to: 19:00 }\n`);

/** Devices: all 2400, three quarters of them the utility's. */
const HAN = 700 + 240 + 720 + 120 + 240 + 380;
const UTILITY_SHARE = 0.75;
const PER_1000 = 1 / 1000;

type Case = readonly [flow: string, expected: number, why: string, to?: string];

const onAnOrdinaryDay: readonly Case[] = [
  ['4.4.1.4.1.2/FeederCapBank_alarm', 16 / 7, 'one a week of 16'],
  ['4.4.1.4.1.2/FeederSensor_alarm', 20, 'one a day of 20'],
  ['4.4.1.4.1.2/FeederFault_Detector_alarm', 7 / 7, 'one a week of the 7 sensors that detect faults'],
  ['4.4.1.4.1.3/FeederCapBank_deviation_alert', 16 * 2, 'every 12 hours'],
  ['4.4.1.4.1.3/FeederRegulator_deviation_alert', 9 * 24, 'every hour'],
  ['4.4.1.4.1.4/FeederSwitch_Operate_failure', (24 * 12) / 365, 'one a month'],
  ['4.4.1.4.1.5/FeederSensor_sensor_data_cmd/routine', (20 * 86_400) / 5, 'every 5 seconds'],
  ['4.4.1.4.1.5/FeederSensor_sensor_data_resp-data/routine', (20 * 86_400) / 5, 'one answer for each command'],
  ['4.4.1.4.1.7/FeederCapBank_status_cmd', 16 * 288, 'every 5 minutes'],
  ['4.4.1.4.1.7/FeederRecloser_status_resp-data', 17 * 6, 'an answer to a request every 4 hours'],
  ['4.4.1.5.1.7/FeederRegulator_step_up_cmd/routine', 9 * 12, 'every 2 hours'],
  ['4.4.1.5.1.12/FeederSwitch_new_config_ack/routine', 24 / 7, 'an acknowledgement of a command a week'],
  ['4.5.4.1/circuit-brk_device_status_cmd', 8 * 288, '288 a day'],
  ['4.5.4.1/distr_cust_storage_discharge_cmd', 5 * 6 * 2, '2-6 per dispatch period, of which two a day'],
  ['4.5.4.1/distr_cust_storage_charge-rate_cmd', 5 * 4, '2-4 per charge period, of which one a day'],
  ['4.5.4.1/distr_cust_storage_status_resp-data/relay', 5 * 288, 'relayed once to the DMS', 'DMS'],
  [
    '4.3.4.3/Cust_Acct_Info_cmd/premise-utl',
    (8000 * UTILITY_SHARE * 0.1) / 2,
    '100 per 1000 a day, half of them at home',
  ],
  [
    '4.3.4.3/Cust_Acct_Info_cmd/mobile-rep',
    (8000 * 0.25 * 0.1) / 2,
    '100 per 1000 a day of the providers, half mobile',
  ],
  ['4.3.4.2/bulk_Cust_Subset_meter_Info_Util_data', 1, 'one file a day'],
  [
    '4.7.4.6/prepay_msg_[1of10]_resp-data/utl-ipd',
    Math.round(700 * 0.05 * UTILITY_SHARE) * ((25 * 12) / 365),
    '25 a month',
  ],
  ['4.8.4.1/PHEV_price_rate_cmd', 120 * 4, '1 per 2-4 a day'],
  ['4.8.4.2/PHEV_pwr_chrg_rate_negot-thrd/phev-to-lms', 120 * 4, '2-4 a day'],
  ['4.10.4.1/on-demand_Mtr-read_cmd/electr-cis', 8000 * 25 * PER_1000, '25 per 1000 a day, by section 4.21'],
  ['4.10.4.2/on-demand_Mtr-read_cmd_err/electr-cis', 8000 * 25 * PER_1000 ** 2, 'one command in 1000 fails', 'NMS'],
  [
    '4.10.4.1/on-demand_Mtr-read_resp-data/electr-cis',
    8000 * 25 * PER_1000 * (1 - 3 * PER_1000),
    'every command but those that meter, DAP or head-end answer with an error, one in 1000 each',
  ],
  ['4.10.4.3/Mtr-read_data_resp-data/water', 500, 'one a day'],
  [
    '4.10.4.4/Mtr-read_multi-interval-data_resp-data/electr-resdnt',
    7200 * 6,
    '4-6 a day: six of 9600 / 6 bytes with their overhead are more than four of 9600 / 4',
  ],
  [
    '4.10.4.4/Mtr-read_multi-interval-data_resp-data/electr-ci',
    800 * 12,
    'twelve of 1600 bytes are more than 24 of 200',
  ],
  ['4.10.4.4/Mtr-read_multi-interval-data_resp-data/gas-resdnt', 1350 * 6, '1-6 a day, no coupling'],
  ['4.11.4.3/Fault_Error_Alarm_Event/electr', (8000 * 4 * PER_1000 * 12) / 365, '4 per 1000 a month'],
  ['4.12.4.1/otg_ntf_evnt_data', (8000 * 2) / 365, 'one per outage, of which two a year'],
  ['4.12.4.2/batt_pwr_notification', (10 * 20 * PER_1000 * 12) / 365, '20 per 1000 DAPs in each of 12 outages a year'],
  ['4.13.4.1/han_dev_join_cmd/utl', (HAN * UTILITY_SHARE * 0.3) / 365, 'one per request, 0.3 of which a year'],
  [
    '4.14.4.2/RTP_pricing-data_cmd/lms-utl',
    HAN * 0.05 * UTILITY_SHARE * 60 * PER_1000 * 6,
    '60 per 1000, 6 times a day',
  ],
  ['4.14.4.2/RTP_pricing-data_brdcst/lms-utl', HAN * 0.05 * UTILITY_SHARE * 96, 'everybody hears each of 96 a day'],
  ['4.14.4.2/RTP_pricing-data_brdcst/lms-rep', HAN * 0.05 * 0.25 * 96, 'as the utility, of which it is a copy'],
  ['4.15.4.1/SW_opr_cmd/not-prepay', 8000 * 0.95 * 50 * PER_1000, '1-50 per 1000 a day'],
  ['4.15.4.1/SW_opr_cmd_ack/not-prepay', 8000 * 0.95 * 2 * PER_1000, '1-2 per 1000 a day, as printed', 'MDMS'],
  ['4.15.4.4/SW_opr_fail_cmd-err/prepay', 8000 * 0.05 * 50 * PER_1000 ** 2, 'one operation in 1000', 'MDMS'],
  [
    '4.15.4.4/SW_opr_cmd_comm-err/dap-not-prepay',
    8000 * 0.95 * 50 * PER_1000 * 4 * PER_1000,
    '1-4 per 1000 operations, of which 50 per 1000 meters a day',
    'NMS',
  ],
];

const onADayOfHighLoad: readonly Case[] = [
  ['4.4.1.5.1.2/FeederCapBank_close_cmd/dsdr', 16 * 72, 'every 5 minutes while the period of 6 hours is on'],
  ['4.4.1.5.1.2/FeederCapBank_close_ack/dsdr', 16 * 72, 'acknowledged'],
  ['4.4.1.5.1.11/FeederSwitch_open_cmd/dsdr', 24 / 2, 'every 12 hours, half of which are in the period'],
  ['4.4.1.4.1.5/FeederSensor_sensor_data_cmd/routine', (20 * 86_400) / 5, 'routine goes on'],
  ['4.6.4.1/Load_mgm_reqst/lms-utl', HAN * 0.5 * UTILITY_SHARE * 60 * PER_1000, '60 per 1000 a day'],
  ['4.6.4.1/Load_mgm_reqst_brdcst/lms-utl', (HAN * 0.5 * UTILITY_SHARE * 15) / 365, 'heard by all, 15 events a year'],
  [
    '4.6.4.1/Load_mgm_req_ack/lms-utl-brdcst',
    (HAN * 0.5 * UTILITY_SHARE * 15 * 0.9) / 365,
    'nine in ten acknowledge each, the default of x',
  ],
  ['4.9.4.1/DAP_firmware_update_cmd/network', (10 * 2) / 365, 'twice a year'],
  ['4.9.4.8/Fdr-dev-cntl_program_update_cmd/network-first-year', (101 * 3) / 365, 'three in the first year'],
  ['4.9.4.5/FAN-GtWay_firmware_update_cmd/network', (2 * 2) / 365, 'the profile has substation gateways only'],
  ['4.9.4.10/metrology_program_update_cmd/network', 10_000 * 5 * PER_1000, '5 per 1000 meters of all kinds a day'],
  ['4.9.4.9/metrology_firmware_update_broadcast_cmd/broadcast-gas', (1500 * 2) / 365, 'heard by every gas meter'],
];

const day = suite('messages of a day');

function check(cases: readonly Case[], { delivered }: typeof baseload): void {
  for (const [flow, expected, why, to] of cases) {
    const actual = delivered(flow, to);
    assert.ok(Math.abs(actual - expected) <= 1e-9 * expected, `${flow}: ${actual}, not ${expected} (${why})`);
  }
}

day('are those of the printed table at baseload', () => check(onAnOrdinaryDay, baseload));
day('are those of the printed table at highload', () => check(onADayOfHighLoad, highload));

day('the period of demand response is highload, and nothing outside of it', () => {
  const { plan, expected } = highload;
  const source = plan.sources.name.findIndex((name) => name.startsWith('4.4.1.5.1.2/FeederCapBank_close_cmd/dsdr'));
  const [load] = expected.loads[source]!;
  const hours = [...load!.perBin].flatMap((messages, hour) => (messages > 0 ? [hour] : []));
  assert.equal(hours, [13, 14, 15, 16, 17, 18]);
  assert.ok(baseload.outOfScope.has('4.4.1.5.1.2/FeederCapBank_close_cmd/dsdr'));
  assert.ok(
    highload.outOfScope.has('4.4.1.5.1.2/FeederCapBank_close_cmd/routine'),
    'not crossed in the highload column',
  );
});

day.run();
