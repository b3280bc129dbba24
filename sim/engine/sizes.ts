import { combine, unitOf } from '../kernel/random.js';
import { SizeLaw } from '../plan.js';
import { Draw } from './media/senders.js';
import { INTS, NUMBER, SOURCE_INSTANCE } from './message-row.js';
import type { Messages } from './messages.js';
import type { Program } from './program.js';

/**
 * Application bytes of message m, no carrier, on hop h: what its source says, or a draw by hash of the message's identity, equal
 * in all its copies and repetitions; by SizeLaw on every hop the same or one of its own. O(1).
 */
export function appBytesOf(program: Program, messages: Messages, m: number, h: number): number {
  const { sources } = program.plan;
  const row = program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]];
  return sources.sizeLaw[row] === SizeLaw.fixed ? sources.sizeB[row] : drawnB(program, messages, m, h, row);
}

/** Exponential by inversion, -ln(1 - u), u of 32 bits: at most 22.2 means. */
function drawnB({ plan, key }: Program, messages: Messages, m: number, h: number, row: number): number {
  const { sizeB, sizeLaw, rootHop } = plan.sources;
  const identity = combine(
    combine(key[messages.uints[(m << INTS) | SOURCE_INSTANCE]], messages.uints[(m << INTS) | NUMBER]),
    Draw.size,
  );
  const hash = sizeLaw[row] === SizeLaw.exponentialPerHop ? combine(identity, h - rootHop[row]) : identity;
  return -sizeB[row] * Math.log(1 - unitOf(hash));
}
