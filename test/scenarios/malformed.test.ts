import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diagnose, places, SIX_LINES } from './support.js';

/** A text with one or more mistakes, and `line:column path CODE nearest` of each. The first four lines are sound. */
type Case = readonly [claim: string, text: string, ...expected: string[]];

const after = (text: string) => SIX_LINES + text;

const YAML: readonly Case[] = [
  ['an empty file', '', '1:1  EMPTY'],
  ['a file of comments', '# nothing\n', '1:1  EMPTY'],
  ['a list instead of a map', '- name: a\n', '1:1  WRONG_TYPE'],
  ['a text instead of a map', 'hello\n', '1:1  WRONG_TYPE'],
  ['a tab', 'name: a\n\tprofile: b\n', '2:1  SYNTAX'],
  ['an open bracket', 'name: [a\n', '2:1  SYNTAX'],
  ['the same key twice', after('name: b\n'), '5:1  DUPLICATE'],
  ['an unknown alias', after('seed: *x\n'), '1:1  SYNTAX'],
];

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`),
];

const KEYS: readonly Case[] = [
  [
    'no keys that are needed',
    'seed: 1\n',
    '1:1 name MISSING_KEY',
    '1:1 deployment MISSING_KEY',
    '1:1 profile MISSING_KEY',
  ],
  ['a misspelt key', after('seeed: 1\n'), '5:1 seeed UNKNOWN_KEY seed'],
  ['a misspelt key inside', after('dsdr: { form: 13:00 }\n'), '5:9 dsdr.form UNKNOWN_KEY from'],
  ['a key at the wrong level', after('meters: 5\n'), '5:1 meters UNKNOWN_KEY'],
  ['an empty name', 'name: ""\nprofile: ACvIW\ndeployment: { meters: 1 }\n', '1:7 name OUT_OF_RANGE'],
  ['a number as a name', 'name: 5\nprofile: ACvIW\ndeployment: { meters: 1 }\n', '1:7 name WRONG_TYPE'],
  ['a map where a list is due', after('events: { outage: { at: 14:00 } }\n'), '5:9 events WRONG_TYPE'],
  ['another version', after('fanplan: 2\n'), '5:10 fanplan WRONG_TYPE'],
  ['no replications', after('replications: 0\n'), '5:15 replications OUT_OF_RANGE'],
  ['half a replication', after('replications: 2.5\n'), '5:15 replications WRONG_TYPE'],
  ['an infinite seed', after('seed: .inf\n'), '5:7 seed WRONG_TYPE'],
];

const NAMES: readonly Case[] = [
  ['an unknown profile', SIX_LINES.replace('ACvIW', 'ACvlW'), '2:10 profile UNKNOWN_NAME ACvIW'],
  ['an unknown load', after('load: highlod\n'), '5:7 load UNKNOWN_NAME highload'],
  ['an unknown use case', after('useCases: [meter-reading, pirce]\n'), '5:27 useCases[1] UNKNOWN_NAME price'],
  ['a use case twice', after('useCases: [price, price]\n'), '5:11 useCases DUPLICATE'],
  ['another word for all', after('useCases: every\n'), '5:11 useCases UNKNOWN_NAME'],
  ['an unknown network', after('links:\n  NNA: { delay: 5 ms }\n'), '6:3 links.NNA UNKNOWN_NAME NAN'],
  ['an unknown payload', after('only: [on-demand_Mtr-red_cmd]\n'), '5:8 only[0] UNKNOWN_NAME on-demand_Mtr-read_cmd'],
  ['an unknown payload to override', after('payloads: { Mtr: { perDay: 1 } }\n'), '5:13 payloads.Mtr UNKNOWN_NAME'],
  ['an unknown missing value', after('missing: { bulkFile: 2 }\n'), '5:12 missing.bulkFile UNKNOWN_NAME bulkFileMB'],
  [
    'an unknown event rate',
    after('eventRates: { lost-powr: 2 }\n'),
    '5:15 eventRates.lost-powr UNKNOWN_NAME lost-power',
  ],
  ['an unknown event', after('events:\n  - outge: { at: 14:00 }\n'), '6:5 events[0].outge UNKNOWN_NAME outage'],
  ['an unknown choice', after('choices: { fcir: dms }\n'), '5:12 choices.fcir UNKNOWN_NAME'],
  ['an unknown alternative', after('choices: { fcir-control: dns }\n'), '5:26 choices.fcir-control UNKNOWN_NAME dms'],
  ['an unknown zone', after('timeZone: Asia/Calcuta\n'), '5:11 timeZone UNKNOWN_NAME Asia/Calcutta'],
  ['an unknown backhaul', after('backhaul: { WI: 100% }\n'), '5:13 backhaul.WI UNKNOWN_KEY W'],
];

const QUANTITIES: readonly Case[] = [
  ['a rate without unit', after('links: { NAN: { rate: 100 } }\n'), '5:23 links.NAN.rate WRONG_UNIT 100 kbit/s'],
  [
    'a size without unit for all links',
    after('links: { all: { overhead: 60 } }\n'),
    '5:27 links.all.overhead WRONG_UNIT 60 B',
  ],
  ['a delay in bytes', after('links: { NAN: { delay: 5 B } }\n'), '5:24 links.NAN.delay WRONG_UNIT'],
  ['a delay in kilograms', after('links: { NAN: { delay: 5 kg } }\n'), '5:24 links.NAN.delay WRONG_UNIT'],
  ['no rate at all', after('links: { NAN: { rate: 0 bit/s } }\n'), '5:23 links.NAN.rate OUT_OF_RANGE'],
  ['an empty pair of rates', after('links: { NAN: { rate: {} } }\n'), '5:23 links.NAN.rate MISSING_KEY'],
  ['a list as a rate', after('links: { NAN: { rate: [1] } }\n'), '5:23 links.NAN.rate WRONG_TYPE'],
  [
    'a share above one',
    after('events:\n  - outage: { at: 14:00, share: 20 }\n'),
    '6:33 events[0].outage.share OUT_OF_RANGE 20%',
  ],
  ['a negative time', after('duration: -1 day\n'), '5:11 duration OUT_OF_RANGE'],
  ['a run of ten years', after('duration: 10 years\n'), '5:11 duration OUT_OF_RANGE'],
  ['half a day of warm-up', after('warmUp: 36 hr\n'), '5:9 warmUp OUT_OF_RANGE 2 days'],
  ['an endless number', after('missing: { stepsPerFault: 1e999 }\n'), '5:27 missing.stepsPerFault WRONG_TYPE'],
  ['shares that do not add up', after('backhaul: { W: 40%, IW: 50% }\n'), '5:11 backhaul CONFLICT'],
  [
    'a window that is none',
    after('payloads: { on-demand_Mtr-read_cmd: { when: noon } }\n'),
    '5:45 payloads.on-demand_Mtr-read_cmd.when SYNTAX',
  ],
];

const COUNTS: readonly Case[] = [
  [
    'neither meters nor feeders',
    'name: a\nprofile: ACvIW\ndeployment: { daps: 2 }\n',
    '3:13 deployment.meters MISSING_KEY',
  ],
  ['thousands apart', SIX_LINES.replace('10000', '10,000'), '4:11 deployment.meters SYNTAX 10000'],
  ['a negative count', SIX_LINES.replace('10000', '-5'), '4:11 deployment.meters OUT_OF_RANGE'],
  ['more meters than people', SIX_LINES.replace('10000', '1e10'), '4:11 deployment.meters OUT_OF_RANGE'],
  ['no number', SIX_LINES.replace('10000', '.nan'), '4:11 deployment.meters WRONG_TYPE'],
  ['division by zero', after('  feeders: 1 / 0\n'), '5:12 deployment.feeders OUT_OF_RANGE'],
  ['an unknown count', after('  feeders: substation * 4\n'), '5:12 deployment.feeders UNKNOWN_NAME substations'],
  ['a function that is not allowed', after('  feeders: zeros(1e9)\n'), '5:12 deployment.feeders UNKNOWN_NAME'],
  [
    'counts in a circle',
    after('  feeders: substations * 4\n  substations: feeders / 4\n'),
    '5:12 deployment.feeders CONFLICT',
  ],
  ['a count of itself', after('  feeders: feeders + 1\n'), '5:12 deployment.feeders CONFLICT'],
  [
    'more parts than meters',
    SIX_LINES.replace('10000', '{ electric: { total: 10, residential: 8, commercial: 3 } }'),
    '4:49 deployment.meters.electric.residential CONFLICT',
  ],
  ['DAPs counted twice', after('  daps: 4\n  metersPerDap: 100\n'), '5:9 deployment.daps CONFLICT'],
  ['DAPs of another total', after('  dapSizes: [9 x 1000, 999]\n'), '5:13 deployment.dapSizes CONFLICT'],
  ['a DAP of a strange size', after('  dapSizes: [many]\n'), '5:14 deployment.dapSizes[0] SYNTAX'],
  ['meters without DAP', after('  daps: 0\n'), '5:9 deployment.daps CONFLICT'],
  ['feeders without substation', after('  substations: 0\n'), '5:16 deployment.substations CONFLICT'],
  [
    'devices counted twice',
    after('  feeder: { sensors: 9 }\n  perFeeder: { sensors: 1 }\n'),
    '6:25 deployment.perFeeder.sensors CONFLICT',
  ],
  [
    'more fault detectors than sensors',
    after('  perFeeder: { sensors: 1, faultDetectors: 2 }\n'),
    '5:44 deployment.perFeeder.faultDetectors CONFLICT',
  ],
  ['a share above one', after('  programmes: { tou: 20 }\n'), '5:22 deployment.programmes.tou OUT_OF_RANGE 20%'],
  ['more premises than meters', after('  han: { premises: 10001 }\n'), '5:20 deployment.han.premises CONFLICT'],
];

const TIMES: readonly Case[] = [
  ['a date that does not exist', after('start: 2026-02-30\n'), '5:8 start OUT_OF_RANGE'],
  ['a date in another notation', after('start: 15.7.2026\n'), '5:8 start SYNTAX'],
  [
    'a start that clocks skip',
    after('start: 2026-03-08 02:30\ntimeZone: America/New_York\n'),
    '5:8 start OUT_OF_RANGE 2026-03-08 03:30',
  ],
  ['an hour that does not exist', after('dsdr: { from: 25:00 }\n'), '5:15 dsdr.from OUT_OF_RANGE'],
  ['an event without time', after('events:\n  - outage: { share: 5% }\n'), '6:13 events[0].outage.at MISSING_KEY'],
  [
    'an event beside its settings without time',
    after('events:\n  - event: lost-power\n'),
    '6:5 events[0].at MISSING_KEY',
  ],
  [
    'an event after the end',
    after('events:\n  - outage: { at: 2026-08-01 }\n'),
    '6:19 events[0].outage.at OUT_OF_RANGE',
  ],
  [
    'an event before the start',
    after('events:\n  - outage: { at: 2026-07-14 }\n'),
    '6:19 events[0].outage.at OUT_OF_RANGE',
  ],
  [
    'two events in one item',
    after('events:\n  - outage: { at: 14:00 }\n    lost-power: { at: 14:00 }\n'),
    '6:5 events[0] CONFLICT',
  ],
  ['settings of no event', after('events:\n  - at: 14:00\n'), '6:5 events[0] MISSING_KEY'],
  [
    'two events of one name',
    after('events:\n  - outage: { at: 14:00, name: a }\n  - outage: { at: 15:00, name: a }\n'),
    '7:5 events[1] DUPLICATE',
  ],
];

for (const [title, cases] of Object.entries({ YAML, KEYS, NAMES, QUANTITIES, COUNTS, TIMES })) {
  const malformed = suite(`malformed scenarios: ${title.toLowerCase()}`);
  for (const [claim, text, ...expected] of cases) {
    malformed(claim, () => {
      assert.equal(places(text), expected);
    });
  }
  malformed.run();
}

const whole = suite('malformed scenarios');

whole('an alias bomb is an error, not a pause', () => {
  const [only] = diagnose(`${bomb.join('\n')}\n`);
  assert.is(only?.code, 'SYNTAX');
  assert.match(only!.message, /alias/i);
});

whole('a text of more than a megabyte is refused', () => {
  assert.equal(
    diagnose(`# ${'x'.repeat(1_000_000)}\n`).map((d) => d.code),
    ['OUT_OF_RANGE'],
  );
});

whole('all mistakes come at once, in the order of the file', () => {
  const text = after(
    [
      'load: highlod',
      'links:',
      '  NNA: { rate: 5 }',
      '  NAN: { rate: 100, delay: 5 B }',
      'start: 2026-02-30',
      'duration: 1 foo',
      'useCases: [meter-readin]',
      'events:',
      '  - outage: { at: 25:00, share: 20 }',
      '',
    ].join('\n'),
  );
  assert.equal(places(text), [
    '5:7 load UNKNOWN_NAME highload',
    '7:3 links.NNA UNKNOWN_NAME NAN',
    '8:16 links.NAN.rate WRONG_UNIT 100 kbit/s',
    '8:28 links.NAN.delay WRONG_UNIT',
    '9:8 start OUT_OF_RANGE',
    '10:11 duration WRONG_UNIT',
    '11:12 useCases[0] UNKNOWN_NAME meter-reading',
    '13:19 events[0].outage.at OUT_OF_RANGE',
    '13:33 events[0].outage.share OUT_OF_RANGE 20%',
  ]);
});

whole('what is allowed is said in words', () => {
  const [only] = diagnose(after('links: { NAN: { rate: 100 } }\n'));
  assert.is(only!.message, 'a rate needs a unit');
  assert.is(only!.found, '100');
  assert.match(only!.allowed!, /100 kbit\/s/);
});

whole('prototype keys are unknown keys', () => {
  assert.equal(places(after('missing: { constructor: 1 }\n')), ['5:12 missing.constructor UNKNOWN_NAME']);
  assert.equal(places(after('links: { __proto__: {} }\n')), ['5:10 links.__proto__ UNKNOWN_NAME']);
});

whole.run();
