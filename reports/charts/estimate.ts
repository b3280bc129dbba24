/** Quantities with what is known of their error. */
import type { Unit } from '../columns.js';
import { formatNumber, formatUnit } from '../format.js';

export interface Estimate {
  /** NaN: nothing is known. */
  readonly value: number;
  /** Ends of the 95 % interval; absent where the value is exact or closed form. */
  readonly low?: number;
  readonly high?: number;
  /** Replications or messages behind the interval. */
  readonly samples?: number;
}

/** What a chart shows on an axis. */
export interface Quantity {
  readonly title: string;
  readonly unit: Unit;
}

/** A quantity at which something ends: a budget, a headroom, a requirement. */
export interface Limit {
  readonly label: string;
  readonly value: number;
}

/** `221 ms (217 ms to 225 ms, n = 5)`. */
export function estimateText({ value, low, high, samples }: Estimate, unit: Unit): string {
  const text = formatUnit(value, unit);
  if (low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)) return text;
  const n = samples === undefined ? '' : `, n = ${formatNumber(samples)}`;
  return `${text} (${formatUnit(low, unit)} to ${formatUnit(high, unit)}${n})`;
}

/** A value that an axis can place, else null. */
export function placed(value: number | undefined, logarithmic = false): number | null {
  return value !== undefined && Number.isFinite(value) && (!logarithmic || value > 0) ? value : null;
}
