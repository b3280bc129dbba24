/** Threads that simulate replications, of one plan or of many. */
import { Piscina } from 'piscina';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import type { ReplicationTask } from './replication-worker.js';

const PROGRESS_EVERY_MS = 100;

interface Running {
  readonly fraction: Float64Array<SharedArrayBuffer>;
  readonly onProgress: (fraction: number) => void;
}

export class ReplicationPool {
  readonly #pool: Piscina<ReplicationTask, ReplicationStats>;
  readonly #running = new Set<Running>();
  readonly #timer: NodeJS.Timeout;

  /** @param threads at least 1; started at once */
  constructor(threads: number) {
    this.#pool = new Piscina<ReplicationTask, ReplicationStats>({
      filename: new URL('./replication-worker.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
    });
    this.#timer = setInterval(() => {
      for (const { fraction, onProgress } of this.#running) onProgress(fraction[0]);
    }, PROGRESS_EVERY_MS);
  }

  /**
   * Simulates a replication as soon as a thread is free; rejects when the engine fails, and when the pool is ended.
   * @param onProgress told about ten times a second which part is done, 0..1
   */
  async run(
    plan: Plan,
    replication: number,
    engine: 'simulation' | 'simjs',
    onProgress: (fraction: number) => void,
  ): Promise<ReplicationStats> {
    const running = { fraction: new Float64Array(new SharedArrayBuffer(8)), onProgress };
    this.#running.add(running);
    try {
      return await this.#pool.run({ plan, replication, engine, progress: running.fraction.buffer });
    } finally {
      this.#running.delete(running);
    }
  }

  /** Ends the threads, whatever they do. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#pool.destroy();
  }
}
