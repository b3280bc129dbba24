import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import type { ReplicationTask } from './replication-worker.js';

const PROGRESS_EVERY_MS = 100;

export interface ReplicationOptions {
  readonly engine?: 'simulation' | 'simjs';
  /** Threads; default: the cores at hand. The results do not depend on it. */
  readonly workers?: number;
  /** Called about ten times a second with the fraction of all replications that is done, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  /** Ends the work; the replications that are finished by then are returned. */
  readonly signal?: AbortSignal;
}

/**
 * Runs replications in worker threads and returns their statistics in the order of `numbers`.
 * When `signal` aborts, the unfinished ones are missing from the result. A fault inside the engine rejects.
 */
export async function simulateReplications(
  plan: Plan,
  numbers: readonly number[],
  options: ReplicationOptions = {},
): Promise<ReplicationStats[]> {
  const threads = Math.max(1, Math.min(options.workers ?? availableParallelism(), numbers.length));
  const pool = new Piscina<ReplicationTask, ReplicationStats>({
    filename: new URL('./replication-worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  const progress = new SharedArrayBuffer(8 * numbers.length);
  const fractions = new Float64Array(progress);
  const report = () => options.onProgress?.(fractions.reduce((a, b) => a + b, 0) / numbers.length);
  const timer = setInterval(report, PROGRESS_EVERY_MS);
  const stop = () => void pool.destroy();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const outcomes = await Promise.allSettled(
      numbers.map(async (replication, slot) => {
        const stats = await pool.run({ plan, replication, engine: options.engine ?? 'simulation', progress, slot });
        fractions[slot] = 1;
        return stats;
      }),
    );
    report();
    const fault = outcomes.find((outcome) => outcome.status === 'rejected');
    if (fault !== undefined && options.signal?.aborted !== true) throw fault.reason;
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  } finally {
    clearInterval(timer);
    options.signal?.removeEventListener('abort', stop);
    await pool.destroy();
  }
}
