/** A replication that a thread simulates alone (replication-pool.ts). */
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { simulateReplication } from './simulate.js';

export interface ReplicationTask {
  readonly plan: Plan;
  readonly replication: number;
  readonly engine: 'simulation' | 'simjs';
  /** Shared with the main thread: the fraction that is done, one float. */
  readonly progress: SharedArrayBuffer;
  readonly perThread: number;
}

/** What became of a task. */
export type ReplicationReport = { readonly stats: ReplicationStats } | { readonly fault: unknown };

/** Simulates a replication. */
export function reportOf({ plan, replication, engine, progress, perThread }: ReplicationTask): ReplicationReport {
  const done = new Float64Array(progress);
  const onProgress = (fraction: number) => {
    done[0] = fraction;
  };
  try {
    return { stats: simulateReplication(plan, replication, { engine, perThread, onProgress }) };
  } catch (fault) {
    return { fault };
  }
}
