import type { Expectations } from './expectations.js';
import {
  ARRIVE_S,
  ATTEMPT,
  CHANNEL,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NUMBER,
  ORIGIN_S,
  PENDING,
  SOURCE_INSTANCE,
  STEPS,
} from './message-row.js';
import { LAST_STEPS, longer, type Messages, NONE, TIMER, UNSENT } from './messages.js';
import type { Program } from './program.js';
import type { Statistics } from './statistics.js';
import type { Tracking } from './tracking.js';

/** What is known of a pending message, bit by bit of `flags`. */
const SENT = 1; // at least once
const DONE = 2; // its answer is there, or, where none comes, it is delivered itself
const CLOSED = 4; // nothing of it is under way, and nothing will be sent again
const TIMED = 8; // its timer is in the event heap
const ASKED = 16; // a master waits for it

/** What pending messages bring about beyond themselves. */
export interface PendingHooks {
  /** Places message m in the event heap of the cell that runs. */
  place(m: number): void;
  /** The master of source instance `si` need not wait for one of its messages any longer. */
  goOn(si: number, nowS: number, steps: number): void;
}

/**
 * Messages that somebody waits for, in columns; p is a row. A row stands for one message of a tracked source, or one
 * answer that belongs to such (its child), however often it is sent: repetitions and copies are rows of `Messages` that
 * have it in their column `pending`. All happens in one cell (cells.ts).
 *   createdS, originS   f64  of its first sending; latencies count from there
 *   lastSentS           f64  its timer counts from there
 *   sourceInstance, number, instance, device  u32  as in Messages: the repetitions have them as well
 *   live       i32  rows of Messages that are its copies, on their way or about to be sent
 *   delivered  i32  deliveries of its tree that have happened, by Tracking.bit
 *   parent     i32  the message whose delivery caused it; NONE
 *   child      i32  the first message that it caused
 *   sibling    i32  the next one that its parent caused; links the free rows as well
 *   sendings   u8   so far: the attempt number of the next row
 *   repeats    u8   sendings that its own timer brought about
 *   flags      u8   see above
 *
 * The far end's acknowledgement costs nothing and is known at once, except that where answers come their loads and delays
 * are real. A message is done with its first delivered answer; when nothing answers it (by its draw), with the last of
 * its own deliveries. It is lost when it is closed without having been delivered, and in flight until then.
 */
export class Pendings {
  private createdS = new Float64Array(0);
  private originS = new Float64Array(0);
  private lastSentS = new Float64Array(0);
  private sourceInstance = new Uint32Array(0);
  private number = new Uint32Array(0);
  private instance = new Uint32Array(0);
  private device = new Uint32Array(0);
  private live = new Int32Array(0);
  private delivered = new Int32Array(0);
  private parent = new Int32Array(0);
  private child = new Int32Array(0);
  private sibling = new Int32Array(0);
  private sendings = new Uint8Array(0);
  private repeats = new Uint8Array(0);
  private flags = new Uint8Array(0);
  private inUse = new Uint8Array(0);
  private firstFree = NONE;

  private readonly program: Program;
  private readonly tracking: Tracking;
  private readonly messages: Messages;
  private readonly expectations: Expectations;
  private readonly stats: Statistics;
  private readonly hooks: PendingHooks;

  constructor(
    program: Program,
    tracking: Tracking,
    messages: Messages,
    expectations: Expectations,
    stats: Statistics,
    hooks: PendingHooks,
  ) {
    this.program = program;
    this.tracking = tracking;
    this.messages = messages;
    this.expectations = expectations;
    this.stats = stats;
    this.hooks = hooks;
  }

  /** Message m of a tracked source, about to be sent for the first time, is waited for from now on. O(1). */
  open(m: number, isAsked: boolean): void {
    const p = this.allocate();
    const { messages } = this;
    this.createdS[p] = messages.floats[(m << FLOATS) | CREATED_S];
    this.originS[p] = messages.floats[(m << FLOATS) | ORIGIN_S];
    this.sourceInstance[p] = messages.uints[(m << INTS) | SOURCE_INSTANCE];
    this.number[p] = messages.uints[(m << INTS) | NUMBER];
    this.instance[p] = messages.uints[(m << INTS) | INSTANCE];
    this.device[p] = messages.uints[(m << INTS) | DEVICE];
    this.live[p] = 1;
    this.sendings[p] = 1;
    this.flags[p] = isAsked ? ASKED : 0;
    messages.ints[(m << INTS) | PENDING] = p;
    messages.ints[(m << INTS) | ATTEMPT] = 0;
  }

  /**
   * Message m, about to be sent, was caused by pending message `parent`. When that was delivered before and caused the
   * same message then, m is the same once more: it has the age of the first. O(children of the parent).
   */
  openCaused(parent: number, m: number): void {
    const { messages } = this;
    const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
    const number = messages.uints[(m << INTS) | NUMBER];
    for (let p = this.child[parent]; p !== NONE; p = this.sibling[p]) {
      if (this.number[p] !== number || this.sourceInstance[p] !== si) continue;
      messages.ints[(m << INTS) | PENDING] = p;
      messages.floats[(m << FLOATS) | CREATED_S] = this.createdS[p];
      messages.floats[(m << FLOATS) | ORIGIN_S] = this.originS[p];
      messages.ints[(m << INTS) | ATTEMPT] = this.sendings[p]++;
      this.live[p]++;
      return;
    }
    this.open(m, false);
    const p = messages.ints[(m << INTS) | PENDING];
    this.parent[p] = parent;
    this.sibling[p] = this.child[parent];
    this.child[parent] = p;
  }

  /** Message m of a pending one is sent. Starts the timer. */
  sent(m: number, nowS: number): void {
    const { messages, stats } = this;
    const p = messages.ints[(m << INTS) | PENDING];
    const row = this.program.sourceRow[this.sourceInstance[p]];
    if (stats.measuring) {
      if ((this.flags[p] & SENT) === 0) this.expectations.addUnsent(messages, m, stats.sent);
      else this.countAgain(row);
    }
    this.flags[p] |= SENT;
    this.lastSentS[p] = nowS;
    const waits = (this.flags[p] & ASKED) !== 0 || this.repeats[p] < this.program.plan.sources.retries[row];
    if ((this.flags[p] & (TIMED | DONE)) === 0 && waits) this.startTimer(p, row);
  }

  /** There is one more copy of pending message p. */
  copied(p: number): void {
    this.live[p]++;
  }

  /** A copy of pending message p is gone, delivered or lost. */
  gone(p: number, nowS: number, steps: number): void {
    this.live[p]--;
    this.closeIfOver(p, nowS, steps);
  }

  /** A copy of pending message p is delivered at the end of hop h. @returns whether it is the first to be so */
  deliver(p: number, h: number): boolean {
    const bit = 1 << this.tracking.bit[h];
    const isFirst = (this.delivered[p] & bit) === 0;
    this.delivered[p] |= bit;
    return isFirst;
  }

  /** After a delivery and what it caused: who is done by it? */
  settle(p: number, nowS: number, steps: number): void {
    const parent = this.parent[p];
    if (parent !== NONE) this.done(parent, nowS, steps);
    if (this.child[p] === NONE && this.undelivered(p) === 0) this.done(p, nowS, steps);
  }

  /** The timer `m` of a pending message has run down: it is sent again, or given up. The row of m is given back. */
  timeOut(m: number, nowS: number): void {
    const { messages } = this;
    const { retryS, retries } = this.program.plan.sources;
    const p = messages.ints[(m << INTS) | PENDING];
    const steps = messages.ints[(m << INTS) | STEPS] + 1;
    messages.free(m);
    this.flags[p] &= ~TIMED;
    if ((this.flags[p] & DONE) === 0) {
      const row = this.program.sourceRow[this.sourceInstance[p]];
      if (nowS < this.lastSentS[p] + retryS[row]) {
        this.startTimer(p, row); // sent once more in the meantime, for another reason
        return;
      }
      if (this.repeats[p] < retries[row]) {
        this.repeats[p]++;
        this.sendAgain(p, nowS, steps);
        return;
      }
      this.goOn(p, nowS, steps);
    }
    this.closeIfOver(p, nowS, steps);
  }

  /** Adds up what is in flight: calls `visit` for every delivery that pending messages have before them. */
  eachInFlight(visit: (flow: number, createdS: number) => void): void {
    for (let p = 0; p < this.inUse.length; p++) {
      if (this.inUse[p] === 0 || (this.flags[p] & SENT) === 0 || (this.flags[p] & CLOSED) !== 0) continue;
      this.eachUndelivered(p, (flow) => visit(flow, this.createdS[p]));
    }
  }

  private countAgain(row: number): void {
    const { flowStart, flowItem } = this.program.plan.sources;
    for (let i = flowStart[row]; i < flowStart[row + 1]; i++) this.stats.resent[flowItem[i]]++;
  }

  private done(p: number, nowS: number, steps: number): void {
    if ((this.flags[p] & DONE) !== 0) return;
    this.flags[p] |= DONE;
    this.goOn(p, nowS, steps);
    this.closeIfOver(p, nowS, steps);
  }

  /** A master that waits for p waits no longer. */
  private goOn(p: number, nowS: number, steps: number): void {
    if ((this.flags[p] & ASKED) === 0) return;
    this.flags[p] &= ~ASKED;
    this.hooks.goOn(this.sourceInstance[p], nowS, steps);
  }

  private startTimer(p: number, row: number): void {
    const retryS = this.program.plan.sources.retryS[row];
    if (retryS === Number.POSITIVE_INFINITY) return;
    const timer = this.rowOf(p, this.lastSentS[p] + retryS, this.sendings[p]);
    this.messages.ints[(timer << INTS) | CHANNEL] = TIMER;
    this.messages.ints[(timer << INTS) | STEPS] = LAST_STEPS;
    this.flags[p] |= TIMED;
    this.hooks.place(timer);
  }

  private sendAgain(p: number, nowS: number, steps: number): void {
    const m = this.rowOf(p, nowS, this.sendings[p]++);
    this.messages.ints[(m << INTS) | CHANNEL] = UNSENT;
    this.messages.ints[(m << INTS) | STEPS] = steps;
    this.live[p]++;
    this.hooks.place(m);
  }

  private rowOf(p: number, atS: number, attempt: number): number {
    const { messages } = this;
    const m = messages.allocate();
    const si = this.sourceInstance[p];
    messages.floats[(m << FLOATS) | CREATED_S] = this.createdS[p];
    messages.floats[(m << FLOATS) | ORIGIN_S] = this.originS[p];
    messages.floats[(m << FLOATS) | ARRIVE_S] = atS;
    messages.uints[(m << INTS) | SOURCE_INSTANCE] = si;
    messages.uints[(m << INTS) | NUMBER] = this.number[p];
    messages.uints[(m << INTS) | INSTANCE] = this.instance[p];
    messages.uints[(m << INTS) | DEVICE] = this.device[p];
    messages.ints[(m << INTS) | HOP] = ~this.program.plan.sources.rootHop[this.program.sourceRow[si]];
    messages.ints[(m << INTS) | PENDING] = p;
    messages.ints[(m << INTS) | ATTEMPT] = attempt;
    return m;
  }

  /**
   * Closes p when nothing of it is under way and nothing will be sent again: by its timer, or because its parent is
   * delivered once more. What it has not delivered by then is lost.
   */
  private closeIfOver(p: number, nowS: number, steps: number): void {
    const flags = this.flags[p];
    const parent = this.parent[p];
    if (this.live[p] === 0 && (flags & CLOSED) === 0) {
      const mayRepeat = (flags & (TIMED | DONE)) === TIMED && this.repeats[p] < this.retriesOf(p);
      if (mayRepeat || (parent !== NONE && (this.flags[parent] & CLOSED) === 0)) return;
      this.flags[p] |= CLOSED;
      if (this.stats.measuring && (flags & SENT) !== 0) this.eachUndelivered(p, (flow) => this.stats.lost[flow]++);
      for (let c = this.child[p]; c !== NONE; ) {
        const next = this.sibling[c];
        this.closeIfOver(c, nowS, steps);
        c = next;
      }
    }
    this.freeIfOver(p, nowS, steps);
  }

  /** A closed row is kept for its timer and for its children. */
  private freeIfOver(p: number, nowS: number, steps: number): void {
    if (this.inUse[p] === 0 || this.child[p] !== NONE) return;
    if ((this.flags[p] & (CLOSED | TIMED)) !== CLOSED) return;
    const parent = this.parent[p];
    this.inUse[p] = 0;
    const si = this.sourceInstance[p];
    // Without a timeout the master would wait for ever: it is told that nothing will come.
    const isAsked = (this.flags[p] & ASKED) !== 0;
    if (parent !== NONE) this.unlink(p, parent);
    this.sibling[p] = this.firstFree;
    this.firstFree = p;
    if (isAsked) this.hooks.goOn(si, nowS, steps);
    if (parent !== NONE) this.freeIfOver(parent, nowS, steps);
  }

  private unlink(p: number, parent: number): void {
    if (this.child[parent] === p) {
      this.child[parent] = this.sibling[p];
      return;
    }
    let before = this.child[parent];
    while (this.sibling[before] !== p) before = this.sibling[before];
    this.sibling[before] = this.sibling[p];
  }

  private retriesOf(p: number): number {
    return this.program.plan.sources.retries[this.program.sourceRow[this.sourceInstance[p]]];
  }

  private undelivered(p: number): number {
    const deliveries = this.tracking.flows[this.program.sourceRow[this.sourceInstance[p]]].length;
    return ~this.delivered[p] & ((1 << deliveries) - 1);
  }

  private eachUndelivered(p: number, visit: (flow: number) => void): void {
    const flows = this.tracking.flows[this.program.sourceRow[this.sourceInstance[p]]];
    for (let bit = 0; bit < flows.length; bit++) if ((this.delivered[p] & (1 << bit)) === 0) visit(flows[bit]);
  }

  private allocate(): number {
    if (this.firstFree === NONE) this.resize(Math.max(16, 2 * this.inUse.length));
    const p = this.firstFree;
    this.firstFree = this.sibling[p];
    this.inUse[p] = 1;
    this.delivered[p] = 0;
    this.repeats[p] = 0;
    this.parent[p] = this.child[p] = this.sibling[p] = NONE;
    return p;
  }

  private resize(rows: number): void {
    const before = this.inUse.length;
    this.createdS = longer(this.createdS, new Float64Array(rows));
    this.originS = longer(this.originS, new Float64Array(rows));
    this.lastSentS = longer(this.lastSentS, new Float64Array(rows));
    this.sourceInstance = longer(this.sourceInstance, new Uint32Array(rows));
    this.number = longer(this.number, new Uint32Array(rows));
    this.instance = longer(this.instance, new Uint32Array(rows));
    this.device = longer(this.device, new Uint32Array(rows));
    this.live = longer(this.live, new Int32Array(rows));
    this.delivered = longer(this.delivered, new Int32Array(rows));
    this.parent = longer(this.parent, new Int32Array(rows));
    this.child = longer(this.child, new Int32Array(rows));
    this.sibling = longer(this.sibling, new Int32Array(rows));
    this.sendings = longer(this.sendings, new Uint8Array(rows));
    this.repeats = longer(this.repeats, new Uint8Array(rows));
    this.flags = longer(this.flags, new Uint8Array(rows));
    this.inUse = longer(this.inUse, new Uint8Array(rows));
    for (let p = rows - 1; p >= before; p--) {
      this.sibling[p] = this.firstFree;
      this.firstFree = p;
    }
  }
}
