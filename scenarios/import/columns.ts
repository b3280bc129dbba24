import { nearestName } from '../../base/nearest.js';
import { letters, type Places } from './places.js';
import type { Sheet } from './sheets.js';

/** Columns of the sheet of requirements (section 2.2.2.2.1), by what this program calls them. */
export const REQUIREMENT_COLUMNS = {
  ref: { title: 'Rqmt Ref', needed: true },
  rowType: { title: 'Row Type', needed: true },
  dataFlow: { title: 'Data-Flow Ref', needed: true },
  from: { title: 'Data Flow From Actor', needed: true },
  to: { title: 'Data Flow to Actor', needed: true },
  requirement: { title: 'Requirements', needed: true },
  payload: { title: 'Payload Name', needed: true },
  type: { title: 'Payload Type', needed: true },
  when: { title: 'Daily Clock Periods of Primary Occurrence', needed: true },
  howOften: { title: 'How Often', needed: true },
  reliability: { title: 'Reliability', needed: true },
  latency: { title: 'Latency', needed: true },
  size: { title: 'App Payload Size', needed: true },
  useCase: { title: 'Use Case', needed: false },
  scenario: { title: 'Scenario', needed: false },
  baseload: { title: 'PAP02 Baseload', needed: false },
  highload: { title: 'PAP02 Highload', needed: false },
} as const;

/** Columns of the sheet of payloads. */
export const PAYLOAD_COLUMNS = {
  payload: { title: 'Payload Name', needed: true },
  type: { title: 'Payload Type', needed: true },
  description: { title: 'Payload Description', needed: false },
  attributes: { title: 'Payload Attributes', needed: false },
  lics: { title: 'Security LICs - NISTIR 7628', needed: false },
  cia: { title: 'Payload C-I-A Risk Values', needed: false },
} as const;

type Columns = Readonly<Record<string, { readonly title: string; readonly needed: boolean }>>;

/** A sheet whose columns are known. */
export interface Layout<C extends Columns> {
  readonly sheet: Sheet;
  /** Row of the titles, from 0. */
  readonly head: number;
  readonly at: Readonly<Partial<Record<keyof C, number>>>;
  /** Titles that mean nothing here. */
  readonly ignored: readonly string[];
}

/** Titles stand in one of the first rows. */
const SEARCHED_ROWS = 20;

/** Finds the titles of a sheet; columns that are needed and missing, and titles that stand twice, are reported. */
export function layoutOf<C extends Columns>(sheet: Sheet, columns: C, places: Places): Layout<C> | undefined {
  const keys = Object.keys(columns) as (keyof C & string)[];
  const keyOf = new Map(keys.map((key) => [folded(columns[key]!.title), key]));
  const known = sheet.rows.slice(0, SEARCHED_ROWS).map((row) => row.filter((cell) => keyOf.has(folded(cell))).length);
  const head = known.indexOf(Math.max(0, ...known));
  if (head < 0 || known[head] === 0) {
    places.report(sheet, 0, 0, '', {
      code: 'MISSING_KEY',
      message: `no row of the first ${SEARCHED_ROWS} has the titles of the columns`,
      allowed: keys.map((key) => columns[key]!.title).join(', '),
    });
    return undefined;
  }
  const at: Partial<Record<keyof C, number>> = {};
  const ignored: string[] = [];
  sheet.rows[head]!.forEach((title, column) => {
    const key = keyOf.get(folded(title));
    if (key === undefined) {
      if (title.trim() !== '') ignored.push(title.trim());
    } else if (at[key] !== undefined) {
      places.report(sheet, head, column, title, {
        code: 'DUPLICATE',
        message: 'this title stands twice',
        found: title,
      });
    } else at[key] = column;
  });
  for (const key of keys) {
    if (at[key] !== undefined || !columns[key]!.needed) continue;
    const { title } = columns[key]!;
    const near = nearestName(title, ignored);
    const column = near === undefined ? 0 : sheet.rows[head]!.findIndex((cell) => cell.trim() === near);
    places.report(sheet, head, column, title, {
      code: 'MISSING_KEY',
      message: `the column ${title} is missing`,
      ...(near === undefined ? {} : { found: near }),
      allowed: title,
    });
  }
  return { sheet, head, at, ignored: [...ignored, ...withoutTitle(sheet, head)] };
}

/** Columns that have something below the titles, and no title: nobody can tell what it means. */
function withoutTitle({ rows }: Sheet, head: number): string[] {
  const titles = rows[head]!;
  const widest = rows.slice(head + 1).reduce((most, row) => Math.max(most, row.length), titles.length);
  return Array.from({ length: widest }, (_, column) => column)
    .filter((column) => (titles[column] ?? '').trim() === '')
    .filter((column) => rows.slice(head + 1).some((row) => (row[column] ?? '').trim() !== ''))
    .map((column) => `${letters(column)} (without a title)`);
}

/** Capitals, blanks and the kinds of dashes do not matter. */
function folded(title: string): string {
  return title
    .replace(/[\u2010-\u2015-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
