/** What links were offered: measured, or expected where nothing was simulated. */
import { binLengths } from './bins.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { type AirtimePerByte, transmitterLoad } from './transmitter-load.js';
import type { Volumetrics } from './volumetrics.js';

export interface Offered {
  /** Per link instance and bin: (linkStart[l] + i) * bins + b. */
  readonly bytes: Float64Array;
  readonly messages: Float64Array;
  /** Seconds of transmission per second, per server instance and bin: see `transmitterLoad`. */
  readonly load: Float64Array;
}

/**
 * Mean over the replications; the expectation without any. Columns of one replication, and expected ones, are those that
 * came in, not copies. O(replications x link instances x bins).
 */
export function offeredPerBin(plan: Plan, replications: readonly ReplicationStats[], expected: Volumetrics): Offered {
  const [bytes, messages] =
    replications.length === 0
      ? [expected.bins.bytes, expected.bins.messages]
      : [meanColumn(replications, ({ bins }) => bins.bytes), meanColumn(replications, ({ bins }) => bins.messages)];
  const airtime = replications.length === 0 ? expected.bins : measuredAirtime(replications, expected);
  return { bytes, messages, load: transmitterLoad(plan, bytes, binLengths(plan.time), airtime) };
}

/** What bytes become on media over the run: as measured, with repetitions and collisions, or expected where that is more. */
function measuredAirtime(replications: readonly ReplicationStats[], expected: Volumetrics): AirtimePerByte {
  const bytes = meanColumn(replications, ({ links }) => links.bytes);
  const measuredS = meanColumn(replications, ({ links }) => links.airtimeS);
  // Collisions take more time than was expected; what waits or is dropped less, but was offered all the same.
  const airtimeS = bytes.map((sentB, row) => {
    const [expectedB, expectedS] = [expected.links.bytes[row], expected.links.airtimeS[row]];
    return expectedB > 0 ? Math.max(measuredS[row], (sentB * expectedS) / expectedB) : measuredS[row];
  });
  return { bytes, airtimeS, ofWholeRun: true };
}

/** Element-wise mean of a column over the replications; of a single one the column itself. */
export function meanColumn(
  replications: readonly ReplicationStats[],
  column: (stats: ReplicationStats) => Float64Array,
): Float64Array {
  if (replications.length === 1) return column(replications[0]);
  const total = new Float64Array(column(replications[0]).length);
  for (const stats of replications) {
    const values = column(stats);
    for (let i = 0; i < total.length; i++) total[i] += values[i];
  }
  for (let i = 0; i < total.length; i++) total[i] /= replications.length;
  return total;
}
