/** Percentiles of latency histograms. */
import { bucketEdgeS } from './kernel/histogram.js';
import type { LatencyHistogram } from './replication.js';

/** A percentile must leave this many messages beyond it, on average. */
const LEAST_BEYOND = 10;
const ROUNDING = 1e-9;

/** Sum of histograms of one flow. O(buckets). */
export function mergeHistograms(histograms: readonly LatencyHistogram[]): LatencyHistogram {
  const filled = histograms.filter((histogram) => histogram.counts.length > 0);
  if (filled.length === 0) return { first: 0, counts: new Float64Array(0) };
  const first = Math.min(...filled.map((histogram) => histogram.first));
  const end = Math.max(...filled.map((histogram) => histogram.first + histogram.counts.length));
  const counts = new Float64Array(end - first);
  for (const histogram of filled) {
    for (let i = 0; i < histogram.counts.length; i++) counts[histogram.first - first + i] += histogram.counts[i];
  }
  return { first, counts };
}

/**
 * Quantile `q` (0..1) of the counted values: the upper edge of the bucket that holds the value of rank ceil(q·n), at most
 * 2^-7 above it; NaN for fewer than 10 / (1 − q) values, of which too few lie beyond it. O(buckets).
 */
export function histogramQuantile(histogram: LatencyHistogram, q: number): number {
  const total = histogram.counts.reduce((sum, count) => sum + count, 0);
  if (total * (1 - q) < LEAST_BEYOND - ROUNDING) return NaN;
  const rank = q * total - ROUNDING;
  let below = 0;
  for (let i = 0; i < histogram.counts.length; i++) {
    below += histogram.counts[i];
    if (below >= rank) return bucketEdgeS(histogram.first + i + 1);
  }
  return NaN;
}

/** Upper edge of the bucket of the largest value; NaN without values. O(buckets). */
export function histogramEnd(histogram: LatencyHistogram): number {
  for (let i = histogram.counts.length - 1; i >= 0; i--) {
    if (histogram.counts[i] > 0) return bucketEdgeS(histogram.first + i + 1);
  }
  return NaN;
}
