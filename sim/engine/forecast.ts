import { EventHeap } from '../kernel/event-heap.js';
import { longer } from './messages.js';
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
export class Forecast {
  /** Something has come that may be earlier than what was known; whoever goes by bounds resets it. */
  isNew = false;
  private readonly spokes: number;
  /** Per spoke, the last for all: times at which messages will be in the hub, past ones among them. */
  private readonly expected: readonly EventHeap[];
  private readonly inside: Int32Array;
  private to = new Int32Array(0);

  constructor(spokes: number) {
    this.spokes = spokes;
    this.expected = Array.from({ length: spokes + 1 }, () => new EventHeap(NO_ORDER, 4));
    this.inside = new Int32Array(spokes + 1);
  }

  /** A message that `leads` (Leads) to spoke `instance`, or any, will be in the hub at `atS`. O(log of those expected). */
  expect(leads: number, instance: number, atS: number): void {
    if (leads === Leads.nowhere) return;
    this.expected[leads === Leads.own ? instance : this.spokes].push(atS, 0);
    this.isNew = true;
  }

  /** Message m, which was expected, is in the hub. */
  enter(m: number, leads: number, instance: number): void {
    if (leads === Leads.nowhere) return;
    if (m >= this.to.length) this.to = longer(this.to, new Int32Array(2 * m + 64));
    const spoke = leads === Leads.own ? instance : this.spokes;
    this.to[m] = 1 + spoke;
    this.inside[spoke]++;
  }

  /** Row m of the messages is given back, or goes to another cell. */
  leave(m: number): void {
    if (m >= this.to.length || this.to[m] === 0) return;
    this.inside[this.to[m] - 1]--;
    this.to[m] = 0;
  }

  /** There is a copy of message m. */
  copied(m: number, copy: number): void {
    if (m >= this.to.length || this.to[m] === 0) return;
    this.enter(copy, Leads.own, this.to[m] - 1);
  }

  /**
   * Nothing comes to `spoke` before.
   * @param sinceS the hub is through with all events before
   * @param hubNextS when the hub's next event is
   */
  boundS(spoke: number, sinceS: number, hubNextS: number): number {
    if (this.inside[spoke] + this.inside[this.spokes] > 0) return hubNextS;
    return Math.min(this.nextS(spoke, sinceS), this.nextS(this.spokes, sinceS));
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
