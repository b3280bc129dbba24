import { BYTES, CARRIER, FLOATS, HOP, INTS } from './message-row.js';
import type { Messages } from './messages.js';
import type { Program } from './program.js';
import { appBytesOf } from './sizes.js';

/**
 * A message as frames on its current hop, see plan.framings: bytes and airtimes are those on the medium. A class whose fields are floats
 * from the first: those V8 keeps in place, where to a field that may hold anything it puts a new number each time.
 */
export class Framing {
  frames = Number.NaN;
  fullB = Number.NaN;
  lastB = Number.NaN;
  fullS = Number.NaN;
  lastS = Number.NaN;
  gapS = Number.NaN;
  ackS = Number.NaN;
}

const framing = new Framing();

/**
 * Frames of message m on the hop that it is on (HOP); of a hop without framing one frame of BYTES
 * at the rate of the link. Carriers (plan.holds) are cut by the affine columns of their hold; their gaps and
 * acknowledgements are those of their hop's framing. Nothing is allocated: the result holds until the next call. O(1).
 */
export function framingOf({ plan }: Program, messages: Messages, m: number): Readonly<Framing> {
  const { hops, holds, framings, links } = plan;
  const h = messages.ints[(m << INTS) | HOP];
  const row = hops.framing[h];
  const hold = hops.hold[h];
  framing.gapS = row < 0 ? 0 : framings.gapS[row];
  framing.ackS = row < 0 ? 0 : framings.ackS[row];
  if (hold >= 0 && holds.frameAppB[hold] > 0) {
    const frameAppB = holds.frameAppB[hold];
    const appB = messages.carriers.appBytes(messages.ints[(m << INTS) | CARRIER]);
    const frames = Math.max(1, Math.ceil(appB / frameAppB));
    const lastShare = (appB - (frames - 1) * frameAppB) / frameAppB;
    framing.frames = frames;
    framing.fullB = holds.fullB[hold];
    framing.fullS = holds.fullS[hold];
    framing.lastB = holds.emptyB[hold] + lastShare * (holds.fullB[hold] - holds.emptyB[hold]);
    framing.lastS = holds.emptyS[hold] + lastShare * (holds.fullS[hold] - holds.emptyS[hold]);
  } else if (row >= 0) {
    framing.frames = framings.frames[row];
    framing.fullB = framings.fullB[row];
    framing.lastB = framings.lastB[row];
    framing.fullS = framings.fullS[row];
    framing.lastS = framings.lastS[row];
  } else {
    framing.frames = 1;
    framing.fullB = framing.lastB = messages.floats[(m << FLOATS) | BYTES];
    framing.fullS = framing.lastS = (8 * messages.floats[(m << FLOATS) | BYTES]) / links.rateBps[hops.link[h]];
  }
  return framing;
}

/** Bytes of message m on hop h, overhead, frames and, where it is a carrier, all that it carries included. O(1). */
export function bytesOn(program: Program, messages: Messages, m: number, h: number): number {
  const { hops, holds, framings } = program.plan;
  const row = hops.framing[h];
  const hold = hops.hold[h];
  if (hold >= 0 && holds.frameAppB[hold] > 0) {
    messages.ints[(m << INTS) | HOP] = h;
    const { frames, fullB, lastB } = framingOf(program, messages, m);
    return (frames - 1) * fullB + lastB;
  }
  if (hold >= 0) return messages.carriers.appBytes(messages.ints[(m << INTS) | CARRIER]) + hops.overheadB[h];
  if (row >= 0) return (framings.frames[row] - 1) * framings.fullB[row] + framings.lastB[row];
  return appBytesOf(program, messages, m, h) + hops.overheadB[h];
}
