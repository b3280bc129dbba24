/** What links were offered: measured, or expected where nothing was simulated. */
import type { ReplicationStats } from './replication.js';
import type { Volumetrics } from './volumetrics.js';

/** Per link instance and bin: (linkStart[l] + i) * bins + b. */
export interface Offered {
  readonly bytes: Float64Array;
  readonly messages: Float64Array;
}

/** Mean over the replications; the expectation without any. O(replications x link instances x bins). */
export function offeredPerBin(replications: readonly ReplicationStats[], expected: Volumetrics): Offered {
  if (replications.length === 0) return expected.bins;
  return {
    bytes: meanColumn(replications, (stats) => stats.bins.bytes),
    messages: meanColumn(replications, (stats) => stats.bins.messages),
  };
}

/** Element-wise mean of a column over the replications. */
export function meanColumn(
  replications: readonly ReplicationStats[],
  column: (stats: ReplicationStats) => Float64Array,
): Float64Array {
  const total = new Float64Array(column(replications[0]).length);
  for (const stats of replications) {
    const values = column(stats);
    for (let i = 0; i < total.length; i++) total[i] += values[i];
  }
  return total.map((value) => value / replications.length);
}
