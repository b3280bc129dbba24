import { EventHeap } from '../kernel/event-heap.js';
import type { Circle } from './cells.js';
import { ARRIVE_S, CHANNEL, FLOATS, HOP, INSTANCE, INTS, SOURCE_INSTANCE } from './message-row.js';
import { HANDED, longer, type Messages, type RowWatcher, SPECIAL } from './messages.js';
import type { Program } from './program.js';
import { Leads } from './spokes.js';

/** Times are all that counts: those that are equal have no order. */
const NO_ORDER = { before: () => false };

/**
 * What may come from the hub of a circle to its spokes, and when at the earliest (circle-run.ts). A message that may lead
 * there is expected as long as it is known when it will be in the hub, be it that it waits to be sent, be it that another
 * cell has handed it over; when that time has come it is inside until it has gone down, or elsewhere, or come to its end.
 *
 * Per message:  to  i32  0: is not inside, or leads to no spoke; 1 + spoke; 1 + spokes: to any
 */
export class Forecast implements RowWatcher {
  /** Something has come to the hub that may be earlier than what was known; whoever goes by bounds resets it. */
  isNew = false;
  private readonly circle: Circle;
  private readonly messages: Messages;
  private readonly sourceRow: Uint32Array;
  /** Per spoke, the last for all: times at which messages will be in the hub, past ones among them. */
  private readonly expected: readonly EventHeap[];
  private readonly inside: Int32Array;
  private to = new Int32Array(0);

  constructor(circle: Circle, program: Program, messages: Messages) {
    this.circle = circle;
    this.messages = messages;
    this.sourceRow = program.sourceRow;
    this.expected = Array.from({ length: circle.spokes + 1 }, () => new EventHeap(NO_ORDER, 4));
    this.inside = new Int32Array(circle.spokes + 1);
  }

  /** Message m waits to be sent in the hub. O(log of those expected). */
  expectUnsent(m: number): void {
    const { messages } = this;
    const leads = this.leadsAfter(messages.ints[(m << INTS) | HOP], messages.uints[(m << INTS) | SOURCE_INSTANCE]);
    this.expect(leads, messages.uints[(m << INTS) | INSTANCE], messages.floats[(m << FLOATS) | ARRIVE_S]);
  }

  /** A message that has taken hop h (~root: is about to take that one) is handed over to the hub. O(log of those expected). */
  expectHanded(h: number, sourceInstance: number, instance: number, atS: number): void {
    this.expect(this.leadsAfter(h, sourceInstance), instance, atS);
    this.isNew = true; // the hub has an event, be it one that leads nowhere
  }

  /** The next event of the hub is message m's, which is inside from now on if it was not before. */
  enter(m: number): void {
    const { messages, circle } = this;
    const channel = messages.ints[(m << INTS) | CHANNEL];
    if (channel >= 0 || (channel <= SPECIAL && channel !== HANDED)) return;
    const leads = this.leadsAfter(messages.ints[(m << INTS) | HOP], messages.uints[(m << INTS) | SOURCE_INSTANCE]);
    if (leads !== Leads.nowhere)
      this.put(m, leads === Leads.own ? messages.uints[(m << INTS) | INSTANCE] : circle.spokes);
  }

  /** Row m of the messages is given back, or goes to another cell. */
  leave(m: number): void {
    if (m >= this.to.length || this.to[m] === 0) return;
    this.inside[this.to[m] - 1]--;
    this.to[m] = 0;
  }

  /** There is a copy of message m. */
  copied(m: number, copy: number): void {
    if (m < this.to.length && this.to[m] !== 0) this.put(copy, this.to[m] - 1);
  }

  /**
   * Nothing comes to `spoke` before.
   * @param sinceS the hub is through with all events before
   * @param hubNextS when the hub's next event is
   */
  boundS(spoke: number, sinceS: number, hubNextS: number): number {
    const { spokes } = this.circle;
    if (this.inside[spoke] + this.inside[spokes] > 0) return hubNextS;
    return Math.min(this.nextS(spoke, sinceS), this.nextS(spokes, sinceS));
  }

  /** Of a message that has taken hop h; ~root: that is about to take that one. */
  private leadsAfter(h: number, sourceInstance: number): number {
    return h < 0 ? this.circle.ofRow[this.sourceRow[sourceInstance]] : this.circle.after[h];
  }

  private expect(leads: number, instance: number, atS: number): void {
    if (leads === Leads.nowhere) return;
    this.expected[leads === Leads.own ? instance : this.circle.spokes].push(atS, 0);
    this.isNew = true;
  }

  private put(m: number, spoke: number): void {
    if (m >= this.to.length) this.to = longer(this.to, new Int32Array(2 * m + 64));
    this.to[m] = 1 + spoke;
    this.inside[spoke]++;
  }

  private nextS(spoke: number, sinceS: number): number {
    const expected = this.expected[spoke];
    let nextS = expected.nextS();
    while (nextS < sinceS) {
      expected.take();
      nextS = expected.nextS();
    }
    return nextS;
  }
}
