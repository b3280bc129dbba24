import type { Period, Quantity, Range } from '../types.js';
import { NUMBER, periodOf, takeNote, takeRange, UNIT, UNIT_NAMES, unitOf } from './numbers.js';
import { fold, Scanner } from './text.js';

interface Counted {
  readonly text: string;
  /** A symbol of the source (`x`) is `{ missing: 'x' }`; the catalogue's flow gives it a name. */
  readonly times: Quantity;
  readonly perThousand: boolean;
  readonly population: string;
  /** `6` in `... per | 6 per day`, `x` in `... per | x zone isolation step event`. */
  readonly multiplier?: Quantity;
  /** Words in parentheses at the end. */
  readonly note?: string;
}

/** One term of a how-often cell. */
export type HowOftenTerm =
  | (Counted & { readonly kind: 'period'; readonly period: Period })
  | (Counted & {
      readonly kind: 'event';
      /** As printed, without the parts below. */
      readonly event: string;
      /** `year` in `metrology firmware update per year`. */
      readonly per?: Period;
      /** `4 per year` in `LMS - Utl TOU price data event - 4 per year`. */
      readonly statedRate?: { readonly times: Range; readonly period: Period };
    })
  /** `See REQMTS Table`: the cell has no value. */
  | { readonly kind: 'elsewhere'; readonly text: string };

const SYMBOL = /[xyz](?=\s)/;
/** What begins a term; the next one needs no comma before it, since one cell of the source has only line breaks. */
const NEXT_TERM = new RegExp(`[,\\s]+(?:${NUMBER.source}|[xyz])(?:\\s*-\\s*\\d+)?\\s+per(?:\\s+1000\\s+per)?\\s*\\|`);

/**
 * Reads a how-often cell: terms `N[-M] [per 1000] per | POPULATION per | BASE`, each an alternative. BASE is a period
 * (`day`, `15 min`), a multiple of one (`2-4 per day`), an event (`lost-power-event`), an event with its own rate
 * (`... event - 4 per year`) or counted in a period (`SW oper per day`); words in parentheses may follow.
 * @returns one term or more; a month is 365/12 days, a year 365 days
 * @throws GrammarError with the place in the folded text. O(length²) at worst, cells being short.
 */
export function parseHowOften(text: string): HowOftenTerm[] {
  const scanner = new Scanner(fold(text));
  if (scanner.take(/see reqmts table$/i) !== undefined) return [{ kind: 'elsewhere', text: scanner.text }];
  const terms: HowOftenTerm[] = [];
  do {
    terms.push(takeTerm(scanner));
    scanner.take(/,/);
  } while (!scanner.atEnd);
  return terms;
}

function takeTerm(scanner: Scanner): HowOftenTerm {
  const start = scanner.skip();
  const times = takeQuantity(scanner, 'a number, a range, x, y or z');
  scanner.expect(/per\b/, '"per |" or "per 1000 per |"');
  const perThousand = scanner.take(/1000\s+per\b/) !== undefined;
  scanner.expect(/\|/, perThousand ? '"|" after "per 1000 per"' : '"|" after "per"');
  const population = scanner.expect(/[^\s|]+(?=\s)/, 'a population, without blanks')[0];
  scanner.expect(/per\b/, '"per |" after the population');
  scanner.expect(/\|/, '"|" after "per"');
  if (scanner.atEnd) scanner.fail('a period or an event');

  const next = NEXT_TERM.exec(scanner.text.slice(scanner.position));
  const end = next === null ? scanner.text.length : scanner.position + next.index;
  const base = takeBase(scanner, end);
  return { text: scanner.since(start), times, perThousand, population, ...base };
}

type Base =
  | { kind: 'period'; period: Period; multiplier?: Quantity; note?: string }
  | {
      kind: 'event';
      event: string;
      per?: Period;
      statedRate?: { times: Range; period: Period };
      multiplier?: Quantity;
      note?: string;
    };

/** Reads the base, which ends at `end`; leaves the outer scanner there. */
function takeBase(outer: Scanner, end: number): Base {
  const scanner = new Scanner(outer.text.slice(0, end), outer.position);
  outer.position = end;
  const counted = attempt(scanner, () => {
    const multiplier = takeQuantity(scanner, 'a multiplier');
    scanner.expect(/per\b/, 'per');
    return { multiplier, period: takePeriod(scanner) };
  });
  const period = counted?.period ?? attempt(scanner, () => takePeriod(scanner));
  if (period !== undefined) {
    const note = takeNote(scanner);
    if (!scanner.atEnd) scanner.fail('the end of the period');
    return { kind: 'period', period, ...optional('multiplier', counted?.multiplier), ...optional('note', note) };
  }
  const symbol = scanner.take(SYMBOL)?.[0];
  const event = scanner.expect(/[a-z](?:(?!\s+-\s+\d)[^|,(])*/i, 'a period or an event')[0].trim();
  let statedRate: { times: Range; period: Period } | undefined;
  if (scanner.take(/-/) !== undefined) {
    const times = takeRange(scanner, 'the rate of the event');
    scanner.expect(/per\b/, '"per"');
    statedRate = { times, period: takePeriod(scanner) };
  }
  const note = takeNote(scanner);
  if (!scanner.atEnd) scanner.fail('the end of the event');
  const split = new RegExp(`^(.+) per ${UNIT.source}$`, 'i').exec(event);
  return {
    kind: 'event',
    event: split?.[1] ?? event,
    ...optional('per', split === null ? undefined : periodOf(1, unitOf(split[2]!))),
    ...optional('statedRate', statedRate),
    ...optional('multiplier', symbol === undefined ? undefined : { missing: symbol }),
    ...optional('note', note),
  };
}

function takeQuantity(scanner: Scanner, expected: string): Quantity {
  const symbol = scanner.take(SYMBOL)?.[0];
  return symbol === undefined ? takeRange(scanner, expected) : { missing: symbol };
}

/** `day`, `15 min`, `12 hours`; whole text of a base, or what comes before a note. */
function takePeriod(scanner: Scanner): Period {
  const count = scanner.take(NUMBER);
  const unit = scanner.expect(new RegExp(`${UNIT.source}(?=\\s*(?:\\(|$))`, 'i'), UNIT_NAMES)[1]!;
  return periodOf(count === undefined ? 1 : Number(count[0]), unitOf(unit));
}

/** The result of `read`, or undefined with the scanner back where it was. */
function attempt<T>(scanner: Scanner, read: () => T): T | undefined {
  const start = scanner.position;
  try {
    return read();
  } catch {
    scanner.position = start;
    return undefined;
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: V });
}
