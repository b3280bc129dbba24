/** Differences between two networks that were simulated with the same random numbers. */
import { mean, meanHalfWidth } from '../../sim/student-t.js';

export interface Difference {
  /** Mean over replications of (other − base). */
  readonly difference: number;
  /** Of the interval at the corrected confidence. */
  readonly halfWidth: number;
  readonly replications: number;
  /** Whether the interval leaves out 0. */
  readonly significant: boolean;
}

/**
 * Bonferroni: `count` intervals together hold with 95 % when each has 1 − 0.05 / count. It asks nothing of how they hang
 * together, and is on the safe side.
 */
export function jointConfidence(count: number): number {
  return 1 - 0.05 / Math.max(1, count);
}

/**
 * Mean difference with its paired interval (Student's t over the differences of replications with equal numbers, which
 * share their random numbers). What is the same in each pair cancels, so that it is narrower than that of two separate
 * runs. NaN when a value of either is missing or infinite, or there are fewer than two pairs.
 * Source: Law and Kelton, Simulation Modeling and Analysis, paired-t confidence interval.
 */
export function pairedDifference(base: readonly number[], other: readonly number[], confidence: number): Difference {
  const replications = Math.min(base.length, other.length);
  const differences = Array.from({ length: replications }, (_, i) => other[i]! - base[i]!);
  const difference = mean(differences);
  const halfWidth = meanHalfWidth(differences, confidence);
  return { difference, halfWidth, replications, significant: Math.abs(difference) > halfWidth };
}
