import { ENDLESS_WAIT, type Wait } from './wait.js';

/** Messages of one priority class on a link. */
export interface ClassLoad {
  /** λ, messages per second, ≥ 0. */
  readonly perS: number;
  /** λ·E[S]: seconds of transmission per second. */
  readonly load: number;
  /** λ·E[S²], s. */
  readonly loadS: number;
  /** λ·E[S³], s². */
  readonly loadS2: number;
  /** λ·E[Σ P²] over the pieces P in which a message is sent, s; `loadS` where messages are sent whole. */
  readonly pieceLoadS: number;
  /** λ·E[Σ P³], s²; `loadS2` where messages are sent whole. */
  readonly pieceLoadS2: number;
}

/**
 * Waits in queue of each class under non-preemptive priorities with Poisson arrivals (M/G/1, Cobham); classes from the
 * most urgent on, FIFO within a class. With σ_k = ρ_1 + … + ρ_k:
 * E[W_k] = R_k / ((1 − σ_(k−1))(1 − σ_k)), R_k = Σ_(i≤k) λ_i·E[S_i²] / 2 + Σ_(i>k) λ_i·E[Σ P_i²] / 2.
 * Less urgent messages hinder only until the end of the piece under way: with whole messages this is Cobham's formula,
 * with ever smaller pieces the preemptive-resume one.
 *
 * Second moment: let U be the wait if nobody more urgent came after the message, that is the one of a queue in which all
 * of the k classes are one, E[U] = R_k / (1 − σ_k), E[U²] = T_k / (3(1 − σ_k)) + R_k·Σ_(i≤k) λ_i·E[S_i²] / (1 − σ_k)²,
 * T_k like R_k with third powers and without the 1/2. The wait is U extended by the busy periods of more urgent
 * messages: E[W_k²] = E[U²] / (1 − σ_(k−1))² + E[U]·Σ_(i<k) λ_i·E[S_i²] / (1 − σ_(k−1))³.
 *
 * Where all classes together overload the link, the urgent ones with σ_k < 1 still have a finite wait: the first class p
 * beyond gets what they leave, 1 − σ_(p−1), and the less urgent ones nothing: in R_k the terms of class p are scaled by
 * (1 − σ_(p−1)) / ρ_p, those beyond are 0; continuous at σ_p = 1.
 * @returns a wait per class; endless for classes with σ_k ≥ 1. O(classes²).
 * Source: Cobham, Operations Research 2 (1954); Kleinrock, Queueing Systems II (1976), section 3.6; second moment after
 * Kesten and Runnenburg (1957). Leaves out what `fifoWaitS` leaves out.
 */
export function priorityWaits(classes: readonly ClassLoad[]): Wait[] {
  let sigma = 0;
  const served = classes.map(({ load }) => {
    const share = load > 0 ? Math.min(1, Math.max(0, 1 - sigma) / load) : 1;
    sigma += load;
    return share;
  });
  const idle = Math.max(0, 1 - sigma);
  let [above, aboveS] = [0, 0];
  return classes.map(({ load, loadS }, k) => {
    const [before, beforeS] = [above, aboveS];
    above += load;
    aboveS += loadS;
    if (above >= 1) return ENDLESS_WAIT;
    let [residualS, residualS2] = [0, 0];
    for (let i = 0; i < classes.length; i++) {
      residualS += (served[i] * (i <= k ? classes[i].loadS : classes[i].pieceLoadS)) / 2;
      residualS2 += served[i] * (i <= k ? classes[i].loadS2 : classes[i].pieceLoadS2);
    }
    const free = 1 - above;
    const uS = residualS / free;
    const uSqS2 = residualS2 / (3 * free) + (residualS * aboveS) / (free * free);
    const left = 1 - before;
    return { idle, meanS: uS / left, meanSqS2: uSqS2 / left ** 2 + (uS * beforeS) / left ** 3 };
  });
}

/** Mean waits of `priorityWaits`, seconds; they do without third moments. */
export function priorityWaitsS(classes: readonly Omit<ClassLoad, 'loadS2' | 'pieceLoadS2'>[]): number[] {
  return priorityWaits(classes.map((one) => ({ ...one, loadS2: 0, pieceLoadS2: 0 }))).map(({ meanS }) => meanS);
}

/**
 * How much longer a message of each class is under way than its transmission takes, per second of transmission that
 * follows its first piece: σ_(k−1) / (1 − σ_(k−1)), the time of more urgent messages that go between its pieces.
 * @returns Infinity for classes with σ_(k−1) ≥ 1. O(classes). Source: as `priorityWaits` (preemptive resume).
 */
export function interruptions(classes: readonly Pick<ClassLoad, 'load'>[]): number[] {
  let above = 0;
  return classes.map(({ load }) => {
    const share = above < 1 ? above / (1 - above) : Infinity;
    above += load;
    return share;
  });
}

/**
 * Variance of the time that `interruptions` is the mean of, s² per second of transmission that follows the first piece:
 * each second is extended by busy periods of the more urgent, Σ_(i<k) λ_i·E[S_i²] / (1 − σ_(k−1))³. O(classes).
 */
export function interruptionVars(classes: readonly Pick<ClassLoad, 'load' | 'loadS'>[]): number[] {
  let [above, aboveS] = [0, 0];
  return classes.map(({ load, loadS }) => {
    const variance = above < 1 ? aboveS / (1 - above) ** 3 : Infinity;
    above += load;
    aboveS += loadS;
    return variance;
  });
}
