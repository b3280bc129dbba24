import type { Column } from '../columns.js';
import { formatNumber } from '../format.js';
import { dataColumns, dataRow } from './columns.js';
import { dataTable } from './data-table.js';
import { type Html, html } from './template.js';

const SHOWN = 50;
/** Rows that the page holds at most; files hold all. */
const MOST_ROWS = 1000;

export interface LongTable {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly object[];
  /** The file that holds all rows. */
  readonly file: string;
  /** Names of columns that paper leaves out. */
  readonly minor?: readonly string[];
}

/** Rows of results as a table that can be sorted and filtered. */
export function longTable({ id, caption, columns, rows, file, minor = [] }: LongTable): Html {
  if (rows.length === 0) return html`<p>None.</p>`;
  const held = rows.slice(0, MOST_ROWS);
  return html`${
    held.length < rows.length
      ? html`<p>The page holds the first ${formatNumber(held.length)} of ${formatNumber(rows.length)} rows; <code>${file}</code> holds all.</p>`
      : undefined
  }${dataTable({
    id,
    caption,
    columns: dataColumns(columns, held, minor),
    rows: held.map((row) => dataRow(row, columns)),
    shown: SHOWN,
    interactive: true,
  })}`;
}
