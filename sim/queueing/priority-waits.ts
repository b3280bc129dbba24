/** Messages of one priority class on a link. */
export interface ClassLoad {
  /** λ, messages per second, ≥ 0. */
  readonly perS: number;
  /** λ·E[S]: seconds of transmission per second. */
  readonly load: number;
  /** λ·E[S²], s. */
  readonly loadS: number;
  /** λ·E[Σ P²] over the pieces P in which a message is sent, s; `loadS` where messages are sent whole. */
  readonly pieceLoadS: number;
}

/**
 * Mean waits in queue of each class under non-preemptive priorities with Poisson arrivals (M/G/1, Cobham); classes from
 * the most urgent on, FIFO within a class:
 * W_k = R_k / ((1 − σ_(k−1))(1 − σ_k)), σ_k = ρ_1 + … + ρ_k, R_k = Σ_(i≤k) λ_i·E[S_i²] / 2 + Σ_(i>k) λ_i·E[Σ P_i²] / 2.
 * Less urgent messages hinder only until the end of the piece under way: with whole messages this is Cobham's formula,
 * with ever smaller pieces the preemptive-resume one.
 *
 * Where all classes together overload the link, the urgent ones with σ_k < 1 still have a finite wait: the first class p
 * beyond gets what they leave, 1 − σ_(p−1), and the less urgent ones nothing: in R_k the terms of class p are scaled by
 * (1 − σ_(p−1)) / ρ_p, those beyond are 0; continuous at σ_p = 1.
 * @returns seconds per class; Infinity for classes with σ_k ≥ 1. O(classes).
 * Source: Cobham, Operations Research 2 (1954); Kleinrock, Queueing Systems II (1976), section 3.6. Leaves out what
 * `fifoWaitS` leaves out.
 */
export function priorityWaitsS(classes: readonly ClassLoad[]): number[] {
  let sigma = 0;
  const served = classes.map(({ load }) => {
    const share = load > 0 ? Math.min(1, Math.max(0, 1 - sigma) / load) : 1;
    sigma += load;
    return share;
  });
  let before = 0;
  return classes.map(({ load }, k) => {
    const above = before;
    before += load;
    if (before >= 1) return Infinity;
    const residualS = classes.reduce(
      (sum, { loadS, pieceLoadS }, i) => sum + (served[i] * (i <= k ? loadS : pieceLoadS)) / 2,
      0,
    );
    return residualS / ((1 - above) * (1 - before));
  });
}

/**
 * How much longer a message of each class is under way than its transmission takes, per second of transmission that
 * follows its first piece: σ_(k−1) / (1 − σ_(k−1)), the time of more urgent messages that go between its pieces.
 * @returns Infinity for classes with σ_(k−1) ≥ 1. O(classes). Source: as `priorityWaitsS` (preemptive resume).
 */
export function interruptions(classes: readonly Pick<ClassLoad, 'load'>[]): number[] {
  let above = 0;
  return classes.map(({ load }) => {
    const share = above < 1 ? above / (1 - above) : Infinity;
    above += load;
    return share;
  });
}
