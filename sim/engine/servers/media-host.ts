import { linkInstanceAt, transmitterAt } from '../channel-of.js';
import type { MediumHost, SharedMedium } from '../media/host.js';
import { openMedium } from '../media/open.js';
import { ARRIVE_S, BYTES, CHANNEL, END_S, FLOATS, HOP, INTS, STEPS } from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';
import type { Accounts } from './accounts.js';
import type { Channels } from './channels.js';
import type { Outages } from './outages.js';

/** Media that many share, one for each transmitter that has been used, and what they may ask of the links. */
export class MediaHost implements MediumHost {
  readonly program: Program;
  readonly messages: Messages;
  readonly stats: Statistics;
  readonly keepsPower: boolean;
  untilS = 0;
  private readonly accounts: Accounts;
  private readonly channels: Channels;
  private readonly outages: Outages;
  private readonly queue: (m: number) => void;
  private readonly media: (SharedMedium | undefined)[]; // gone through by index: `for .. of` makes an object for each of a million
  nowS = 0;
  /** Whose medium is being woken, and what it asks for next; NONE, Infinity. */
  private waking = NONE;
  private againS = Number.POSITIVE_INFINITY;

  /** @param queue puts a message that has its grant before its transmitter, at its ARRIVE_S */
  constructor(
    program: Program,
    messages: Messages,
    stats: Statistics,
    accounts: Accounts,
    channels: Channels,
    outages: Outages,
    queue: (m: number) => void,
  ) {
    this.program = program;
    this.messages = messages;
    this.stats = stats;
    this.accounts = accounts;
    this.channels = channels;
    this.outages = outages;
    this.queue = queue;
    this.keepsPower = program.plan.outages.server.every((server) => server >= 0);
    this.media = new Array(program.ruled);
  }

  /** Message m reaches a medium, now that it arrives. Until that gives it back, ARRIVE_S is when it came, and it ends never. */
  offer(m: number): void {
    const { messages, program } = this;
    this.nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    messages.floats[(m << FLOATS) | END_S] = Number.POSITIVE_INFINITY;
    this.mediumOf(transmitterAt(program, messages, m)).offer(m);
  }

  /** Whether a medium stands for the transmitter that has been used. */
  isOpen(transmitter: number): boolean {
    return this.media[transmitter] !== undefined;
  }

  /** Wakes a medium at `nowS`, and again when it asks for it, as long as nothing else comes before. */
  wake(transmitter: number): void {
    const medium = this.media[transmitter];
    if (medium === undefined) return;
    const { heap } = this.channels;
    this.waking = transmitter;
    let atS = this.nowS;
    do {
      this.nowS = atS;
      this.againS = Number.POSITIVE_INFINITY;
      medium.wake();
      atS = this.againS;
    } while (heap.isNext(atS));
    this.waking = NONE;
    if (atS < Number.POSITIVE_INFINITY) heap.push(atS, ~transmitter);
  }

  /** Statistics are read next. */
  settle(nowS: number): void {
    for (let t = 0; t < this.media.length; t++) this.media[t]?.settle?.(nowS);
  }

  each(visit: (m: number, waiting: boolean) => void): void {
    for (let t = 0; t < this.media.length; t++) this.media[t]?.each(visit);
  }

  unfinishedWorkS(transmitter: number, nowS: number): number {
    return this.media[transmitter]?.unfinishedWorkS(nowS) ?? 0;
  }

  wakeAt(transmitter: number, atS: number): void {
    if (transmitter === this.waking && this.againS === Number.POSITIVE_INFINITY) this.againS = atS;
    else this.channels.heap.push(atS, ~transmitter);
  }

  passesTo(atS: number): boolean {
    if (!this.channels.heap.isNext(atS)) return false;
    this.nowS = atS;
    return true;
  }

  admits(m: number, waitingB: number, waitingMessages: number): boolean {
    const { messages, program, stats } = this;
    const { servers } = program.plan;
    const server = program.transmitterServer[transmitterAt(program, messages, m)];
    const withItB = waitingB + messages.floats[(m << FLOATS) | BYTES];
    if (withItB > servers.bufferB[server] || waitingMessages >= servers.bufferMessages[server]) {
      this.accounts.dropped(m, this.nowS);
      return false;
    }
    if (stats.measuring) {
      const linkInstance = linkInstanceAt(program, messages, m);
      stats.waitingMaxB[linkInstance] = Math.max(stats.waitingMaxB[linkInstance], withItB);
    }
    return true;
  }

  waited(m: number, sinceS: number, nowS: number): void {
    const { messages, program, stats } = this;
    if (!stats.measuring) return;
    stats.waited(linkInstanceAt(program, messages, m), messages.floats[(m << FLOATS) | BYTES], sinceS, nowS);
  }

  /** What crosses a channel arrives in that order, also where an acknowledgement told the medium late of an earlier end. */
  crossed(m: number, endS: number, nowS: number): void {
    const { messages, program, channels } = this;
    const channel = messages.ints[(m << INTS) | CHANNEL];
    const link = program.plan.hops.link[messages.ints[(m << INTS) | HOP]];
    messages.floats[(m << FLOATS) | END_S] = endS;
    messages.floats[(m << FLOATS) | ARRIVE_S] = Math.max(
      nowS,
      endS + program.plan.links.delayS[link],
      channels.lastArrivalS(channel),
    );
    messages.ints[(m << INTS) | STEPS] =
      messages.floats[(m << FLOATS) | ARRIVE_S] > nowS ? 0 : messages.ints[(m << INTS) | STEPS] + 1;
    channels.put(m, channel);
  }

  lost(m: number, nowS: number): void {
    this.accounts.lost(m, nowS);
  }

  granted(m: number): void {
    this.queue(m);
  }

  upFromS(transmitter: number, atS: number): number {
    return this.outages.upFromS(transmitter, atS);
  }

  hasPower(transmitter: number, node: number, atS: number): boolean {
    const { plan, transmitterServer, transmitterStart } = this.program;
    const server = transmitterServer[transmitter];
    if (plan.servers.oneStation[server] === 1) return true;
    const instance = Math.floor((transmitter - transmitterStart[server]) / plan.servers.copies[server]);
    return this.outages.hasPower(plan.servers.kind[server], instance, node, atS);
  }

  private mediumOf(transmitter: number): SharedMedium {
    const known = this.media[transmitter];
    if (known !== undefined) return known;
    const { servers, media } = this.program.plan;
    const medium = media[servers.medium[this.program.transmitterServer[transmitter]]];
    const opened = openMedium(this, medium, transmitter);
    this.media[transmitter] = opened;
    return opened;
  }
}
