/**
 * Mean wait in queue on a FIFO link with Poisson arrivals (M/G/1, Pollaczek-Khinchine):
 * W = λ·E[S²] / (2(1 − ρ)), ρ = λ·E[S].
 * @param perS        λ, messages per second, ≥ 0
 * @param serviceS    E[S], seconds on the wire with overhead
 * @param serviceSqS2 E[S²], s²; at least serviceS²
 * @returns seconds; Infinity at ρ ≥ 1, where the queue grows without end. O(1).
 * Source: Kleinrock, Queueing Systems I (1975), section 5.6. Leaves out: finite buffers (a wait that is too long, since
 * dropped messages do not wait), priorities (see `priorityWaitsS`), arrivals in bursts (a wait that is too short) and
 * arrivals that are more even than Poisson (too long).
 */
export function fifoWaitS(perS: number, serviceS: number, serviceSqS2: number): number {
  const load = perS * serviceS;
  return load < 1 ? (perS * serviceSqS2) / (2 * (1 - load)) : Infinity;
}
