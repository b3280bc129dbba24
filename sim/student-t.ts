/** Confidence intervals of means over replications. */
import quantile from '@stdlib/stats-base-dists-t-quantile';

const CONFIDENCE = 0.95;

/** The last one asked for: rows of results ask for the same again and again, which took half of their time. */
const last = { p: NaN, degrees: NaN, quantile: NaN };

/** Student's t with these degrees of freedom: the value below which a share `p` lies. O(1) when asked again. */
export function tQuantile(p: number, degrees: number): number {
  if (p !== last.p || degrees !== last.degrees) Object.assign(last, { p, degrees, quantile: quantile(p, degrees) });
  return last.quantile;
}

/** Sample mean. O(n). */
export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/**
 * Half width of the confidence interval of a mean, t_(1−α/2, n−1)·s / √n with the sample standard deviation s and
 * α = 1 − confidence; NaN for fewer than two values. The values must be independent (one per replication), about normal.
 * O(n).
 */
export function meanHalfWidth(values: readonly number[], confidence = CONFIDENCE): number {
  const n = values.length;
  if (n < 2) return NaN;
  const centre = mean(values);
  const squares = values.reduce((total, value) => total + (value - centre) * (value - centre), 0);
  return tQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
}
