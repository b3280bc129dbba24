import { DateTime } from 'luxon';
import type { ClockInterval } from '../payloads/types.js';
import { BadValue } from './bad-value.js';
import { instantOf, requireZone } from './local-time.js';
import type { Scenario } from './types.js';

const DAY_S = 86_400;
const BIN_S = 3600;

/** @throws BadValue, as the constructor of `RunClock` */
export function runClock(time: Pick<Scenario['time'], 'zone' | 'startLocal' | 'durationS'>): RunClock {
  return new RunClock(time.zone, time.startLocal, time.durationS);
}

/** A stretch of a day during which the wall clock runs evenly: elapsed [fromS, toS) shows wall second `wallS` onwards. */
interface Stretch {
  readonly fromS: number;
  readonly toS: number;
  readonly wallS: number;
}

/**
 * The local time of a run, resolved into seconds, so that nothing after it needs a time zone.
 *
 * Day d of the run begins d calendar days after the start, at the same clock time; it has 23 or 25 hours when clocks
 * change in it. Days whose clocks run alike are one day kind. Where clocks skip the start's time on a later day, that
 * day begins at the instant at which the skipped time would have been.
 *
 * Cost: one zone lookup per hour and day of the run.
 */
export class RunClock {
  /** Length of each day kind in seconds: 86400, and 82800 or 90000 where clocks change. */
  readonly dayLengthS: Float64Array;
  /** Day kind of each day of the run, in order; the last day may be cut by the end of the run. */
  readonly dayKind: Uint8Array;
  readonly binS = BIN_S;
  /** Wall clock at the start of each hour of the run: `07:00`, or `2026-07-16 07:00` in runs of several days. An hour that occurs twice is `01:00` and `01:00 (2)`. */
  readonly binLabel: readonly string[];
  /** Clock hour 0..23 at the start of each bin. */
  readonly binHour: Uint8Array;
  readonly #stretches: readonly (readonly Stretch[])[];

  /**
   * @param startLocal ISO without offset, e.g. `2026-07-15T06:00:00`; of a time that occurs twice, the first is meant
   * @throws BadValue UNKNOWN_NAME for an unknown zone, OUT_OF_RANGE for a start that clocks skip
   */
  constructor(zone: string, startLocal: string, durationS: number) {
    requireZone(zone);
    const start = instantOf(startLocal, zone);
    if (start === undefined) {
      const nearest = DateTime.fromISO(startLocal, { zone }).toFormat('yyyy-MM-dd HH:mm');
      const message = `clocks in ${zone} skip this time`;
      throw new BadValue({ code: 'OUT_OF_RANGE', message, found: startLocal, nearest });
    }
    const kinds = new Map<string, number>();
    const lengths: number[] = [];
    const stretches: Stretch[][] = [];
    const dayKind: number[] = [];
    for (let day = 0, elapsedS = 0; elapsedS < durationS; day++) {
      const [from, to] = [start.plus({ days: day }).toSeconds(), start.plus({ days: day + 1 }).toSeconds()];
      if (to === from) continue; // a calendar day that the zone left out, as Samoa did in 2011
      const parts = stretchesOf(zone, from, to);
      const key = JSON.stringify(parts);
      let kind = kinds.get(key);
      if (kind === undefined) {
        kind = kinds.size;
        kinds.set(key, kind);
        lengths.push(to - from);
        stretches.push(parts);
      }
      dayKind.push(kind);
      elapsedS += to - from;
    }
    this.dayLengthS = Float64Array.from(lengths);
    this.dayKind = Uint8Array.from(dayKind);
    this.#stretches = stretches;
    const bins = Array.from({ length: Math.ceil(durationS / BIN_S) }, (_, bin) => start.plus({ seconds: bin * BIN_S }));
    this.binHour = Uint8Array.from(bins, (bin) => bin.hour);
    this.binLabel = numbered(bins.map((bin) => bin.toFormat(dayKind.length > 1 ? 'yyyy-MM-dd HH:mm' : 'HH:mm')));
  }

  /**
   * When daily intervals are open on a day of a kind, in seconds after the start of that day: sorted, disjoint, half-open.
   * A window is open whenever the wall clock shows a time inside it: of a skipped hour nothing is open, a repeated hour
   * is open twice, and an interval that begins within a repeated hour is open in both of its passes. An interval over
   * midnight is open at both ends of a calendar day.
   * @param intervals seconds after local midnight; `toS <= fromS` runs over midnight
   */
  windowIntervals(intervals: readonly ClockInterval[], dayKind: number): ClockInterval[] {
    const open: ClockInterval[] = [];
    for (const stretch of this.#stretches[dayKind]!) {
      for (const part of intervals.flatMap(withinDay)) {
        const fromS = stretch.fromS + Math.max(0, part.fromS - stretch.wallS);
        const toS = Math.min(stretch.toS, stretch.fromS + part.toS - stretch.wallS);
        if (toS > fromS) open.push({ fromS, toS });
      }
    }
    return union(open);
  }
}

/** Cuts the day from one instant to another at midnights and where the zone's offset changes. Instants in seconds. */
function stretchesOf(zone: string, fromInstantS: number, toInstantS: number): Stretch[] {
  const offsetS = (instantS: number) => DateTime.fromSeconds(instantS, { zone }).offset * 60;
  const stretches: Stretch[] = [];
  let at = fromInstantS;
  while (at < toInstantS) {
    const wallS = modulo(at + offsetS(at), DAY_S);
    const midnight = at + DAY_S - wallS;
    const end = firstChange(offsetS, at, Math.min(midnight, toInstantS));
    stretches.push({ fromS: at - fromInstantS, toS: end - fromInstantS, wallS });
    at = end;
  }
  return stretches;
}

/** The first instant in (from, to] at which the offset differs from that at `from`; `to` when there is none. */
function firstChange(offsetS: (instantS: number) => number, from: number, to: number): number {
  const offset = offsetS(from);
  for (let at = from; at < to; at += BIN_S) {
    let late = Math.min(at + BIN_S, to);
    if (offsetS(late) === offset) continue;
    let early = at;
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (offsetS(middle) === offset) early = middle;
      else late = middle;
    }
    return late;
  }
  return to;
}

function withinDay({ fromS, toS }: ClockInterval): ClockInterval[] {
  if (toS > fromS) return [{ fromS, toS }];
  return [
    { fromS, toS: DAY_S },
    { fromS: 0, toS },
  ];
}

function union(intervals: readonly ClockInterval[]): ClockInterval[] {
  const joined: { fromS: number; toS: number }[] = [];
  for (const { fromS, toS } of [...intervals].sort((a, b) => a.fromS - b.fromS)) {
    const last = joined[joined.length - 1];
    if (last !== undefined && fromS <= last.toS) last.toS = Math.max(last.toS, toS);
    else joined.push({ fromS, toS });
  }
  return joined;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** Tells equal labels apart: the second `01:00` becomes `01:00 (2)`. */
function numbered(labels: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return labels.map((label) => {
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} (${count})`;
  });
}
