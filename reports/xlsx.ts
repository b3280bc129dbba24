/** All tables of a folder as one workbook, for those who live in spreadsheets. */
import type { CellObject, Sheet } from 'write-excel-file/node';
import type { Column } from './columns.js';
import { columnValues, type Table } from './tables.js';
import { withoutTimes } from './zip-time.js';

/** What Excel allows in a sheet. */
const MOST_NAME = 31;
const MOST_ROWS = 1_048_576;
const MOST_TEXT = 32_767;

/** Width of columns in characters, between these. */
const LEAST_WIDTH = 8;
const MOST_WIDTH = 60;

/**
 * A sheet per table: a frozen header of column names with their units, numbers as numbers, shares formatted as percent.
 * What is missing is an empty cell; a spreadsheet has no infinity, so that one is the text `∞`. The same tables give the
 * same bytes.
 */
export async function xlsxFile(tables: readonly Table[]): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const names = sheetNames(tables.map(({ name }) => name));
  const sheets = tables.map((table, i) => sheetOf(table, names[i]!));
  const workbook = await writeExcelFile([...sheets, legendSheet(tables, names)]).toBuffer();
  return withoutTimes(new Uint8Array(workbook));
}

function sheetOf(table: Table, name: string): Sheet<never> {
  const columns = table.columns.map((column) => columnValues(table, column));
  const rows = table.rows
    .slice(0, MOST_ROWS - 1)
    .map((_, i) => table.columns.map((column, c) => cellOf(columns[c]![i]!, column)));
  return {
    sheet: name,
    data: [table.columns.map((column) => headerCell(headerOf(column))), ...rows],
    stickyRowsCount: 1,
    columns: table.columns.map((column, c) => ({ width: widthOf(headerOf(column), columns[c]!) })),
  };
}

/** What every column means, as the last sheet; files of other formats carry it as metadata. */
function legendSheet(tables: readonly Table[], names: readonly string[]): Sheet<never> {
  const rows = tables.flatMap((table, i) =>
    table.columns.map((column) =>
      [names[i]!, column.name, column.unit, column.description].map((text) => textCell(text)),
    ),
  );
  const provenance = Object.entries(tables[0]?.metadata ?? {}).filter(
    ([key]) => key !== 'table' && key !== 'description',
  );
  return {
    sheet: 'about',
    data: [
      ['table', 'column', 'unit', 'meaning'].map(headerCell),
      ...rows,
      ...provenance.map(([key, value]) => ['', key, '', value].map((text) => textCell(text))),
    ],
    stickyRowsCount: 1,
    columns: [16, 28, 12, 80].map((width) => ({ width })),
  };
}

/** `latencyP95S [s]`; a share is shown as percent. */
function headerOf({ name, unit }: Column): string {
  return unit === '' ? name : `${name} [${unit === '1' ? '%' : unit}]`;
}

function headerCell(text: string): CellObject {
  return { value: text, type: String, fontWeight: 'bold' };
}

function cellOf(value: string | number | null, column: Column): CellObject | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return textCell(value);
  if (!Number.isFinite(value)) return { ...textCell(value > 0 ? '∞' : '−∞')!, align: 'right' };
  return { value, type: Number, ...(column.unit === '1' ? { format: '0.00%' } : {}) };
}

/** Control characters have no place in the file, and a text no more than its most characters. */
function textCell(text: string): CellObject | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ').slice(0, MOST_TEXT);
  return clean === '' ? null : { value: clean, type: String };
}

function widthOf(header: string, values: readonly (string | number | null)[]): number {
  let longest = header.length;
  for (const value of values) {
    if (typeof value === 'string' && value.length > longest) longest = value.length;
  }
  return Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, longest + 2));
}

/** Names within Excel's rules, unique without regard to case. */
function sheetNames(names: readonly string[]): string[] {
  const taken = new Set(['about', 'history']); // the legend's, and one that Excel keeps to itself
  return names.map((name) => {
    const base = name.replace(/[\\/?*[\]:']/g, '-').slice(0, MOST_NAME);
    let unique = base;
    for (let i = 2; taken.has(unique.toLowerCase()); i++) unique = `${base.slice(0, MOST_NAME - 3)}-${i}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
