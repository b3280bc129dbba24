import { fifoWait } from './fifo-wait.js';
import { type ClassLoad, priorityWaits } from './priority-waits.js';
import { ENDLESS_WAIT, type Wait } from './wait.js';

/**
 * Waits of each class where classes share a server by weights (fair queueing). No exact formula is known: the estimate is
 * the FIFO wait of all, which by the conservation law is the mean over classes weighted by their loads (Kleinrock II,
 * section 3.4), kept within bounds for the class:
 * - at least the wait if the class went before all others (Cobham),
 * - at most the wait if the class had only its guaranteed rate φ (its weight's share) and one piece of another went
 *   before: λ·E[S²] / (2·φ·(φ − ρ)) + E[S]·(1/φ − 1) + the residual piece (Parekh and Gallager, IEEE/ACM Trans.
 *   Networking 1 (1993)); finite also where all classes together overload the server, as long as ρ < φ.
 * The second moment is that of FIFO, scaled with the square of the mean. O(classes²).
 * @param weights positive, per class
 */
export function fairWaits(classes: readonly ClassLoad[], weights: readonly number[]): Wait[] {
  const sum = (key: keyof ClassLoad) => classes.reduce((total, one) => total + one[key], 0);
  const fifo = fifoWait(sum('load'), sum('loadS'), sum('loadS2'));
  const totalWeight = weights.reduce((total, weight) => total + weight, 0);
  return classes.map((own, k) => {
    const first = priorityWaits([own, ...classes.filter((_, i) => i !== k)])[0];
    const mostS = guaranteedWaitS(own, weights[k] / totalWeight, sum('pieceLoadS') / 2);
    const meanS = Math.max(first.meanS, Math.min(fifo.meanS, mostS));
    if (!Number.isFinite(meanS)) return ENDLESS_WAIT;
    const like = Number.isFinite(fifo.meanS) && fifo.meanS > 0 ? fifo : first;
    const scale = like.meanS > 0 ? meanS / like.meanS : 0;
    return { idle: Math.max(0, 1 - sum('load')), meanS, meanSqS2: like.meanSqS2 * scale * scale };
  });
}

function guaranteedWaitS({ perS, load, loadS }: ClassLoad, share: number, residualS: number): number {
  if (load >= share) return Infinity;
  const serviceS = perS > 0 ? load / perS : 0;
  return loadS / (2 * share * (share - load)) + serviceS * (1 / share - 1) + residualS;
}
