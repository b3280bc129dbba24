/** Who sends a message on a shared medium, and the draws that belong to it. */

import { combine, unitOf } from '../../kernel/random.js';
import { Direction } from '../../plan.js';
import { linkInstanceOf } from '../hop-program.js';
import { ATTEMPT, DEVICE, HOP, INSTANCE, INTS, NUMBER, SOURCE_INSTANCE } from '../message-row.js';
import type { Messages } from '../messages.js';
import type { Program } from '../program.js';

/** The end towards the utility: collector, base station, master. */
export const GATEWAY = -1;

/** The endpoint of its area that message m belongs to: its sender on the way up, its receiver on the way down; 0 where one station speaks for all. */
export function endpointOf({ plan, sourceRow, hops }: Program, messages: Messages, m: number): number {
  const h = messages.ints[(m << INTS) | HOP];
  const link = plan.hops.link[h];
  if (plan.servers.oneStation[plan.links.server[link]] === 1) return 0;
  const kind = plan.links.kind[link];
  const endpoints = plan.areas.endpoints[kind][linkInstanceOf(hops, h, messages.uints[(m << INTS) | INSTANCE])];
  const node =
    plan.sources.firstNode[sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]] +
    messages.uints[(m << INTS) | DEVICE];
  return node % Math.max(1, endpoints);
}

/** Who puts message m on the medium: the gateway on links down, its endpoint on others. */
export function senderOf(program: Program, messages: Messages, m: number): number {
  const link = program.plan.hops.link[messages.ints[(m << INTS) | HOP]];
  return program.plan.links.direction[link] === Direction.down ? GATEWAY : endpointOf(program, messages, m);
}

/** Whether message m is meant for everybody on the medium: not acknowledged, not repeated. */
export function isCast({ hops }: Program, messages: Messages, m: number): boolean {
  return hops.isCast[messages.ints[(m << INTS) | HOP]] === 1;
}

/** Hash of a message on its current hop: what all its draws there are made of. Equal in plans that differ elsewhere. */
export function hopKey({ plan, key, sourceRow }: Program, messages: Messages, m: number): number {
  const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
  const root = plan.sources.rootHop[sourceRow[si]];
  const identity = combine(
    combine(key[si], messages.uints[(m << INTS) | NUMBER]),
    messages.ints[(m << INTS) | ATTEMPT],
  );
  return combine(
    combine(combine(identity, messages.ints[(m << INTS) | HOP] - root), messages.uints[(m << INTS) | INSTANCE]),
    messages.uints[(m << INTS) | DEVICE],
  );
}

/** What a draw is for; each purpose has its own. */
export const Draw = {
  frameLoss: 1,
  residualLoss: 2,
  backoff: 3,
  spread: 4,
  listener: 5,
  paging: 6,
  preamble: 7,
  ring: 8,
  size: 9,
} as const;

/** Uniform over [0, 1): draw `nth` for `purpose` of the message with `hopKey`. O(1). */
export function uniformOf(hopKeyOfMessage: number, purpose: number, nth: number): number {
  return unitOf(combine(combine(hopKeyOfMessage, purpose), nth));
}
