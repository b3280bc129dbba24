/** Replications of trials by the runner of studies: kept as they finish, so that a stopped study goes on. */
import { availableParallelism } from 'node:os';
import { ReplicationPool } from '../../sim/replication-pool.js';
import { runJobs } from '../runner/runner.js';
import type { ReplicationStore } from '../runner/store.js';
import type { Simulate } from './simulated-trial.js';

/**
 * Trials are many and small: their threads are started once, since new ones would compile the engine anew each time.
 * Trials may be under way at once; their replications wait for a thread in the order in which they are asked for.
 */
export class StoredSimulations {
  readonly #store: ReplicationStore;
  readonly #signal: AbortSignal;
  readonly #stop = () => void this.close();
  #pool: ReplicationPool | undefined;
  /** Threads; the results do not depend on it. */
  readonly threads: number;

  /** @param workers default: the cores at hand */
  constructor(store: ReplicationStore, signal: AbortSignal, workers: number | undefined) {
    this.#store = store;
    this.#signal = signal;
    this.threads = Math.max(1, workers ?? availableParallelism());
    signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** @throws StudyInterrupted when the signal aborts */
  readonly simulate: Simulate = async (plan, numbers) => {
    if (!this.#signal.aborted) this.#pool ??= new ReplicationPool(this.threads);
    const job = {
      name: plan.name,
      plan: () => plan,
      wanted: { numbers },
      reduce: (_: unknown, stats: Awaited<ReturnType<Simulate>>) => stats,
    };
    const options = { store: this.#store, signal: this.#signal, ...(this.#pool && { pool: this.#pool }) };
    const [stats] = await runJobs([job], options);
    return stats!;
  };

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }
}
