/** Messages of one priority class on a link. */
export interface ClassLoad {
  /** λ, messages per second, ≥ 0. */
  readonly perS: number;
  /** λ·E[S]: seconds of transmission per second. */
  readonly load: number;
  /** λ·E[S²], s. */
  readonly loadS: number;
}

/**
 * Mean waits in queue of each class under non-preemptive priorities with Poisson arrivals (M/G/1, Cobham); classes from
 * the most urgent on, FIFO within a class:
 * W_k = W_0 / ((1 − σ_(k−1))(1 − σ_k)), σ_k = ρ_1 + … + ρ_k, W_0 = Σ λ_i·E[S_i²] / 2 over all classes.
 *
 * Where all classes together overload the link, the urgent ones with σ_k < 1 still have a finite wait: the first class p
 * beyond gets what they leave, 1 − σ_(p−1), and the less urgent ones nothing, so that
 * W_0 = Σ_(i<p) λ_i·E[S_i²] / 2 + (1 − σ_(p−1))·E[S_p²] / (2·E[S_p]); continuous at σ_p = 1.
 * @returns seconds per class; Infinity for classes with σ_k ≥ 1. O(classes).
 * Source: Cobham, Operations Research 2 (1954); Kleinrock, Queueing Systems II (1976), section 3.6. Leaves out what
 * `fifoWaitS` leaves out.
 */
export function priorityWaitsS(classes: readonly ClassLoad[]): number[] {
  let [sigma, residualS] = [0, 0];
  for (const { load, loadS } of classes) {
    if (sigma + load >= 1) {
      residualS += ((1 - sigma) * loadS) / load / 2;
      break;
    }
    sigma += load;
    residualS += loadS / 2;
  }
  let before = 0;
  return classes.map(({ load }) => {
    const above = before;
    before += load;
    return before < 1 ? residualS / ((1 - above) * (1 - before)) : Infinity;
  });
}
