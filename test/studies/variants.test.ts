import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import { readKeyPath } from '../../scenarios/key-path.js';
import type { Scenario } from '../../scenarios/types.js';
import { readValue, readValues } from '../../studies/variants/values.js';
import { gridOf, loadVariant, readSetting, readVariation } from '../../studies/variants/variants.js';
import { context } from '../scenarios/support.js';

const TEXT = `name: a
profile: ACvIW
deployment:
  meters: 10000
  daps: 10
links:
  NAN: { rate: 100 kbit/s, delay: 5 ms }
  WAN: { rate: 1 Mbit/s, delay: 20 ms }
`;
const source = { text: TEXT, file: 'a.yaml' };

function withSettings(settings: readonly string[], text = TEXT): Scenario {
  const own = settings.map((setting) => readSetting(setting, context, '--set'));
  return loadVariant({ name: 'v', source: { text, file: 'a.yaml' }, settings: own }, context);
}

function problems(action: () => unknown): readonly Diagnostic[] {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics;
    throw error;
  }
}

const texts = (text: string) => readValues(text, '--vary').map((one) => one.text);
const keyPath = (text: string) => readKeyPath(text, context, '--vary');

const keys = suite('readKeyPath');

keys('lets a network, a data flow, a key of the deployment and a payload stand for their full path', () => {
  assert.equal(keyPath('NAN.rate'), ['links', 'NAN', 'rate']);
  assert.equal(keyPath('1Ca.delay'), ['links', '1Ca', 'delay']);
  assert.equal(keyPath('all.discipline'), ['links', 'all', 'discipline']);
  assert.equal(keyPath('meters'), ['deployment', 'meters']);
  assert.equal(keyPath('endpointsPerDap'), ['deployment', 'metersPerDap']);
  assert.equal(keyPath('on-demand_Mtr-read_cmd.perDay'), ['payloads', 'on-demand_Mtr-read_cmd', 'perDay']);
});

keys('takes ids of flows with their dots, quoted names and positions of lists', () => {
  const id = '4.10.4.4/Mtr-read_multi-interval-data_resp-data/gas';
  assert.equal(keyPath(`payloads.${id}.size`), ['payloads', id, 'size']);
  assert.equal(keyPath(`payloads."${id}".size`), ['payloads', id, 'size']);
  assert.equal(keyPath('events[2].outage.at'), ['events', 2, 'outage', 'at']);
});

keys('answers an unknown first word with the nearest, and a broken path with what it cannot read', () => {
  assert.is(problems(() => keyPath('metrs'))[0]?.nearest, 'meters');
  assert.is(problems(() => keyPath('NNA.rate'))[0]?.code, 'UNKNOWN_KEY');
  assert.is(problems(() => keyPath('links..rate'))[0]?.code, 'SYNTAX');
  assert.is(problems(() => keyPath('events[x]'))[0]?.code, 'SYNTAX');
});

keys.run();

const values = suite('readValues');

values('gives the unit at the end of a list to the numbers before it', () => {
  assert.equal(texts('20,50, 100 kbit/s'), ['20 kbit/s', '50 kbit/s', '100 kbit/s']);
  assert.equal(texts('10,20%'), ['10%', '20%']);
  assert.equal(texts('500 kbit/s, 1 Mbit/s'), ['500 kbit/s', '1 Mbit/s']);
  assert.equal(texts('baseload,highload'), ['baseload', 'highload']);
  assert.equal(texts('1e3,2.5e-1'), ['1e3', '2.5e-1']);
});

values('leaves commas within brackets and quotes alone', () => {
  assert.equal(texts('[1, 2],[3]'), ['[1, 2]', '[3]']);
  assert.equal(
    readValues('"05:00 - 09:00, 15:00 - 19:00", 24x7', '').map((one) => one.value),
    ['05:00 - 09:00, 15:00 - 19:00', '24x7'],
  );
});

values('steps through ranges with both ends', () => {
  assert.equal(texts('1000..4000:1000'), ['1000', '2000', '3000', '4000']);
  assert.equal(texts('20..100:40 kbit/s'), ['20 kbit/s', '60 kbit/s', '100 kbit/s']);
  assert.equal(texts('0.1..0.3:0.1'), ['0.1', '0.2', '0.3']);
  assert.equal(texts('10..1000:x10 kbit/s'), ['10 kbit/s', '100 kbit/s', '1000 kbit/s']);
  assert.equal(texts('10 kbit/s..30 kbit/s:10 kbit/s').length, 3);
});

values('has every value of a range on the grid and none beyond its end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 50 }),
      (from, more, step) => {
        const got = readValues(`${from}..${from + more}:${step}`, '').map((one) => one.value);
        assert.equal(
          got,
          Array.from({ length: Math.floor(more / step) + 1 }, (_, i) => from + i * step),
        );
      },
    ),
  );
});

values('refuses ranges that never end, have no step, two units or a thousand values, and values twice', () => {
  const code = (text: string) => problems(() => readValues(text, '--vary x'))[0]?.code;
  assert.is(code('10..1:1'), 'OUT_OF_RANGE');
  assert.is(code('1..10:0'), 'OUT_OF_RANGE');
  assert.is(code('1..10:x1'), 'OUT_OF_RANGE');
  assert.is(code('1..1e9:1'), 'OUT_OF_RANGE');
  assert.is(code('1..10'), 'SYNTAX');
  assert.is(code('1 kbit/s..10 Mbit/s:1 kbit/s'), 'SYNTAX');
  assert.is(code('5,5'), 'DUPLICATE');
  assert.is(code('1,,2'), 'SYNTAX');
  assert.is(problems(() => readValue('[1, 2', ''))[0]?.code, 'SYNTAX');
});

values.run();

const variant = suite('loadVariant');

variant('is the scenario of a file that says the same', () => {
  const { hash, set, ...own } = withSettings(['NAN.rate=50 kbit/s', 'load=highload']);
  const {
    hash: other,
    set: none,
    ...edited
  } = loadVariant(
    {
      name: 'v',
      source: { text: `${TEXT.replace('rate: 100 kbit/s', 'rate: 50 kbit/s')}load: highload\n`, file: 'a.yaml' },
      settings: [],
    },
    context,
  );
  assert.equal(own, edited);
  assert.is.not(hash, other);
  assert.equal(set, [
    { key: 'links.NAN.rate', value: '50 kbit/s' },
    { key: 'load', value: 'highload' },
  ]);
  assert.equal(none, []);
});

variant('replaces the other ways to say how large DAPs are', () => {
  const scenario = withSettings(['endpointsPerDap=500']);
  assert.is(scenario.deployment.daps, 20);
  assert.equal(scenario.set[1], { key: 'deployment.daps (deployment.metersPerDap is set)', value: 'left out' });
});

variant('leaves out rate and delay of a link that gets a technology', () => {
  const scenario = withSettings(['NAN.technology=wi-sun-fsk-150', 'NAN.stack=none']);
  assert.is(scenario.links['NAN']?.medium?.technology.name, 'wi-sun-fsk-150');
});

variant('does not share lists between variants of one source', () => {
  const [one] = [readSetting('deployment.dapSizes=[4 x 2500]', context, '--set')];
  const scenarios = [1, 2].map(() => loadVariant({ name: 'v', source, settings: [one] }, context));
  assert.equal(scenarios[0], scenarios[1]);
});

variant('reports problems of a setting at the setting, without a line', () => {
  const at = (setting: string) => {
    const [first] = problems(() => withSettings([setting]));
    return [first?.file, first?.line, first?.path, first?.code, first?.nearest];
  };
  assert.equal(at('NAN.rate=50'), ['--set NAN.rate=50', undefined, 'links.NAN.rate', 'WRONG_UNIT', '50 kbit/s']);
  assert.equal(at('NAN.rat=50 kbit/s'), [
    "--set 'NAN.rat=50 kbit/s'",
    undefined,
    'links.NAN.rat',
    'UNKNOWN_KEY',
    'rate',
  ]);
  assert.equal(at('load=hihgload'), ['--set load=hihgload', undefined, 'load', 'UNKNOWN_NAME', 'highload']);
  assert.equal(at('profile=ACvIX'), ['--set profile=ACvIX', undefined, 'profile', 'UNKNOWN_NAME', 'ACvIW']);
  assert.equal(at('links.NNA.rate=1 kbit/s').slice(0, 4), [
    "--set 'links.NNA.rate=1 kbit/s'",
    undefined,
    'links.NNA',
    'UNKNOWN_NAME',
  ]);
  assert.equal(at('deployment.meters.gas.total=5').slice(0, 4), [
    '--set deployment.meters.gas.total=5',
    undefined,
    'deployment.meters.gas.total',
    'WRONG_TYPE',
  ]);
  assert.is(at('deployment.feeder.capBanks=1e99')[3], 'OUT_OF_RANGE');
});

variant('keeps the lines of what the file says, and names the setting that made it wrong', () => {
  const text = `${TEXT}fallback: { W: IW }\n`;
  const [first] = problems(() => withSettings(['NAN.rate=50 kbit/s'], text));
  assert.is(first?.file, 'a.yaml');
  assert.is(first?.line, 9);
  assert.match(first?.message ?? '', 'with NAN.rate=50 kbit/s');
});

variant('has no way into the prototype', () => {
  assert.ok(problems(() => withSettings(['links.__proto__.rate=1 kbit/s'])).length > 0);
  assert.is(({} as Record<string, unknown>)['rate'], undefined);
});

variant.run();

const grid = suite('gridOf');

grid('has every combination once, the last key fastest', () => {
  const variations = ['NAN.rate=20,50 kbit/s', 'load=baseload,highload'].map((text) =>
    readVariation(text, context, '--vary'),
  );
  assert.equal(
    gridOf(source, 'a', variations).map(({ name }) => name),
    [
      'NAN.rate=20 kbit/s, load=baseload',
      'NAN.rate=20 kbit/s, load=highload',
      'NAN.rate=50 kbit/s, load=baseload',
      'NAN.rate=50 kbit/s, load=highload',
    ],
  );
  assert.equal(gridOf(source, 'a', []), [{ name: 'a', source, settings: [] }]);
});

grid('refuses a key varied twice, by whatever name', () => {
  const variations = ['NAN.rate=20 kbit/s', 'links.NAN.rate=50 kbit/s'].map((text) =>
    readVariation(text, context, '--vary'),
  );
  assert.is(problems(() => gridOf(source, 'a', variations))[0]?.code, 'CONFLICT');
});

grid.run();
