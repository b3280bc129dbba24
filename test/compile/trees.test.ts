/** Which links a message crosses, how often, and who gets it: by counting on paper, on catalogues of one or two rows. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Compiled, compiledSmall, population, type RowText } from './support.js';

const METER = '2-Way Meter - Electr';
const HEAD_END = 'AMI Head-End(j)';
const populations = [
  population('ElectrMtr', [METER], 'meters.electric.total'),
  population('Display', ['IPD', 'PCT'], 'han.displays + han.thermostats'),
  population('DAPjm', ['DAPjm'], 'daps'),
  population(
    'FdrDevice',
    ['Feeder Switch', 'FAN gateway - field', 'FAN gateway - sub'],
    'feeder.switches + fanGateways.field + fanGateways.substation',
  ),
  population('Tariff', ['IPD', 'PCT'], '1'),
];
const utility = (profile: string, deployment: string, more = '') =>
  `name: t\nprofile: ${profile}\nuseCases: [reading]\ndeployment: { ${deployment} }\n${more}`;
const compile = (profile: string, deployment: string, rows: readonly RowText[], more = ''): Compiled =>
  compiledSmall(utility(profile, deployment, more), rows, populations, {
    'events.yaml': '- { name: price, aliases: [price event], scope: system, perYear: 730, source: of the test }\n',
  });

const TEN = 'meters: 1000, daps: 10';
const daily = '1 per | ElectrMtr per | day';

const unicast = suite('a message to or from one device');

unicast('crosses every link of its route once', () => {
  const { onLink, delivered } = compile('ACdW', TEN, [{ payload: 'read', from: HEAD_END, to: METER, howOften: daily }]);
  assert.is(delivered('read'), 1000);
  assert.is(onLink('WAN dap down'), 1000);
  assert.is(onLink('NAN dap down', 3), 100);
});

unicast('to several systems crosses the shared links once and branches where their ways part', () => {
  const systems = 'OMS, NMS, MDMS';
  const { onLink, delivered } = compile('ACvW', TEN, [
    { payload: 'gasp', type: 'alarm', from: METER, to: systems, howOften: daily },
  ]);
  for (const system of systems.split(', ')) assert.is(delivered('gasp', system), 1000, system);
  assert.is(onLink('NAN dap up'), 1000);
  assert.is(onLink('WAN dap up'), 1000);
  assert.is(onLink('LAN 1B AMI Head-End(j) to MDMS'), 1000);
  assert.is(onLink('LAN r-HE-OMS AMI Head-End(j) to OMS'), 1000);
});

unicast('to a group of devices goes to one of them: they share the population by their numbers', () => {
  const { delivered, onLink, plan } = compile(
    'AHEMCvW',
    `${TEN}, han: { premises: 400, displays: 300, thermostats: 100, ems: 0, vehicles: 0, appliances: 0, loadControl: 0 }`,
    [{ payload: 'show', from: HEAD_END, to: 'IPD, PCT', howOften: '1 per | Display per | day' }],
  );
  assert.is(delivered('show'), 400);
  assert.is(onLink('NAN dap down'), 400);
  assert.is(onLink('HAN dap down'), 400);
  assert.equal(plan.flows.to, ['IPD, PCT'], 'the same links: one flow');
});

unicast('does not go to devices that the profile lacks, and they are not counted', () => {
  const { delivered, plan } = compile(
    'DCSIRsF',
    'feeders: 4, substations: 2, feeder: { switches: 12 }, fanGateways: { substation: 2, field: 4 }',
    [
      {
        payload: 'update',
        from: 'DMS',
        to: 'Feeder Switch, FAN gateway - field, FAN gateway - sub',
        howOften: '1 per | FdrDevice per | day',
      },
    ],
  );
  assert.is(delivered('update'), 12 + 2);
  assert.is(delivered('update', 'Feeder Switch'), 12);
  const without = plan.assumptions.find(({ value }) => value === 'without FAN gateway - field');
  assert.is(without?.key, 'profile DCSIRsF');
});

unicast('stands in the areas of DAPs where they carry the feeder devices', () => {
  const rows = [
    { payload: 'trip', type: 'alarm', from: 'Feeder Switch', to: 'DMS', howOften: '1 per | FdrDevice per | day' },
  ];
  const deployment = `${TEN}, feeders: 4, substations: 2, feeder: { switches: 20 }, fanGateways: { substation: 0, field: 0 }`;
  const kindsOf = (profile: string) => {
    const { plan } = compile(profile, deployment, rows);
    return [...new Set([...plan.sources.kind].map((kind) => plan.areas.kind[kind]))];
  };
  assert.equal(kindsOf('ACvW+DCSIRsF'), ['substation']);
  assert.equal(kindsOf('ACvW+DDAAD'), ['dap']);
});

unicast.run();

const areas = suite('devices over areas');

areas('follow the sizes of the DAPs, to the device', () => {
  const { onLink } = compile('ACdW', 'meters: 1601, dapSizes: [1000, 501, 100]', [
    { payload: 'read', from: HEAD_END, to: METER, howOften: daily },
  ]);
  assert.equal(
    [0, 1, 2].map((dap) => onLink('NAN dap down', dap)),
    [1000, 501, 100],
  );
});

areas('have one DAP each, whatever their size', () => {
  const { onLink } = compile('ACdW', 'meters: 1601, dapSizes: [1000, 501, 100]', [
    { payload: 'ping', from: HEAD_END, to: 'DAPjm', howOften: '1 per | DAPjm per | day' },
  ]);
  assert.equal(
    [0, 1, 2].map((dap) => onLink('WAN dap down', dap)),
    [1, 1, 1],
  );
});

areas('are as equal as whole numbers allow, and add up', () => {
  const { plan } = compile('ACdW', 'meters: 1003, daps: 10', [
    { payload: 'read', from: HEAD_END, to: METER, howOften: daily },
  ]);
  const { devices, instanceCount, firstInstance } = plan.sources;
  assert.equal([...devices], [101, 100]);
  assert.equal([...firstInstance], [0, 3]);
  assert.is(
    devices.reduce((sum, count, s) => sum + count * instanceCount[s]!, 0),
    1003,
  );
});

areas('keep their DAPs on the backhaul that the shares give them, and lose none', () => {
  const { onLink, delivered, plan } = compile(
    'ACvIW',
    TEN,
    [{ payload: 'gasp', type: 'alarm', from: METER, to: HEAD_END, howOften: daily }],
    'backhaul: { W: 40%, IW: 60% }\n',
  );
  assert.is(delivered('gasp'), 1000);
  assert.is(onLink('NAN dap up'), 1000);
  assert.is(onLink('LAN 1Cba Internet / Extranet gateway(s) - Utility to AMI Head-End(j)'), 600);
  assert.equal([...new Set(plan.flows.route)].sort(), ['1D + 1Ca', '1D + 1Cc + 1Cba']);
});

areas('share a leg over every backhaul when its way is the same over each', () => {
  const { plan, delivered } = compile(
    'ACvIW',
    TEN,
    [{ payload: 'poke', from: 'DAPjm', to: METER, howOften: daily }],
    'backhaul: { W: 40%, IW: 60% }\n',
  );
  assert.is(delivered('poke'), 1000);
  assert.is(plan.flows.name.length, 1);
});

areas.run();

const broadcast = suite('a broadcast');
const price: RowText = {
  payload: 'price_brdcst',
  from: 'LMS - Utility',
  to: 'IPD, PCT',
  howOften: '1 per | Display per | price event',
};
const HAN = 'han: { premises: 40, displays: 30, thermostats: 20, ems: 0, vehicles: 0, appliances: 0, loadControl: 0 }';

broadcast('crosses a shared link once, an area once, and is heard by every meter', () => {
  const { onLink, delivered } = compile('ACvIW', TEN, [
    { payload: 'time_brdcst', from: HEAD_END, to: METER, howOften: '1 per | ElectrMtr per | price event' },
  ]);
  assert.is(onLink('LAN 1Cba AMI Head-End(j) to Internet / Extranet gateway(s) - Utility'), 2, 'two a day');
  assert.equal(
    [0, 9].map((dap) => onLink('WAN dap down', dap)),
    [2, 2],
  );
  assert.equal(
    [0, 9].map((dap) => onLink('NAN dap down', dap)),
    [2, 2],
  );
  assert.is(delivered('time_brdcst'), 2 * 1000);
});

broadcast('reaches each premise that has a listener once', () => {
  const { onLink, delivered } = compile('AHEMCvIW', `${TEN}, ${HAN}`, [price]);
  assert.equal(
    [0, 9].map((dap) => onLink('NAN dap down', dap)),
    [2, 2],
  );
  assert.is(onLink('HAN dap down'), 2 * 40, '50 devices in 40 premises: five in the four of each DAP');
  assert.is(delivered('price_brdcst'), 2 * 50);
});

broadcast('reaches the premises over broadband where the interface is a third party’s', () => {
  const { onLink, delivered } = compile('AHE3CvIW', `${TEN}, ${HAN}`, [price]);
  assert.is(onLink('Internet r-GwU-E3 down'), 2);
  assert.is(onLink('CustLAN dap down'), 2 * 50, 'five devices in each area, each in a premise of the broadband');
  assert.is(onLink('HAN dap down'), 2 * 50);
  assert.is(delivered('price_brdcst'), 2 * 50);
});

broadcast('is heard once by each where DAPs are on different backhauls', () => {
  const { onLink, delivered } = compile(
    'ACvIW',
    TEN,
    [{ payload: 'time_brdcst', from: HEAD_END, to: METER, howOften: '1 per | ElectrMtr per | price event' }],
    'backhaul: { W: 40%, IW: 60% }\n',
  );
  assert.equal(
    Array.from({ length: 10 }, (_, dap) => onLink('NAN dap down', dap)),
    new Array(10).fill(2),
  );
  assert.is(delivered('time_brdcst'), 2 * 1000);
});

broadcast('is answered by those who heard it, within five minutes', () => {
  const { delivered, plan } = compile('AHEMCvIW', `${TEN}, ${HAN}`, [
    price,
    {
      payload: 'price_ack',
      type: 'ack',
      from: 'IPD, PCT',
      to: 'LMS - Utility',
      howOften: '300 per 1000 per | Display per | price event',
      more: ['answers: { to: price_brdcst, share: printed }'],
    },
  ]);
  assert.ok(Math.abs(delivered('price_ack') - 0.3 * 2 * 50) < 1e-9);
  assert.equal([...plan.causes.spreadS], [300]);
});

broadcast.run();
