/**
 * What the channel of a message is a copy of, worked out from the message's hop: in columns over channels it would be 31 MB for each
 * million endpoints, written when an engine is made and looked for in memory with each hop.
 */
import { CHANNEL, HOP, INTS } from './message-row.js';
import type { Messages } from './messages.js';
import type { Program } from './program.js';

/** The transmitter of message m on the link that it is on. O(1). */
export function transmitterAt({ hops }: Program, { ints }: Messages, m: number): number {
  return ints[(m << INTS) | CHANNEL] + hops.transmitterShift[ints[(m << INTS) | HOP]];
}

/** The link instance that message m is on: its row of link statistics. O(1). */
export function linkInstanceAt({ hops }: Program, { ints }: Messages, m: number): number {
  const h = ints[(m << INTS) | HOP];
  const nth = ints[(m << INTS) | CHANNEL] - hops.firstChannel[h];
  const copies = hops.copies[h];
  return hops.firstLinkInstance[h] + (copies === 1 ? nth : Math.floor(nth / copies));
}
