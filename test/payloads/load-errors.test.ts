import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { catalogueOf, loadCatalogue } from '../../payloads/load.js';
import { ACTORS, files, row, useCase } from './small-catalogue.js';

/** `file:line path CODE (nearest)` of each problem. */
function problems(texts: Readonly<Record<string, string>>): string[] {
  try {
    catalogueOf(texts, { actors: ACTORS });
  } catch (error) {
    assert.instance(error, InputError, String(error));
    return (error as InputError).diagnostics.map(({ file, line, path, code, nearest }) =>
      `${file}:${line ?? ''} ${path} ${code}${nearest === undefined ? '' : ` (${nearest})`}`.replace(
        'scenarios[0].',
        '',
      ),
    );
  }
  return [];
}

const ROW = 11; // the line of the first row; its cells begin four lines later, in the order baseload, highload, from, …
const CELL = { from: ROW + 6, to: ROW + 7, latency: ROW + 9, when: ROW + 10, howOften: ROW + 11, size: ROW + 12 };
const MORE = ROW + 13; // what follows the cells

const schema = suite('a file that does not fit the schema');

const BAD_FILES: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
  ['is not YAML', { 'reading.yaml': 'catalogue: [1\n' }, ['reading.yaml:2  SYNTAX']],
  ['is empty', { 'reading.yaml': '' }, ['reading.yaml:1  EMPTY']],
  [
    'has an unknown key',
    { 'reading.yaml': useCase([row('a_cmd', {}, ['reading: [x]'])]) },
    [`reading.yaml:${MORE} rows[0].reading UNKNOWN_KEY (readings)`],
  ],
  [
    'has an unknown cell',
    { 'reading.yaml': useCase([row('a_cmd')]).replace('latency:', 'latencie:') },
    [`reading.yaml:${CELL.latency} rows[0].cells.latencie UNKNOWN_KEY (latency)`],
  ],
  [
    'has a type that is none',
    { 'reading.yaml': useCase([row('a_cmd').replace('type: cmd', 'type: command')]) },
    [`reading.yaml:${ROW + 1} rows[0].type UNKNOWN_NAME`],
  ],
  [
    'has a section that is a number',
    { 'reading.yaml': useCase([row('a_cmd')]).replace('section: "4.1"', 'section: 4.10') },
    ['reading.yaml:4 useCase.section WRONG_TYPE'],
  ],
  [
    'lacks the use case',
    { 'reading.yaml': 'catalogue: 1\nsystem: T\nsource: none\n' },
    ['reading.yaml:1 useCase MISSING_KEY'],
  ],
  [
    'is of another version',
    { 'reading.yaml': useCase([row('a_cmd')]).replace('catalogue: 1', 'catalogue: 2') },
    ['reading.yaml:1 catalogue WRONG_TYPE'],
  ],
  [
    'has a list with a wrong entry',
    { 'missing.yaml': '- { name: a, value: [many], unit: MB, reason: b }\n' },
    ['missing.yaml:1 [0].value WRONG_TYPE'],
  ],
  [
    'has a negative rate',
    { 'events.yaml': '- { name: a, scope: device, perYear: -1, source: b }\n' },
    ['events.yaml:1 [0].perYear OUT_OF_RANGE'],
  ],
  [
    'has a share that is none',
    { 'reading.yaml': useCase([row('a_cmd', {}, ['answers: { to: b, share: 2 }'])]) },
    [`reading.yaml:${MORE} rows[0].answers.share OUT_OF_RANGE`],
  ],
];

for (const [title, texts, expected] of BAD_FILES) {
  schema(title, () => assert.equal(problems(files([row('a_cmd')], texts)), expected));
}

schema('is reported with the problems of the rows of other files', () => {
  const other = useCase([row('b_cmd', { latency: 'soon' })]).replace('id: reading', 'id: other');
  const found = problems(files([row('a_cmd', {}, ['colour: red'])], { 'other.yaml': other }));
  assert.equal(found, [
    `reading.yaml:${MORE} rows[0].colour UNKNOWN_KEY`,
    `other.yaml:${CELL.latency} rows[0].cells.latency SYNTAX`,
  ]);
});

schema('is missed when it is not there', () => {
  const { 'events.yaml': _, ...texts } = files([row('a_cmd')]);
  assert.equal(problems(texts), ['events.yaml:  NOT_FOUND']);
  assert.throws(
    () => loadCatalogue('no-such-folder'),
    (error: Error) => error instanceof InputError,
  );
});

schema.run();

const rows = suite('a row');

const BAD_ROWS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'with a how-often that is none',
    row('a', { howOften: '1 per ElectrMtr | day' }),
    [`${CELL.howOften} rows[0].cells.howOften SYNTAX`],
  ],
  ['with a latency that is none', row('a', { latency: '5 sec' }), [`${CELL.latency} rows[0].cells.latency SYNTAX`]],
  ['with a window that is none', row('a', { when: '25x8' }), [`${CELL.when} rows[0].cells.when SYNTAX`]],
  ['with a size that is none', row('a', { size: 'big' }), [`${CELL.size} rows[0].cells.size SYNTAX`]],
  ['with an empty actor', row('a', { from: 'MDMS,' }), [`${CELL.from} rows[0].cells.from SYNTAX`]],
  [
    'with an unknown population',
    row('a', { howOften: '1 per | ElectricMtr per | day' }),
    [`${CELL.howOften} rows[0].cells.howOften UNKNOWN_NAME (ElectrMtr)`],
  ],
  [
    'with an unknown event',
    row('a', { howOften: '1 per | DAPjm per | lost-pwr-event' }),
    [`${CELL.howOften} rows[0].cells.howOften UNKNOWN_NAME (lost-power-event)`],
  ],
  ['with an unknown actor', row('a', { to: 'Metre' }), [`${CELL.to} rows[0].cells.to UNKNOWN_NAME (Meter)`]],
  [
    'with alternatives and no flows',
    row('a', { latency: '< 1 min,< 2 min' }),
    [`${CELL.latency} rows[0].cells.latency CONFLICT`],
  ],
  ['with groups of actors and no flows', row('a', { to: 'Meter,DAPjm' }), [`${CELL.to} rows[0].cells.to CONFLICT`]],
  [
    'with a cell that refers elsewhere and no flows',
    row('a', { howOften: 'See REQMTS Table' }),
    [`${CELL.howOften} rows[0].cells.howOften CONFLICT`],
  ],
  ['with a symbol that has no name', row('a', { size: 'xMB' }), [`${ROW} rows[0].missing.xMB MISSING_KEY`]],
  [
    'with a symbol of an unknown name',
    row('a', { size: 'xMB' }, ['missing: { xMB: bulkFilesMB }']),
    [`${MORE} rows[0].missing.xMB UNKNOWN_NAME (bulkFileMB)`],
  ],
  [
    'that multiplies two symbols',
    row('a', { howOften: 'x per | DAPjm per | z per day' }, ['missing: { x: reads, z: reads }']),
    [`${CELL.howOften} rows[0].cells.howOften CONFLICT`],
  ],
  [
    'with a DSDR window in the routine mode',
    row('a', { when: '1-6 hr duration, 4-8 times a year' }),
    [`${CELL.when} rows[0].cells.when CONFLICT`],
  ],
  [
    'with an alias and no reading',
    row('a', { howOften: '1 per | ElecMtr per | day' }),
    [`${ROW} rows[0].reading MISSING_KEY`],
  ],
  [
    'with another rate than its event and no reading',
    row('a', { howOften: '1 per | DAPjm per | TOU price event - 12 per year' }),
    [`${ROW} rows[0].reading MISSING_KEY`],
  ],
  [
    'that answers nothing known',
    row('a', {}, ['answers: { to: read_cmds, share: each }']),
    [`${MORE} rows[0].answers.to UNKNOWN_NAME`],
  ],
  ['that answers itself', row('a', {}, ['answers: { to: a, share: each }']), [`${MORE} rows[0].answers.to CONFLICT`]],
  [
    'that copies nothing known',
    row('a', {}, ['copyOf: 4.1.4.2/a']),
    [`${MORE} rows[0].copyOf UNKNOWN_NAME (4.1.4.1/a)`],
  ],
  [
    'that is its own copy with answers',
    row('a', {}, ['copyOf: 4.1.4.1/a', 'answers: { to: a, share: each }']),
    [`${MORE} rows[0].copyOf UNKNOWN_NAME (4.1.4.1/a)`, `${MORE + 1} rows[0].answers CONFLICT`],
  ],
  ['that stands twice', [row('a'), row('a')].join('\n'), [`${MORE} rows[1].payload DUPLICATE`]],
];

for (const [title, text, expected] of BAD_ROWS) {
  rows(title, () =>
    assert.equal(
      problems(files([text])),
      expected.map((place) => `reading.yaml:${place}`),
    ),
  );
}

rows('without a cell', () => {
  const text = useCase([row('a')]).replace(/\n.*howOften.*/, '');
  assert.equal(problems(files([], { 'reading.yaml': text })), [
    `reading.yaml:${ROW + 4} rows[0].cells.howOften MISSING_KEY`,
  ]);
});

rows('shows all of its problems at once, in the order of the lines', () => {
  const found = problems(
    files([row('a', { from: 'MDSM', latency: 'soon', size: '50 bytes' }), row('b', { when: 'never' })]),
  );
  assert.equal(found, [
    `reading.yaml:${CELL.from} rows[0].cells.from UNKNOWN_NAME (MDMS)`,
    `reading.yaml:${CELL.latency} rows[0].cells.latency SYNTAX`,
    `reading.yaml:${CELL.size} rows[0].cells.size SYNTAX`,
    `reading.yaml:${CELL.when + 13} rows[1].cells.when SYNTAX`,
  ]);
});

rows('says at which character a cell goes wrong', () => {
  try {
    catalogueOf(files([row('a', { latency: '< 5 parsec' })]));
    assert.unreachable();
  } catch (error) {
    const [problem] = (error as InputError).diagnostics;
    assert.is(problem!.message, 'expected sec, min, hour, day, week, month or year at character 5, found "parsec"');
    assert.is(problem!.found, '< 5 parsec');
  }
});

rows.run();

const flows = suite('a flow');

const two = { latency: '< 1 min,< 2 min' };
const BAD_FLOWS: readonly (readonly [string, Record<string, string>, readonly string[], readonly string[]])[] = [
  ['that inherits alternatives', two, ['flows: [{ label: a }]'], [`${CELL.latency} rows[0].cells.latency CONFLICT`]],
  [
    'that states two alternatives',
    two,
    ['flows: [{ latency: "< 1 min,< 2 min" }]'],
    [`${MORE} rows[0].flows[0].latency CONFLICT`],
  ],
  [
    'that states what the cell does not hold',
    two,
    ['flows: [{ latency: < 3 min }]'],
    [`${MORE} rows[0].flows[0].reading MISSING_KEY`],
  ],
  [
    'that leaves an alternative to nobody',
    two,
    ['flows: [{ latency: < 1 min }]'],
    [`${CELL.latency} rows[0].cells.latency CONFLICT`],
  ],
  [
    'that leaves an actor to nobody',
    { to: 'Meter,NMS' },
    ['flows: [{ to: [NMS] }]'],
    [`${CELL.to} rows[0].cells.to CONFLICT`],
  ],
  [
    'that goes to whom the cell does not name',
    {},
    ['flows: [{ to: [Meter, NMS] }]'],
    [`${MORE} rows[0].flows[0].reading MISSING_KEY`],
  ],
  [
    'for a load that is not marked',
    { baseload: '0' },
    ['flows: [{ loads: [baseload] }]'],
    [`${MORE} rows[0].flows[0].reading MISSING_KEY`],
  ],
  ['without a label beside another', {}, ['flows: [{ label: a }, {}]'], [`${MORE} rows[0].flows[1].label MISSING_KEY`]],
  [
    'with the label of another',
    {},
    ['flows: [{ label: a }, { label: a }]'],
    [`${MORE} rows[0].flows[1].label DUPLICATE`],
  ],
  ['with an event and a period', {}, ['flows: [{ event: lost-power }]'], [`${MORE} rows[0].flows[0].event CONFLICT`]],
  [
    'with an unknown event',
    { howOften: '1 per | DAPjm per | storm' },
    ['flows: [{ event: lost-powr }]'],
    [`${MORE} rows[0].flows[0].event UNKNOWN_NAME (lost-power)`],
  ],
  [
    'with an unknown actor',
    {},
    ['flows: [{ to: [Meters], reading: r }]'],
    [`${MORE} rows[0].flows[0].to[0] UNKNOWN_NAME (Meter)`],
  ],
  [
    'with a symbol that no cell has',
    {},
    ['flows: [{ missing: { x: reads } }]'],
    [`${MORE} rows[0].flows[0].missing.x UNKNOWN_KEY`],
  ],
  ['with a how-often that is none', {}, ['flows: [{ howOften: daily }]'], [`${MORE} rows[0].flows[0].howOften SYNTAX`]],
];

for (const [title, cells, more, expected] of BAD_FLOWS) {
  flows(title, () =>
    assert.equal(
      problems(files([row('a', cells, more)])),
      expected.map((place) => `reading.yaml:${place}`),
    ),
  );
}

flows('that answers one of several needs to say which', () => {
  const command = row('a', { to: 'Meter,DAPjm' }, [
    'flows: [{ label: near, to: [Meter] }, { label: far, to: [DAPjm] }]',
  ]);
  const answer = row('b', {}, ['answers: { to: a, share: each }']);
  assert.equal(problems(files([command, answer])), [`reading.yaml:${MORE + 1 + 13} rows[1].answers.to CONFLICT`]);
});

flows('whose answers go round in a circle are all named', () => {
  const found = problems(
    files([row('a', {}, ['answers: { to: b, share: each }']), row('b', {}, ['answers: { to: a, share: each }'])]),
  );
  assert.equal(found, [
    `reading.yaml:${MORE} rows[0].answers.to CONFLICT`,
    `reading.yaml:${MORE + 14} rows[1].answers.to CONFLICT`,
  ]);
});

flows('that answers a broken one is not blamed for it', () => {
  const found = problems(files([row('a', { latency: 'soon' }), row('b', {}, ['answers: { to: a, share: each }'])]));
  assert.equal(found, [`reading.yaml:${CELL.latency} rows[0].cells.latency SYNTAX`]);
});

flows.run();

const lists = suite('a list');

lists('with a name or alias twice', () => {
  const events =
    '- { name: a, aliases: [x], scope: device, perYear: 1, source: s }\n- { name: b, aliases: [X], scope: device, perYear: 1, source: s }\n- { name: a, scope: device, perYear: 1, source: s }\n';
  assert.equal(problems(files([row('a_cmd')], { 'events.yaml': events })), [
    'events.yaml:2 [1].aliases[0] DUPLICATE',
    'events.yaml:3 [2].name DUPLICATE',
  ]);
});

lists('that names an unknown use case or actor', () => {
  const mappings =
    'distributionAutomation: [{ scenario: Alarm, useCases: [readng] }]\nupdateMethods: []\nactorAliases: { Field Tools: Feld Tool }\n';
  assert.equal(problems(files([row('a_cmd')], { 'mappings.yaml': mappings })), [
    'mappings.yaml:1 distributionAutomation[0].useCases[0] UNKNOWN_NAME (reading)',
    'mappings.yaml:3 actorAliases.Field Tools UNKNOWN_NAME (Field Tool)',
  ]);
});

lists('of use cases with one id twice, or an unknown prerequisite', () => {
  const again = useCase([row('b_cmd')]).replace('prerequisites: []', 'prerequisites: [meter-readin, reading]');
  assert.equal(problems(files([row('a_cmd')], { 'again.yaml': again })).slice(0, 2), [
    'again.yaml:4 useCase.id DUPLICATE',
    'again.yaml:4 useCase.prerequisites[0] UNKNOWN_NAME',
  ]);
});

lists('of payloads, one of which has no table and no type', () => {
  const text = useCase([row('a_cmd')], '  other: { lics: 7, section: "4.1.3" }');
  assert.equal(problems(files([], { 'reading.yaml': text })), ['reading.yaml:6 payloads.other.type MISSING_KEY']);
});

lists.run();
