import type { EventHeap } from '../../kernel/event-heap.js';
import { ARRIVE_S, FLOATS, INTS, NEXT } from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';

/**
 * Messages under way to the far ends of their channels. They arrive in the order in which they were put there, so that a
 * channel is a list, through NEXT, of which only the head stands in the event heap.
 *   head, tail  i32  per channel; those of one instant keep their order too, whatever the order of ties says
 */
export class Channels {
  /** Event heap of the cell that runs. */
  heap!: EventHeap;
  private readonly messages: Messages;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;

  constructor({ channels }: Program, messages: Messages) {
    this.messages = messages;
    this.head = new Int32Array(channels).fill(NONE);
    this.tail = new Int32Array(channels).fill(NONE);
  }

  /** Appends message m to its channel, where ARRIVE_S, its own, is not before that of any other. */
  put(m: number, channel: number, arriveS: number): void {
    const { messages, tail } = this;
    const last = tail[channel];
    messages.ints[(m << INTS) | NEXT] = NONE;
    tail[channel] = m;
    if (last === NONE) {
      this.head[channel] = m;
      this.heap.push(arriveS, m);
    } else {
      messages.ints[(last << INTS) | NEXT] = m;
    }
  }

  /** Takes off message m, the head of its channel, whose event the heap has just given. */
  take(m: number, channel: number): void {
    const { messages, head } = this;
    const next = messages.ints[(m << INTS) | NEXT];
    head[channel] = next;
    if (next === NONE) this.tail[channel] = NONE;
    else this.heap.push(messages.floats[(next << FLOATS) | ARRIVE_S], next);
  }

  isEmpty(channel: number): boolean {
    return this.tail[channel] === NONE;
  }

  /** Latest arrival that is settled in a channel; -Infinity when nothing is under way. */
  lastArrivalS(channel: number): number {
    const last = this.tail[channel];
    return last === NONE ? Number.NEGATIVE_INFINITY : this.messages.floats[(last << FLOATS) | ARRIVE_S];
  }

  each(visit: (m: number) => void): void {
    const { head, messages } = this;
    for (let channel = 0; channel < head.length; channel++) {
      for (let m = head[channel]; m !== NONE; m = messages.ints[(m << INTS) | NEXT]) visit(m);
    }
  }
}
