import type { ReplicationStats } from '../../sim/replication.js';

/** Every bit of the statistics as text: equal texts, equal results. */
export function fingerprint(stats: ReplicationStats): string {
  return JSON.stringify(stats, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );
}
