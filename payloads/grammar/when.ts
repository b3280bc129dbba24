import type { ClockInterval, When } from '../types.js';
import { parseList } from './alternatives.js';
import { takeDuration, takeDurationRange, takeNote, takeRange } from './numbers.js';
import type { Scanner } from './text.js';

/** The named period that `1-6 hr duration, 4-8 times a year` describes, here and nowhere else in the source. */
const DSDR = 'dsdr';

/**
 * Reads a when cell, whose every item is an alternative: `24x7`; daily intervals `7AM - 10PM`,
 * `5AM - 9AM or 3PM - 7PM`; `1-6 hr duration, 4-8 times a year`, the DSDR period; `within < 3 min of fault event`, a
 * deadline, whose event is as printed. Words in parentheses may follow.
 * @throws GrammarError
 */
export function parseWhen(text: string): When[] {
  return parseList(text, takeWhen).map(({ item }) => item);
}

function takeWhen(scanner: Scanner): When {
  const start = scanner.skip();
  const printed = () => scanner.since(start);
  if (scanner.take(/24x7(?!\w)/i) !== undefined) return { text: printed(), kind: 'always' };
  if (scanner.take(/within\b/i) !== undefined) {
    scanner.expect(/</, '"<"');
    const withinS = takeDuration(scanner);
    scanner.expect(/of\b/i, '"of" and an event');
    const event = scanner.expect(/[a-z][^,(]*/i, 'an event')[0].trim();
    takeNote(scanner);
    return { text: printed(), kind: 'deadline', withinS, event };
  }
  if (scanner.take(/(?=\d+(?:\s*-\s*\d+)?\s*hr\b)/i) !== undefined) {
    const durationS = takeDurationRange(scanner);
    scanner.expect(/duration\s*,/i, '"duration," and how many times a year');
    const timesPerYear = takeRange(scanner, 'how many times a year');
    scanner.expect(/times a year\b/i, '"times a year"');
    return { text: printed(), kind: 'period', period: DSDR, durationS, timesPerYear };
  }
  const intervals: ClockInterval[] = [];
  do intervals.push(takeInterval(scanner));
  while (scanner.take(/or\b/i) !== undefined);
  return { text: printed(), kind: 'daily', intervals };
}

function takeInterval(scanner: Scanner): ClockInterval {
  const fromS = takeClock(scanner, '24x7, a clock interval like 7AM - 10PM, "within <" or "N-M hr duration,"');
  scanner.expect(/-/, '"-" and the end of the interval');
  return { fromS, toS: takeClock(scanner, 'a time of day like 10PM') };
}

/** `7AM`, `10pm`, `12AM` (midnight), `7:30AM`. @returns seconds after midnight */
function takeClock(scanner: Scanner, expected: string): number {
  const [, hour, minute, half] = scanner.expect(/(1[0-2]|[1-9])(?!\d)(?::([0-5]\d))?\s*([ap])m\b/i, expected);
  return ((Number(hour) % 12) + (half!.toLowerCase() === 'p' ? 12 : 0)) * 3600 + Number(minute ?? 0) * 60;
}
