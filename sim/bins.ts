/** Result bins: how many a run has and how long each is. */
import type { PlanTime } from './plan.js';

/** Number of bins of the measured run; the last may be cut by the horizon. O(1). */
export function binCount(time: Pick<PlanTime, 'horizonS' | 'binS'>): number {
  return Math.ceil(time.horizonS / time.binS);
}

/** Seconds of bin `bin`: `binS`, or what the horizon leaves of the last one. O(1). */
export function binSeconds(time: Pick<PlanTime, 'horizonS' | 'binS'>, bin: number): number {
  return Math.min(time.binS, time.horizonS - bin * time.binS);
}

/** Seconds of each bin. O(bins). */
export function binLengths(time: Pick<PlanTime, 'horizonS' | 'binS'>): number[] {
  return Array.from({ length: binCount(time) }, (_, bin) => binSeconds(time, bin));
}
