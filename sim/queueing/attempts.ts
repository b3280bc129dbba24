/** Repeating what got lost: truncated geometric numbers of attempts. */

/** A frame that is sent until it gets through, at most `1 + retries` times. */
export interface Attempts {
  /** Expected attempts, those of frames that never get through included: (1 − p^(r+1)) / (1 − p). */
  readonly mean: number;
  /** Probability that no attempt gets through: p^(r+1). */
  readonly lost: number;
  /** Failed attempts before the one that gets through, given that one does: mean and variance. */
  readonly failed: number;
  readonly failedVar: number;
  /** Variance of the attempts, those of frames that never get through included. */
  readonly variance: number;
}

/** Beyond this many attempts the tail of the sums is summed as if there were no limit. */
const MOST_TERMS = 300;

/**
 * Attempts when each is lost with probability `loss`, independently of the others. O(retries), at most 300.
 * @param loss    0..1
 * @param retries after the first attempt, >= 0; Infinity allowed for loss < 1
 * Source: truncated geometric distribution. Leaves out: losses in runs (fades), which make both attempts and loss larger.
 */
export function attempts(loss: number, retries: number): Attempts {
  if (loss <= 0) return { mean: 1, lost: 0, failed: 0, failedVar: 0, variance: 0 };
  if (loss >= 1) return { mean: retries + 1, lost: 1, failed: retries, failedVar: 0, variance: 0 };
  const lost = loss ** (retries + 1);
  const last = Math.min(retries, MOST_TERMS);
  let [first, second] = [0, 0];
  let weight = 1 - loss;
  for (let failures = 0; failures <= last; failures++) {
    first += weight * failures;
    second += weight * failures * failures;
    weight *= loss;
  }
  const through = 1 - lost;
  const failed = first / through;
  const mean = through / (1 - loss);
  // Attempts are failures + 1 where one gets through, and retries + 1 where none does.
  const ofLost = lost > 0 ? lost * (retries + 1) ** 2 : 0;
  const meanSq = second + 2 * first + through + ofLost;
  return {
    mean,
    lost,
    failed,
    failedVar: second / through - failed * failed,
    variance: Math.max(0, meanSq - mean * mean),
  };
}
