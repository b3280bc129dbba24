import type { Diagnostic } from '../../base/diagnostics.js';
import type { Problem } from '../../base/yaml.js';
import type { Sheet } from './sheets.js';

/** Collects what is wrong with the cells of a file, each with sheet, row and column. */
export class Places {
  readonly problems: Diagnostic[] = [];
  readonly #file: string;
  readonly #rows = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  /** @param row from 0. @param column from 0; -1: none in particular. @param title of the column */
  report(sheet: Sheet, row: number, column: number, title: string, { atKey: _, ...problem }: Problem): void {
    this.#rows.add(`${sheet.name}/${row}`);
    const cell = column < 0 ? `row ${row + 1}` : `${letters(column)}${row + 1}`;
    const place = sheet.name === '' ? cell : `${sheet.name}!${cell}`;
    this.problems.push({
      file: this.#file,
      line: sheet.lineOf(row),
      column: Math.max(0, column) + 1,
      path: [place, title].filter((part) => part !== '').join(' '),
      ...problem,
    });
  }

  /** Whether anything is wrong in a row. */
  has(sheet: Sheet, row: number): boolean {
    return this.#rows.has(`${sheet.name}/${row}`);
  }
}

/** `A`, ..., `Z`, `AA`, as a spreadsheet names its columns. */
export function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}
