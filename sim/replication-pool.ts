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

let spare: ReplicationPool | undefined;

/** Starts threads for who knows that there will be something to simulate and has yet to find out what: they need 0.15 s. */
export function preparePool(threads: number): void {
  spare ??= new ReplicationPool(threads);
}

/** Takes the threads that `preparePool` started where they are as many, else starts some. @param threads at least 1 */
export function openPool(threads: number): ReplicationPool {
  const prepared = spare;
  if (prepared?.threads === threads) {
    spare = undefined;
    return prepared;
  }
  dropPreparedPool();
  return new ReplicationPool(threads);
}

/** Ends the threads of `preparePool` that nobody has taken. */
export function dropPreparedPool(): void {
  void spare?.end();
  spare = undefined;
}

export class ReplicationPool {
  readonly threads: number;
  readonly #pool: Piscina<ReplicationTask, ReplicationStats>;
  readonly #running = new Set<Running>();
  readonly #timer: NodeJS.Timeout;

  /** @param threads at least 1; started at once */
  constructor(threads: number) {
    this.threads = threads;
    this.#pool = new Piscina<ReplicationTask, ReplicationStats>({
      filename: new URL('./replication-worker.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
    });
    this.#timer = setInterval(() => {
      for (const { fraction, onProgress } of this.#running) onProgress(fraction[0]);
    }, PROGRESS_EVERY_MS);
    this.#timer.unref(); // threads that have nothing to do keep no process alive
  }

  /**
   * Simulates a replication as soon as a thread is free; rejects when the engine fails, and when the pool is ended.
   * @param perThread replications like this one that a thread is going to have, about
   * @param onProgress told about ten times a second which part is done, 0..1
   */
  async run(
    plan: Plan,
    replication: number,
    engine: 'simulation' | 'simjs',
    perThread: number,
    onProgress: (fraction: number) => void,
  ): Promise<ReplicationStats> {
    const running = { fraction: new Float64Array(new SharedArrayBuffer(8)), onProgress };
    this.#running.add(running);
    try {
      return await this.#pool.run({ plan, replication, engine, progress: running.fraction.buffer, perThread });
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
