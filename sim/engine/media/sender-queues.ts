/**
 * What the senders of a shared medium have to send. Each has a queue of its own, by class where the server's discipline
 * is priority, else first come, first served; weights of the fair discipline mean nothing between senders, who have a
 * buffer each. Lists run through NEXT_WAITING; SENT_B holds the frames that are across.
 */

import { Discipline } from '../../plan.js';
import { ARRIVE_S, BYTES, FLOATS, INTS, NEXT_WAITING, SENT_B, SOURCE_INSTANCE } from '../message-row.js';
import { NONE } from '../messages.js';
import type { MediumHost } from './host.js';

export interface SenderQueue {
  /** The message whose frames go now, NONE between messages; it stands in no list and does not wait. */
  current: number;
  /** Those that wait for their first frame. */
  waitingB: number;
  waitingMessages: number;
  /** First and last message of each class; NONE. */
  readonly first: number[];
  readonly last: number[];
}

export class SenderQueues {
  private readonly host: MediumHost;
  /** How many lists a queue has. */
  readonly classes: number;

  constructor(host: MediumHost, transmitter: number) {
    const { plan, transmitterServer, classes } = host.program;
    this.host = host;
    this.classes = plan.servers.discipline[transmitterServer[transmitter]] === Discipline.priority ? classes : 1;
  }

  /** An empty queue. O(classes). */
  open(): SenderQueue {
    return {
      current: NONE,
      waitingB: 0,
      waitingMessages: 0,
      first: new Array<number>(this.classes).fill(NONE),
      last: new Array<number>(this.classes).fill(NONE),
    };
  }

  /** Makes a queue as `open` does. O(classes). */
  clear(queue: SenderQueue): void {
    queue.current = NONE;
    queue.waitingB = 0;
    queue.waitingMessages = 0;
    queue.first.fill(NONE);
    queue.last.fill(NONE);
  }

  /** Appends message m, unless the buffer is full: it is gone then. @returns whether there was room. O(1). */
  join(queue: SenderQueue, m: number): boolean {
    const { messages } = this.host;
    if (!this.host.admits(m, queue.waitingB, queue.waitingMessages)) return false;
    const c = this.classOf(m);
    messages.floats[(m << FLOATS) | SENT_B] = 0;
    messages.ints[(m << INTS) | NEXT_WAITING] = NONE;
    if (queue.first[c] === NONE) queue.first[c] = m;
    else messages.ints[(queue.last[c] << INTS) | NEXT_WAITING] = m;
    queue.last[c] = m;
    queue.waitingB += messages.floats[(m << FLOATS) | BYTES];
    queue.waitingMessages++;
    return true;
  }

  /** The message that goes next; NONE. O(classes). */
  next(queue: SenderQueue): number {
    return queue.current === NONE ? this.firstWaiting(queue) : queue.current;
  }

  /** Makes the next message the current one: a frame of it goes now. @returns it, or NONE. O(classes). */
  begin(queue: SenderQueue, nowS: number): number {
    if (queue.current !== NONE) return queue.current;
    const m = this.firstWaiting(queue);
    if (m === NONE) return NONE;
    const { messages } = this.host;
    const c = this.classOf(m);
    queue.first[c] = messages.ints[(m << INTS) | NEXT_WAITING];
    if (queue.first[c] === NONE) queue.last[c] = NONE;
    queue.current = m;
    if (messages.floats[(m << FLOATS) | SENT_B] === 0) {
      queue.waitingB -= messages.floats[(m << FLOATS) | BYTES];
      queue.waitingMessages--;
      this.host.waited(m, messages.floats[(m << FLOATS) | ARRIVE_S], nowS);
    }
    return m;
  }

  /** The current message, some of whose frames are across, lets more urgent ones go before the rest of it. O(classes). */
  yieldTurn(queue: SenderQueue): void {
    const m = queue.current;
    const c = this.classOf(m);
    this.host.messages.ints[(m << INTS) | NEXT_WAITING] = queue.first[c];
    if (queue.first[c] === NONE) queue.last[c] = m;
    queue.first[c] = m;
    queue.current = NONE;
  }

  /** The current message is across, or given up. */
  end(queue: SenderQueue): void {
    queue.current = NONE;
  }

  each(queue: SenderQueue, visit: (m: number, waiting: boolean) => void): void {
    const { messages } = this.host;
    if (queue.current !== NONE) visit(queue.current, false);
    for (const first of queue.first) {
      for (let m = first; m !== NONE; ) {
        const next = messages.ints[(m << INTS) | NEXT_WAITING];
        visit(m, messages.floats[(m << FLOATS) | SENT_B] === 0);
        m = next;
      }
    }
  }

  private firstWaiting({ first }: SenderQueue): number {
    for (let c = 0; c < first.length; c++) if (first[c] !== NONE) return first[c];
    return NONE;
  }

  private classOf(m: number): number {
    if (this.classes === 1) return 0;
    const { program, messages } = this.host;
    return program.plan.sources.priority[program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]];
  }
}
