/** Confidence intervals of means over replications. */
import quantile from '@stdlib/stats-base-dists-t-quantile';

/** Two-sided 95 %. */
const UPPER_P = 0.975;

/** Sample mean. O(n). */
export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/**
 * Half width of the 95 % confidence interval of a mean, t_(0.975, n−1)·s / √n with the sample standard deviation s;
 * NaN for fewer than two values. The values must be independent (one per replication), about normal. O(n).
 */
export function meanHalfWidth(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return NaN;
  const centre = mean(values);
  const squares = values.reduce((total, value) => total + (value - centre) * (value - centre), 0);
  return quantile(UPPER_P, n - 1) * Math.sqrt(squares / (n - 1) / n);
}
