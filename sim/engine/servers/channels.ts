import type { EventHeap } from '../../kernel/event-heap.js';
import { ARRIVE_S, FLOATS, INTS, NEXT } from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';

/**
 * Messages under way to the far ends of their channels. They arrive in the order in which they were put there, so that a
 * channel is a list, through NEXT, of which only the head stands in the event heap.
 *   heads, tails  i32  per channel: ~m of a message m, so that 0 is none: most of the millions of channels of premises are of other
 *                      workers, and memory that is zero and stays so costs nothing
 * Those of one instant keep their order too, whatever the order of ties says.
 */
export class Channels {
  /** Event heap of the cell that runs. */
  heap!: EventHeap;
  private readonly messages: Messages;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;

  constructor({ channels }: Program, messages: Messages) {
    this.messages = messages;
    this.heads = new Int32Array(channels);
    this.tails = new Int32Array(channels);
  }

  /** Appends message m to its channel, where ARRIVE_S, its own, is not before that of any other. */
  put(m: number, channel: number): void {
    const { messages, tails } = this;
    const last = ~tails[channel];
    messages.ints[(m << INTS) | NEXT] = NONE;
    tails[channel] = ~m;
    if (last === NONE) {
      this.heads[channel] = ~m;
      this.heap.push(messages.floats[(m << FLOATS) | ARRIVE_S], m);
    } else {
      messages.ints[(last << INTS) | NEXT] = m;
    }
  }

  /** Takes off message m, the head of its channel, whose event the heap has just given. */
  take(m: number, channel: number): void {
    const { messages, heads } = this;
    const next = messages.ints[(m << INTS) | NEXT];
    heads[channel] = ~next;
    if (next === NONE) this.tails[channel] = ~NONE;
    else this.heap.push(messages.floats[(next << FLOATS) | ARRIVE_S], next);
  }

  isEmpty(channel: number): boolean {
    return ~this.tails[channel] === NONE;
  }

  /** Latest arrival that is settled in a channel; -Infinity when nothing is under way. */
  lastArrivalS(channel: number): number {
    const last = ~this.tails[channel];
    return last === NONE ? Number.NEGATIVE_INFINITY : this.messages.floats[(last << FLOATS) | ARRIVE_S];
  }

  each(visit: (m: number) => void): void {
    const { heads, messages } = this;
    for (let channel = 0; channel < heads.length; channel++) {
      for (let m = ~heads[channel]; m !== NONE; m = messages.ints[(m << INTS) | NEXT]) visit(m);
    }
  }
}
