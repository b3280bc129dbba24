/** How the transmitters of a server serve messages. */
import { Discipline, type Plan } from '../plan.js';

/**
 * Who serves messages at a transmitter: pipes and frames are settled when they come, one after the other; at turns who
 * goes next is decided when the one before is done; shared media decide themselves.
 */
export const Way = { pipe: 0, frames: 1, turns: 2, shared: 3 } as const;

/** Whether messages go to a medium that many share, or the links serve them themselves, frame after frame. */
export function hasSharedMedium({ servers, media }: Plan, server: number): boolean {
  if (servers.medium[server] < 0) return false;
  const { kind } = media[servers.medium[server]].access;
  return kind !== 'dedicated' && kind !== 'half-duplex';
}

/** Whether the links send the frames of what the server carries, themselves: a pipe has none, and media send their own. */
export function sendsFrames({ servers, media }: Plan, server: number): boolean {
  const kind = media[servers.medium[server]]?.access.kind;
  return kind === 'dedicated' || kind === 'half-duplex' || kind === 'scheduled';
}

/**
 * What may be out decides late, since the outages are known when the measured run begins; what discards old messages,
 * since their age is known when their turn comes.
 * @returns Way of the server's own queue
 */
export function wayOfServer({ servers, outages }: Plan, server: number): number {
  const discards = servers.keepS !== undefined && servers.keepS[server] !== Number.POSITIVE_INFINITY;
  if (servers.discipline[server] !== Discipline.fifo || discards || outages.server.includes(server)) return Way.turns;
  return servers.medium[server] < 0 ? Way.pipe : Way.frames;
}
