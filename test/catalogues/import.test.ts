import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvFormatRows, csvParseRows, dsvFormat } from 'd3-dsv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { packageRoot } from '../../base/files.js';
import { CELL_NAMES } from '../../payloads/schema.js';
import type { CatalogueFlow } from '../../payloads/types.js';
import { compile, loadScenario } from '../../pipeline.js';
import { REQUIREMENT_COLUMNS } from '../../scenarios/import/columns.js';
import { importRequirements } from '../../scenarios/import/import.js';
import { letters } from '../../scenarios/import/places.js';
import { workbookOf } from '../../scripts/workbook.js';
import { fanplan } from '../cli/support.js';

const samples = join(packageRoot, 'payloads', 'samples');
const rowsOf = (name: string) => csvParseRows(readFileSync(join(samples, name), 'utf8'));
const table = rowsOf('requirements.csv');
const payloadTable = rowsOf('payload-attributes.csv');
const columnOf = (key: keyof typeof REQUIREMENT_COLUMNS) => table[0]!.indexOf(REQUIREMENT_COLUMNS[key].title);
const rowOf = (ref: string) => table.find((row) => row[0] === ref)!;
const folder = mkdtempSync(join(tmpdir(), 'fanplan-import-'));
const SHEET = 'Reqmnts-Combined';
const PAYLOADS = 'Payload_attrib_LIC-CIA-rtnl';

const imported = await importRequirements(join(samples, 'requirements.xlsx'), 'sample');
const flows = imported.catalogue.rows.flatMap((row) => row.flows);
const flow = (id: string): CatalogueFlow => flows.find((one) => one.id.startsWith(`sample/${id}/`))!;

const sample = suite('import of the sample workbook');

sample('the workbook is what the script makes of the two files beside it', async () => {
  const made = await workbookOf([
    [SHEET, table],
    [PAYLOADS, payloadTable],
  ]);
  assert.ok(Buffer.from(made).equals(readFileSync(join(samples, 'requirements.xlsx'))), 'npm run sample-workbook');
});

sample('is row for row: every cell of every row stands in the catalogue as in the sheet', () => {
  assert.equal(imported.problems, []);
  assert.is(imported.parents + imported.children, table.length - 1);
  const rows = imported.catalogue.rows;
  for (const line of table.slice(1)) {
    const ref = line[0]!;
    const row = rows.find(({ note }) => note?.startsWith(`${ref}:`))!;
    assert.is(row.payload, line[columnOf('payload')], ref);
    assert.is(row.type, line[columnOf('type')]);
    for (const name of CELL_NAMES) {
      const text = line[columnOf(name)]!;
      if (text !== '') assert.is(row.cells![name], text, `${ref} ${name}`);
    }
  }
});

sample('exercises every form that the grammars know', () => {
  assert.equal(flow('S-1').howOften.perThousand, true);
  assert.equal(flow('S-2').howOften.times, { least: 4, most: 6 });
  assert.is(flow('S-2').reliability.tiers.length, 3);
  assert.equal(flow('S-2').size.sizeB, { least: 1600, most: 2400 });
  const status = flows.filter(({ id }) => id.startsWith('sample/S-3/'));
  assert.equal(
    status.map(({ latency, size, howOften }) => [latency.text, size.text, howOften.times]),
    [
      ['20 min - < 4 hr', '200', { least: 1, most: 1 }],
      ['< 1 hr', '25k - 50k', { least: 2, most: 4 }],
    ],
  );
  assert.is(status[0]!.when.kind, 'daily');
  assert.is(flow('S-4').howOften.event, 'lost-power');
  assert.equal(
    flow('S-4').reliability.tiers.map(({ condition }) => condition),
    ['large outage', 'small outage'],
  );
  assert.is(flow('S-5').howOften.occasion, 'firmware update');
  assert.is(flow('S-5').latency.perDevices, 100_000);
  assert.equal(flow('S-6').size.sizeB, { missing: 'S-6-xMB' });
  assert.equal(flow('S-6').howOften.times, { missing: 'S-6-x' });
  assert.is(flow('S-7').when.kind, 'deadline');
  assert.is(flows.find(({ id }) => id === 'sample/S-8/sample_sensor_resp-data/term-2')!.mode, 'dsdr');
  assert.equal(flow('S-9').howOften.multiplier, { least: 2, most: 4 });
  assert.equal(flow('S-9').from, ['2-Way Meter - Electr']);
  assert.equal(flow('S-9').to, ['MDMS', 'NMS']);
  assert.equal(flow('S-10').howOften.statedRate?.times, { least: 4, most: 4 });
  assert.equal(flow('S-10').from, ['LMS - Utility', 'DSM - Utility']);
  assert.equal(imported.withoutRate, ['S-11']);
});

sample('child rows are kept and send nothing of their own', () => {
  const children = imported.catalogue.rows.filter(({ section, origin }) => section === 'S-1' && origin === 'detail');
  assert.equal(
    children.map(({ cells }) => `${cells!.from} > ${cells!.to}: ${cells!.latency}, ${cells!.reliability}`),
    [
      'CIS/Billing - Utility > AMI Head-End(j): < 2 sec, > 99.5%',
      'AMI Head-End(j) > DAPjm: < 5 sec, > 99.5%',
      'DAPjm > 2-Way Meter - Electr: < 5 sec, > 99%',
    ],
  );
  assert.ok(children.every((row) => row.flows.length === 0));
});

sample('the sheet as CSV gives the same catalogue but for what only the workbook has', async () => {
  const csv = await importRequirements(join(samples, 'requirements.csv'), 'sample');
  const plain = (rows: typeof imported.catalogue.rows) => rows.map(({ lics, cia, attributes, ...row }) => row);
  assert.equal(plain(csv.catalogue.rows), plain(imported.catalogue.rows));
});

sample(
  'cells may be separated by semicolons or tabs, and the text be UTF-16, as office programs write it',
  async () => {
    const text = readFileSync(join(samples, 'requirements.csv'), 'utf8');
    const plain = await importRequirements(join(samples, 'requirements.csv'), 'sample');
    const written = (name: string, separator: string, encoding: 'utf8' | 'utf16le') => {
      const file = join(folder, name);
      writeFileSync(file, `\uFEFF${dsvFormat(separator).formatRows(csvParseRows(text))}`, encoding);
      return importRequirements(file, 'sample');
    };
    for (const other of [await written('semicolons.csv', ';', 'utf8'), await written('tabs.csv', '\t', 'utf16le')]) {
      assert.equal(other.problems, []);
      const rowsOnly = ({ catalogue }: typeof plain) => catalogue.rows.map((row) => ({ ...row, note: '', source: '' }));
      assert.equal(rowsOnly(other), rowsOnly(plain));
    }
  },
);

sample('a column without a title is named when something stands in it', async () => {
  const file = join(folder, 'stray.csv');
  writeFileSync(file, csvFormatRows(table.map((row, r) => (r === 3 ? [...row, '', 'stray'] : row))));
  const { ignored, problems } = await importRequirements(file, 'sample');
  assert.equal([ignored, problems], [['S (without a title)'], []]);
});

sample('runs: import, name it in a scenario, compile', () => {
  const { code, out, err } = fanplan(['import', join(samples, 'requirements.xlsx'), '-o', join(folder, 'imported')]);
  assert.is(code, 0, err);
  assert.match(out, /11 parent rows and 3 child rows/);
  const text =
    'name: a\ncatalogues: [./imported]\nprofile: ACvIW+DCSIRsF\nload: highload\ndeployment: { meters: 1000, feeders: 4 }\n';
  const plan = compile(loadScenario({ text, file: join(folder, 's.yaml') }));
  assert.ok(plan.flows.catalogueFlow.includes('imported/S-1/sample_on-demand-read_cmd'));
  assert.ok(plan.flows.catalogueFlow.includes('imported/S-8/sample_sensor_resp-data/term-2'));
  assert.match(fanplan(['import', join(samples, 'requirements.csv'), '-o', join(folder, 'imported')]).err, /--force/);
});

/** A copy of a good row with one cell changed, and the problem that is expected there. */
type Damage = readonly [
  ref: string,
  column: keyof typeof REQUIREMENT_COLUMNS,
  text: string | Date,
  code: string,
  nearest?: string,
];

const DAMAGES: readonly Damage[] = [
  ['S-2', 'rowType', '', 'MISSING_KEY'],
  ['S-2', 'rowType', 'Q', 'UNKNOWN_NAME'],
  ['S-2', 'ref', '', 'MISSING_KEY'],
  ['S-2', 'ref', 'S-2', 'DUPLICATE'],
  ['S-2', 'ref', 'S 2/b', 'SYNTAX'],
  ['S-2', 'dataFlow', '1Ca +', 'SYNTAX'],
  ['S-2', 'dataFlow', '1Cz', 'UNKNOWN_NAME', '1Ca'],
  ['S-2', 'from', 'MDM', 'UNKNOWN_NAME', 'MDMS'],
  ['S-2', 'from', '', 'MISSING_KEY'],
  ['S-2', 'to', 'OMS,,NMS', 'SYNTAX'],
  ['S-2', 'payload', '', 'MISSING_KEY'],
  ['S-2', 'payload', 'two words', 'SYNTAX'],
  ['S-2', 'type', 'resp_dat', 'UNKNOWN_NAME', 'resp-data'],
  ['S-2', 'type', '', 'MISSING_KEY'],
  ['S-2', 'when', '25x8', 'SYNTAX'],
  ['S-2', 'when', '7AM - 25PM', 'SYNTAX'],
  ['S-7', 'when', 'within < 3 min of fault evnt', 'UNKNOWN_NAME', 'fault event'],
  ['S-2', 'howOften', '25 per 1000 ElectrMtr day', 'SYNTAX'],
  ['S-2', 'howOften', '6-4 per | ElectrMtr per | day', 'SYNTAX'],
  ['S-2', 'howOften', '6 per | ElectricMtr per | day', 'UNKNOWN_NAME', 'ElectrMtr'],
  ['S-4', 'howOften', '1 per | ElectrMtr per | lost-powr-event', 'UNKNOWN_NAME', 'lost-power-event'],
  ['S-2', 'reliability', '120%', 'SYNTAX'],
  ['S-2', 'reliability', 'high', 'SYNTAX'],
  ['S-2', 'latency', '4 hr', 'SYNTAX'],
  ['S-2', 'latency', '< 4 parsec', 'SYNTAX'],
  ['S-2', 'size', 'big', 'SYNTAX'],
  ['S-2', 'size', '50k - 25k', 'SYNTAX'],
  ['S-2', 'size', new Date('2024-05-01T00:00:00Z'), 'WRONG_TYPE'],
  ['S-2', 'highload', 'Y', 'SYNTAX'],
];

/** Sets with children: changes of rows by reference, and the problem expected at a cell of the parent or a child. */
const SETS: readonly (readonly [
  Record<string, Record<string, string>>,
  string,
  keyof typeof REQUIREMENT_COLUMNS,
  RegExp,
])[] = [
  [{ 'S-1': { latency: '< 11 sec' } }, 'S-1', 'latency', /CIS\/Billing - Utility > .* add up to 12 s/],
  [{ 'S-1': { reliability: '> 98.2%' } }, 'S-1', 'reliability', /multiply to 98\.0125%/],
  [{ 'S-1.2': { to: 'NMS' } }, 'S-1', 'to', /make no path/],
  [{ 'S-1.3': { payload: 'nobodys_cmd' } }, 'S-1.3', 'payload', /no parent row/],
];

const damaged = suite('import of a damaged workbook');

/** All damages in one sheet, below the good rows, and where each is expected. */
const lines: (string | Date)[][] = [...table];
const expected: string[] = [];
DAMAGES.forEach(([ref, key, text, code, nearest], i) => {
  const line: (string | Date)[] = [...rowOf(ref)];
  line[columnOf('ref')] = `D-${i}`;
  line[columnOf('payload')] = `damaged-${i}_data`;
  line[columnOf(key)] = text;
  lines.push(line);
  expected.push(
    `${SHEET}!${letters(columnOf(key))}${lines.length} ${REQUIREMENT_COLUMNS[key].title} ${code} ${nearest ?? ''}`.trim(),
  );
});
SETS.forEach(([changes, at, key], i) => {
  for (const ref of ['S-1', 'S-1.1', 'S-1.2', 'S-1.3']) {
    const line = [...rowOf(ref)];
    line[columnOf('ref')] = ref.replace('S-1', `E-${i}`);
    line[columnOf('payload')] = `set-${i}_cmd`;
    for (const [column, text] of Object.entries(changes[ref] ?? {}))
      line[columnOf(column as keyof typeof REQUIREMENT_COLUMNS)] = text;
    lines.push(line);
    if (ref === at)
      expected.push(`${SHEET}!${letters(columnOf(key))}${lines.length} ${REQUIREMENT_COLUMNS[key].title} CONFLICT`);
    // A path without its last hop leads nowhere: that is told at the parent as well.
    if (ref === 'S-1' && at === 'S-1.3')
      expected.push(`${SHEET}!${letters(columnOf('to'))}${lines.length} ${REQUIREMENT_COLUMNS.to.title} CONFLICT`);
  }
});
const file = join(folder, 'damaged.xlsx');
writeFileSync(file, await workbookOf([[SHEET, lines]]));
const report = await importRequirements(file, 'damaged');
const told = report.problems.map(({ path, code, nearest }) => `${path} ${code} ${nearest ?? ''}`.trim());

damaged('has more than 25 kinds of damage, each told with sheet, row and column, and nothing else', () => {
  assert.ok(expected.length >= 25);
  assert.equal([...told].sort(), [...expected].sort());
});

damaged('tells rows and columns as numbers too', () => {
  for (const { path, line, column } of report.problems) {
    const [, name, row] = /!([A-Z]+)(\d+)/.exec(path)!;
    assert.is(line, Number(row), path);
    assert.is(letters(column! - 1), name);
  }
});

damaged('says what children add up to', () => {
  for (const [, , key, message] of SETS) {
    const title = REQUIREMENT_COLUMNS[key].title;
    assert.ok(
      report.problems.some((one) => one.path.endsWith(title) && message.test(one.message)),
      String(message),
    );
  }
});

damaged('keeps the good rows', () => assert.ok(report.parents >= imported.parents));

damaged('writes nothing, unless asked for what was read', () => {
  const target = join(folder, 'partial');
  const refused = fanplan(['import', file, '-o', target]);
  assert.is(refused.code, 2);
  assert.match(refused.err, /damaged\.xlsx:16:2 {2}Reqmnts-Combined!B16 Row Type {2}MISSING_KEY/);
  assert.throws(() => readFileSync(join(target, 'catalogue.yaml')));
  const partial = fanplan(['import', file, '-o', target, '--partial']);
  assert.is(partial.code, 2);
  assert.is(fanplan(['catalogue', 'check', target]).code, 0);
});

damaged('tells the other cells of a row of no known type as well', async () => {
  const file = join(folder, 'no-type.csv');
  const row = [...rowOf('S-2')];
  row[columnOf('rowType')] = 'Q';
  row[columnOf('to')] = 'Nobody';
  row[columnOf('latency')] = 'soon';
  writeFileSync(file, csvFormatRows([table[0]!, rowOf('S-1'), row]));
  const { problems } = await importRequirements(file, 'sample');
  assert.equal(
    problems.map(({ line, column }) => [line, column]),
    (['rowType', 'to', 'latency'] as const).map((key) => [3, columnOf(key) + 1]).sort(([, a], [, b]) => a! - b!),
  );
});

damaged('in CSV is told with its line, also below cells of several lines', async () => {
  const cells = table.map((line) => [...line]);
  cells[1]![columnOf('requirement')] = 'a text\nof three\nlines';
  cells[5]![columnOf('size')] = 'big';
  const csv = join(folder, 'damaged.csv');
  writeFileSync(csv, csvFormatRows(cells));
  const { problems } = await importRequirements(csv, 'a');
  assert.equal(
    problems.map(({ line, path, code }) => [line, path, code]),
    [[8, 'M6 App Payload Size', 'SYNTAX']],
  );
  const text = readFileSync(csv, 'utf8').split('\n');
  assert.match(text[7]!, /big/);
});

const layout = suite('a file of another layout');

async function refusal(name: string, content: string | Uint8Array): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  try {
    await importRequirements(path, 'a');
    return [];
  } catch (error) {
    assert.instance(error, InputError, String(error));
    return (error as InputError).diagnostics.map(({ code, line, found, nearest }) =>
      [code, line ?? '', found ?? '', nearest ?? ''].join(' ').trim(),
    );
  }
}

layout('is refused with what is missing', async () => {
  assert.equal(await refusal('empty.csv', ''), ['EMPTY']);
  assert.equal(await refusal('text.xlsx', 'no workbook'), ['SYNTAX']);
  assert.equal(
    await refusal('zip.xlsx', 'PK\u0003\u0004 no workbook either').then((all) => all.map((one) => one.slice(0, 6))),
    ['SYNTAX'],
  );
  assert.equal(await refusal('other.xlsx', await workbookOf([['Reqmnts_Combined', table]])), [
    'MISSING_KEY  Reqmnts_Combined Reqmnts-Combined'.replace('Reqmnts-Combined', 'Reqmnts_Combined'),
  ]);
  const without = table.map((line) => line.filter((_, i) => i !== columnOf('latency')));
  assert.equal(await refusal('without.csv', csvFormatRows(without)), ['MISSING_KEY 1']);
  const misspelt = [table[0]!.map((title) => title.replace('Latency', 'Latencys')), ...table.slice(1)];
  assert.equal(await refusal('misspelt.csv', csvFormatRows(misspelt)), ['MISSING_KEY 1 Latencys']);
  assert.equal(await refusal('titles.csv', csvFormatRows([table[0]!])), ['EMPTY 1']);
  assert.equal(await refusal('quote.csv', 'a,b\n1,"2\n3,4\n'), ['SYNTAX 2']);
  assert.equal(await refusal('none.csv', 'a,b\n1,2\n'), ['MISSING_KEY 1']);
});

process.on('exit', () => rmSync(folder, { recursive: true }));

for (const one of [sample, damaged, layout]) one.run();
