import { Direction } from '../../plan.js';
import { linkInstanceAt } from '../channel-of.js';
import { framingOf } from '../framing.js';
import { BYTES, FLOATS, HOP, INTS } from '../message-row.js';
import { NONE } from '../messages.js';
import { framesInTurn } from './airtime.js';
import type { MediumHost } from './host.js';
import type { Radio } from './radio.js';
import { endpointOf, hopKey, isCast } from './senders.js';

/**
 * A message on a contended medium: what its frames need to know, copied, since copies of it may still be sent after the
 * message itself has left.
 */
export class Parcel {
  /** NONE once the message has left the medium. */
  m = NONE;
  endpoint = 0;
  isUp = false;
  isCast = false;
  /** Place of its queue among the queues of a radio: 0 first. */
  rank = 0;
  linkInstance = 0;
  bytes = 0;
  key = 0;
  frames = 1;
  fullS = 0;
  lastS = 0;
  gapS = 0;
  ackS = 0;
  /** Frames in a row before a message of a better class may go. */
  framesInTurn = 1;
  /** Radio hops behind it. */
  leg = 0;
  /** Its jobs on this leg that are not done: copies, or relays that repeat a cast message. */
  partsLeft = 1;
  /** Frames that got through on this leg. */
  framesThrough = 0;
  /** Where, and since when, it waits for the first frame of this leg; undefined: it does not. */
  waitsAt: Radio | undefined;
  waitsFromS = 0;

  /** Becomes message m, as it reaches the medium. O(1). */
  read(host: MediumHost, transmitter: number, m: number, rank: number): this {
    const { program, messages } = host;
    const framing = framingOf(program, messages, m);
    const { frames, fullS, lastS, gapS, ackS } = framing;
    this.m = m;
    this.endpoint = endpointOf(program, messages, m);
    this.isUp =
      program.plan.links.direction[program.plan.hops.link[messages.ints[(m << INTS) | HOP]]] !== Direction.down;
    this.isCast = isCast(program, messages, m);
    this.rank = rank;
    this.linkInstance = linkInstanceAt(program, messages, m);
    this.bytes = messages.floats[(m << FLOATS) | BYTES];
    this.key = hopKey(program, messages, m);
    this.frames = frames;
    this.fullS = fullS;
    this.lastS = lastS;
    this.gapS = gapS;
    this.ackS = this.isCast ? 0 : ackS;
    this.framesInTurn = framesInTurn(host, transmitter, framing);
    return this;
  }

  /** Airtime of one attempt for what is left of this leg, gaps and acknowledgements included, seconds. */
  get legS(): number {
    return (this.frames - 1) * this.fullS + this.lastS + this.frames * (this.gapS + this.ackS) - this.throughS;
  }

  /** Of a whole leg. */
  get airtimeS(): number {
    return this.legS + this.throughS;
  }

  private get throughS(): number {
    return this.framesThrough * (this.fullS + this.gapS + this.ackS);
  }
}

/** What a radio has to do for a parcel on one leg: to send all its frames once, those that fail again. */
export class Job {
  parcel: Parcel;
  at: number;
  to: number;
  leg: number;
  /** 0 is sent first; copies count as attempts. */
  copy: number;
  /** A copy, or a relay's repetition of a cast message: the host does not know of it. */
  isExtra: boolean;
  /** Key of its draws: those of the first leg are the message's own. */
  key: number;
  frame = 0;
  /** Of the frame: 0 first. */
  attempt: number;
  /** Attempts of all its frames so far. */
  tries = 0;
  /** Assessments that found the channel busy in this attempt, and the backoff exponent (CSMA). */
  busy = 0;
  exponent = 0;
  /** Slots left of the backoff, and since when they have been counted (DCF). */
  slots = 0;
  countedFromS = 0;
  /** Frames sent since it got its turn. */
  turn = 0;
  /** A frame that nobody repeats has failed. */
  failed = false;
  /** Time that access rules move on (access-rules.ts). A float from the first: V8 keeps those in place. */
  atS = Number.NaN;
  behind: Job | undefined;

  constructor(parcel: Parcel, at: number, to: number, key: number, copy: number, isExtra: boolean) {
    this.parcel = parcel;
    this.at = at;
    this.to = to;
    this.leg = parcel.leg;
    this.key = key;
    this.copy = copy;
    this.isExtra = isExtra;
    this.attempt = copy;
  }

  /** Begins anew, from `at` to `to`, as if made for it; what the access rules keep here they set when an attempt begins. */
  reuse(at: number, to: number, key: number): void {
    this.at = at;
    this.to = to;
    this.key = key;
    this.frame = 0;
    this.attempt = this.copy;
    this.tries = 0;
    this.failed = false;
  }

  get frameS(): number {
    return this.frame === this.parcel.frames - 1 ? this.parcel.lastS : this.parcel.fullS;
  }

  /** Whether its outcome still matters: the message is here and on the same leg. */
  get isOpen(): boolean {
    return this.parcel.m !== NONE && this.parcel.leg === this.leg;
  }
}
