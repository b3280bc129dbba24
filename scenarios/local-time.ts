import { DateTime, IANAZone } from 'luxon';
import { nearestTo } from '../base/nearest.js';
import type { ClockInterval } from '../payloads/types.js';
import { BadValue } from './bad-value.js';

/** Local times as users write them: clock times, daily intervals, dates, time zones. */

/** Local time without offset, in luxon's letters. */
export const ISO_LOCAL = "yyyy-MM-dd'T'HH:mm:ss";

const DAY_S = 86_400;
const CLOCK_EXAMPLES = '14:00, 14:00:30, 2PM or 2:30 PM';
const DATE_EXAMPLES = '2026-07-15, or 2026-07-15 06:00';

/**
 * Seconds after local midnight of `14:00`, `14:00:30`, `2PM`, `2:30 pm`; `24:00` is 86400, the end of the day.
 * @throws BadValue SYNTAX, OUT_OF_RANGE
 */
export function parseClock(text: string): number {
  const parts = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*([AaPp][Mm])?$/.exec(text.trim());
  if (parts === null || (parts[2] === undefined && parts[4] === undefined)) {
    throw new BadValue({ code: 'SYNTAX', message: 'this is not a clock time', found: text, allowed: CLOCK_EXAMPLES });
  }
  let hour = Number(parts[1]);
  const half = parts[4]?.toLowerCase();
  const hourFits = half === undefined ? hour <= 24 : hour >= 1 && hour <= 12;
  if (half !== undefined) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  const [minute, second] = [Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
  const seconds = hour * 3600 + minute * 60 + second;
  if (hourFits && minute < 60 && second < 60 && seconds <= DAY_S) return seconds;
  throw new BadValue({
    code: 'OUT_OF_RANGE',
    message: 'there is no such time of day',
    found: text,
    allowed: CLOCK_EXAMPLES,
  });
}

/**
 * Daily intervals of `24x7` (none: always), `8AM - 8PM`, `22:00 - 06:00` (over midnight), or several with commas between.
 * Half-open; an interval that ends where it begins is a whole day.
 * @throws BadValue SYNTAX, OUT_OF_RANGE
 */
export function parseIntervals(text: string): ClockInterval[] {
  if (/^24\s*x\s*7$/i.test(text.trim())) return [];
  return text.split(',').map((part) => {
    const ends = part.split(/\s*(?:-|–|\bto\b)\s*/);
    if (ends.length !== 2) {
      const allowed = '24x7, 8AM - 8PM, or 05:00 - 09:00, 15:00 - 19:00';
      throw new BadValue({ code: 'SYNTAX', message: 'this is not a daily interval', found: part, allowed });
    }
    return { fromS: parseClock(ends[0]!) % DAY_S, toS: parseClock(ends[1]!) };
  });
}

/**
 * A date with or without a time, as ISO local time without offset: `2026-07-15T06:00:00`. Without a time it is midnight.
 * @throws BadValue SYNTAX, OUT_OF_RANGE (no such date, or outside 1970 to 2100)
 */
export function parseLocalDateTime(text: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ]\s*(.+))?$/.exec(text.trim());
  if (parts === null) {
    throw new BadValue({ code: 'SYNTAX', message: 'this is not a date', found: text, allowed: DATE_EXAMPLES });
  }
  const date = DateTime.fromISO(parts[1]!, { zone: 'utc' });
  if (!date.isValid || date.year < 1970 || date.year > 2100) {
    const allowed = `${DATE_EXAMPLES}, from 1970 to 2100`;
    throw new BadValue({ code: 'OUT_OF_RANGE', message: 'there is no such date', found: text, allowed });
  }
  return date.plus({ seconds: parts[2] === undefined ? 0 : parseClock(parts[2]) }).toFormat(ISO_LOCAL);
}

/**
 * @returns the zone itself
 * @throws BadValue UNKNOWN_NAME with the nearest zone
 */
export function requireZone(zone: string): string {
  if (/^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone)) return zone;
  throw new BadValue({
    code: 'UNKNOWN_NAME',
    message: 'this is not an IANA time zone',
    found: zone,
    allowed: 'UTC, America/New_York, Europe/Berlin, Asia/Kolkata and the like',
    ...nearestTo(zone, ['UTC', ...Intl.supportedValuesOf('timeZone')]),
  });
}

/**
 * The instant of a local time. A time that occurs twice, when clocks go back, is the first of the two.
 * @param local ISO without offset
 * @returns undefined when clocks skip that time
 */
export function instantOf(local: string, zone: string): DateTime | undefined {
  const resolved = DateTime.fromISO(local, { zone });
  const wall = local.slice(0, 19);
  if (resolved.toFormat(ISO_LOCAL) !== wall) return undefined;
  // Clocks go back by half an hour (Lord Howe) or by an hour.
  const earlier = [60, 30]
    .map((minutes) => resolved.minus({ minutes }))
    .find((candidate) => candidate.toFormat(ISO_LOCAL) === wall);
  return earlier ?? resolved;
}
