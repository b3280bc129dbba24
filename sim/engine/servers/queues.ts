import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';
import type { Accounts } from './accounts.js';

/**
 * Messages that wait for a transmitter, within the buffer of its server. FIFO: one queue for each transmitter, numbered
 * like it; else one for each class, class * transmitters + transmitter.
 *   first, last  i32  per queue, through Messages.nextWaiting
 *   waitingB     f64  per transmitter: bytes that wait; a message of which a piece has been sent waits no more
 *   waiting      u32  per transmitter: messages that wait
 */
export class Queues {
  readonly first: Int32Array;
  readonly waitingB: Float64Array;
  private readonly last: Int32Array;
  private readonly waiting: Uint32Array;
  private readonly bufferB: Float64Array; // per transmitter
  private readonly bufferMessages: Float64Array;
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly stats: Statistics;
  private readonly accounts: Accounts;

  /** @param classes most queues that a transmitter has */
  constructor(program: Program, messages: Messages, stats: Statistics, accounts: Accounts, classes: number) {
    const { transmitters, transmitterServer, plan } = program;
    this.program = program;
    this.messages = messages;
    this.stats = stats;
    this.accounts = accounts;
    this.first = new Int32Array(classes * transmitters).fill(NONE);
    this.last = new Int32Array(classes * transmitters).fill(NONE);
    this.waitingB = new Float64Array(transmitters);
    this.waiting = new Uint32Array(transmitters);
    this.bufferB = Float64Array.from(transmitterServer, (server) => plan.servers.bufferB[server]);
    this.bufferMessages = Float64Array.from(transmitterServer, (server) => plan.servers.bufferMessages[server]);
  }

  /** Appends message m unless the buffer is full; the message is gone then. @returns whether there was room. O(1). */
  join(m: number, queue: number, transmitter: number, nowS: number): boolean {
    const { messages, stats } = this;
    const waitingB = this.waitingB[transmitter] + messages.bytes[m];
    if (waitingB > this.bufferB[transmitter] || this.waiting[transmitter] >= this.bufferMessages[transmitter]) {
      this.accounts.dropped(m, nowS);
      return false;
    }
    this.waitingB[transmitter] = waitingB;
    this.waiting[transmitter]++;
    if (stats.measuring) {
      const linkInstance = this.program.channelLinkInstance[messages.channel[m]];
      if (waitingB > stats.waitingMaxB[linkInstance]) stats.waitingMaxB[linkInstance] = waitingB;
    }
    const last = this.last[queue];
    messages.nextWaiting[m] = NONE;
    if (last === NONE) this.first[queue] = m;
    else messages.nextWaiting[last] = m;
    this.last[queue] = m;
    return true;
  }

  /** The first message of a queue stops waiting. @returns it */
  leave(queue: number, transmitter: number): number {
    const { messages } = this;
    const m = this.first[queue];
    const next = messages.nextWaiting[m];
    if (messages.sentB[m] === 0) {
      this.waitingB[transmitter] -= messages.bytes[m];
      this.waiting[transmitter]--;
    }
    this.first[queue] = next;
    if (next === NONE) this.last[queue] = NONE;
    return m;
  }

  /** Message m, of which a piece is being sent, stands first in its queue again. */
  standFirst(m: number, queue: number): void {
    this.messages.nextWaiting[m] = this.first[queue];
    if (this.first[queue] === NONE) this.last[queue] = m;
    this.first[queue] = m;
  }

  each(visit: (queue: number, transmitter: number) => void): void {
    for (let queue = 0; queue < this.first.length; queue++) {
      if (this.first[queue] !== NONE) visit(queue, queue % this.program.transmitters);
    }
  }
}
