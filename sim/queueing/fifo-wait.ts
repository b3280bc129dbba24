import { ENDLESS_WAIT, type Wait } from './wait.js';

/**
 * Mean wait in queue on a FIFO link with Poisson arrivals (M/G/1, Pollaczek-Khinchine):
 * W = λ·E[S²] / (2(1 − ρ)), ρ = λ·E[S].
 * @param perS        λ, messages per second, ≥ 0
 * @param serviceS    E[S], seconds on the wire with overhead
 * @param serviceSqS2 E[S²], s²; at least serviceS²
 * @returns seconds; Infinity at ρ ≥ 1, where the queue grows without end. O(1).
 * Source: Kleinrock, Queueing Systems I (1975), section 5.6. Leaves out: finite buffers (a wait that is too long, since
 * dropped messages do not wait), priorities (see `priorityWaits`), arrivals in bursts (a wait that is too short) and
 * arrivals that are more even than Poisson (too long).
 */
export function fifoWaitS(perS: number, serviceS: number, serviceSqS2: number): number {
  const load = perS * serviceS;
  return load < 1 ? (perS * serviceSqS2) / (2 * (1 - load)) : Infinity;
}

/**
 * The wait of `fifoWaitS` with its second moment, E[W²] = 2·E[W]² + λ·E[S³] / (3(1 − ρ)), and P(W = 0) = 1 − ρ.
 * @param load   ρ = λ·E[S]
 * @param loadS  λ·E[S²], s
 * @param loadS2 λ·E[S³], s²
 * O(1). Source: Takács, Operations Research 10 (1962); Kleinrock I, section 5.7. Leaves out what `fifoWaitS` leaves out.
 */
export function fifoWait(load: number, loadS: number, loadS2: number): Wait {
  if (load >= 1) return ENDLESS_WAIT;
  const meanS = loadS / (2 * (1 - load));
  return { idle: 1 - load, meanS, meanSqS2: 2 * meanS * meanS + loadS2 / (3 * (1 - load)) };
}
