import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AccessError, InputError } from '../../base/diagnostics.js';
import { compileSchema } from '../../base/schema-errors.js';
import { loadScenario } from '../../scenarios/load.js';
import { scenarioSchema } from '../../scenarios/schema.js';
import { scenarioTemplate } from '../../scenarios/template.js';
import { context, load, SIX_LINES } from './support.js';

const six = load(SIX_LINES);
const keysOf = (text: string) => load(text).defaults.map(({ key }) => key);

const loads = suite('loadScenario');

loads('runs with four lines: name, profile and meters', () => {
  assert.is(six.name, 'a');
  assert.is(six.profile, 'ACvIW');
  assert.is(six.deployment.meters.electric.total, 10_000);
  assert.equal(six.time, { zone: 'UTC', startLocal: '2026-07-15T00:00:00', durationS: 86_400, warmUpDays: -1 });
  assert.is(six.only, null);
});

loads('hashes the text as it is', () => {
  assert.is(six.hash, createHash('sha256').update(SIX_LINES).digest('hex'));
});

loads('takes CRLF and a byte order mark for what they are', () => {
  const { hash: _, ...plain } = six;
  const { hash: __, ...windows } = load(`\uFEFF${SIX_LINES.replace(/\n/g, '\r\n')}`);
  assert.equal(windows, plain);
});

loads('reads standard input for -', () => {
  const root = new URL('../..', import.meta.url).href;
  const script = `
    import { loadScenario } from '${root}scenarios/load.js';
    import { context } from '${root}test/scenarios/support.js';
    console.log(loadScenario('-', context).file);`;
  const options = { input: SIX_LINES, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
  assert.is(stdout, '<stdin>\n', stderr);
});

loads('says that a file is not there, or that it is a folder', () => {
  assert.throws(
    () => loadScenario('no-such.yaml', context),
    (error: unknown) => error instanceof InputError && error.diagnostics[0]?.code === 'NOT_FOUND',
  );
  assert.throws(
    () => loadScenario('.', context),
    (error: unknown) => error instanceof AccessError,
  );
});

loads('a number is as good a seed as a text', () => {
  assert.is(load(`${SIX_LINES}seed: 7\n`).seed, '7');
  assert.is(load(`${SIX_LINES}seed: storm\n`).seed, 'storm');
});

loads('puts all DAPs on the backhaul of the profile unless told otherwise', () => {
  assert.equal(six.backhaulShares, { IW: 1 });
  assert.equal(load(`${SIX_LINES}backhaul: { W: 40%, IW: 60% }\n`).backhaulShares, { W: 0.4, IW: 0.6 });
  assert.equal(load(SIX_LINES.replace('ACvIW', 'DCSIRsF')).backhaulShares, {});
});

loads('keeps the value of the catalogue for what the source leaves open', () => {
  assert.equal(six.missing, { bulkFileMB: 2, stepsPerFault: 3 });
  assert.equal(load(`${SIX_LINES}missing: { bulkFileMB: 500 kB }\n`).missing, { bulkFileMB: 0.5, stepsPerFault: 3 });
  assert.equal(load(`${SIX_LINES}missing: { bulkFileMB: 4 }\n`).missing, { bulkFileMB: 4, stepsPerFault: 3 });
});

loads('reads rates of events per year, by name or alias', () => {
  const rates = load(
    `${SIX_LINES}eventRates: { lost-power-event: 1.5, metrology-firmware-update: 1 per month }\n`,
  ).eventRates;
  assert.equal(rates, { 'lost-power': 1.5, 'metrology-firmware-update': 12 });
});

loads('reads overrides into SI units, and keeps what is not given out', () => {
  const text = `${SIX_LINES}payloads:
  on-demand_Mtr-read_cmd: { perDay: 25/1000, size: 25 B, latency: 15 s, reliability: 98%, when: 7AM - 10PM }
  4.10.4.4/Mtr-read_multi-interval-data_resp-data/gas: { off: true, arrivals: periodic, phase: synchronised, spread: 30 s }
`;
  assert.equal(load(text).payloads, {
    'on-demand_Mtr-read_cmd': {
      perDay: 0.025,
      sizeB: 25,
      latencyS: 15,
      reliability: 0.98,
      when: [{ fromS: 7 * 3600, toS: 22 * 3600 }],
    },
    '4.10.4.4/Mtr-read_multi-interval-data_resp-data/gas': {
      arrivals: 'periodic',
      phase: 'synchronised',
      spreadS: 30,
      off: true,
    },
  });
});

loads('keeps only, and choices', () => {
  const scenario = load(`${SIX_LINES}only: [on-demand_Mtr-read_cmd]\nchoices: { fcir-control: dac-sub }\n`);
  assert.equal(scenario.only, ['on-demand_Mtr-read_cmd']);
  assert.equal(scenario.choices, { 'fcir-control': 'dac-sub' });
});

loads('whole days are calendar days: 25 hours when clocks go back', () => {
  const text = `${SIX_LINES}start: 2026-11-01\ntimeZone: America/New_York\n`;
  assert.is(load(text).time.durationS, 25 * 3600);
  assert.is(load(`${text}duration: 24 hr\n`).time.durationS, 24 * 3600);
  assert.is(load(`${text}duration: 1 week\n`).time.durationS, (7 * 24 + 1) * 3600);
});

loads('warm-up is auto, none or days', () => {
  const warmUps = ['auto', 'none', '2 days', '0'].map((text) => load(`${SIX_LINES}warmUp: ${text}\n`).time.warmUpDays);
  assert.equal(warmUps, [-1, 0, 2, 0]);
});

loads('the template of init loads, and so does each line that it comments out', () => {
  load(scenarioTemplate);
  const uncommented = scenarioTemplate
    .split('\n')
    .filter(
      (line) => !/^# [A-Z]|^# is listed|^# in its|HAN|^# WAN|useCases/.test(line) && !/^\s+# (meters:| {2})/.test(line),
    )
    .map((line) => line.replace(/^(\s*)# (?=\s*(- |[a-zA-Z_-]+: ?))/, '$1'))
    .join('\n');
  const full = load(uncommented.replace('profile:', 'profile: AHEM3CvIW #'));
  assert.is(full.events.length, 4);
  assert.is(full.links['WAN']!.rateBps.down, 2e6);
});

loads.run();

const defaults = suite('Scenario.defaults');

defaults('every default has a reason', () => {
  assert.ok(six.defaults.length > 40);
  for (const { key, reason } of six.defaults) assert.ok(reason.length > 5, key);
});

defaults('no key stands there twice', () => {
  assert.is(new Set(six.defaults.map(({ key }) => key)).size, six.defaults.length);
});

defaults('what the file gives is none', () => {
  const keys = keysOf(`${SIX_LINES}  feeders: 12\nseed: 1\nlinks: { NAN: { rate: 50 kbit/s } }\n`);
  for (const key of ['seed', 'deployment.feeders', 'links.NAN.rate', 'deployment.meters.electric.total']) {
    assert.not.ok(keys.includes(key), key);
  }
  assert.ok(keys.includes('links.NAN.delay'));
});

defaults('what the file makes needless is none', () => {
  assert.ok(six.defaults.some(({ key }) => key === 'deployment.metersPerDap'));
  assert.not.ok(keysOf(`${SIX_LINES}  daps: 5\n`).includes('deployment.metersPerDap'));
});

defaults('a count that is not whole is rounded, and that is noted', () => {
  const scenario = load(`${SIX_LINES}  feeders: meters.electric.total / 3000\n`);
  assert.is(scenario.deployment.feeders, 3);
  const { value, reason } = scenario.defaults.find(({ key }) => key === 'deployment.feeders')!;
  assert.is(value, '3');
  assert.match(reason, /^3\.33.* rounded/);
});

defaults.run();

const schema = suite('scenarioSchema');

schema('is a schema that compiles, and the template fits', async () => {
  const validate = compileSchema(scenarioSchema);
  assert.ok(validate({ name: 'a', profile: 'ACvIW', deployment: { meters: 1 } }));
});

schema('lets editors flag a bare number where a unit is needed', () => {
  const validate = compileSchema(scenarioSchema);
  const withRate = (rate: unknown) =>
    validate({ name: 'a', profile: 'ACvIW', deployment: {}, links: { NAN: { rate } } });
  assert.not.ok(withRate(100));
  assert.ok(withRate('100 kbit/s'));
});

schema('tells editors what each key is', () => {
  const untitled: string[] = [];
  const visit = (node: Record<string, unknown>, path: string) => {
    for (const [key, value] of Object.entries((node['properties'] ?? {}) as Record<string, Record<string, unknown>>)) {
      if (typeof value['title'] !== 'string') untitled.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
  };
  visit(scenarioSchema as Record<string, unknown>, '');
  assert.equal(untitled, []);
});

schema.run();

const any = suite('any valid scenario');

const share = fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`);
const time = fc
  .tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('ms', 's', 'min'))
  .map(([n, unit]) => `${n} ${unit}`);
const rate = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom('kbit/s', 'Mbps', 'kB/s'))
  .map(([n, unit]) => `${n} ${unit}`);
const link = fc.record(
  {
    rate: fc.oneof(rate, fc.record({ up: rate, down: rate })),
    delay: time,
    overhead: fc.constantFrom(0, '60 B'),
    buffer: fc.constantFrom('1 MB', 'unlimited'),
    duplex: fc.constantFrom('full', 'half'),
    discipline: fc.constantFrom('fifo', 'priority'),
  },
  { requiredKeys: [] },
);
const valid = fc.record(
  {
    name: fc.constantFrom('a', 'b c'),
    profile: fc.constantFrom(...context.profileCodes),
    deployment: fc.record(
      {
        meters: fc.oneof(
          fc.integer({ min: 0, max: 1_000_000 }),
          fc.record({ gas: fc.integer({ min: 0, max: 9 }), electric: fc.constant('2 * 500') }),
        ),
        metersPerDap: fc.integer({ min: 1, max: 5000 }),
        feeders: fc.constantFrom(3, 'ceil(meters.electric.total / 700)', 'max(daps, 1) * 4'),
        substations: fc.integer({ min: 1, max: 50 }),
        perFeeder: fc.record({ capBanks: fc.double({ min: 0, max: 9, noNaN: true }) }),
        programmes: fc.record({ tou: share, prepay: share }, { requiredKeys: [] }),
      },
      { requiredKeys: ['meters'] },
    ),
    seed: fc.oneof(fc.integer(), fc.constant('s')),
    load: fc.constantFrom('baseload', 'highload'),
    range: fc.constantFrom('least', 'mid', 'most'),
    useCases: fc.oneof(fc.constant('all'), fc.subarray(['price', 'Meter Reading', 'dr-dlc'], { minLength: 1 })),
    links: fc.dictionary(fc.constantFrom('all', 'NAN', 'WAN', '1Ca'), link),
    start: fc.constantFrom('2026-07-15', '2026-07-15 06:00', '2026-11-01'),
    timeZone: fc.constantFrom('America/New_York', 'Asia/Kolkata'),
    duration: fc.constantFrom('1 day', '36 hr', '1 week'),
    warmUp: fc.constantFrom('auto', 'none', '1 day'),
    events: fc.array(fc.record({ outage: fc.record({ at: fc.constant('14:00'), share, spread: time }) }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ['name', 'profile', 'deployment'] },
);

any('loads, with whole counts, shares of one, devices that add up, and all networks set', () => {
  fc.assert(
    fc.property(valid, (value) => {
      const { deployment, links, events } = load(JSON.stringify(value));
      const { meters, han, feeder } = deployment;
      for (const count of [deployment.daps, deployment.feeders, han.devices, ...Object.values(feeder)]) {
        assert.ok(Number.isInteger(count) && count >= 0);
      }
      for (const part of Object.values(deployment.programmes)) assert.ok(part >= 0 && part <= 1);
      for (const { total, residential, commercial } of Object.values(meters))
        assert.ok(residential + commercial <= total);
      const devices = han.displays + han.ems + han.thermostats + han.vehicles + han.appliances + han.loadControl;
      assert.is(han.devices, devices);
      assert.equal(Object.keys(links), context.networkNames);
      for (const { rateBps, delayS } of Object.values(links))
        assert.ok(rateBps.up > 0 && rateBps.down > 0 && delayS >= 0);
      assert.is(events.length, value.events?.length ?? 0);
    }),
    { numRuns: 60, seed: 1 },
  );
});

any.run();
