/** Samples that cover every factor's range evenly, however few they are. */
import seedrandom from 'seedrandom';
import { tQuantile } from '../../sim/student-t.js';
import { jointConfidence } from '../measures/paired.js';

/**
 * Latin hypercube: each factor's range is cut into `samples` strata of equal probability, each stratum is drawn from once,
 * and the strata of the factors are combined at random. Factors are drawn by their names, so that another factor leaves
 * the others as they were.
 * Source: McKay, Beckman and Conover, Technometrics 21 (1979).
 * @returns by factor, `samples` values in [0, 1)
 */
export function latinHypercube(factors: readonly string[], samples: number, seed: string): number[][] {
  return factors.map((factor) => {
    const random = seedrandom.alea(`${seed}/latin-hypercube/${factor}`);
    const strata = Array.from({ length: samples }, (_, i) => i);
    for (let i = samples - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1)); // Fisher and Yates
      [strata[i], strata[j]] = [strata[j]!, strata[i]!];
    }
    // A stratum's upper end belongs to the next one, also where the sum is rounded up.
    return strata.map((stratum) => Math.min((stratum + random()) / samples, before((stratum + 1) / samples)));
  });
}

function before(value: number): number {
  return value * (1 - Number.EPSILON);
}

/** Spearman's rank correlation; NaN where one of them does not vary. Equal values share the mean of their ranks. O(n log n). */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - middle) * (y[i]! - middle);
    xx += (x[i]! - middle) ** 2;
    yy += (y[i]! - middle) ** 2;
  }
  return xx === 0 || yy === 0 ? Number.NaN : xy / Math.sqrt(xx * yy);
}

function ranks(values: readonly number[]): number[] {
  const order = values
    .map((value, i) => ({ value, i }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const out = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]!.value === order[from]!.value) to++;
    for (let k = from; k < to; k++) out[order[k]!.i] = (from + 1 + to) / 2;
    from = to;
  }
  return out;
}

/**
 * Rank correlations within ± this may be chance: of `factors` that have nothing to do with the result, one in twenty
 * studies has any beyond it. r = t / √(n − 2 + t²), Student's t with n − 2 degrees of freedom (Kendall and Stuart, The
 * Advanced Theory of Statistics 2, 31.19), at the level of Bonferroni. 1 where so few samples tell nothing.
 */
export function boundOfChance(samples: number, factors: number): number {
  if (samples < 3) return 1;
  const t = tQuantile((1 + jointConfidence(factors)) / 2, samples - 2);
  return t / Math.sqrt(samples - 2 + t * t);
}

/** Quantile of a sample by the nearest rank; NaN for none. */
export function sampleQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
