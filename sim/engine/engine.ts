import { EventHeap } from '../kernel/event-heap.js';
import { combine } from '../kernel/random.js';
import { Fan, type Plan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { Causes } from './causes.js';
import { type Cells, type Partition, partition } from './cells.js';
import { Expectations } from './expectations.js';
import { Fates } from './fates.js';
import { Links } from './links.js';
import { Messages, NONE, UNSENT } from './messages.js';
import { compileProgram, linkInstanceOf, type Program } from './program.js';
import { Runs } from './runs.js';
import { Sources } from './sources.js';
import { Statistics } from './statistics.js';

/**
 * The network of one replication at work: cells with an event heap each, and the life of a message,
 *
 *   emission ──> offer ──> (queue, transmission, delay) ──> arrival ──> delivery, answers
 *                  ^                                           │
 *                  └──────── next hop, a copy for each branch ─┘
 *
 * An event is a message (see Messages.channel for which kind) or, negative, the departure from a priority transmitter.
 * Where a branch or an answer belongs to another cell it is handed over: a branch as the same event at the same instant,
 * which the other cell continues with its own branches (runs.ts).
 */
export class Engine {
  readonly program: Program;
  readonly cells: Cells;
  private readonly stats: Statistics;
  private readonly messages: Messages;
  private readonly expectations: Expectations;
  private readonly links: Links;
  private readonly sources: Sources;
  private readonly causes: Causes;
  private readonly heaps: readonly EventHeap[];

  /** The cell that runs, and how many visits of cells there have been. */
  private cell = 0;
  private visit = 0;
  private heap: EventHeap;

  private readonly runs: Runs;
  /** Per cell: the run that it is being given, in which visit. */
  private readonly runOf: Uint32Array;
  private readonly runVisit: Float64Array;
  /** Per cell: the last event that was handed over to it, so that it gets an event with several branches once. */
  private readonly lastHandover: Float64Array;
  private handovers = 0;

  constructor(plan: Plan, replication: number, how: Partition) {
    this.program = compileProgram(plan, replication);
    this.cells = partition(this.program, how);
    this.stats = new Statistics(this.program);
    this.messages = new Messages(this.program.key);
    this.expectations = new Expectations(this.program);
    const fates = new Fates(this.program, this.messages, this.expectations, this.stats);
    this.links = new Links(this.program, this.messages, fates, this.stats);
    this.sources = new Sources(this.program, this.messages);
    this.causes = new Causes(this.program);
    this.heaps = Array.from({ length: this.cells.count }, () => new EventHeap(this.messages));
    this.heap = this.heaps[0];
    this.runs = new Runs(this.messages);
    this.runOf = new Uint32Array(this.cells.count);
    this.runVisit = new Float64Array(this.cells.count);
    this.lastHandover = new Float64Array(this.cells.count);
  }

  /** Places the messages of a day; see Sources.startDay. */
  startDay(dayKind: number, dayStartS: number, afresh: boolean): void {
    this.sources.startDay(dayKind, dayStartS, afresh, this.place);
  }

  /** Seconds of transmission before every server instance. */
  unfinishedWorkS(nowS: number): Float64Array {
    return this.links.unfinishedWorkS(nowS);
  }

  /** The measured run is [startS, startS + horizonS); what is under way now is counted by walking the links. */
  beginMeasurement(startS: number, horizonS: number): void {
    const { stats, messages, program } = this;
    this.links.settle(startS);
    stats.measuring = true;
    stats.startS = startS;
    stats.endS = startS + horizonS;
    this.sources.startBursts(startS, this.place);
    this.links.beginMeasurement(startS);
    this.links.each((m, waiting) => {
      this.expectations.addRemaining(messages, m, stats.inFlightStart);
      if (waiting || messages.endS[m] > startS) stats.inSystemStart[program.channelLinkInstance[messages.channel[m]]]++;
    });
  }

  /** Counts what is under way at the end of the measured run. */
  endMeasurement(replication: number, warmUpDays: number, settled: boolean): ReplicationStats {
    const { stats, messages, program } = this;
    const { sources, flows } = program.plan;
    const nowS = stats.endS;
    this.links.settle(nowS);
    const perFlow = new Float64Array(flows.name.length);
    const transmitted: { m: number; linkInstance: number; endS: number }[] = [];
    this.links.each((m, waiting) => {
      const linkInstance = program.channelLinkInstance[messages.channel[m]];
      if (waiting) stats.waited(linkInstance, messages.bytes[m], messages.arriveS[m], nowS);
      if (waiting || messages.endS[m] > nowS) stats.inSystemEnd[linkInstance]++;
      else transmitted.push({ m, linkInstance, endS: messages.endS[m] });
      this.expectations.addRemaining(messages, m, perFlow);
      const row = program.sourceRow[messages.sourceInstance[m]];
      for (let i = sources.flowStart[row]; i < sources.flowStart[row + 1]; i++) {
        const flow = sources.flowItem[i];
        stats.inFlightEnd[flow] += perFlow[flow];
        if (nowS - messages.createdS[m] >= flows.budgetS[flow]) stats.inFlightLate[flow] += perFlow[flow];
        perFlow[flow] = 0;
      }
    });
    transmitted.sort((a, b) => a.linkInstance - b.linkInstance || a.endS - b.endS);
    for (const { m } of transmitted) this.links.transmitted(m);
    return stats.result(replication, warmUpDays, settled);
  }

  /**
   * Runs every cell, in the order in which messages pass, through its events before `untilS`.
   * @param bin result bin of the events; the window must not reach over its edge
   * @param afterCell called with the number of cells done
   */
  run(untilS: number, bin: number, afterCell: (cellsDone: number) => void): void {
    this.stats.bin = bin;
    for (let cell = 0; cell < this.heaps.length; cell++) {
      this.runCell(cell, untilS);
      afterCell(cell + 1);
    }
    this.runs.clear();
  }

  private runCell(cell: number, untilS: number): void {
    const heap = this.heaps[cell];
    this.cell = cell;
    this.visit++;
    this.heap = heap;
    this.links.heap = heap;
    const channels = this.messages;
    for (let nowS = heap.nextS(); nowS < untilS; nowS = heap.nextS()) {
      const item = heap.take();
      if (item < 0) {
        this.links.wake(~item, nowS);
        continue;
      }
      const channel = channels.channel[item];
      if (channel >= 0) this.arrive(item, channel, nowS);
      else if (channel === UNSENT) this.emit(item, nowS);
      else this.continueRun(item, -2 - channel, nowS);
    }
  }

  private emit(m: number, nowS: number): void {
    const { stats } = this;
    const next = this.sources.next(this.messages.sourceInstance[m]);
    if (next !== NONE) this.heap.push(this.messages.arriveS[next], next);
    if (stats.measuring) {
      stats.messages++;
      this.expectations.addUnsent(this.messages, m, stats.sent);
    }
    this.forward(m, ~this.messages.hop[m], nowS);
  }

  private arrive(m: number, channel: number, nowS: number): void {
    const { stats, program, messages } = this;
    const { hops } = program.plan;
    if (!this.links.finish(m, nowS)) return;
    if (stats.measuring) stats.hopEnds++;
    const h = messages.hop[m];
    if (hops.deliverFlow[h] >= 0) this.deliver(m, h, channel, nowS);
    this.forward(m, hops.child[h], nowS);
  }

  private deliver(m: number, h: number, channel: number, nowS: number): void {
    const { stats, program, messages } = this;
    const flow = program.plan.hops.deliverFlow[h];
    const receivers = this.expectations.receivers(h, messages.instance[m], messages.device[m]);
    if (receivers === 0) return;
    if (stats.measuring) {
      const nth = program.channelLinkInstance[channel] - program.linkStart[program.plan.hops.link[h]];
      stats.delivery(flow, program.hops.deliveryStart[h] + nth, nowS - messages.createdS[m], receivers);
    }
    if (this.causes.causesAnything(flow)) this.answer(m, h, receivers, nowS);
  }

  /** Every receiver draws for itself; the answer is sent by the same device in the same instance. */
  private answer(m: number, h: number, receivers: number, nowS: number): void {
    const { messages, causes, program } = this;
    const listening = program.hops.members[h] !== undefined;
    const boundKind = program.hops.boundKind[h];
    const premises = program.hops.premises[h];
    const first = messages.device[m];
    const identity = combine(program.key[messages.sourceInstance[m]], messages.number[m]);
    const root = program.plan.sources.rootHop[program.sourceRow[messages.sourceInstance[m]]];
    const branch = combine(combine(identity, h - root), messages.instance[m]);
    const flow = program.plan.hops.deliverFlow[h];
    for (let r = 0; r < receivers; r++) {
      const device = listening ? (first % premises) + r * premises : first;
      const drawKey = causes.drawKey(flow, combine(branch, device));
      for (const cause of causes.outcome(flow, drawKey)) {
        if (causes.answers(cause, drawKey, boundKind, messages.instance[m], nowS)) this.start(device, m, nowS);
      }
    }
  }

  /** Places the message in `causes.answer`, which `device` sends on behalf of message m. */
  private start(device: number, m: number, nowS: number): void {
    const { messages, program } = this;
    const { sourceInstance, row, instance, number, atS } = this.causes.answer;
    const answer = messages.allocate();
    messages.createdS[answer] = atS;
    messages.arriveS[answer] = atS;
    messages.sourceInstance[answer] = sourceInstance;
    messages.number[answer] = number;
    messages.instance[answer] = instance;
    messages.device[answer] = device;
    messages.hop[answer] = ~program.plan.sources.rootHop[row];
    messages.channel[answer] = UNSENT;
    messages.steps[answer] = atS > nowS ? 0 : messages.steps[m] + 1;
    this.heaps[this.homeOf(row, instance)].push(atS, answer);
  }

  /** Message m takes its next hop, `first`, or that and its siblings; it is gone when there is none. */
  private forward(m: number, first: number, nowS: number): void {
    if (first < 0) {
      this.messages.free(m);
      return;
    }
    if (this.program.hops.isStraight[first] === 0) {
      this.branch(m, first, nowS, true);
      return;
    }
    const target = this.cells.stays[first] === 1 ? this.cell : this.cellOfHop(first, this.messages.instance[m]);
    if (target === this.cell) this.links.offer(m, first, nowS);
    else this.handOver(m, target);
  }

  /** An event of another cell: continues with the branches that belong to this one. */
  private continueRun(m: number, run: number, nowS: number): void {
    const { messages } = this;
    const next = this.runs.shift(run);
    if (next !== NONE) {
      messages.channel[next] = messages.channel[m];
      this.heap.push(messages.arriveS[next], next);
    }
    const h = messages.hop[m];
    const first = h < 0 ? ~h : this.program.plan.hops.child[h];
    if (this.program.hops.isStraight[first] === 1) this.links.offer(m, first, nowS);
    else this.branch(m, first, nowS, false);
  }

  /**
   * Offers a copy of message m to the link of every branch in this cell, in the order of siblings and instances.
   * @param handOver hand the event over to the other cells that have branches
   */
  private branch(m: number, first: number, nowS: number, handOver: boolean): void {
    const { messages, program, cells, cell } = this;
    const { plan, hops } = program;
    this.handovers++;
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
          if (firstCell + i * step === cell) this.offerCopies(m, h, i, nowS);
        }
        const targets = step === 0 ? 1 : instances;
        for (let i = 0; handOver && i < targets; i++) this.handOverCopy(m, firstCell + i);
        continue;
      }
      const instance = messages.instance[m];
      const target = this.cellOfHop(h, instance);
      if (target !== cell) {
        if (handOver) this.handOverCopy(m, target);
      } else if (hops.fan[h] === Fan.everyCopy) {
        this.offerCopies(m, h, instance, nowS);
      } else {
        this.offerCopy(m, h, instance, messages.device[m], nowS);
      }
    }
    messages.free(m);
  }

  /** A copy for each premise of the instance that has a listener; where there are no premises, one or none. */
  private offerCopies(m: number, h: number, instance: number, nowS: number): void {
    const { messages, program, expectations } = this;
    const inPremises = program.copies[program.plan.hops.link[h]] > 1;
    const copies = expectations.copiesReached(h, instance);
    for (let p = 0; p < copies; p++) this.offerCopy(m, h, instance, inPremises ? p : messages.device[m], nowS);
  }

  private offerCopy(m: number, h: number, instance: number, device: number, nowS: number): void {
    const copy = this.messages.clone(m);
    this.messages.instance[copy] = instance;
    this.messages.device[copy] = device;
    this.links.offer(copy, h, nowS);
  }

  /** Gives another cell a copy of message m, once per event. */
  private handOverCopy(m: number, target: number): void {
    if (target === this.cell || this.lastHandover[target] === this.handovers) return;
    this.lastHandover[target] = this.handovers;
    this.handOver(this.messages.clone(m), target);
  }

  /** Gives another cell message m with the event that it has now, behind what it got from this one in this visit. */
  private handOver(m: number, target: number): void {
    if (this.runVisit[target] === this.visit) {
      this.runs.append(this.runOf[target], m);
      return;
    }
    const run = this.runs.begin();
    this.runVisit[target] = this.visit;
    this.runOf[target] = run;
    this.messages.channel[m] = -2 - run;
    this.heaps[target].push(this.messages.arriveS[m], m);
  }

  /** The cell in which a message of source row `row` in `instance` starts. */
  private homeOf(row: number, instance: number): number {
    const { program, cells } = this;
    if (cells.stageCell[row] >= 0) return cells.stageCell[row];
    return this.cellOfHop(program.plan.sources.rootHop[row], instance);
  }

  /** The cell of the link of hop h for a message bound to `instance`. */
  private cellOfHop(h: number, instance: number): number {
    const { program, cells } = this;
    const link = program.plan.hops.link[h];
    return cells.linkCell[link] + cells.linkStep[link] * linkInstanceOf(program.hops, h, instance);
  }

  private readonly place = (m: number, si: number): void => {
    const cell = this.homeOf(this.program.sourceRow[si], this.messages.instance[m]);
    this.heaps[cell].push(this.messages.arriveS[m], m);
  };
}
