import type { TieOrder } from '../kernel/event-heap.js';
import { Carriers } from './carriers.js';

/** No message. */
export const NONE = -1;

/** `channel` of a message that waits for its emission and is on no link. */
export const UNSENT = -1;

/** `channel` of what is no message under way, but an event of its own in a row of the table; runs are above these. */
export const SPECIAL = -0x40000000;
/** The timer of a pending message (pending.ts). */
export const TIMER = SPECIAL;
/** What waits in a hold gets old (holds.ts); the store stands in `carrier`. */
export const AGE = SPECIAL - 1;
/** A message that a carrier has just brought to the end of its hop. */
export const CARRIED = SPECIAL - 2;
/** A round of a master begins (masters.ts); the burst that it belongs to, from 1 on, stands in `device`, or 0. */
export const ROUND = SPECIAL - 3;

/** What another cell of the same circle has just handed over (circle-run.ts); the message goes on with the event that it has. */
export const HANDED = SPECIAL - 4;

/** `steps` of timers: whatever else happens at that instant is before them. */
export const LAST_STEPS = 0x8000;
/** The most that `steps` can be. */
export const MOST_STEPS = 0xffff;

/**
 * What a message is on its way to the end of its channel: all of it; one whose next hop begins with its first frame, which
 * it stands for until that arrives; the rest of it thereafter; one that has been lost; a reply that is about to be sent.
 */
export const Part = { all: 0, first: 1, rest: 2, lost: 3, reply: 4 } as const;

/** Who follows some messages from row to row. */
export interface RowWatcher {
  /** There is a copy of message m. */
  copied(m: number, copy: number): void;
  /** Row m is given back. */
  leave(m: number): void;
}

/**
 * Messages on their way, in columns; m is a handle. A message that is delivered gives its row back, so that the table
 * is as long as the most messages that were ever on their way at once.
 *   createdS    f64  when the source handed it on
 *   originS     f64  the event that began it, for flows with a deadline after one; createdS where there is none
 *   arriveS     f64  its next event: its emission, or its arrival at the end of the current hop; while it waits for a
 *                    priority transmitter, when it began to wait
 *   endS        f64  end of its transmission on the current hop: its transmitter is free of it
 *   bytes       f64  its size on the current hop, overhead included
 *   sentB       f64  bytes sent on the current hop in pieces before the one under way (priority, quantum)
 *   wholeS      f64  hops that cut through: when the last of its frames is there to be sent
 *   sourceInstance u32  row of the source instances (program.ts): name, size, class
 *   number      u32  its number within the source instance, or a hash for caused messages: with the above its identity
 *   instance    u32  area instance that it is bound to
 *   device      u32  device within that instance
 *   hop         i32  the hop it is on; ~root while it is about to take its root hop
 *   channel     i32  the link copy that carries it, UNSENT, -2 - run for a message from another cell (runs.ts), or SPECIAL and below
 *   next        i32  the message behind it in its channel, or of those HANDED with it, NONE; links the free rows as well
 *   nextWaiting i32  the message behind it in the queue of its transmitter; HANDED: which list it is in (handed.ts)
 *   pending     i32  row of the messages that somebody waits for (NONE): the message itself, its copies and its answers have it
 *   carrier     i32  row of `carriers`: only of messages on a hop with a hold (framing.ts), arbitrary on others
 *   attempt     u8   how often the application has sent it again
 *   part        u8   Part; all on free rows
 *   steps       u16  hops that took no time since the last that did: orders cause before effect within one instant
 */
export class Messages implements TieOrder {
  createdS = new Float64Array(this.capacity);
  originS = new Float64Array(this.capacity);
  arriveS = new Float64Array(this.capacity);
  endS = new Float64Array(this.capacity);
  bytes = new Float64Array(this.capacity);
  sentB = new Float64Array(this.capacity);
  wholeS = new Float64Array(this.capacity);
  sourceInstance = new Uint32Array(this.capacity);
  number = new Uint32Array(this.capacity);
  instance = new Uint32Array(this.capacity);
  device = new Uint32Array(this.capacity);
  hop = new Int32Array(this.capacity);
  channel = new Int32Array(this.capacity);
  next = new Int32Array(this.capacity);
  nextWaiting = new Int32Array(this.capacity);
  pending = new Int32Array(this.capacity);
  carrier = new Int32Array(this.capacity);
  attempt = new Uint8Array(this.capacity);
  part = new Uint8Array(this.capacity);
  steps = new Uint16Array(this.capacity);
  readonly carriers = new Carriers();
  watcher: RowWatcher | undefined;
  private firstFree = NONE;

  /**
   * @param tieHash per source instance: seeded hash of its name and instance
   * @param capacity rows to begin with. Columns that are never replaced stand in compiled code with their addresses, so that there
   *                 should be enough. Measured: an AMI day takes 5% less time.
   */
  constructor(
    private readonly tieHash: Uint32Array,
    private readonly capacity = 1024,
  ) {
    this.freeRows(0);
  }

  /** A row with arbitrary contents. O(1), but for growth by doubling. */
  allocate(): number {
    if (this.firstFree === NONE) this.resize(2 * this.hop.length);
    const m = this.firstFree;
    this.firstFree = this.next[m];
    return m;
  }

  free(m: number): void {
    if (this.watcher !== undefined) this.watcher.leave(m);
    this.next[m] = this.firstFree;
    this.firstFree = m;
  }

  /** A copy that is in no channel and no queue. */
  clone(m: number): number {
    const copy = this.allocate();
    this.createdS[copy] = this.createdS[m];
    this.originS[copy] = this.originS[m];
    this.arriveS[copy] = this.arriveS[m];
    this.wholeS[copy] = this.wholeS[m];
    this.sourceInstance[copy] = this.sourceInstance[m];
    this.number[copy] = this.number[m];
    this.instance[copy] = this.instance[m];
    this.device[copy] = this.device[m];
    this.hop[copy] = this.hop[m];
    this.pending[copy] = this.pending[m];
    this.carrier[copy] = this.carrier[m];
    this.attempt[copy] = this.attempt[m];
    this.steps[copy] = this.steps[m];
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
    if (this.steps[a] !== this.steps[b]) return this.steps[a] < this.steps[b];
    const hashA = this.tieHash[this.sourceInstance[a]];
    const hashB = this.tieHash[this.sourceInstance[b]];
    if (hashA !== hashB) return hashA < hashB;
    if (this.number[a] !== this.number[b]) return this.number[a] < this.number[b];
    if (this.hop[a] !== this.hop[b]) return this.hop[a] < this.hop[b];
    if (this.instance[a] !== this.instance[b]) return this.instance[a] < this.instance[b];
    if (this.device[a] !== this.device[b]) return this.device[a] < this.device[b];
    if (this.attempt[a] !== this.attempt[b]) return this.attempt[a] < this.attempt[b];
    return this.createdS[a] < this.createdS[b]; // hashed numbers that collide
  }

  /** Calls `visit` for every message that carrier m carries, in the order in which they came; it may give rows back. */
  eachCarried(m: number, visit: (carried: number) => void): void {
    for (let carried = this.carriers.firstOf(this.carrier[m]); carried !== NONE; ) {
      const next = this.nextWaiting[carried];
      visit(carried);
      carried = next;
    }
  }

  private resize(rows: number): void {
    const before = this.hop.length;
    this.createdS = longer(this.createdS, new Float64Array(rows));
    this.originS = longer(this.originS, new Float64Array(rows));
    this.arriveS = longer(this.arriveS, new Float64Array(rows));
    this.endS = longer(this.endS, new Float64Array(rows));
    this.bytes = longer(this.bytes, new Float64Array(rows));
    this.sentB = longer(this.sentB, new Float64Array(rows));
    this.wholeS = longer(this.wholeS, new Float64Array(rows));
    this.sourceInstance = longer(this.sourceInstance, new Uint32Array(rows));
    this.number = longer(this.number, new Uint32Array(rows));
    this.instance = longer(this.instance, new Uint32Array(rows));
    this.device = longer(this.device, new Uint32Array(rows));
    this.hop = longer(this.hop, new Int32Array(rows));
    this.channel = longer(this.channel, new Int32Array(rows));
    this.next = longer(this.next, new Int32Array(rows));
    this.nextWaiting = longer(this.nextWaiting, new Int32Array(rows));
    this.pending = longer(this.pending, new Int32Array(rows));
    this.carrier = longer(this.carrier, new Int32Array(rows));
    this.attempt = longer(this.attempt, new Uint8Array(rows));
    this.part = longer(this.part, new Uint8Array(rows));
    this.steps = longer(this.steps, new Uint16Array(rows));
    this.freeRows(before);
  }

  private freeRows(from: number): void {
    for (let m = this.hop.length - 1; m >= from; m--) this.free(m);
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
