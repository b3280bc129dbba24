import { EventHeap } from '../kernel/event-heap.js';
import { combine } from '../kernel/random.js';
import { Fan, type Plan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import type { Captures } from './captures.js';
import { Causes } from './causes.js';
import { type Cells, type Partition, partition } from './cells.js';
import { Expectations } from './expectations.js';
import { Fates } from './fates.js';
import { Holds } from './holds.js';
import { Links } from './links.js';
import { Listeners } from './listeners.js';
import { Masters } from './masters.js';
import { AGE, CARRIED, Messages, NONE, Part, ROUND, SPECIAL, TIMER, UNSENT } from './messages.js';
import { Outbox } from './outbox.js';
import { Pendings } from './pending.js';
import { compileProgram, linkInstanceOf, type Program } from './program.js';
import { Runs } from './runs.js';
import { Sources } from './sources.js';
import { Statistics, type StatisticsPart } from './statistics.js';
import { type Parcel, type Team, WINDOWS_AHEAD } from './team.js';
import { compileTracking, type Tracking } from './tracking.js';

/** A delivery at the end of hop `hop` of a copy bound to `instance` and `device`: what makes it known in every engine. */
export type Trace = (
  flow: number,
  sourceInstance: number,
  number: number,
  hop: number,
  instance: number,
  device: number,
  createdS: number,
  atS: number,
) => void;

/** Time before `untilS`; its events are of result bin `bin`, over whose edge it must not reach. */
export interface Window {
  readonly untilS: number;
  readonly bin: number;
}

/**
 * The network of one replication at work: cells with an event heap each, and the life of a message,
 *
 *   emission ──> offer ──> (queue, transmission, delay) ──> arrival ──> delivery, answers
 *                  ^                                           │
 *                  └──────── next hop, a copy for each branch ─┘
 *
 * Before an offer messages may wait for others (holds.ts). Where somebody waits for a message (pending.ts), what becomes
 * of it decides whether it is sent again, or what a master sends next (masters.ts).
 *
 * An event is a message (see Messages.channel for which kind) or, negative, a transmitter that decides or whose medium wakes.
 * Where a branch or an answer belongs to another cell it is handed over: a branch as the same event at the same instant,
 * which the other cell continues with its own branches (runs.ts).
 *
 * Several workers may run a network together (team.ts). Each has an engine of the whole plan, in which only its own cells
 * work; what it hands over to cells of others it sends them after each level of a window.
 */
export class Engine {
  /** Told of every delivery, those of the warm-up included. */
  trace: Trace | undefined;

  readonly program: Program;
  readonly cells: Cells;
  private readonly stats: Statistics;
  private readonly messages: Messages;
  private readonly expectations: Expectations;
  private readonly links: Links;
  private readonly sources: Sources;
  private readonly listeners: Listeners;
  private readonly causes: Causes;
  private readonly tracking: Tracking;
  private readonly pendings: Pendings;
  private readonly masters: Masters;
  private readonly holds: Holds;
  /** Some source is tracked. */
  private readonly tracks: boolean;
  /** Per hop, 1: at its end carriers are unloaded, or a reply begins. */
  private readonly endsOddly: Uint8Array;
  /** Per flow, 1: its deliveries capture devices, or let go what is held. */
  private readonly isWatched: Uint8Array;
  /** Per cell; undefined: another worker runs it. */
  private readonly heaps: readonly (EventHeap | undefined)[];

  /** The cell that runs, and how many visits of cells there have been. */
  private cell = 0;
  private visit = 0;
  private heap: EventHeap;

  private readonly team: Team | undefined;
  private readonly workerOf: Uint16Array; // per cell
  /** Own cells by level; levels without are left out. */
  private readonly levels: readonly {
    readonly level: number;
    readonly cells: readonly number[];
    readonly before: number;
  }[];
  private readonly cellsHere: number;
  private readonly outboxes: readonly Outbox[]; // per worker
  private windowsBegun = 0;

  /** Of windows that are not over: window w's are in place w mod their number, in `runsWindow` as long as they are its. */
  private readonly recentRuns: readonly Runs[];
  private readonly runsWindow: Float64Array;
  private runs: Runs; // of the window that runs
  /** Per cell: the run that it is being given, in which visit. */
  private readonly runOf: Uint32Array;
  private readonly runVisit: Float64Array;
  /** Per cell: the last event that was handed over to it, so that it gets an event with several branches once. */
  private readonly lastHandover: Float64Array;
  private handovers = 0;

  /** @param team who runs the plan with this engine, which then runs the cells that are dealt to it */
  constructor(plan: Plan, replication: number, how: Partition, team?: Team) {
    this.program = compileProgram(plan, replication);
    this.cells = partition(this.program, how);
    this.team = team;
    const rank = team?.rank ?? 0;
    this.workerOf = team?.workerOf ?? new Uint16Array(this.cells.count);
    this.stats = new Statistics(this.program);
    this.messages = new Messages(this.program.key);
    this.expectations = new Expectations(this.program);
    this.tracking = compileTracking(plan);
    const place = (m: number) => this.heap.push(this.messages.arriveS[m], m);
    this.pendings = new Pendings(this.program, this.tracking, this.messages, this.expectations, this.stats, {
      place,
      goOn: (si, nowS, steps) => this.masters.goOn(si, nowS, steps),
    });
    this.masters = new Masters(this.program, this.messages, this.pendings, place);
    this.holds = new Holds(this.program, this.messages, {
      place,
      offer: (m, h, nowS) => this.links.offer(m, h, nowS),
    });
    this.tracks = this.tracking.families.size > 0;
    this.endsOddly = Uint8Array.from(plan.hops.hold, (hold, h) => Number(hold >= 0 || plan.hops.reply[h] >= 0));
    this.isWatched = Uint8Array.from(plan.flows.name, (_, flow) =>
      Number(this.stats.captures.isCaptured(flow) || this.holds.isAsking(flow)),
    );
    const fates = new Fates(this.program, this.messages, this.expectations, this.stats, this.pendings);
    this.links = new Links(this.program, this.messages, fates, this.stats);
    this.sources = new Sources(this.program, this.messages, (si) => this.workerOf[this.homeOfSource(si)] === rank);
    this.listeners = new Listeners(this.program, this.messages);
    this.causes = new Causes(this.program);
    this.heaps = Array.from(this.workerOf, (worker) => (worker === rank ? new EventHeap(this.messages) : undefined));
    this.heap = new EventHeap(this.messages);
    const { levelStart } = this.cells;
    let before = 0;
    this.levels = levelStart.slice(1).flatMap((end, level) => {
      const cells = Array.from({ length: end - levelStart[level] }, (_, i) => levelStart[level] + i).filter(
        (cell) => this.workerOf[cell] === rank,
      );
      if (cells.length === 0) {
        team?.leaveOut(level);
        return [];
      }
      before += cells.length;
      return [{ level, cells, before: before - cells.length }];
    });
    this.cellsHere = before;
    this.outboxes = Array.from({ length: team?.size ?? 1 }, () => new Outbox(this.messages));
    this.recentRuns = Array.from({ length: team === undefined ? 1 : WINDOWS_AHEAD }, () => new Runs(this.messages));
    this.runsWindow = new Float64Array(this.recentRuns.length);
    this.runs = this.recentRuns[0];
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
    const workS = this.links.unfinishedWorkS(nowS);
    return this.team?.sum(workS) ?? workS;
  }

  /** The measured run is [startS, startS + horizonS); what is under way now is counted by walking links and holds. */
  beginMeasurement(startS: number, horizonS: number): void {
    const { stats, messages, program } = this;
    this.links.settle(startS);
    stats.measuring = true;
    stats.startS = startS;
    stats.endS = startS + horizonS;
    stats.captures.beginMeasurement(startS);
    this.sources.startBursts(startS, this.place);
    this.links.beginMeasurement(startS);
    this.links.each((m, waiting) => {
      if (waiting || messages.endS[m] > startS) stats.inSystemStart[program.channelLinkInstance[messages.channel[m]]]++;
    });
    this.eachInFlight((flow, _, count) => {
      stats.inFlightStart[flow] += count;
    });
  }

  /** The statistics of the whole network, which this engine has run alone. */
  endMeasurement(replication: number, warmUpDays: number, settled: boolean): ReplicationStats {
    this.countUnderWay();
    return this.stats.result(replication, warmUpDays, settled);
  }

  /** The statistics of what this engine has run of the network. */
  endPart(): StatisticsPart {
    this.countUnderWay();
    this.stats.captures.closeAll();
    return this.stats.part();
  }

  /** Told of windows of tiers that are over, in place of counting them; see Captures. */
  set onTierWindow(onOver: Captures['onOver']) {
    this.stats.captures.onOver = onOver;
  }

  /** Counts what is under way at the end of the measured run. */
  private countUnderWay(): void {
    const { stats, messages, program } = this;
    const { flows } = program.plan;
    const nowS = stats.endS;
    this.links.settle(nowS);
    const transmitted: { m: number; linkInstance: number; endS: number }[] = [];
    this.links.each((m, waiting) => {
      const linkInstance = program.channelLinkInstance[messages.channel[m]];
      if (waiting) stats.waited(linkInstance, messages.bytes[m], messages.arriveS[m], nowS);
      if (waiting || messages.endS[m] > nowS) stats.inSystemEnd[linkInstance]++;
      else transmitted.push({ m, linkInstance, endS: messages.endS[m] });
    });
    transmitted.sort((a, b) => a.linkInstance - b.linkInstance || a.endS - b.endS);
    for (const { m } of transmitted) this.links.transmitted(m);
    this.eachInFlight((flow, createdS, count) => {
      stats.inFlightEnd[flow] += count;
      if (nowS - createdS >= flows.budgetS[flow]) stats.inFlightLate[flow] += count;
    });
  }

  /** Calls `visit` for deliveries that are still to come, on links, in holds and of pending messages. */
  private eachInFlight(visit: (flow: number, createdS: number, count: number) => void): void {
    const { messages, program, expectations } = this;
    const { sources, hops } = program.plan;
    const perFlow = new Float64Array(program.plan.flows.name.length);
    const visitOne = (m: number): void => {
      if (messages.pending[m] !== NONE) return; // counted once for all its copies
      expectations.addRemaining(messages, m, perFlow);
      const row = program.sourceRow[messages.sourceInstance[m]];
      for (let i = sources.flowStart[row]; i < sources.flowStart[row + 1]; i++) {
        const flow = sources.flowItem[i];
        visit(flow, messages.createdS[m], perFlow[flow]);
        perFlow[flow] = 0;
      }
    };
    this.links.each((m) => {
      if (hops.hold[messages.hop[m]] >= 0) messages.eachCarried(m, visitOne);
      else visitOne(m);
    });
    this.holds.each(visitOne);
    this.pendings.eachInFlight((flow, createdS) => visit(flow, createdS, 1));
  }

  /**
   * Runs every cell, in the order in which messages pass, through its events before `untilS`.
   * @param bin result bin of the events; the window must not reach over its edge
   * @param afterCell called with the number of cells done
   */
  run(untilS: number, bin: number, afterCell: (cellsDone: number) => void): void {
    const window = this.windowsBegun++;
    for (let nth = 0; nth < this.levels.length; nth++) this.runLevel(nth, window, { untilS, bin }, afterCell);
  }

  /**
   * Runs this worker's cells through windows that follow each other, as soon as the others of its team let it.
   * @param afterCell called with the number of windows done, a part of one included, about
   */
  runTogether(windows: readonly Window[], afterCell: (windowsDone: number) => void): void {
    const from = this.windowsBegun;
    this.windowsBegun += windows.length;
    const levels = this.levels.map(({ level }) => level);
    this.team!.run(levels, from, this.windowsBegun, (nth, window) => {
      if (levels[nth] > 0) this.receive();
      this.runLevel(nth, window, windows[window - from], (done) => afterCell(window - from + done / this.cellsHere));
      this.send(window);
    });
  }

  /** @param afterCell called with the number of cells done that are in this or a lower level */
  private runLevel(nth: number, window: number, { untilS, bin }: Window, afterCell: (cells: number) => void): void {
    const { cells, before } = this.levels[nth];
    this.stats.bin = bin;
    this.runs = this.runsIn(window);
    for (let i = 0; i < cells.length; i++) {
      this.runCell(cells[i], untilS);
      afterCell(before + i + 1);
    }
    if (nth === this.levels.length - 1) this.stats.captures.closeBefore(untilS);
  }

  /** The runs of a window; those of the window that had their place before are over. */
  private runsIn(window: number): Runs {
    const place = window % this.recentRuns.length;
    const runs = this.recentRuns[place];
    if (this.runsWindow[place] !== window) runs.clear();
    this.runsWindow[place] = window;
    return runs;
  }

  /** Sends other workers what they are given in a window. */
  private send(window: number): void {
    for (const [rank, outbox] of this.outboxes.entries()) {
      const parcel = outbox.take(window);
      if (parcel !== undefined) this.team!.send(rank, parcel);
    }
  }

  /** Takes in what other workers have sent, also of windows that are to come. */
  private receive(): void {
    this.team?.receive(({ window, ends, words }: Parcel) => {
      const runs = this.runsIn(window);
      const first = runs.records.append(words);
      let record = first;
      for (const end of ends) {
        this.visit++;
        for (; record < first + end; record++) this.takeIn(runs, record);
      }
    });
  }

  private takeIn(runs: Runs, record: number): void {
    const mark = runs.records.mark(record);
    const cell = mark < 0 ? ~mark : mark;
    if (mark >= 0 && this.runVisit[cell] === this.visit) {
      runs.link(this.runOf[cell], record);
      return;
    }
    const m = runs.records.read(record);
    if (mark < 0) this.messages.channel[m] = UNSENT;
    else this.beginRun(runs, m, cell);
    this.heaps[cell]!.push(this.messages.arriveS[m], m);
  }

  private runCell(cell: number, untilS: number): void {
    const heap = this.heaps[cell]!;
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
      else if (channel > SPECIAL) this.continueRun(item, -2 - channel, nowS);
      else this.happen(item, channel, nowS);
    }
  }

  /** Events that are rarer. */
  private happen(m: number, channel: number, nowS: number): void {
    const { messages, masters, sources } = this;
    switch (channel) {
      case TIMER:
        this.pendings.timeOut(m, nowS);
        return;
      case CARRIED:
        this.end(m, nowS);
        return;
      case AGE:
        this.holds.age(m, nowS);
        return;
      case ROUND: {
        const si = messages.sourceInstance[m];
        const burst = sources.burstOf(m);
        const steps = messages.steps[m] + 1;
        messages.free(m);
        if (burst === undefined) this.placeNext(si);
        masters.begin(si, burst, nowS, steps);
        return;
      }
    }
  }

  private emit(m: number, nowS: number): void {
    const { stats, messages } = this;
    const isTracked = this.tracks && this.emitTracked(m, nowS);
    if (!isTracked) {
      this.placeNext(messages.sourceInstance[m]);
      if (stats.measuring) this.expectations.addUnsent(messages, m, stats.sent);
    }
    if (stats.measuring) {
      stats.messages++;
      if (stats.captures.areSome) {
        const { sourceInstance, instance, device, createdS } = messages;
        stats.captures.started(sourceInstance[m], instance[m], device[m], createdS[m]);
      }
    }
    this.forward(m, ~messages.hop[m], nowS);
  }

  /** @returns whether somebody waits for message m; if so it is counted */
  private emitTracked(m: number, nowS: number): boolean {
    const { messages, pendings } = this;
    if (messages.pending[m] === NONE) {
      const si = messages.sourceInstance[m];
      if (this.tracking.isTracked[this.program.sourceRow[si]] === 0) return false;
      this.placeNext(si);
      pendings.open(m, false);
    }
    pendings.sent(m, nowS);
    return true;
  }

  private placeNext(si: number): void {
    const next = this.sources.next(si);
    if (next !== NONE) this.heap.push(this.messages.arriveS[next], next);
  }

  private arrive(m: number, channel: number, nowS: number): void {
    const { stats, program, messages } = this;
    const { hops } = program.plan;
    const part = this.links.finish(m, nowS);
    if (part === Part.lost) return;
    if (part === Part.first) {
      this.forwardFirst(m, nowS);
      return;
    }
    if (stats.measuring) stats.hopEnds++;
    const h = messages.hop[m];
    if (this.endsOddly[h] === 1) {
      if (hops.reply[h] >= 0) this.reply(m, h, nowS);
      if (hops.hold[h] >= 0) {
        this.unload(m, nowS);
        return;
      }
    }
    if (hops.deliverFlow[h] >= 0) this.deliver(m, h, program.channelLinkInstance[channel], nowS);
    if (part === Part.rest) messages.free(m);
    else this.forward(m, hops.child[h], nowS);
  }

  /** The first frame of message m is there: a copy takes the next hops, which wait for the rest. */
  private forwardFirst(m: number, nowS: number): void {
    const { messages } = this;
    const first = messages.clone(m);
    messages.pending[m] = NONE; // what goes on is waited for
    this.links.followRest(m);
    this.forward(first, this.program.plan.hops.child[messages.hop[m]], nowS);
  }

  /** The receiver of message m at the end of hop h sends the hop's reply back; members of a population do not. */
  private reply(m: number, h: number, nowS: number): void {
    const { messages, program } = this;
    if (program.hops.members[h] !== undefined) return;
    const back = program.plan.hops.reply[h];
    const copy = messages.clone(m);
    messages.pending[copy] = NONE;
    const target = this.cellOfHop(back, messages.instance[m]);
    if (target === this.cell) {
      this.links.offer(copy, back, nowS);
    } else {
      messages.part[copy] = Part.reply;
      this.handOver(copy, target);
    }
  }

  /** A message that came in a carrier is at the end of its hop. */
  private end(m: number, nowS: number): void {
    const { program, messages } = this;
    const { hops } = program.plan;
    const h = messages.hop[m];
    const link = hops.link[h];
    const linkInstance = program.linkStart[link] + linkInstanceOf(program.hops, h, messages.instance[m]);
    if (hops.deliverFlow[h] >= 0) this.deliver(m, h, linkInstance, nowS);
    this.forward(m, hops.child[h], nowS);
  }

  /**
   * What carrier m carries arrives, each message in an event of its own: other cells, to which some may go on, see them
   * one by one as well.
   */
  private unload(m: number, nowS: number): void {
    const { messages } = this;
    const steps = messages.steps[m] + 1;
    messages.eachCarried(m, (carried) => {
      messages.arriveS[carried] = nowS;
      messages.channel[carried] = CARRIED;
      messages.steps[carried] = steps;
      this.heap.push(nowS, carried);
    });
    messages.carriers.free(messages.carrier[m]);
    messages.free(m);
  }

  private deliver(m: number, h: number, linkInstance: number, nowS: number): void {
    const { stats, program, messages } = this;
    const flow = program.plan.hops.deliverFlow[h];
    const receivers = this.expectations.receivers(h, messages.instance[m], messages.device[m]);
    const hearing = this.listeners.hearing(m, h, receivers);
    if (stats.measuring) stats.lost[flow] += receivers - hearing;
    if (hearing === 0) return;
    this.trace?.(
      flow,
      messages.sourceInstance[m],
      messages.number[m],
      h,
      messages.instance[m],
      messages.device[m],
      messages.createdS[m],
      nowS,
    );
    const pending = this.tracks ? messages.pending[m] : NONE;
    const isFirst = pending === NONE || this.pendings.deliver(pending, h);
    if (stats.measuring) {
      if (isFirst) {
        const nth = linkInstance - program.linkStart[program.plan.hops.link[h]];
        const latencyS = nowS - messages.createdS[m];
        stats.delivery(flow, program.hops.deliveryStart[h] + nth, latencyS, hearing, nowS - messages.originS[m]);
      } else stats.duplicates[flow]++;
    }
    if (this.causes.causesAnything(flow)) this.answer(m, h, receivers, isFirst, nowS);
    if (pending !== NONE) this.pendings.settle(pending, nowS, messages.steps[m] + 1);
    if (this.isWatched[flow] === 1) this.watch(m, h, flow, receivers, nowS);
  }

  /** What deliveries of some flows do besides. */
  private watch(m: number, h: number, flow: number, receivers: number, nowS: number): void {
    const { stats, holds, program, messages } = this;
    if (stats.measuring && stats.captures.isCaptured(flow)) this.capture(m, h, flow, receivers, nowS);
    if (!holds.isAsking(flow)) return;
    holds.asked(flow, program.hops.boundKind[h], messages.instance[m], nowS, messages.steps[m]);
  }

  private capture(m: number, h: number, flow: number, receivers: number, nowS: number): void {
    const { stats, program, messages } = this;
    for (let r = 0; r < receivers; r++) {
      if (!this.listeners.hears(m, h, r)) continue;
      if (program.hops.members[h] === undefined) {
        stats.captures.delivered(flow, messages.sourceInstance[m], messages.device[m], messages.createdS[m], nowS);
      } else {
        stats.captures.heard(flow, h, messages.instance[m], this.receiver(m, h, r), messages.createdS[m], nowS);
      }
    }
  }

  /** The device that is receiver r of message m at the end of hop h. */
  private receiver(m: number, h: number, r: number): number {
    const { members, premises } = this.program.hops;
    const first = this.messages.device[m];
    return members[h] === undefined ? first : (first % premises[h]) + r * premises[h];
  }

  /**
   * Every receiver draws for itself; the answer is sent by the same device in the same instance. A message that is
   * delivered once more is answered once more, but for what cannot be tracked.
   */
  private answer(m: number, h: number, receivers: number, isFirst: boolean, nowS: number): void {
    const { messages, causes, program } = this;
    const boundKind = program.hops.boundKind[h];
    const identity = combine(program.key[messages.sourceInstance[m]], messages.number[m]);
    const root = program.plan.sources.rootHop[program.sourceRow[messages.sourceInstance[m]]];
    const branch = combine(combine(identity, h - root), messages.instance[m]);
    const flow = program.plan.hops.deliverFlow[h];
    for (let r = 0; r < receivers; r++) {
      if (!this.listeners.hears(m, h, r)) continue;
      const device = this.receiver(m, h, r);
      const drawKey = causes.drawKey(flow, combine(branch, device));
      for (const cause of causes.outcome(flow, drawKey)) {
        if (!causes.answers(cause, drawKey, boundKind, messages.instance[m], nowS)) continue;
        if (isFirst || this.tracking.isTrackable[causes.answer.row] === 1) this.start(device, m, nowS);
      }
    }
  }

  /** Places the message in `causes.answer`, which `device` sends on behalf of message m. */
  private start(device: number, m: number, nowS: number): void {
    const { messages, program } = this;
    const { sourceInstance, row, instance, number, atS } = this.causes.answer;
    const answer = messages.allocate();
    messages.createdS[answer] = atS;
    messages.originS[answer] = messages.originS[m];
    messages.arriveS[answer] = atS;
    messages.sourceInstance[answer] = sourceInstance;
    messages.number[answer] = number;
    messages.instance[answer] = instance;
    messages.device[answer] = device;
    messages.hop[answer] = ~program.plan.sources.rootHop[row];
    messages.channel[answer] = UNSENT;
    messages.steps[answer] = atS > nowS ? 0 : messages.steps[m] + 1;
    messages.pending[answer] = NONE;
    messages.attempt[answer] = 0;
    const pending = messages.pending[m];
    if (pending !== NONE && this.tracking.isTrackable[row] === 1) this.pendings.openCaused(pending, answer);
    const home = this.homeOf(row, instance);
    const heap = this.heaps[home];
    if (heap !== undefined) heap.push(atS, answer);
    else this.outboxes[this.workerOf[home]].place(answer, home, this.visit);
  }

  /** Message m takes its next hop, `first`, or that and its siblings; it is gone when there is none. */
  private forward(m: number, first: number, nowS: number): void {
    if (first < 0) {
      this.leave(m, nowS);
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

  /** Message m has come to its end. */
  private leave(m: number, nowS: number): void {
    const { messages } = this;
    const pending = this.tracks ? messages.pending[m] : NONE;
    messages.free(m);
    if (pending !== NONE) this.pendings.gone(pending, nowS, messages.steps[m] + 1);
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
    if (messages.part[m] === Part.reply) {
      messages.part[m] = Part.all;
      this.links.offer(m, this.program.plan.hops.reply[h], nowS);
      return;
    }
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
    this.leave(m, nowS);
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
    if (this.messages.pending[copy] !== NONE) this.pendings.copied(this.messages.pending[copy]);
    if (this.program.plan.hops.hold[h] >= 0) this.holds.hold(copy, h, nowS);
    else this.links.offer(copy, h, nowS);
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
    const heap = this.heaps[target];
    if (heap === undefined) {
      this.outboxes[this.workerOf[target]].handOver(m, target, this.visit);
      return;
    }
    this.beginRun(this.runs, m, target);
    heap.push(this.messages.arriveS[m], m);
  }

  /** Message m is the first of a run that a cell is given in this visit. */
  private beginRun(runs: Runs, m: number, target: number): void {
    const run = runs.begin();
    this.runVisit[target] = this.visit;
    this.runOf[target] = run;
    this.messages.channel[m] = -2 - run;
  }

  private homeOfSource(si: number): number {
    const { sourceRow, sourceStart, plan } = this.program;
    const row = sourceRow[si];
    return this.homeOf(row, plan.sources.firstInstance[row] + si - sourceStart[row]);
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
    this.heaps[cell]!.push(this.messages.arriveS[m], m);
  };
}
