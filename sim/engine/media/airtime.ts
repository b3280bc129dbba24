import { Discipline } from '../../plan.js';
import type { Framing } from '../framing.js';
import { framingOf } from '../framing.js';
import { FLOATS, SENT_B } from '../message-row.js';
import type { MediumHost } from './host.js';

/** Airtime of one attempt for every frame of message m that is not across yet: gaps and acknowledgements included. O(1). */
export function airtimeLeftS({ program, messages }: MediumHost, m: number): number {
  const framing = framingOf(program, messages, m);
  const left = framing.frames - framesAcross(framing, messages.floats[(m << FLOATS) | SENT_B]);
  return (left - 1) * framing.fullS + framing.lastS + left * (framing.gapS + framing.ackS);
}

/** How many frames SENT_B bytes are. */
export function framesAcross({ fullB }: Readonly<Framing>, sentB: number): number {
  return sentB === 0 ? 0 : Math.round(sentB / fullB);
}

/** Frames of message m that go in a row before a more urgent message may: see ServerTable.quantumB. */
export function framesInTurn(
  { program }: MediumHost,
  transmitter: number,
  { frames, fullB }: Readonly<Framing>,
): number {
  const { servers } = program.plan;
  const server = program.transmitterServer[transmitter];
  const quantumB = servers.quantumB[server];
  if (servers.discipline[server] !== Discipline.priority || quantumB === Number.POSITIVE_INFINITY) return frames;
  return Math.max(1, Math.floor(quantumB / fullB));
}
