import type { KeyPath, PositionedYaml } from '../../base/yaml.js';
import { parseActors } from '../grammar/actors.js';
import { type HowOftenTerm, parseHowOften } from '../grammar/how-often.js';
import { parseLatency } from '../grammar/latency.js';
import { type LoadFlag, parseLoadFlag } from '../grammar/load-flag.js';
import { parseReliability } from '../grammar/reliability.js';
import { parseSize } from '../grammar/size.js';
import { foldBlanks, GrammarError } from '../grammar/text.js';
import { parseWhen } from '../grammar/when.js';
import { CELL_NAMES, type RowEntry } from '../schema.js';
import type { Cells, Latency, Reliability, Size, When } from '../types.js';

/** The cells whose alternatives a flow may inherit or state as one text, with the parser of each. */
export const PARSERS = {
  howOften: parseHowOften as (text: string) => HowOftenTerm[],
  latency: parseLatency as (text: string) => Latency[],
  reliability: parseReliability as (text: string) => Reliability[],
  when: parseWhen as (text: string) => When[],
  size: parseSize as (text: string) => Size[],
};
export type FieldName = keyof typeof PARSERS;
export const FIELD_NAMES = Object.keys(PARSERS) as FieldName[];
/** What one alternative of a field is. */
export type Field<F extends FieldName> = ReturnType<(typeof PARSERS)[F]>[number];

/** Cells of one row: what is printed, and what it says. A cell that does not parse is reported and undefined here. */
export interface ReadCells {
  readonly printed: Cells;
  readonly alternatives: { readonly [F in FieldName]: Field<F>[] | undefined };
  readonly from: string[][] | undefined;
  readonly to: string[][] | undefined;
  readonly baseload: LoadFlag | undefined;
  readonly highload: LoadFlag | undefined;
}

/** True where cells may be absent or blank: hops take them from their payload, rows from prose have none. */
export function mayBeBlank({ origin }: RowEntry): boolean {
  return origin === 'detail' || origin === 'prose';
}

/** Parses every cell of a row. Cells may be absent, and blank ones stay unparsed, only where `mayBeBlank`. */
export function readCells(yaml: PositionedYaml, path: KeyPath, row: RowEntry): ReadCells {
  const printed = Object.fromEntries(
    CELL_NAMES.map((name) => {
      const text = row.cells?.[name];
      if (text === undefined && row.cells !== undefined && !mayBeBlank(row)) {
        yaml.report([...path, 'cells', name], { code: 'MISSING_KEY', message: `the cell ${name} is missing` });
      }
      return [name, foldBlanks(String(text ?? ''))];
    }),
  ) as unknown as Cells;
  const read = <T>(name: keyof Cells, parse: (text: string) => T): T | undefined =>
    row.cells?.[name] === undefined || (printed[name] === '' && mayBeBlank(row))
      ? undefined
      : parsed(yaml, [...path, 'cells', name], printed[name], parse);
  return {
    printed,
    alternatives: {
      howOften: read('howOften', PARSERS.howOften),
      latency: read('latency', PARSERS.latency),
      reliability: read('reliability', PARSERS.reliability),
      when: read('when', PARSERS.when),
      size: read('size', PARSERS.size),
    },
    from: read('from', parseActors),
    to: read('to', parseActors),
    baseload: read('baseload', parseLoadFlag),
    highload: read('highload', parseLoadFlag),
  };
}

/** The result of a grammar; undefined when the text is not of it, which is reported. */
export function parsed<T>(
  yaml: PositionedYaml,
  path: KeyPath,
  text: string,
  parse: (text: string) => T,
): T | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    yaml.report(path, { code: 'SYNTAX', message: error.message, found: error.text, allowed: error.expected });
    return undefined;
  }
}
