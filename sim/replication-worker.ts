/** Runs one replication in a worker thread of the pool (see replication-pool.ts). */
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

export default function run({ plan, replication, engine, progress, perThread }: ReplicationTask): ReplicationStats {
  const done = new Float64Array(progress);
  return simulateReplication(plan, replication, {
    engine,
    perThread,
    onProgress: (fraction) => {
      done[0] = fraction;
    },
  });
}
