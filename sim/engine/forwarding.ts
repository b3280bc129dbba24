import { Fan } from '../plan.js';
import type { CellRuns } from './cell-runs.js';
import type { Cells } from './cells.js';
import type { Expectations } from './expectations.js';
import type { Holds } from './holds.js';
import type { Links } from './links.js';
import { ARRIVE_S, DEVICE, FLOATS, HOP, INSTANCE, INTS, PART, PENDING, STEPS } from './message-row.js';
import { type Messages, NONE, Part } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';

/**
 * From the end of one hop to the links of the next: a message goes on itself where there is one way to go, in copies where
 * hops fan out or have siblings. Where a branch belongs to another cell it is handed over as the same event at the same
 * instant, which the other cell continues with its own branches.
 */
export class Forwarding {
  private readonly program: Program;
  private readonly cells: Cells;
  private readonly messages: Messages;
  private readonly cellRuns: CellRuns;
  private readonly links: Links;
  private readonly expectations: Expectations;
  private readonly pendings: Pendings;
  private readonly holds: Holds;
  private readonly isStraight: Uint8Array; // per hop

  constructor(
    program: Program,
    cells: Cells,
    messages: Messages,
    cellRuns: CellRuns,
    links: Links,
    expectations: Expectations,
    pendings: Pendings,
    holds: Holds,
  ) {
    this.program = program;
    this.cells = cells;
    this.messages = messages;
    this.cellRuns = cellRuns;
    this.links = links;
    this.expectations = expectations;
    this.pendings = pendings;
    this.holds = holds;
    this.isStraight = program.hops.isStraight;
  }

  /** Message m, now that it arrives, takes its next hop, `first`, or that and its siblings; it is gone when there is none. */
  forward(m: number, first: number): void {
    if (first < 0) {
      this.leave(m);
      return;
    }
    if (this.isStraight[first] === 0) {
      this.branch(m, first, true);
      return;
    }
    const { cellRuns } = this;
    if (this.cells.stays[first] === 0) {
      const target = cellRuns.cellOfHop(first, this.messages.uints[(m << INTS) | INSTANCE]);
      if (target !== cellRuns.cell) {
        cellRuns.handOver(m, target);
        return;
      }
    }
    this.links.offer(m, first);
  }

  /** The first frame of message m is there: a copy takes the next hops, which wait for the rest. */
  forwardFirst(m: number): void {
    const { messages } = this;
    const first = messages.clone(m);
    messages.ints[(m << INTS) | PENDING] = NONE; // what goes on is waited for
    this.links.followRest(m);
    this.forward(first, this.program.plan.hops.child[messages.ints[(m << INTS) | HOP]]);
  }

  /** The receiver of message m at the end of hop h sends the hop's reply back; members of a population do not. */
  reply(m: number, h: number): void {
    const { messages, program, cellRuns } = this;
    if (program.hops.members[h] !== undefined) return;
    const back = program.plan.hops.reply[h];
    const copy = messages.clone(m);
    messages.ints[(copy << INTS) | PENDING] = NONE;
    const target = cellRuns.cellOfHop(back, messages.uints[(m << INTS) | INSTANCE]);
    if (target === cellRuns.cell) {
      this.links.offer(copy, back);
    } else {
      messages.ints[(copy << INTS) | PART] = Part.reply;
      cellRuns.handOver(copy, target);
    }
  }

  /** An event of another cell, message m's: continues with the branches that belong to this one. */
  continueRun(m: number, run: number): void {
    this.cellRuns.shift(m, run);
    this.goOn(m);
  }

  /** As `continueRun`, of a message from another cell of the circle. */
  continueHanded(m: number): void {
    this.cellRuns.shiftHanded(m);
    this.goOn(m);
  }

  private goOn(m: number): void {
    const { messages, program } = this;
    const h = messages.ints[(m << INTS) | HOP];
    if (messages.ints[(m << INTS) | PART] === Part.reply) {
      messages.ints[(m << INTS) | PART] = Part.all;
      this.links.offer(m, program.plan.hops.reply[h]);
      return;
    }
    const first = h < 0 ? ~h : program.plan.hops.child[h];
    if (this.isStraight[first] === 1) this.links.offer(m, first);
    else this.branch(m, first, false);
  }

  /** Message m has come to its end. */
  private leave(m: number): void {
    const { messages } = this;
    const pending = messages.pendingOf(m);
    messages.free(m);
    if (pending !== NONE)
      this.pendings.gone(pending, messages.floats[(m << FLOATS) | ARRIVE_S], messages.ints[(m << INTS) | STEPS] + 1);
  }

  /**
   * Offers a copy of message m to the link of every branch in this cell, in the order of siblings and instances.
   * @param handOver hand the event over to the other cells that have branches
   */
  private branch(m: number, first: number, handOver: boolean): void {
    const { messages, program, cells, cellRuns } = this;
    const { cell } = cellRuns;
    const { plan, hops } = program;
    cellRuns.beginEvent();
    for (let h = first; h >= 0; h = plan.hops.sibling[h]) {
      const link = plan.hops.link[h];
      const step = cells.linkStep[link];
      const firstCell = cells.linkCell[link];
      if (hops.fan[h] === Fan.everyInstance) {
        const instances = plan.areas.instances[plan.links.kind[link]];
        for (
          let i = step === 0 ? 0 : Math.max(0, cell - firstCell);
          i < instances && firstCell + i * step <= cell;
          i++
        ) {
          if (firstCell + i * step === cell) this.offerCopies(m, h, i);
        }
        const targets = step === 0 ? 1 : instances;
        for (let i = 0; handOver && i < targets; i++) cellRuns.handOverCopy(m, firstCell + i);
        continue;
      }
      const instance = messages.uints[(m << INTS) | INSTANCE];
      const target = cellRuns.cellOfHop(h, instance);
      if (target !== cell) {
        if (handOver) cellRuns.handOverCopy(m, target);
      } else if (hops.fan[h] === Fan.everyCopy) {
        this.offerCopies(m, h, instance);
      } else {
        this.offerCopy(m, h, instance, messages.uints[(m << INTS) | DEVICE]);
      }
    }
    this.leave(m);
  }

  /** A copy for each premise of the instance that has a listener; where there are no premises, one or none. */
  private offerCopies(m: number, h: number, instance: number): void {
    const { messages, program, expectations } = this;
    const inPremises = program.copies[program.plan.hops.link[h]] > 1;
    const copies = expectations.copiesReached(h, instance);
    for (let p = 0; p < copies; p++)
      this.offerCopy(m, h, instance, inPremises ? p : messages.uints[(m << INTS) | DEVICE]);
  }

  private offerCopy(m: number, h: number, instance: number, device: number): void {
    const copy = this.messages.clone(m);
    this.messages.uints[(copy << INTS) | INSTANCE] = instance;
    this.messages.uints[(copy << INTS) | DEVICE] = device;
    const pending = this.messages.pendingOf(copy);
    if (pending !== NONE) this.pendings.copied(pending);
    if (this.program.plan.hops.hold[h] >= 0) this.holds.hold(copy, h, this.messages.floats[(m << FLOATS) | ARRIVE_S]);
    else this.links.offer(copy, h);
  }
}
