/** What links were offered: measured, or expected where nothing was simulated. */
import type { ReplicationStats } from './replication.js';
import type { AirtimePerByte } from './transmitter-load.js';
import type { Volumetrics } from './volumetrics.js';

/** Per link instance and bin: (linkStart[l] + i) * bins + b. */
export interface Offered {
  readonly bytes: Float64Array;
  readonly messages: Float64Array;
  /** What bytes become on media over the run: as measured, with repetitions and collisions, or expected where that is more. */
  readonly airtime: AirtimePerByte;
}

/** Mean over the replications; the expectation without any. O(replications x link instances x bins). */
export function offeredPerBin(replications: readonly ReplicationStats[], expected: Volumetrics): Offered {
  if (replications.length === 0) return { ...expected.bins, airtime: expected.bins };
  const bytes = meanColumn(replications, (stats) => stats.links.bytes);
  const measuredS = meanColumn(replications, (stats) => stats.links.airtimeS);
  // Collisions take more time than was expected; what waits or is dropped less, but was offered all the same.
  const airtimeS = bytes.map((sentB, row) => {
    const [expectedB, expectedS] = [expected.links.bytes[row], expected.links.airtimeS[row]];
    return expectedB > 0 ? Math.max(measuredS[row], (sentB * expectedS) / expectedB) : measuredS[row];
  });
  const bins = expected.bins.bytes.length / bytes.length;
  const inEachBin = (perLink: Float64Array) =>
    new Float64Array(expected.bins.bytes.length).map((_, cell) => perLink[Math.floor(cell / bins)]);
  return {
    bytes: meanColumn(replications, (stats) => stats.bins.bytes),
    messages: meanColumn(replications, (stats) => stats.bins.messages),
    airtime: { bytes: inEachBin(bytes), airtimeS: inEachBin(airtimeS) },
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
