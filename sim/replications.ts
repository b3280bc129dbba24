import { availableParallelism } from 'node:os';
import { dropSpareThreads, prepareThreads } from './engine-threads.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { ReplicationPool } from './replication-pool.js';
import { simulateInTeam, teamWork } from './workers.js';

const PROGRESS_EVERY_MS = 100;
/** Messages over links from which on a second worker gains more than the time that it needs to begin, some 0.1 s. */
const HOPS_FOR_TEAM = 2e6;

export interface ReplicationOptions {
  readonly engine?: 'simulation' | 'simjs';
  /** Threads; default: the cores at hand. The results do not depend on it. */
  readonly workers?: number;
  /** Called about ten times a second with the fraction of all replications that is done, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  /** Ends the work; the replications that are finished by then are returned. */
  readonly signal?: AbortSignal;
  /** Called once, as soon as a core has nothing left to simulate: what comes next can begin there. */
  readonly onCoreFree?: () => void;
}

/**
 * Runs replications in worker threads and returns their statistics in the order of `numbers`. Each has a thread; where
 * there are more threads than replications and much to do, several work on one together (workers.ts).
 * When `signal` aborts, the unfinished ones are missing from the result. A fault inside the engine rejects.
 */
export async function simulateReplications(
  plan: Plan,
  numbers: readonly number[],
  options: ReplicationOptions = {},
): Promise<ReplicationStats[]> {
  const threads = options.workers ?? availableParallelism();
  const teamSize = options.engine === 'simjs' ? 1 : worthwhile(plan, Math.floor(threads / numbers.length));
  const atOnce = teamSize > 1 ? numbers.length : poolSize(threads, numbers.length);
  const fractions = new Float64Array(numbers.length);
  let left = numbers.length;
  const report = () => options.onProgress?.(fractions.reduce((a, b) => a + b, 0) / numbers.length);
  const timer = setInterval(report, PROGRESS_EVERY_MS);
  try {
    const run = teamSize > 1 ? inTeams : inPool;
    const progress: Progress = {
      of(slot, fraction) {
        fractions[slot] = fraction;
      },
      finished(slot) {
        fractions[slot] = 1;
        left--;
        if (left === atOnce - 1) options.onCoreFree?.();
      },
    };
    const outcomes = await run(plan, numbers, options, progress, teamSize > 1 ? teamSize : threads);
    report();
    const fault = outcomes.find((outcome) => outcome.status === 'rejected');
    if (fault !== undefined && options.signal?.aborted !== true) throw fault.reason;
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  } finally {
    clearInterval(timer);
  }
}

/**
 * Starts the threads that `simulateReplications` is going to take for `count` replications: one each, or two where a team of two may
 * be worth it.
 */
export function prepareReplications(count: number, workers: number = availableParallelism()): void {
  prepareThreads(poolSize(workers, 2 * count));
}

function poolSize(threads: number, replications: number): number {
  return Math.max(1, Math.min(threads, replications));
}

/** How many workers of those at hand one replication of `plan` should have. */
function worthwhile(plan: Plan, atHand: number): number {
  if (atHand < 2) return 1;
  const { cells, hops } = teamWork(plan);
  return hops < HOPS_FOR_TEAM ? 1 : Math.min(atHand, cells);
}

type Outcomes = Promise<PromiseSettledResult<ReplicationStats>[]>;

/** Told of each replication by its place in `numbers`. */
interface Progress {
  of(slot: number, fraction: number): void;
  finished(slot: number): void;
}

async function inPool(
  plan: Plan,
  numbers: readonly number[],
  { engine = 'simulation', signal }: ReplicationOptions,
  progress: Progress,
  threads: number,
): Outcomes {
  const pool = new ReplicationPool(poolSize(threads, numbers.length));
  const perThread = numbers.length / pool.threads;
  const stop = () => void pool.end();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.allSettled(
      numbers.map(async (replication, slot) => {
        const stats = await pool.run(plan, replication, engine, perThread, (fraction) => progress.of(slot, fraction));
        progress.finished(slot);
        return stats;
      }),
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    void pool.end(); // nobody waits for that: 10 ms
  }
}

/** All replications at once, each by a team of its own. */
function inTeams(
  plan: Plan,
  numbers: readonly number[],
  { signal }: ReplicationOptions,
  progress: Progress,
  teamSize: number,
): Outcomes {
  const running = numbers.map(async (replication, slot) => {
    const onProgress = (fraction: number) => progress.of(slot, fraction);
    const stats = await simulateInTeam(plan, replication, teamSize, { onProgress, ...(signal && { signal }) });
    progress.finished(slot);
    return stats;
  });
  dropSpareThreads();
  return Promise.allSettled(running);
}
