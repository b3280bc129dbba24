import { inflateRawSync } from 'node:zlib';
import readExcelFile from 'read-excel-file/node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Column, columns } from '../../reports/columns.js';
import { columnValues, resultTables, type Table } from '../../reports/tables.js';
import { xlsxFile } from '../../reports/xlsx.js';
import { makeEmptyResults, makeResults } from './fixture.js';

type Cell = string | number | boolean | Date | null;
interface ReadSheet {
  readonly sheet: string;
  readonly data: readonly (readonly Cell[])[];
}
const read = async (bytes: Uint8Array): Promise<readonly ReadSheet[]> =>
  (await readExcelFile(Buffer.from(bytes))) as unknown as readonly ReadSheet[];

const tables = resultTables(makeResults());
const bytes = await xlsxFile(tables);
const sheets = await read(bytes);
const xlsx = suite('xlsxFile');

xlsx('has a sheet per table, named like it, and one that says what the columns mean', () => {
  assert.equal(
    sheets.map(({ sheet }) => sheet),
    [...tables.map(({ name }) => name), 'about'],
  );
});

xlsx('heads every column with its name and unit', () => {
  const headers = sheets.find(({ sheet }) => sheet === 'links')!.data[0]!;
  assert.ok(
    headers.includes('rateBps [bit/s]') && headers.includes('busyHourUtilisation [%]') && headers.includes('link'),
  );
  assert.is(headers.length, tables.find(({ name }) => name === 'links')!.columns.length);
});

for (const table of tables) {
  xlsx(`${table.name}: every value is read back, numbers as numbers`, () => {
    const { data } = sheets.find(({ sheet }) => sheet === table.name)!;
    assert.is(data.length, table.rows.length + 1);
    table.columns.forEach((column, c) => {
      const expected = columnValues(table, column).map(asRead);
      assert.equal(
        data.slice(1).map((row) => row[c] ?? null),
        expected,
        column.name,
      );
    });
  });
}

function asRead(value: string | number | null): Cell {
  if (value === null || value === '') return null;
  if (typeof value === 'number' && !Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return value;
}

xlsx('no cell is NaN or Infinity', () => {
  for (const { data } of sheets) {
    for (const cell of data.flat()) {
      assert.ok(typeof cell !== 'number' || Number.isFinite(cell));
      assert.not.ok(cell === 'NaN' || cell === 'Infinity');
    }
  }
});

xlsx('an empty table keeps its header', async () => {
  const empty = await read(await xlsxFile(resultTables(makeEmptyResults())));
  for (const { sheet, data } of empty.slice(0, -1)) {
    assert.is(data.length, 1, sheet);
    assert.ok(data[0]!.length > 3);
  }
});

xlsx('the same tables give the same bytes, whatever the clock says', async () => {
  const { now } = Date;
  Date.now = () => now() + 86_400_000;
  try {
    assert.ok(Buffer.from(bytes).equals(Buffer.from(await xlsxFile(resultTables(makeResults())))));
  } finally {
    Date.now = now;
  }
});

xlsx('headers are frozen and shares formatted as percent', () => {
  const text = inflated(bytes);
  assert.match(text, /state="frozen"/);
  assert.match(text, /0\.00%/);
});

/** Every file of the archive as text; a reading of our own, since the reader drops formats. */
function inflated(archive: Uint8Array): string {
  const buffer = Buffer.from(archive);
  const parts: string[] = [];
  let entry = buffer.readUInt32LE(buffer.length - 6);
  for (; buffer.readUInt32LE(entry) === 0x02014b50; entry += 46 + lengths(entry, [28, 30, 32])) {
    const local = buffer.readUInt32LE(entry + 42);
    const start = local + 30 + lengths(local, [26, 28]);
    const part = buffer.subarray(start, start + buffer.readUInt32LE(entry + 20));
    parts.push((buffer.readUInt16LE(entry + 10) === 0 ? part : inflateRawSync(part)).toString('utf8'));
  }
  function lengths(at: number, fields: readonly number[]): number {
    return fields.reduce((sum, field) => sum + buffer.readUInt16LE(at + field), 0);
  }
  return parts.join('\n');
}

const names = suite('sheet names');
const column: Column = columns<{ a: string }>({ a: ['text', '', 'a', 'a'] })[0]!;
const named = (name: string, rows: readonly object[] = []): Table => ({
  name,
  description: '',
  columns: [column],
  rows,
  metadata: {},
});

names('are within 31 characters, unique and without what Excel forbids', async () => {
  const long = 'a-name-of-a-table-that-is-far-too-long-for-a-sheet';
  const found = (await read(await xlsxFile([named(long), named(`${long}-2`), named('a/b:c'), named('about')]))).map(
    ({ sheet }) => sheet,
  );
  assert.is(new Set(found.map((name) => name.toLowerCase())).size, found.length);
  for (const name of found) assert.ok(name.length <= 31 && !/[\\/?*[\]:]/.test(name), name);
});

names('texts that look like formulas, markup or control codes stay texts', async () => {
  const texts = ['=1+1', '<b>&"', 'a\u0000b\u001fc', '@x'];
  const [sheet] = await read(
    await xlsxFile([
      named(
        't',
        texts.map((a) => ({ a })),
      ),
    ]),
  );
  assert.equal(
    sheet!.data.slice(1).map(([cell]) => cell),
    ['=1+1', '<b>&"', 'a b c', '@x'],
  );
});

xlsx.run();
names.run();
