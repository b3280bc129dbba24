/** Share of messages delivered within their budget, and how sure it is. */
import { mean, meanHalfWidth } from './student-t.js';
import { wilsonInterval } from './wilson.js';

/** Of one replication. */
export interface Outcomes {
  /** Delivered within the budget. */
  readonly inTime: number;
  /** Messages whose outcome is known: delivered, lost, or in flight past the budget. */
  readonly known: number;
}

export interface Reliability {
  /** Mean over the replications with outcomes; NaN without any. */
  readonly share: number;
  /** 95 % interval; NaN with fewer than two such replications. */
  readonly low: number;
  readonly high: number;
  readonly replications: number;
}

/**
 * The reliability's 95 % interval is the hull of two:
 * - Student's t over the shares of the replications, which knows that messages of one replication are alike, but has no
 *   width when all replications have the same share;
 * - Wilson's over the pooled messages, which takes messages as independent, but knows how few they are: 30 of 30 in time
 *   are no proof of 99.5 %.
 * Each is too narrow where the other is right, so the hull errs towards `undecided`. O(replications).
 */
export function reliability(outcomes: readonly Outcomes[]): Reliability {
  const known = outcomes.filter((one) => one.known > 0);
  const shares = known.map((one) => one.inTime / one.known);
  const share = shares.length === 0 ? NaN : mean(shares);
  if (shares.length < 2) return { share, low: NaN, high: NaN, replications: shares.length };
  const half = meanHalfWidth(shares);
  const sum = (key: keyof Outcomes) => known.reduce((total, one) => total + one[key], 0);
  const pooled = wilsonInterval(sum('inTime'), sum('known'));
  return {
    share,
    low: Math.min(Math.max(0, share - half), pooled.low),
    high: Math.max(Math.min(1, share + half), pooled.high),
    replications: shares.length,
  };
}
