/** Runs one replication in a worker thread of the pool (see replications.ts). */
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { simulateReplication } from './simulate.js';

export interface ReplicationTask {
  readonly plan: Plan;
  readonly replication: number;
  readonly engine: 'simulation' | 'simjs';
  /** Shared with the main thread: fraction done of every replication. */
  readonly progress: SharedArrayBuffer;
  readonly slot: number;
}

export default function run({ plan, replication, engine, progress, slot }: ReplicationTask): ReplicationStats {
  const fractions = new Float64Array(progress);
  return simulateReplication(plan, replication, {
    engine,
    onProgress: (fraction) => {
      fractions[slot] = fraction;
    },
  });
}
