import type { PayloadType } from '../../payloads/types.js';

/** Bulk begins here: files and images, which should not stand before anything that somebody waits for. */
const BULK_B = 10_000;

/** The classes in words, for the assumptions of a run. */
export const PRIORITY_CLASSES = {
  value: `alarms; commands, alerts and acknowledgements; data; ${BULK_B} B and more`,
  reason: 'most urgent first, from payload type and size',
};

/**
 * Class of a message on strict-priority links, 0 first: alarms; then commands and what answers them; then data; bulk
 * transfers last. FIFO links ignore it. From payload type and size; DESIGN.md, Queues.
 */
export function priorityOf(type: PayloadType, sizeB: number): number {
  if (type === 'alarm') return 0;
  if (sizeB >= BULK_B) return 3;
  return type === 'resp-data' ? 2 : 1;
}
