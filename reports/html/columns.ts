/** Tables of the page from the columns of the results. */

import type { Verdict } from '../../sim/results.js';
import type { Column } from '../columns.js';
import { formatHalfWidth, formatUnit, hasPrefixes } from '../format.js';
import { cell } from '../tables.js';
import { verdictOrder } from '../verdicts.js';
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

/** Texts longer than this are sentences rather than names. */
const LONGEST_NAME = 60;
/** Columns whose texts are no longer are as wide as their texts. */
const SHORT = 18;

/** @param minor names of columns that paper leaves out */
export function dataColumns(
  columns: readonly Column[],
  rows: readonly object[],
  minor: readonly string[],
): DataColumn[] {
  return columns.map((column, i) => {
    const numeric = isNumeric(column);
    const longest = numeric ? 0 : Math.max(0, ...rows.map((row) => String(cell(row, column)).length));
    return {
      heading: headingOf(column),
      numeric,
      minor: minor.includes(column.name),
      prose: i > 0 && longest > LONGEST_NAME,
      short: !numeric && longest <= SHORT,
    };
  });
}

/** Columns without those that are empty in every row. */
export function filledColumns(columns: readonly Column[], rows: readonly object[]): Column[] {
  return columns.filter((column) => rows.some((row) => cell(row, column) !== ''));
}

export function dataRow(row: object, columns: readonly Column[]): DataCell[] {
  return columns.map((column) => {
    const value = cell(row, column);
    if (typeof value !== 'number') return { content: isVerdict(column, value) ? badge(value) : value };
    return { content: html`${formatUnit(value, column.unit)}${intervalOf(row, column, value)}`, value };
  });
}

/** The columns without those that only hold the interval of another. */
export function withoutIntervals(columns: readonly Column[]): Column[] {
  const held = new Set(columns.flatMap(({ interval }) => (interval === undefined ? [] : Object.values(interval))));
  return columns.filter(({ name }) => !held.has(name));
}

/** What is counted: the heading says it. */
const countUnits = new Set(['', 'messages', 'frames', 'devices', 'links']);

/** The unit stands with every value where a prefix keeps it short, else once, in the heading. */
function headingOf({ heading, unit }: Column): string {
  return countUnits.has(unit) || heading.includes(unit) || hasPrefixes(unit) ? heading : `${heading} (${unit})`;
}

function isVerdict(column: Column, value: string): value is Verdict {
  return /verdict$/i.test(column.name) && verdictOrder.includes(value as Verdict);
}

function intervalOf(row: object, { interval, unit }: Column, value: number): Html | undefined {
  if (interval === undefined) return undefined;
  const numberOf = (name: string): number => (row as Record<string, number>)[name]!;
  if ('halfWidth' in interval) {
    const half = numberOf(interval.halfWidth);
    return Number.isFinite(half)
      ? html` <span class="interval">± ${formatHalfWidth(half, value, unit)}</span>`
      : undefined;
  }
  const [low, high] = [numberOf(interval.low), numberOf(interval.high)];
  if (Number.isNaN(low) || Number.isNaN(high)) return undefined;
  return html` <span class="interval">${formatUnit(low, unit)} to ${formatUnit(high, unit)}</span>`;
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
