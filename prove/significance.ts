/** Exact two-sided tests of counts, and Holm's correction for many of them. */
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import poissonCdf from '@stdlib/stats-base-dists-poisson-cdf';

/**
 * Two-sided p-value of `observed` messages where a Poisson number of mean `mean` is claimed: twice the smaller tail, at
 * most 1. Conservative, as exact tests of counts are: P(p <= alpha) <= alpha.
 */
export function poissonP(observed: number, mean: number): number {
  if (mean === 0) return observed === 0 ? 1 : 0;
  return twoSided(observed, (count) => poissonCdf(count, mean));
}

/** Two-sided p-value of `observed` successes in `trials` independent ones of probability `chance`; see `poissonP`. */
export function binomialP(observed: number, trials: number, chance: number): number {
  if (observed > trials) return 0;
  if (chance <= 0 || chance >= 1) return observed === (chance <= 0 ? 0 : trials) ? 1 : 0;
  // The upper tail as the lower tail of failures: 1 - cdf would lose small tails to rounding.
  const below = binomialCdf(observed, trials, chance);
  const above = binomialCdf(trials - observed, trials, 1 - chance);
  return Math.min(1, 2 * Math.min(below, above));
}

function twoSided(observed: number, cdf: (count: number) => number): number {
  const below = cdf(observed);
  const above = observed === 0 ? 1 : 1 - cdf(observed - 1);
  return Math.min(1, 2 * Math.min(below, above));
}

/**
 * Holm's step-down correction: adjusted p-values, of which those <= alpha are rejections with a family-wise error of at
 * most alpha, whatever the dependence between the tests. O(n log n).
 * Source: S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6 (1979) 65-70.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[i]!));
    adjusted[i] = largest;
  });
  return adjusted;
}
