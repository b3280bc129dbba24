import type { Period, PeriodUnit, Range } from '../types.js';
import { fold, Scanner } from './text.js';

/** A number as printed: `25`, `1.5`, `2,000`, `100,000`; a comma belongs to it when exactly three digits follow. */
export const NUMBER = /\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?/;

export function numberOf(printed: string): number {
  return Number(printed.replace(/,/g, ''));
}

/** `4` or `4-6` or `4 - 6`. @throws GrammarError, also for `6-4`. */
export function takeRange(scanner: Scanner, expected: string): Range {
  const least = numberOf(scanner.expect(NUMBER, expected)[0]);
  const dash = scanner.take(/-\s*(?=\d)/);
  if (dash === undefined) return { least, most: least };
  const start = scanner.position;
  const most = numberOf(scanner.expect(NUMBER, 'a number')[0]);
  if (most < least) {
    scanner.position = start;
    scanner.fail(`a number that is not below ${least}`);
  }
  return { least, most };
}

const UNIT_S: Readonly<Record<PeriodUnit, number>> = {
  sec: 1,
  min: 60,
  hour: 3600,
  day: 86_400,
  week: 7 * 86_400,
  month: (365 / 12) * 86_400,
  year: 365 * 86_400,
};

/** The units of the source, singular or plural, `hr` and `h` for hour; none runs on into a word. */
export const UNIT = /(sec|min|hour|hr|h|day|week|month|year)s?(?![\w-])/i;

export const UNIT_NAMES = 'sec, min, hour, day, week, month or year';

export function unitOf(printed: string): PeriodUnit {
  const unit = printed.toLowerCase().replace(/s$/, '');
  return unit === 'hr' || unit === 'h' ? 'hour' : (unit as PeriodUnit);
}

/** A month is 365/12 days and a year 365 days. */
export function periodOf(count: number, unit: PeriodUnit): Period {
  return { count, unit, periodS: count * UNIT_S[unit] };
}

/** `4 hr`, `5sec`. @returns seconds. @throws GrammarError */
export function takeDuration(scanner: Scanner): number {
  const count = numberOf(scanner.expect(NUMBER, 'a number')[0]);
  return periodOf(count, unitOf(scanner.expect(UNIT, UNIT_NAMES)[0])).periodS;
}

/** A whole text `2 min`. @returns seconds. @throws GrammarError */
export function parseDuration(text: string): number {
  const scanner = new Scanner(fold(text));
  const durationS = takeDuration(scanner);
  if (!scanner.atEnd) scanner.fail('the end');
  return durationS;
}

/** `4-6 hr`. @returns seconds. @throws GrammarError */
export function takeDurationRange(scanner: Scanner): Range {
  const { least, most } = takeRange(scanner, 'a number');
  const { periodS } = periodOf(1, unitOf(scanner.expect(UNIT, UNIT_NAMES)[0]));
  return { least: least * periodS, most: most * periodS };
}

/** `(any words)`. @returns the words, or undefined when there is no parenthesis. @throws GrammarError when it stays open. */
export function takeNote(scanner: Scanner): string | undefined {
  if (scanner.take(/\(/) === undefined) return undefined;
  return scanner.expect(/([^()]*)\)/, 'a closing parenthesis')[1]!.trim();
}
