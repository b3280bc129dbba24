/** Answers: what they answer, how often, and by which way they go back. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulateReplication } from '../../sim/simulate.js';
import { type Compiled, compiledSmall, population, type RowText } from './support.js';

const METER = '2-Way Meter - Electr';
const populations = [
  population('ElectrMtr', [METER], 'meters.electric.total'),
  population('HanVehicle', ['PHEV'], 'han.vehicles'),
];
const compile = (rows: readonly RowText[], more = '', profile = 'ACvIW'): Compiled =>
  compiledSmall(
    `name: t\nprofile: ${profile}\nuseCases: [reading]\nwarmUp: none\ndeployment: { meters: 1000, daps: 10, han: { premises: 100, vehicles: 60 } }\n${more}`,
    rows,
    populations,
  );
const answer = (
  payload: string,
  type: string,
  howOften: string,
  share: string,
  more: Partial<RowText> = {},
): RowText => ({
  payload,
  type,
  from: METER,
  to: 'MDMS',
  howOften: `${howOften} per | ElectrMtr per | day`,
  more: [`answers: { to: switch_cmd, share: ${share} }`],
  ...more,
});
const command: RowText = { payload: 'switch_cmd', from: 'MDMS', to: METER, howOften: '2 per | ElectrMtr per | day' };

const answers = suite('answers');

answers('are sent when their command arrives, and not by their own rate as well', () => {
  const { plan, delivered } = compile([command, answer('switch_ack', 'ack', '2', 'each')]);
  assert.is(delivered('switch_ack'), 2000);
  assert.equal([...plan.causes.probability], [1]);
  const { flows } = simulateReplication(plan, 1);
  assert.equal([...flows.delivered], [2000, 2000]);
});

answers('with a printed share are as frequent as the ratio of the two rates says', () => {
  const { delivered } = compile([command, answer('switch_ack', 'ack', '1', 'printed')]);
  assert.is(delivered('switch_ack'), 1000);
});

answers('with a printed share count populations of different sizes', () => {
  const { delivered } = compile(
    [
      { ...command, howOften: '10 per | HanVehicle per | day' },
      answer('switch_ack', 'ack', '1', 'printed', { howOften: '1 per | HanVehicle per | day' }),
    ],
    '',
    'AHEMCvIW',
  );
  assert.is(delivered('switch_cmd'), 600);
  assert.is(delivered('switch_ack'), 60);
});

answers('are replaced by errors, with their probabilities', () => {
  const { delivered, plan } = compile([
    command,
    answer('switch_resp', 'resp-data', '2', 'each'),
    answer('switch_cmd_err', 'cmd-err', '1', '0.25'),
    answer('switch_comm_err', 'comm-err', '1', '0.125', { from: 'DAPjm' }),
  ]);
  assert.is(delivered('switch_resp'), 2000 * (1 - 0.25 - 0.125));
  assert.is(delivered('switch_cmd_err'), 500);
  assert.is(delivered('switch_comm_err'), 250);
  assert.is(
    plan.causes.probability.reduce((a, b) => a + b, 0),
    1,
    'one outcome for each command',
  );
});

answers('to one command may be several at once', () => {
  const { delivered, plan } = compile([
    command,
    answer('switch_ack', 'ack', '2', 'each'),
    answer('switch_alert', 'alert', '2', '0.5', { to: 'OMS' }),
  ]);
  assert.equal([delivered('switch_ack'), delivered('switch_alert')], [2000, 1000]);
  const { flows } = simulateReplication(plan, 1);
  const [ack, alert] = ['switch_ack', 'switch_alert'].map((payload) => plan.flows.payload.indexOf(payload));
  assert.is(flows.delivered[ack!], 2000);
  const spread = 4 * Math.sqrt(2000 * 0.5 * 0.5);
  assert.ok(Math.abs(flows.delivered[alert!]! - 1000) < spread, `${flows.delivered[alert!]} of 2000 with a half`);
});

answers('may answer answers', () => {
  const { delivered } = compile([
    command,
    answer('switch_ack', 'ack', '2', 'each'),
    answer('switch_note', 'alert', '2', 'each', {
      from: 'MDMS',
      to: 'CIS/Billing - Utility',
      more: ['answers: { to: switch_ack, share: each }'],
    }),
  ]);
  assert.is(delivered('switch_note'), 2000);
});

answers('to several systems go to each of them', () => {
  const { delivered, onLink } = compile([command, answer('switch_ack', 'ack', '2', 'each', { to: 'MDMS, OMS, NMS' })]);
  for (const system of ['MDMS', 'OMS', 'NMS']) assert.is(delivered('switch_ack', system), 2000, system);
  assert.is(onLink('NAN dap up'), 2000);
});

answers('whose ways part at the sender go every way', () => {
  const { delivered, plan } = compile([
    command,
    answer('switch_comm_err', 'comm-err', '1', 'printed', { from: 'AMI Head-End(j)', to: 'OMS, NMS' }),
  ]);
  assert.equal([delivered('switch_comm_err', 'OMS'), delivered('switch_comm_err', 'NMS')], [1000, 1000]);
  const { flows } = simulateReplication(plan, 1);
  const [oms, nms] = ['OMS', 'NMS'].map((to) => flows.delivered[plan.flows.to.indexOf(to)]!);
  assert.is(oms, nms);
  assert.ok(oms! > 850 && oms! < 1150, `${oms} of 2000 with a half`);
});

answers('go back over the backhaul that their area has', () => {
  const rows = [command, answer('switch_ack', 'ack', '2', 'each')];
  const { plan, delivered } = compile(rows, 'backhaul: { W: 30%, IW: 70% }\n');
  assert.is(delivered('switch_ack'), 2000);
  const { flows } = simulateReplication(plan, 1);
  for (const [flow, payload] of plan.flows.payload.entries()) {
    const dapsOn = plan.flows.route[flow]!.includes('1Ca') ? 3 : 7;
    assert.is(flows.delivered[flow], 200 * dapsOn, `${payload} by ${plan.flows.route[flow]}`);
  }
});

answers('go over every backhaul when their command, from the spot, goes over none', () => {
  const local: RowText = { ...command, from: 'Field Tool' };
  const rows = [local, answer('switch_ack', 'ack', '2', 'each')];
  const { plan, delivered } = compile(rows, 'backhaul: { W: 30%, IW: 70% }\n');
  assert.is(delivered('switch_ack'), 2000);
  assert.is(
    simulateReplication(plan, 1).flows.delivered.reduce((a, b) => a + b, 0),
    4000,
  );
});

answers('of a node on the way answer what passes the node', () => {
  const rows: RowText[] = [
    { payload: 'switch_cmd', from: 'LMS - Utility', to: 'PHEV', howOften: '10 per | HanVehicle per | day' },
    answer('switch_comm_err', 'comm-err', '1', 'printed', {
      from: 'AMI Head-End(j)',
      to: 'NMS',
      howOften: '1 per | HanVehicle per | day',
    }),
  ];
  const { delivered } = compile(rows, '', 'AHEM3CvIW');
  assert.is(delivered('switch_cmd'), 600);
  assert.is(delivered('switch_comm_err'), 30, 'half of the vehicles are behind a third-party interface');
  const { outOfScope } = compile(rows, '', 'AHE3CvIW');
  assert.match([...outOfScope.values()].join(), 'does not pass AMI Head-End(j)');
});

answers('are out of scope without their command', () => {
  const { outOfScope } = compile(
    [command, answer('switch_ack', 'ack', '2', 'each')],
    'payloads: { switch_cmd: { off: true } }\n',
  );
  assert.match(
    outOfScope.get('4.1.4.1/switch_ack')!,
    'the command that it answers (4.1.4.1/switch_cmd) is not in play',
  );
});

answers('with a rate given by hand have that rate', () => {
  const { delivered } = compile(
    [command, answer('switch_ack', 'ack', '2', 'each')],
    'payloads: { switch_ack: { perDay: 0.5 } }\n',
  );
  assert.is(delivered('switch_ack'), 500);
});

answers.run();
