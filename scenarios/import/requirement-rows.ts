import { nearestTo } from '../../base/nearest.js';
import type { Problem } from '../../base/yaml.js';
import { parseActors } from '../../payloads/grammar/actors.js';
import { parseHowOften } from '../../payloads/grammar/how-often.js';
import { parseLatency } from '../../payloads/grammar/latency.js';
import { parseLoadFlag } from '../../payloads/grammar/load-flag.js';
import { parseReliability } from '../../payloads/grammar/reliability.js';
import { parseSize } from '../../payloads/grammar/size.js';
import { foldBlanks, GrammarError } from '../../payloads/grammar/text.js';
import { parseWhen } from '../../payloads/grammar/when.js';
import { PAYLOAD_TYPES } from '../../payloads/schema.js';
import type { Latency, PayloadType, Reliability } from '../../payloads/types.js';
import { type Layout, REQUIREMENT_COLUMNS } from './columns.js';
import type { KnownNames } from './known-names.js';
import type { Places } from './places.js';

type Column = keyof typeof REQUIREMENT_COLUMNS;
export type RequirementLayout = Layout<typeof REQUIREMENT_COLUMNS>;

/** A row of the sheet whose cells were read; a cell that could not be is undefined, and was reported. */
export interface RequirementRow {
  /** In the sheet, from 0. */
  readonly at: number;
  readonly isParent: boolean;
  readonly texts: Readonly<Record<Column, string>>;
  readonly type: PayloadType | undefined;
  /** Groups of actors by their names in the catalogue. */
  readonly from: readonly (readonly string[])[] | undefined;
  readonly to: readonly (readonly string[])[] | undefined;
  readonly latency: readonly Latency[] | undefined;
  readonly reliability: readonly Reliability[] | undefined;
  readonly howOften: ReturnType<typeof parseHowOften> | undefined;
  readonly when: ReturnType<typeof parseWhen> | undefined;
  readonly size: ReturnType<typeof parseSize> | undefined;
}

const COLUMNS = Object.keys(REQUIREMENT_COLUMNS) as Column[];

/** Reads every row below the titles that is not empty; what cannot be read is reported cell by cell. */
export function requirementRows(layout: RequirementLayout, names: KnownNames, places: Places): RequirementRow[] {
  const rows: RequirementRow[] = [];
  const refs = new Map<string, number>();
  layout.sheet.rows.forEach((cells, at) => {
    if (at <= layout.head || cells.every((cell) => cell.trim() === '')) return;
    const row = new RowReader(layout, at, names, places).read();
    if (row === undefined) return;
    rows.push(row);
    const first = refs.get(row.texts.ref);
    if (first === undefined) refs.set(row.texts.ref, at);
    else if (row.texts.ref !== '') {
      const message = `row ${first + 1} has this reference already`;
      const column = layout.at.ref ?? -1;
      places.report(layout.sheet, at, column, 'Rqmt Ref', { code: 'DUPLICATE', message, found: row.texts.ref });
    }
  });
  return rows;
}

class RowReader {
  readonly #layout: RequirementLayout;
  readonly #at: number;
  readonly #names: KnownNames;
  readonly #places: Places;
  readonly #texts: Record<Column, string>;

  constructor(layout: RequirementLayout, at: number, names: KnownNames, places: Places) {
    this.#layout = layout;
    this.#at = at;
    this.#names = names;
    this.#places = places;
    this.#texts = Object.fromEntries(COLUMNS.map((key) => [key, this.#text(key)])) as Record<Column, string>;
  }

  /** undefined when nobody can tell whether it is a parent or a child. */
  read(): RequirementRow | undefined {
    const isParent = this.#rowType();
    this.#needed('ref', /^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$/, 'letters and digits, with dots or hyphens between them');
    this.#needed('payload', /^[^\s/,|]+$/, 'a name without blanks, slashes, commas or bars');
    this.#dataFlow();
    const grammar = <T>(key: Column, parse: (text: string) => T): T | undefined =>
      this.#parsed(key, parse, isParent !== true && key !== 'latency' && key !== 'reliability');
    for (const key of ['baseload', 'highload'] as const) {
      if (this.#layout.at[key] !== undefined) this.#parsed(key, parseLoadFlag, true);
    }
    const read = {
      at: this.#at,
      texts: this.#texts,
      type: this.#type(),
      from: this.#actors('from'),
      to: this.#actors('to'),
      latency: grammar('latency', parseLatency),
      reliability: grammar('reliability', parseReliability),
      howOften: this.#howOften(grammar('howOften', parseHowOften)),
      when: this.#when(grammar('when', parseWhen)),
      size: grammar('size', parseSize),
    };
    // Its cells are read all the same, so that each that is wrong is told.
    return isParent === undefined ? undefined : { ...read, isParent };
  }

  #text(key: Column): string {
    const column = this.#layout.at[key];
    if (column === undefined) return '';
    const odd = this.#layout.sheet.odd.get(`${this.#at}/${column}`);
    if (odd !== undefined) this.#report(key, { code: 'WRONG_TYPE', message: 'the cell holds no text', found: odd });
    const text = foldBlanks(this.#layout.sheet.rows[this.#at]![column] ?? '');
    // A spreadsheet turns what is typed as 98% into the number 0.98.
    if (key === 'reliability' && /^(0?\.\d+|1)$/.test(text)) return `${Number((Number(text) * 100).toPrecision(12))}%`;
    return text;
  }

  #rowType(): boolean | undefined {
    const text = this.#texts.rowType;
    if (/^p(arent)?$/i.test(text)) return true;
    if (/^c(hild)?$/i.test(text)) return false;
    if (this.#isOdd('rowType')) return undefined;
    const message = text === '' ? 'the row type is missing' : 'there is no such row type';
    this.#report('rowType', {
      code: text === '' ? 'MISSING_KEY' : 'UNKNOWN_NAME',
      message,
      allowed: 'P or C',
      ...found(text),
    });
    return undefined;
  }

  #needed(key: Column, form: RegExp, allowed: string): void {
    const text = this.#texts[key];
    if (this.#isOdd(key) || form.test(text)) return;
    if (text === '') this.#report(key, { code: 'MISSING_KEY', message: 'the cell is empty', allowed });
    else this.#report(key, { code: 'SYNTAX', message: 'the cell cannot be read', found: text, allowed });
  }

  #type(): PayloadType | undefined {
    const text = this.#texts.type;
    const type = PAYLOAD_TYPES.find((known) => known === text.toLowerCase());
    if (type !== undefined || this.#isOdd('type')) return type;
    this.#report('type', {
      code: text === '' ? 'MISSING_KEY' : 'UNKNOWN_NAME',
      message: text === '' ? 'the payload type is missing' : 'there is no such payload type',
      ...found(text),
      allowed: PAYLOAD_TYPES.join(', '),
      ...nearestTo(text, PAYLOAD_TYPES),
    });
    return undefined;
  }

  #actors(key: 'from' | 'to'): string[][] | undefined {
    const groups = this.#parsed(key, parseActors, false);
    if (groups === undefined) return undefined;
    let whole = true;
    const named = groups.map((group) =>
      group.map((text) => {
        const actor = this.#names.actor(text);
        if (typeof actor === 'string') return actor;
        whole = false;
        this.#report(key, actor);
        return text;
      }),
    );
    return whole ? named : undefined;
  }

  #dataFlow(): void {
    const text = this.#texts.dataFlow;
    if (text === '') return;
    const problem = this.#names.dataFlow(text);
    if (problem !== undefined) this.#report('dataFlow', problem);
  }

  #howOften(terms: RequirementRow['howOften']): RequirementRow['howOften'] {
    let whole = true;
    for (const term of terms ?? []) {
      const problem = this.#names.howOften(term);
      if (problem === undefined) continue;
      whole = false;
      this.#report('howOften', problem);
    }
    return whole ? terms : undefined;
  }

  #when(list: RequirementRow['when']): RequirementRow['when'] {
    let whole = true;
    for (const when of list ?? []) {
      const problem = when.kind === 'deadline' ? this.#names.event(when.event) : undefined;
      if (problem === undefined) continue;
      whole = false;
      this.#report('when', problem);
    }
    return whole ? list : undefined;
  }

  #parsed<T>(key: Column, parse: (text: string) => T, mayBeEmpty: boolean): T | undefined {
    const text = this.#texts[key];
    if (this.#isOdd(key)) return undefined;
    if (text === '') {
      if (!mayBeEmpty) this.#report(key, { code: 'MISSING_KEY', message: 'the cell is empty' });
      return mayBeEmpty && (key === 'baseload' || key === 'highload') ? parse(text) : undefined;
    }
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof GrammarError)) throw error;
      this.#report(key, { code: 'SYNTAX', message: error.message, found: error.text, allowed: error.expected });
      return undefined;
    }
  }

  #isOdd(key: Column): boolean {
    return this.#layout.sheet.odd.has(`${this.#at}/${this.#layout.at[key]}`);
  }

  #report(key: Column, problem: Problem): void {
    this.#places.report(
      this.#layout.sheet,
      this.#at,
      this.#layout.at[key] ?? -1,
      REQUIREMENT_COLUMNS[key].title,
      problem,
    );
  }
}

function found(text: string): { found?: string } {
  return text === '' ? {} : { found: text };
}
