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

/** A way in which an attempt fails: with `first` at the first attempt, with `again` at each after one that failed so. */
export interface Failure {
  readonly first: number;
  readonly again: number;
}

/**
 * Attempts where failures are likely to repeat: those who collided meet again. The `first` add up to the probability that
 * the first attempt is lost; a frame that failed in one way has only that to fear from then on, with its `again`, which
 * includes all others. Equal to `attempts` where every `again` is the sum of the firsts. O(ways x retries).
 */
export function attemptsByWay(ways: readonly Failure[], retries: number): Attempts {
  const firsts = ways.reduce((sum, { first }) => sum + first, 0);
  let [mean, lost, failed, failedSq, meanSq] = [1, 0, 0, 0, 1 - firsts];
  for (const { first, again } of ways) {
    let weight = first; // P(the first n attempts fail)
    for (let n = 1; n <= retries; n++) {
      mean += weight;
      failed += weight * (1 - again) * n;
      failedSq += weight * (1 - again) * n * n;
      meanSq += weight * (1 - again) * (n + 1) ** 2;
      weight *= again;
    }
    lost += weight;
    meanSq += weight * (retries + 1) ** 2;
  }
  const through = 1 - lost;
  if (through <= 0) return { mean, lost: 1, failed: retries, failedVar: 0, variance: 0 };
  failed /= through;
  return {
    mean,
    lost,
    failed,
    failedVar: Math.max(0, failedSq / through - failed * failed),
    variance: Math.max(0, meanSq - mean * mean),
  };
}
