/** Tables of the page from the columns of the results. */

import type { Verdict } from '../../sim/results.js';
import type { Column } from '../columns.js';
import { formatUnit } from '../format.js';
import { cell } from '../tables.js';
import { badge } from './badge.js';
import type { DataCell, DataColumn } from './data-table.js';
import { type Html, html } from './template.js';

/** The named columns in that order. @throws Error for a name that is none, a fault of ours. */
export function pick(columns: readonly Column[], names: readonly string[]): Column[] {
  return names.map((name) => {
    const found = columns.find((column) => column.name === name);
    if (found === undefined) throw new Error(`no column ${name}`);
    return found;
  });
}

const prose = new Set(['verdictReason', 'reason']);

/** @param minor names of columns that paper leaves out */
export function dataColumns(columns: readonly Column[], minor: readonly string[]): DataColumn[] {
  return columns.map((column) => ({
    heading: column.heading,
    numeric: isNumeric(column),
    minor: minor.includes(column.name),
    prose: prose.has(column.name),
  }));
}

/** Columns without those that are empty in every row. */
export function filledColumns(columns: readonly Column[], rows: readonly object[]): Column[] {
  return columns.filter((column) => rows.some((row) => cell(row, column) !== ''));
}

export function dataRow(row: object, columns: readonly Column[]): DataCell[] {
  return columns.map((column) => {
    const value = cell(row, column);
    if (typeof value === 'number') return { content: formatUnit(value, column.unit), value };
    return { content: column.name === 'verdict' ? badge(value as Verdict) : value };
  });
}

/** What the headings mean, folded away. */
export function glossary(columns: readonly Column[]): Html {
  return html`<details><summary>What the columns mean</summary><dl class="terms">${columns.map(
    (column) => html`<dt>${column.heading}</dt><dd>${column.description}</dd>`,
  )}</dl></details>`;
}

function isNumeric(column: Column): boolean {
  return column.type === 'float64' || column.type === 'int32';
}
