import type { CatalogueRow } from '../../payloads/types.js';

/** Bulk begins here: files and images, which should not stand before anything that somebody waits for. */
const BULK_B = 10_000;
/** Data that must be there sooner are waited for by a control loop or an operator, as the answer to a command is. */
const URGENT_S = 5;

/** The classes in words, for the assumptions of a run. */
export const PRIORITY_CLASSES = {
  value: `alarms; commands, alerts, acknowledgements and urgent data; data; ${BULK_B} B and more`,
  reason: `0 to 3, most urgent first: from payload type and size; data are urgent with a budget below ${URGENT_S} s or availability rated high; payloads.*.priority sets a class by hand`,
};

/**
 * Class of a message on links with priorities, 0 first:
 *
 *   0  alarms
 *   1  commands and what answers them, alerts; data that are urgent: budget below 5 s, or availability rated high
 *   2  other data
 *   3  bulk: 10 kB and more, whatever it is but an alarm
 *
 * FIFO links ignore it. From payload type, size, latency budget and the C-I-A triple of the row (`L-H-H`: availability
 * high); DESIGN.md, Queues. Urgency raises data only, by one class: ratings are given for payloads as a whole, and where
 * everything is first nothing is.
 * @param budgetS NaN: none
 */
export function priorityOf({ type, cia }: Pick<CatalogueRow, 'type' | 'cia'>, sizeB: number, budgetS: number): number {
  if (type === 'alarm') return 0;
  if (sizeB >= BULK_B) return 3;
  const isUrgent = budgetS < URGENT_S || cia?.endsWith('-H') === true;
  return type === 'resp-data' && !isUrgent ? 2 : 1;
}
