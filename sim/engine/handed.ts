import type { Circle } from './cells.js';
import { CHANNEL, INTS, NEXT, NEXT_WAITING } from './message-row.js';
import { HANDED, type Messages, NONE } from './messages.js';

/**
 * What the cells of a circle have handed each other and not looked at: a list for each spoke and way. Only the first message
 * of a list is in its cell's heap: as in a channel, messages of one instant keep the order in which they came.
 */
export class Handed {
  private readonly circle: Circle;
  private readonly messages: Messages;
  /** Last message: per spoke, from it to the hub, then per spoke, from the hub to it. */
  private readonly last: Int32Array;

  constructor(circle: Circle, messages: Messages) {
    this.circle = circle;
    this.messages = messages;
    this.last = new Int32Array(2 * circle.spokes).fill(NONE);
  }

  /** Cell `from` gives `target` message m. @returns whether m is the first of its list, and to be put in the heap */
  append(m: number, from: number, target: number): boolean {
    const { messages, last } = this;
    const { hub, firstSpoke, spokes } = this.circle;
    const list = target === hub ? from - firstSpoke : spokes + target - firstSpoke;
    messages.ints[(m << INTS) | CHANNEL] = HANDED;
    messages.ints[(m << INTS) | NEXT] = NONE;
    messages.ints[(m << INTS) | NEXT_WAITING] = list;
    const before = last[list];
    last[list] = m;
    if (before !== NONE) messages.ints[(before << INTS) | NEXT] = m;
    return before === NONE;
  }

  /** Message m, the first of its list, has been taken. @returns the next one, to be put in the heap, or NONE */
  shift(m: number): number {
    const { messages } = this;
    const next = messages.ints[(m << INTS) | NEXT];
    if (next === NONE) this.last[messages.ints[(m << INTS) | NEXT_WAITING]] = NONE;
    return next;
  }
}
