import { compiledAnew } from '../../base/compiled-anew.js';
import type { HopBytes } from './hop-bytes.js';
import { linkInstanceOf } from './hop-program.js';
import * as row from './message-row.js';
import { type Messages, NONE } from './messages.js';
import type { Program } from './program.js';
import type { Pipes } from './servers/pipes.js';
import type { Statistics } from './statistics.js';
import { Way } from './way.js';

/**
 * Message m reaches the link of hop h, now that it arrives. Where pipes are in tandem it goes on as far as it can. Its row may be
 * given back: it may be dropped, or be over. O(log events) for each hop, amortised over the messages that wait.
 */
export type Offer = (m: number, h: number) => void;

/** What an offer needs. */
interface OfferHands {
  readonly program: Program;
  readonly messages: Messages;
  readonly stats: Statistics;
  readonly bytes: HopBytes;
  readonly pipes: Pipes;
  /** To servers that are no pipes, by their way. */
  offerTo(way: number, m: number, transmitter: number): void;
}

/** What the function cannot import. */
type Imports = typeof row & {
  readonly NONE: number;
  readonly PIPE: number;
  readonly linkInstanceOf: typeof linkInstanceOf;
};

/**
 * Compiled for one engine, as the loop (event-loop.ts), since it is too large to be taken into that. Measured: 60 AMI days take 4.7 s in
 * place of 5.9 s.
 */
export function offering(hands: OfferHands): Offer {
  return compiledAnew(makeOffer)(hands, { ...row, NONE, PIPE: Way.pipe, linkInstanceOf });
}

function makeOffer(hands: OfferHands, imports: Imports): Offer {
  const { program, messages, stats, bytes, pipes } = hands;
  const { linkInstanceOf, INTS, INSTANCE, DEVICE, HOP, CHANNEL, FLOATS, ARRIVE_S, BYTES, SENT_B, NONE, PIPE } = imports;
  const hopLink = program.plan.hops.link;
  /** @returns the hop that message m is to be offered to next, as of its arrival there; NONE: it needs an event, or is gone */
  const offerOn = (m: number, h: number): number => {
    const nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    const link = hopLink[h];
    const instance = linkInstanceOf(program.hops, h, messages.uints[(m << INTS) | INSTANCE]);
    const copies = program.copies[link];
    let channel = program.channelStart[link] + instance * copies;
    if (copies > 1) channel += messages.uints[(m << INTS) | DEVICE] % copies;
    const sizeB = bytes.of(m, h);
    const linkInstance = program.linkStart[link] + instance;
    const transmitter = channel + program.hops.transmitterShift[h];
    messages.ints[(m << INTS) | HOP] = h;
    messages.ints[(m << INTS) | CHANNEL] = channel;
    messages.floats[(m << FLOATS) | BYTES] = sizeB;
    messages.floats[(m << FLOATS) | SENT_B] = 0;
    stats.offered(linkInstance, sizeB, nowS);
    if (program.way[link] === PIPE) return pipes.offer(m, h, link, channel, transmitter, linkInstance);
    hands.offerTo(program.way[link], m, transmitter);
    return NONE;
  };
  return (m, h) => {
    for (let next = h; next >= 0; ) next = offerOn(m, next);
  };
}
