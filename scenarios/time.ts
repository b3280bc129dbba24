import { DateTime } from 'luxon';
import { RunClock } from './clock.js';
import { ISO_LOCAL, instantOf, parseClock, parseLocalDateTime, requireZone } from './local-time.js';
import { parseQuantity } from './quantity.js';
import type { ScenarioReader } from './reader.js';
import type { Scenario } from './types.js';

const DAY_S = 86_400;
const MOST_DAYS = 366;
const MOST_WARM_UP_DAYS = 30;

/**
 * Start, zone, duration and warm-up. Durations of whole days or weeks are calendar days: `1 day` from midnight has 25
 * hours on the day when clocks go back; `24 hr` always has 24.
 */
export function readTime(reader: ScenarioReader): Scenario['time'] {
  const givenZone = reader.text(['timeZone']);
  const asked = givenZone ?? reader.defaultText('timeZone');
  const zone = reader.try(['timeZone'], () => requireZone(asked));
  const startText = reader.text(['start']) ?? reader.defaultText('start');
  const startLocal = reader.try(['start'], () => parseLocalDateTime(startText));
  const warmUpDays = readWarmUp(reader);
  const durationS = readDuration(reader, zone, startLocal);
  if (startLocal !== undefined && zone !== undefined) reader.try(['start'], () => new RunClock(zone, startLocal, 1));
  return { zone: zone ?? 'UTC', startLocal: startLocal ?? '', durationS: durationS ?? DAY_S, warmUpDays };
}

function readDuration(
  reader: ScenarioReader,
  zone: string | undefined,
  startLocal: string | undefined,
): number | undefined {
  const text = reader.has(['duration']) ? reader.value(['duration']) : reader.defaultOf('duration');
  const plainS = reader.has(['duration'])
    ? reader.quantity(['duration'], 'time', { least: 1, most: MOST_DAYS * DAY_S })
    : DAY_S;
  const calendar = /^(\d+)\s*(d|days?|weeks?)$/.exec(String(text).trim());
  if (plainS === undefined || calendar === null || startLocal === undefined || zone === undefined) return plainS;
  const start = instantOf(startLocal, zone);
  if (start === undefined) return plainS;
  const days = Number(calendar[1]) * (calendar[2]!.startsWith('week') ? 7 : 1);
  return start.plus({ days }).toSeconds() - start.toSeconds();
}

/** -1: until the daily cycle repeats. */
function readWarmUp(reader: ScenarioReader): number {
  const value = reader.has(['warmUp']) ? reader.value(['warmUp']) : reader.defaultOf('warmUp');
  if (value === 'auto') return -1;
  if (value === 'none') return 0;
  const seconds = reader.quantity(['warmUp'], 'time', { most: MOST_WARM_UP_DAYS * DAY_S });
  if (seconds === undefined) return -1;
  if (seconds % DAY_S !== 0) {
    reader.report(['warmUp'], {
      code: 'OUT_OF_RANGE',
      message: 'the warm-up is not a whole number of days',
      found: String(value),
      allowed: `auto, none, or up to ${MOST_WARM_UP_DAYS} days`,
      nearest: `${Math.ceil(seconds / DAY_S)} days`,
    });
  }
  return seconds / DAY_S;
}

/** The DSDR period; over midnight when it ends before it begins. */
export function readDsdr(reader: ScenarioReader): Scenario['dsdr'] {
  const clock = (key: 'from' | 'to') => {
    const text = reader.text(['dsdr', key]) ?? reader.defaultText(`dsdr.${key}`);
    return reader.try(['dsdr', key], () => parseClock(text)) ?? 0;
  };
  return { fromS: clock('from') % DAY_S, toS: clock('to') };
}

/**
 * Seconds from the start of a run to a clock time (the first at or after the start), to a local date and time, or to the
 * end of a time that is counted from the start (`30 hr`). Where clocks skip the time, it is as if they had not.
 * @returns undefined when the start itself is unknown
 * @throws BadValue, as the parsers
 */
export function secondsIntoRun(text: string, time: Scenario['time']): number | undefined {
  const spoken = text.trim();
  const isDate = /^\d{4}-/.test(spoken);
  const isClock = /^\d{1,2}((:\d{2})+|\s*[AaPp][Mm]|:\d{2}\s*[AaPp][Mm])$/.test(spoken);
  if (!isDate && !isClock) return parseQuantity(spoken, 'time');
  const clockS = isClock ? parseClock(spoken) : 0;
  const local = isDate ? parseLocalDateTime(spoken) : undefined;
  const start = instantOf(time.startLocal, time.zone);
  if (start === undefined) return undefined;
  const since = (wall: string) => {
    const instant = instantOf(wall, time.zone) ?? DateTime.fromISO(wall, { zone: time.zone });
    return instant.toSeconds() - start.toSeconds();
  };
  if (local !== undefined) return since(local);
  const midnight = DateTime.fromISO(time.startLocal.slice(0, 10), { zone: 'utc' });
  const [today, tomorrow] = [0, DAY_S].map((s) => since(midnight.plus({ seconds: clockS + s }).toFormat(ISO_LOCAL)));
  return today! >= 0 ? today : tomorrow;
}
