import { readFileSync } from 'node:fs';
import { dsvFormat } from 'd3-dsv';
import { AccessError, InputError } from '../../base/diagnostics.js';

/** A table of texts with the place of each. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** Cells that hold something that is no text, by `row/column`, both from 0: a date, say. */
  readonly odd: ReadonlyMap<string, string>;
  /** Line of the file on which a row begins; of a workbook the number of the row. */
  readonly lineOf: (row: number) => number;
}

/** Largest file that is looked at: a hundred times the original workbook. */
const MOST_BYTES = 100e6;

/**
 * The sheets of a workbook (.xlsx), or a comma-separated file as one sheet. Semicolons and tabs separate as well, as office
 * programs of many countries write them; a byte order mark tells UTF-16.
 * @throws InputError when it is neither, AccessError when it cannot be read
 */
export async function readSheets(file: string): Promise<Sheet[]> {
  const bytes = readBytes(file);
  const problem = (code: 'EMPTY' | 'SYNTAX' | 'OUT_OF_RANGE', message: string, allowed?: string) =>
    new InputError([{ code, file, path: '', message, ...(allowed === undefined ? {} : { allowed }) }]);
  if (bytes.length === 0) throw problem('EMPTY', 'the file has no content');
  if (bytes.length > MOST_BYTES) throw problem('OUT_OF_RANGE', 'the file is too large', `${MOST_BYTES / 1e6} MB`);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) {
    if (/\.xlsx?$/i.test(file))
      throw problem('SYNTAX', 'this is no workbook (.xlsx)', 'a workbook saved as .xlsx, or CSV');
    return [csvSheet(textOf(bytes), file)];
  }
  const { default: readXlsx } = await import('read-excel-file/node');
  try {
    const sheets = await readXlsx(bytes, { trim: false });
    return sheets.map(({ sheet, data }) => tableOf(sheet, data as readonly (readonly unknown[])[]));
  } catch (error) {
    throw problem('SYNTAX', `the workbook cannot be read: ${(error as Error).message}`, 'a workbook saved as .xlsx');
  }
}

/** UTF-8, or UTF-16 (little endian) where its byte order mark says so. */
function textOf(bytes: Buffer): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(wide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** What separates the cells: of comma, semicolon and tab the one that some line near the top has most of. */
function separatorOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/, 20);
  const most = (separator: string) => Math.max(...lines.map((line) => line.split(separator).length));
  return [',', ';', '\t'].reduce((best, other) => (most(other) > most(best) ? other : best));
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new InputError([{ code: 'NOT_FOUND', file, path: '', message: 'there is no such file' }]);
    throw new AccessError(`${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : message}`);
  }
}

function tableOf(name: string, data: readonly (readonly unknown[])[]): Sheet {
  const odd = new Map<string, string>();
  const rows = data.map((row, r) =>
    row.map((value, c) => {
      if (value === null || value === undefined) return '';
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      odd.set(`${r}/${c}`, value instanceof Date ? `the date ${value.toISOString().slice(0, 10)}` : String(value));
      return '';
    }),
  );
  return { name, rows, odd, lineOf: (row) => row + 1 };
}

function csvSheet(text: string, file: string): Sheet {
  const separator = separatorOf(text);
  if ((text.match(/"/g) ?? []).length % 2 === 1) {
    const line = lineOfOpenQuote(text, separator);
    throw new InputError([
      {
        code: 'SYNTAX',
        file,
        line,
        column: 1,
        path: '',
        message: 'a quote that opens here is not closed',
        allowed: '"" for a quote in a cell',
      },
    ]);
  }
  const rows = dsvFormat(separator).parseRows(text);
  // A record takes a line, and one more for each line break in its cells.
  const lines: number[] = [];
  let line = 1;
  for (const row of rows) {
    lines.push(line);
    line += 1 + row.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g) ?? []).length, 0);
  }
  return { name: '', rows, odd: new Map(), lineOf: (row) => lines[row] ?? line };
}

/** Line of the last quote that begins a cell: where an odd number of quotes went wrong. */
function lineOfOpenQuote(text: string, separator: string): number {
  const opens = [...text.matchAll(new RegExp(`(?:^|${separator}|\\n|\\r)"`, 'g'))].map(({ index }) => index);
  // The first cell whose quotes do not pair up before the next that opens at the start of a line.
  const at = opens.find((start, i) => {
    const part = text.slice(start, opens[i + 1] ?? text.length);
    return (part.match(/"/g) ?? []).length % 2 === 1;
  });
  return text.slice(0, (at ?? 0) + 1).split(/\r\n|\r|\n/).length;
}
