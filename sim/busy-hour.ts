/** The busy hour: the clock hour with the highest mean bytes. */
import { binCount, binSeconds } from './bins.js';
import type { PlanTime } from './plan.js';

export interface BusyHour {
  /** Clock hour 0..23; -1 when nothing was sent. */
  readonly hour: number;
  /** Clock time at which it begins, `07:00`; empty when nothing was sent. */
  readonly label: string;
  /** Mean bytes in one such hour: over the days of the run, a cut hour counting for its seconds. */
  readonly bytes: number;
  /** Mean bit/s in it. */
  readonly bps: number;
}

/** Relative difference below which two hours are equally busy, so that rounding does not pick one. */
const TIE = 1e-9;
const HOUR_S = 3600;
/** Per clock hour, used again by each call. */
const [bytes, seconds] = [new Float64Array(24), new Float64Array(24)];
const CLOCK_LABEL_LENGTH = 'hh:mm'.length;

/**
 * Folds the bins of several days onto the clock and takes the hour with the most bytes per second; of equal ones the
 * first of the run. `bytesPerBin` has an element per bin. O(bins).
 */
export function busyHour(time: PlanTime, bytesPerBin: Float64Array): BusyHour {
  const bins = binCount(time);
  bytes.fill(0);
  seconds.fill(0);
  for (let b = 0; b < bins; b++) {
    bytes[time.binHour[b]] += bytesPerBin[b];
    seconds[time.binHour[b]] += binSeconds(time, b);
  }
  let busiest = -1;
  let most = 0;
  for (let b = 0; b < bins; b++) {
    const perS = bytes[time.binHour[b]] / seconds[time.binHour[b]];
    if (perS <= most * (1 + TIE)) continue;
    most = perS;
    busiest = b;
  }
  if (busiest < 0) return { hour: -1, label: '', bytes: 0, bps: 0 };
  const label = time.binLabel[busiest].slice(-CLOCK_LABEL_LENGTH);
  return { hour: time.binHour[busiest], label, bytes: most * HOUR_S, bps: 8 * most };
}

/** Mean of `valuesPerBin` per second over the bins of a clock hour. O(bins). */
export function perSecondInHour(time: PlanTime, valuesPerBin: Float64Array, hour: number): number {
  let [total, seconds] = [0, 0];
  for (let b = 0; b < valuesPerBin.length; b++) {
    if (time.binHour[b] !== hour) continue;
    total += valuesPerBin[b];
    seconds += binSeconds(time, b);
  }
  return seconds > 0 ? total / seconds : 0;
}

/** Mean of a ratio per bin over the seconds of a clock hour. O(bins). */
export function meanInHour(time: PlanTime, ratioPerBin: Float64Array, hour: number): number {
  let [total, seconds] = [0, 0];
  for (let b = 0; b < ratioPerBin.length; b++) {
    if (time.binHour[b] !== hour) continue;
    total += ratioPerBin[b] * binSeconds(time, b);
    seconds += binSeconds(time, b);
  }
  return seconds > 0 ? total / seconds : 0;
}
