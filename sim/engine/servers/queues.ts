import { linkInstanceAt } from '../channel-of.js';
import { BYTES, FLOATS, INTS, NEXT_WAITING, SENT_B } from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';
import type { Accounts } from './accounts.js';

/**
 * Messages that wait for a transmitter, within the buffer of its server. The queue of class 0, the only one of a FIFO, has
 * the transmitter's number; further classes, which only ruled transmitters have, come behind (`queueOf`).
 *   heads, tails i32  per queue, through NEXT_WAITING; ~m of a message m, so that 0 is none (channels.ts)
 *   waitingB     f64  per transmitter: bytes that wait; a message of which a piece has been sent waits no more
 *   waiting      u32  per transmitter: messages that wait
 */
export class Queues {
  /** Queues of all transmitters. */
  readonly count: number;
  readonly waitingB: Float64Array;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  private readonly waiting: Uint32Array;
  private readonly bufferB: Float64Array; // per server
  private readonly bufferMessages: Float64Array;
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly stats: Statistics;
  private readonly accounts: Accounts;

  /** @param classes most queues that a transmitter has */
  constructor(program: Program, messages: Messages, stats: Statistics, accounts: Accounts, classes: number) {
    const { transmitters, ruled, plan } = program;
    this.count = transmitters + (classes - 1) * ruled;
    this.program = program;
    this.messages = messages;
    this.stats = stats;
    this.accounts = accounts;
    this.heads = new Int32Array(this.count);
    this.tails = new Int32Array(this.count);
    this.waitingB = new Float64Array(transmitters);
    this.waiting = new Uint32Array(transmitters);
    this.bufferB = plan.servers.bufferB;
    this.bufferMessages = plan.servers.bufferMessages;
  }

  queueOf(transmitter: number, priority: number): number {
    const { transmitters, ruled } = this.program;
    return priority === 0 ? transmitter : transmitters + (priority - 1) * ruled + transmitter;
  }

  classOf(queue: number): number {
    const { transmitters, ruled } = this.program;
    return queue < transmitters ? 0 : Math.floor((queue - transmitters) / ruled) + 1;
  }

  /** The transmitter's queue of the next class; -1 when there is none. */
  nextClass(queue: number, transmitter: number): number {
    const { transmitters, ruled } = this.program;
    if (transmitter >= ruled) return -1;
    const next = queue < transmitters ? transmitters + transmitter : queue + ruled;
    return next < this.count ? next : -1;
  }

  /** The first message of a queue; NONE. */
  first(queue: number): number {
    return ~this.heads[queue];
  }

  /** Appends message m unless the buffer is full; the message is gone then. @returns whether there was room. O(1). */
  join(m: number, queue: number, transmitter: number, nowS: number): boolean {
    const { messages, stats } = this;
    const waitingB = this.waitingB[transmitter] + messages.floats[(m << FLOATS) | BYTES];
    const server = this.program.transmitterServer[transmitter];
    if (waitingB > this.bufferB[server] || this.waiting[transmitter] >= this.bufferMessages[server]) {
      this.accounts.dropped(m, nowS);
      return false;
    }
    this.waitingB[transmitter] = waitingB;
    this.waiting[transmitter]++;
    if (stats.measuring) {
      const linkInstance = linkInstanceAt(this.program, messages, m);
      if (waitingB > stats.waitingMaxB[linkInstance]) stats.waitingMaxB[linkInstance] = waitingB;
    }
    const last = ~this.tails[queue];
    messages.ints[(m << INTS) | NEXT_WAITING] = NONE;
    if (last === NONE) this.heads[queue] = ~m;
    else messages.ints[(last << INTS) | NEXT_WAITING] = m;
    this.tails[queue] = ~m;
    return true;
  }

  /** The first message of a queue stops waiting. @returns it */
  leave(queue: number, transmitter: number): number {
    const { messages } = this;
    const m = this.first(queue);
    const next = messages.ints[(m << INTS) | NEXT_WAITING];
    if (messages.floats[(m << FLOATS) | SENT_B] === 0) {
      this.waitingB[transmitter] -= messages.floats[(m << FLOATS) | BYTES];
      this.waiting[transmitter]--;
    }
    this.heads[queue] = ~next;
    if (next === NONE) this.tails[queue] = ~NONE;
    return m;
  }

  /** Message m, of which a piece is being sent, stands first in its queue again. */
  standFirst(m: number, queue: number): void {
    const next = this.first(queue);
    this.messages.ints[(m << INTS) | NEXT_WAITING] = next;
    if (next === NONE) this.tails[queue] = ~m;
    this.heads[queue] = ~m;
  }

  each(visit: (queue: number, transmitter: number) => void): void {
    const { transmitters, ruled } = this.program;
    for (let queue = 0; queue < this.count; queue++) {
      if (this.first(queue) === NONE) continue;
      visit(queue, queue < transmitters ? queue : (queue - transmitters) % ruled);
    }
  }
}
