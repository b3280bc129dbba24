import type { TieOrder } from '../kernel/event-heap.js';
import { Carriers } from './carriers.js';
import {
  ARRIVE_S,
  ATTEMPT,
  CARRIER,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NEXT,
  NEXT_WAITING,
  NUMBER,
  ORIGIN_S,
  PENDING,
  SOURCE_INSTANCE,
  STEPS,
  WHOLE_S,
} from './message-row.js';

/** No message. */
export const NONE = -1;

/** CHANNEL of a message that waits for its emission and is on no link. */
export const UNSENT = -1;

/** CHANNEL of what is no message under way, but an event of its own in a row of the table; runs are above these. */
export const SPECIAL = -0x40000000;
/** The timer of a pending message (pending.ts). */
export const TIMER = SPECIAL;
/** What waits in a hold gets old (holds.ts); the store stands in CARRIER. */
export const AGE = SPECIAL - 1;
/** A message that a carrier has just brought to the end of its hop. */
export const CARRIED = SPECIAL - 2;
/** A round of a master begins (masters.ts); the burst that it belongs to, from 1 on, stands in DEVICE, or 0. */
export const ROUND = SPECIAL - 3;

/** What another cell of the same circle has just handed over (circle-run.ts); the message goes on with the event that it has. */
export const HANDED = SPECIAL - 4;

/** STEPS of timers: whatever else happens at that instant is before them. */
export const LAST_STEPS = 0x8000;
/** The most that STEPS can be. */
export const MOST_STEPS = 0xffff;

/**
 * What a message is on its way to the end of its channel: all of it; one whose next hop begins with its first frame, which
 * it stands for until that arrives; the rest of it thereafter; one that has been lost; a reply that is about to be sent; one
 * whose delivery there has been counted (quiet-ends.ts).
 */
export const Part = { all: 0, first: 1, rest: 2, lost: 3, reply: 4, counted: 5 } as const;

/** Who follows some messages from row to row. */
export interface RowWatcher {
  /** There is a copy of message m. */
  copied(m: number, copy: number): void;
  /** Row m is given back. */
  leave(m: number): void;
}

/**
 * Messages on their way, each a row of whole numbers and a row of floats (message-row.ts); m is a handle. A message that is
 * delivered gives its row back, so that the table is as long as the most messages that were ever on their way at once.
 */
export class Messages implements TieOrder {
  ints: Int32Array;
  /** What `ints` holds, of columns without a sign. */
  uints: Uint32Array;
  floats: Float64Array;
  readonly carriers = new Carriers();
  watcher: RowWatcher | undefined;
  private firstFree = NONE;

  /**
   * @param tieHash per source instance: seeded hash of its name and instance
   * @param capacity rows to begin with. What is never replaced stands in compiled code with its address, so that there should be
   *                 enough. Measured: an AMI day takes 5% less time.
   * @param tracks some messages may be waited for; where not, `pendingOf` says so of all
   */
  constructor(
    private readonly tieHash: Uint32Array,
    capacity = 1024,
    private readonly tracks = false,
  ) {
    this.ints = new Int32Array(capacity << INTS);
    this.uints = new Uint32Array(this.ints.buffer);
    this.floats = new Float64Array(capacity << FLOATS);
    this.freeRows(0);
  }

  /** Rows of the table, free ones included. */
  get rows(): number {
    return this.ints.length >> INTS;
  }

  /** The pending that waits for message m (pending.ts), or NONE. Where nobody waits for any message rows are not read for it. */
  pendingOf(m: number): number {
    return this.tracks ? this.ints[(m << INTS) | PENDING] : NONE;
  }

  /** A row with arbitrary contents. O(1), but for growth by doubling. */
  allocate(): number {
    if (this.firstFree === NONE) this.resize(2 * this.rows);
    const m = this.firstFree;
    this.firstFree = this.ints[(m << INTS) | NEXT];
    return m;
  }

  free(m: number): void {
    if (this.watcher !== undefined) this.watcher.leave(m);
    this.ints[(m << INTS) | NEXT] = this.firstFree;
    this.firstFree = m;
  }

  /** A copy that is in no channel and no queue. */
  clone(m: number): number {
    const copy = this.allocate();
    this.floats[(copy << FLOATS) | CREATED_S] = this.floats[(m << FLOATS) | CREATED_S];
    this.floats[(copy << FLOATS) | ORIGIN_S] = this.floats[(m << FLOATS) | ORIGIN_S];
    this.floats[(copy << FLOATS) | ARRIVE_S] = this.floats[(m << FLOATS) | ARRIVE_S];
    this.floats[(copy << FLOATS) | WHOLE_S] = this.floats[(m << FLOATS) | WHOLE_S];
    this.uints[(copy << INTS) | SOURCE_INSTANCE] = this.uints[(m << INTS) | SOURCE_INSTANCE];
    this.uints[(copy << INTS) | NUMBER] = this.uints[(m << INTS) | NUMBER];
    this.uints[(copy << INTS) | INSTANCE] = this.uints[(m << INTS) | INSTANCE];
    this.uints[(copy << INTS) | DEVICE] = this.uints[(m << INTS) | DEVICE];
    this.ints[(copy << INTS) | HOP] = this.ints[(m << INTS) | HOP];
    this.ints[(copy << INTS) | PENDING] = this.ints[(m << INTS) | PENDING];
    this.ints[(copy << INTS) | CARRIER] = this.ints[(m << INTS) | CARRIER];
    this.ints[(copy << INTS) | ATTEMPT] = this.ints[(m << INTS) | ATTEMPT];
    this.ints[(copy << INTS) | STEPS] = this.ints[(m << INTS) | STEPS];
    if (this.watcher !== undefined) this.watcher.copied(m, copy);
    return copy;
  }

  /**
   * Order of events at one instant: departures (negative items, one transmitter each, which do not meet) before
   * arrivals; of arrivals causes before their effects, then by the seeded hash of the source, the message's own number,
   * its hop and its branch.
   *
   * It is the same whether a cell sees other cells' events as they happen or later in a batch. A channel or a run shows
   * its first message only, and within an instant its messages may be out of order; but merging lists by their first
   * items is the same as merging them by the largest key so far in each, which never falls, and such merges may be
   * nested at will. What an event brings about at the same instant has more steps than all of its own step, so that it
   * comes after them here and there.
   */
  before(a: number, b: number): boolean {
    if (a < 0 || b < 0) return a < b;
    const { ints, uints, floats } = this;
    const rowA = a << INTS;
    const rowB = b << INTS;
    if (ints[rowA | STEPS] !== ints[rowB | STEPS]) return ints[rowA | STEPS] < ints[rowB | STEPS];
    const hashA = this.tieHash[uints[rowA | SOURCE_INSTANCE]];
    const hashB = this.tieHash[uints[rowB | SOURCE_INSTANCE]];
    if (hashA !== hashB) return hashA < hashB;
    if (uints[rowA | NUMBER] !== uints[rowB | NUMBER]) return uints[rowA | NUMBER] < uints[rowB | NUMBER];
    if (ints[rowA | HOP] !== ints[rowB | HOP]) return ints[rowA | HOP] < ints[rowB | HOP];
    if (uints[rowA | INSTANCE] !== uints[rowB | INSTANCE]) return uints[rowA | INSTANCE] < uints[rowB | INSTANCE];
    if (uints[rowA | DEVICE] !== uints[rowB | DEVICE]) return uints[rowA | DEVICE] < uints[rowB | DEVICE];
    if (ints[rowA | ATTEMPT] !== ints[rowB | ATTEMPT]) return ints[rowA | ATTEMPT] < ints[rowB | ATTEMPT];
    return floats[(a << FLOATS) | CREATED_S] < floats[(b << FLOATS) | CREATED_S]; // hashed numbers that collide
  }

  /** Calls `visit` for every message that carrier m carries, in the order in which they came; it may give rows back. */
  eachCarried(m: number, visit: (carried: number) => void): void {
    for (let carried = this.carriers.firstOf(this.ints[(m << INTS) | CARRIER]); carried !== NONE; ) {
      const next = this.ints[(carried << INTS) | NEXT_WAITING];
      visit(carried);
      carried = next;
    }
  }

  private resize(rows: number): void {
    const before = this.rows;
    this.ints = longer(this.ints, new Int32Array(rows << INTS));
    this.uints = new Uint32Array(this.ints.buffer);
    this.floats = longer(this.floats, new Float64Array(rows << FLOATS));
    this.freeRows(before);
  }

  private freeRows(from: number): void {
    for (let m = this.rows - 1; m >= from; m--) this.free(m);
  }
}

/** Copies a column to the longer one that takes its place. */
export function longer<T extends Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array>(
  from: T,
  to: T,
): T {
  to.set(from);
  return to;
}
