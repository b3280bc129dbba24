import type { Plan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { Answers } from './answers.js';
import { Arrivals } from './arrivals.js';
import type { Captures } from './captures.js';
import { CellRuns } from './cell-runs.js';
import { type Cells, type Partition, partition, piecesOf } from './cells.js';
import { Census } from './census.js';
import { CircleRun } from './circle-run.js';
import { Emission } from './emission.js';
import { type EventLoop, eventLoop } from './event-loop.js';
import { Expectations } from './expectations.js';
import { Fates } from './fates.js';
import { Forecast } from './forecast.js';
import { Forwarding } from './forwarding.js';
import { Holds } from './holds.js';
import { Links } from './links.js';
import { Listeners } from './listeners.js';
import { Masters } from './masters.js';
import { ARRIVE_S, FLOATS, INSTANCE, INTS, SOURCE_INSTANCE, STEPS } from './message-row.js';
import { AGE, CARRIED, HANDED, Messages, ROUND, TIMER } from './messages.js';
import { Pendings } from './pending.js';
import { compileProgram, type Program } from './program.js';
import { QuietEnds } from './quiet-ends.js';
import { Sources } from './sources.js';
import { Statistics, type StatisticsPart } from './statistics.js';
import { tandems } from './tandems.js';
import type { Team } from './team.js';
import type { Trace } from './trace.js';
import { compileTracking } from './tracking.js';

/** Rows of the table of messages to begin with, at least; of each source one message waits for its time. */
const LEAST_ROWS = 1024;

/** Time before `untilS`; its events are of result bin `bin`, over whose edge it must not reach. */
export interface Window {
  readonly untilS: number;
  readonly bin: number;
}

/**
 * The network of one replication at work: cells with an event heap each (cell-runs.ts), and the life of a message,
 *
 *   emission ──> offer ──> (queue, transmission, delay) ──> arrival ──> delivery, answers
 *                  ^                                           │
 *                  └──────── next hop, a copy for each branch ─┘
 *
 * in emission.ts, offer.ts, links.ts, arrivals.ts, answers.ts and forwarding.ts. Before an offer messages may wait for others
 * (holds.ts). Where somebody waits for a message (pending.ts), what becomes of it decides whether it is sent again, or
 * what a master sends next (masters.ts).
 *
 * An event is a message (see CHANNEL for which kind) or, negative, a transmitter that decides or whose medium wakes.
 *
 * Several workers may run a network together (team.ts). Each has an engine of the whole plan, in which only its own cells
 * work; what it hands over to cells of others it sends them after each level of a window.
 */
export class Engine {
  readonly program: Program;
  readonly cells: Cells;
  /** Cells of the whole plan that run by themselves; a circle is one. */
  readonly pieces: number;
  private readonly stats: Statistics;
  private readonly messages: Messages;
  private readonly cellRuns: CellRuns;
  private readonly links: Links;
  private readonly quietEnds: QuietEnds;
  private readonly sources: Sources;
  private readonly pendings: Pendings;
  private readonly masters: Masters;
  private readonly holds: Holds;
  private readonly emission: Emission;
  private readonly arrivals: Arrivals;
  private readonly forwarding: Forwarding;
  private readonly census: Census;
  private readonly circleRun: CircleRun | undefined;
  private readonly team: Team | undefined;
  private readonly levels: ReturnType<CellRuns['ownLevels']>;
  private readonly cellsHere: number;
  private windowsBegun = 0;
  private readonly loop: EventLoop;

  /**
   * @param how the plan is cut, or has been
   * @param team who runs the plan with this engine, which then runs the cells that are dealt to it
   */
  constructor(plan: Plan, replication: number, how: Partition | Cells, team?: Team) {
    const program = compileProgram(plan, replication);
    const cells = typeof how === 'string' ? partition(program, how) : how;
    const stats = new Statistics(program);
    const tracking = compileTracking(plan);
    const rows = Math.max(LEAST_ROWS, program.sourceInstances);
    const messages = new Messages(program.key, rows, tracking.families.size > 0);
    const { circle } = cells;
    const isHere = circle !== undefined && (team === undefined || team.workerOf[circle.hub] === team.rank);
    const forecast = isHere ? new Forecast(circle, program, messages) : undefined;
    messages.watcher = forecast;
    const cellRuns = new CellRuns(program, cells, messages, team, forecast);
    const expectations = new Expectations(program);
    const listeners = new Listeners(program, messages);
    const place = (m: number) => cellRuns.heap.push(messages.floats[(m << FLOATS) | ARRIVE_S], m);
    const pendings = new Pendings(program, tracking, messages, expectations, stats, {
      place,
      goOn: (si, nowS, steps) => this.masters.goOn(si, nowS, steps),
    });
    const offer = (m: number, h: number) => this.links.offer(m, h);
    const holds = new Holds(program, messages, { place, offer });
    const quietEnds = new QuietEnds(program, messages, stats, listeners);
    const fates = new Fates(program, messages, expectations, stats, pendings);
    const links = new Links(program, messages, fates, stats, listeners, quietEnds, tandems(program, cells));
    const sources = new Sources(program, messages, (si) => cellRuns.hasSource(si));
    const forwarding = new Forwarding(program, cells, messages, cellRuns, links, expectations, pendings, holds);
    const answers = new Answers(program, messages, cellRuns, listeners, tracking, pendings);
    this.program = program;
    this.cells = cells;
    this.pieces = piecesOf(cells);
    this.stats = stats;
    this.messages = messages;
    this.cellRuns = cellRuns;
    this.links = links;
    this.quietEnds = quietEnds;
    this.sources = sources;
    this.pendings = pendings;
    this.masters = new Masters(program, messages, pendings, place);
    this.holds = holds;
    this.forwarding = forwarding;
    this.emission = new Emission(
      program,
      messages,
      cellRuns,
      sources,
      stats,
      expectations,
      tracking,
      pendings,
      forwarding,
    );
    this.arrivals = new Arrivals(
      program,
      messages,
      cellRuns,
      links,
      stats,
      expectations,
      listeners,
      answers,
      pendings,
      holds,
      forwarding,
    );
    this.census = new Census(program, messages, links, holds, pendings, expectations, stats);
    this.team = team;
    const happen = (m: number, channel: number, nowS: number) => this.happen(m, channel, nowS);
    this.loop = eventLoop({ messages, links, arrivals: this.arrivals, emission: this.emission, forwarding, happen });
    if (forecast !== undefined) {
      this.circleRun = new CircleRun(circle!, messages, cellRuns, forecast, {
        enter: (cell) => cellRuns.enter(cell),
        resume: (cell, untilS) => {
          const heap = cellRuns.resume(cell);
          links.enter(heap, untilS);
          return heap;
        },
        step: (heap) => this.loop(heap, Number.NEGATIVE_INFINITY),
      });
    }
    this.levels = cellRuns.ownLevels();
    this.cellsHere = this.levels.reduce((sum, level) => sum + level.cells.length, 0);
  }

  /** Told of every delivery, those of the warm-up included. */
  set trace(trace: Trace | undefined) {
    this.arrivals.trace = trace;
    this.quietEnds.trace = trace;
  }

  /** Told of windows of tiers that are over, in place of counting them; see Captures. */
  set onTierWindow(onOver: Captures['onOver']) {
    this.stats.captures.onOver = onOver;
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

  /** The measured run is [startS, startS + horizonS); what is under way now is counted. */
  beginMeasurement(startS: number, horizonS: number): void {
    const { stats } = this;
    this.links.settle(startS);
    stats.measuring = true;
    stats.startS = startS;
    stats.endS = startS + horizonS;
    stats.captures.beginMeasurement(startS);
    this.sources.startBursts(startS, this.place);
    this.links.beginMeasurement(startS);
    this.census.atStart(startS);
  }

  /** The statistics of the whole network, which this engine has run alone. */
  endMeasurement(replication: number, warmUpDays: number, settled: boolean): ReplicationStats {
    this.census.atEnd();
    return this.stats.result(replication, warmUpDays, settled);
  }

  /** The statistics of what this engine has run of the network. */
  endPart(): StatisticsPart {
    this.census.atEnd();
    this.stats.captures.closeAll();
    return this.stats.part();
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
      if (levels[nth] > 0) this.cellRuns.receive();
      this.runLevel(nth, window, windows[window - from], (done) => afterCell(window - from + done / this.cellsHere));
      this.cellRuns.send(window);
    });
  }

  /** @param afterCell called with the number of cells done that are in this or a lower level */
  private runLevel(nth: number, window: number, { untilS, bin }: Window, afterCell: (cells: number) => void): void {
    const { cells, before } = this.levels[nth];
    this.stats.bin = bin;
    this.cellRuns.beginWindow(window);
    for (let i = 0; i < cells.length; i++) {
      if (cells[i] === this.circleRun?.hub) this.circleRun.run(untilS);
      else this.runCell(cells[i], untilS);
      afterCell(before + i + 1);
    }
    if (nth === this.levels.length - 1) this.stats.captures.closeBefore(untilS);
  }

  private runCell(cell: number, untilS: number): void {
    const heap = this.cellRuns.enter(cell);
    this.links.enter(heap, untilS);
    heap.untilS = untilS;
    if (heap.nextS() < untilS) this.loop(heap, untilS);
  }

  /** Events that are rarer. */
  private happen(m: number, channel: number, nowS: number): void {
    const { messages, sources } = this;
    switch (channel) {
      case TIMER:
        this.pendings.timeOut(m, nowS);
        return;
      case HANDED:
        this.forwarding.continueHanded(m);
        return;
      case CARRIED:
        this.arrivals.end(m);
        return;
      case AGE:
        this.holds.age(m, nowS);
        return;
      case ROUND: {
        const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
        const burst = sources.burstOf(m);
        const steps = messages.ints[(m << INTS) | STEPS] + 1;
        messages.free(m);
        if (burst === undefined) this.emission.placeNext(si);
        this.masters.begin(si, burst, nowS, steps);
        return;
      }
    }
  }

  private readonly place = (m: number, si: number): void => {
    this.cellRuns.place(m, this.program.sourceRow[si], this.messages.uints[(m << INTS) | INSTANCE]);
  };
}
