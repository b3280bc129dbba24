import { EventHeap } from '../kernel/event-heap.js';
import { type Cells, isSpoke } from './cells.js';
import type { Forecast } from './forecast.js';
import { Handed } from './handed.js';
import { linkInstanceOf } from './hop-program.js';
import { ARRIVE_S, CHANNEL, FLOATS, HOP, INSTANCE, INTS, SOURCE_INSTANCE } from './message-row.js';
import { type Messages, NONE, UNSENT } from './messages.js';
import { Outbox } from './outbox.js';
import type { Program } from './program.js';
import { Runs } from './runs.js';
import { type Parcel, type Team, WINDOWS_AHEAD } from './team.js';

/**
 * Where the events of the network stand: a heap for each cell, which cell runs, and how messages pass from one to another
 * (runs.ts), also to cells of other workers (outbox.ts, team.ts). A message is handed over with the event that it has now;
 * the other cell continues it there.
 */
export class CellRuns {
  /** The cell that runs, its visit, and its heap. */
  cell = 0;
  visit = 0;
  heap: EventHeap;
  /** Per cell; undefined: another worker runs it. */
  readonly heaps: readonly (EventHeap | undefined)[];

  /** Told of spokes that get something from other cells. */
  onTouched: ((cell: number) => void) | undefined;

  private readonly program: Program;
  private readonly cells: Cells;
  private readonly messages: Messages;
  private readonly team: Team | undefined;
  private readonly workerOf: Uint16Array; // per cell
  private readonly rank: number;
  private readonly outboxes: readonly Outbox[]; // per worker
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
  private visits = 0; // so far
  private readonly visitOf: Float64Array; // per cell: the last
  /** Of the circle that runs here, if one does. */
  private readonly forecast: Forecast | undefined;
  private readonly handed: Handed | undefined;
  private readonly hub: number; // its cell, or NONE
  /** Runs that cells of the circle have begun in this window, by visit and target. */
  private readonly begunRuns = new Map<number, number>();
  private readonly ofCircle: Uint8Array; // per cell, 1: it is of the circle

  /** @param forecast there is one where a circle runs here */
  constructor(
    program: Program,
    cells: Cells,
    messages: Messages,
    team: Team | undefined,
    forecast: Forecast | undefined,
  ) {
    this.program = program;
    this.cells = cells;
    this.messages = messages;
    this.team = team;
    this.rank = team?.rank ?? 0;
    this.workerOf = team?.workerOf ?? new Uint16Array(cells.count);
    this.heaps = Array.from(this.workerOf, (worker) => (worker === this.rank ? new EventHeap(messages) : undefined));
    this.heap = new EventHeap(messages);
    this.outboxes = Array.from({ length: team?.size ?? 1 }, () => new Outbox(messages));
    this.recentRuns = Array.from({ length: team === undefined ? 1 : WINDOWS_AHEAD }, () => new Runs(messages));
    this.runsWindow = new Float64Array(this.recentRuns.length);
    this.runs = this.recentRuns[0];
    this.runOf = new Uint32Array(cells.count);
    this.runVisit = new Float64Array(cells.count);
    this.lastHandover = new Float64Array(cells.count);
    this.visitOf = new Float64Array(cells.count);
    const circle = forecast === undefined ? undefined : cells.circle;
    this.forecast = forecast;
    this.handed = circle === undefined ? undefined : new Handed(circle, messages);
    this.hub = circle?.hub ?? NONE;
    this.ofCircle = Uint8Array.from({ length: cells.count }, (_, cell) =>
      Number(circle !== undefined && (cell === circle.hub || isSpoke(cells, cell))),
    );
  }

  /**
   * Own cells by level, the spokes of a circle excepted, which run with its hub; with how many there are below. Levels without
   * are left out, and told to the team.
   */
  ownLevels(): { readonly level: number; readonly cells: readonly number[]; readonly before: number }[] {
    const { cells: all } = this;
    const { levelStart } = all;
    let before = 0;
    return levelStart.slice(1).flatMap((end, level) => {
      const cells = Array.from({ length: end - levelStart[level] }, (_, i) => levelStart[level] + i).filter(
        (cell) => this.workerOf[cell] === this.rank && !isSpoke(all, cell),
      );
      if (cells.length === 0) {
        this.team?.leaveOut(level);
        return [];
      }
      before += cells.length;
      return [{ level, cells, before: before - cells.length }];
    });
  }

  /** A visit of `cell` begins. @returns its heap */
  enter(cell: number): EventHeap {
    this.visitOf[cell] = ++this.visits;
    return this.resume(cell);
  }

  /** The visit of `cell` goes on. @returns its heap */
  resume(cell: number): EventHeap {
    const heap = this.heaps[cell]!;
    this.cell = cell;
    this.visit = this.visitOf[cell];
    this.heap = heap;
    return heap;
  }

  /** What cells hand over from now on is of `window`. */
  beginWindow(window: number): void {
    this.runs = this.runsIn(window);
    this.begunRuns.clear();
  }

  /** Whether source instance `si` is run here. */
  hasSource(si: number): boolean {
    const { sourceRow, sourceStart, plan } = this.program;
    const row = sourceRow[si];
    return this.workerOf[this.homeOf(row, plan.sources.firstInstance[row] + si - sourceStart[row])] === this.rank;
  }

  /** Message m of a source of row `row` in `instance` is to be sent, here or by whoever runs its cell. */
  place(m: number, row: number, instance: number): void {
    const home = this.homeOf(row, instance);
    const heap = this.heaps[home];
    if (heap !== undefined) this.put(m, home, heap);
    else this.outboxes[this.workerOf[home]].place(m, home, this.visit);
  }

  /** Message m, which waits to be sent, is of the cell that runs. */
  keep(m: number): void {
    this.put(m, this.cell, this.heap);
  }

  /** The cell of the link of hop h for a message bound to `instance`. */
  cellOfHop(h: number, instance: number): number {
    const { program, cells } = this;
    const link = program.plan.hops.link[h];
    return cells.linkCell[link] + cells.linkStep[link] * linkInstanceOf(program.hops, h, instance);
  }

  /** An event that `handOverCopy` may hand over to several cells begins. */
  beginEvent(): void {
    this.handovers++;
  }

  /** Gives another cell a copy of message m, once per event. */
  handOverCopy(m: number, target: number): void {
    if (target === this.cell || this.lastHandover[target] === this.handovers) return;
    this.lastHandover[target] = this.handovers;
    this.handOver(this.messages.clone(m), target);
  }

  /** Gives another cell message m with the event that it has now, behind what it got from this one in this visit. */
  handOver(m: number, target: number): void {
    if (this.forecast !== undefined && this.handOverInCircle(m, target, this.forecast)) return;
    if (this.runVisit[target] === this.visit) {
      this.runs.append(this.runOf[target], m);
      return;
    }
    const heap = this.heaps[target];
    if (heap === undefined) {
      this.outboxes[this.workerOf[target]].handOver(m, target, this.visit);
      return;
    }
    if (this.ofCircle[this.cell] === 1 && this.resumeRun(m, target)) return;
    this.beginRun(this.runs, m, target);
    heap.push(this.messages.floats[(m << FLOATS) | ARRIVE_S], m);
  }

  /**
   * Cells of a circle take turns, in visits that go on: what one of them gives another cell in a window is one run all the same.
   * @returns whether message m has been appended to a run that was begun before
   */
  private resumeRun(m: number, target: number): boolean {
    const key = this.visit * this.cells.count + target;
    const run = this.begunRuns.get(key);
    if (run === undefined) {
      this.begunRuns.set(key, this.runs.next);
      return false;
    }
    this.runVisit[target] = this.visit;
    this.runOf[target] = run;
    this.runs.append(run, m);
    return true;
  }

  /** Tells the forecast what is handed over. @returns whether message m passes from one cell of the circle to another */
  private handOverInCircle(m: number, target: number, forecast: Forecast): boolean {
    const { messages } = this;
    forecast.leave(m);
    if (target === this.hub) {
      forecast.expectHanded(
        messages.ints[(m << INTS) | HOP],
        messages.uints[(m << INTS) | SOURCE_INSTANCE],
        messages.uints[(m << INTS) | INSTANCE],
        messages.floats[(m << FLOATS) | ARRIVE_S],
      );
    }
    if (this.ofCircle[target] === 0 || this.ofCircle[this.cell] === 0) return false;
    if (!this.handed!.append(m, this.cell, target)) return true;
    this.heaps[target]!.push(messages.floats[(m << FLOATS) | ARRIVE_S], m);
    if (target !== this.hub) this.onTouched?.(target);
    return true;
  }

  /** Message m, handed over within the circle, has been taken: the one behind it takes its place. */
  shiftHanded(m: number): void {
    const next = this.handed!.shift(m);
    if (next !== NONE) this.heap.push(this.messages.floats[(next << FLOATS) | ARRIVE_S], next);
  }

  /** An event of run `run` has been taken, message m's: the next of the run takes its place. */
  shift(m: number, run: number): void {
    const { messages } = this;
    const next = this.runs.shift(run);
    if (next === NONE) return;
    messages.ints[(next << INTS) | CHANNEL] = messages.ints[(m << INTS) | CHANNEL];
    this.heap.push(messages.floats[(next << FLOATS) | ARRIVE_S], next);
  }

  /** Sends other workers what they are given in a window. */
  send(window: number): void {
    for (const [rank, outbox] of this.outboxes.entries()) {
      const parcel = outbox.take(window);
      if (parcel !== undefined) this.team!.send(rank, parcel);
    }
  }

  /** Takes in what other workers have sent, also of windows that are to come. */
  receive(): void {
    this.team?.receive(({ window, ends, words }: Parcel) => {
      const runs = this.runsIn(window);
      const first = runs.records.append(words);
      let record = first;
      for (const end of ends) {
        this.visit = ++this.visits;
        for (; record < first + end; record++) this.takeIn(runs, record);
      }
    });
  }

  private takeIn(runs: Runs, record: number): void {
    const { records } = runs;
    const mark = records.mark(record);
    const cell = mark < 0 ? ~mark : mark;
    if (mark >= 0 && cell === this.hub) {
      this.forecast!.expectHanded(
        records.hop(record),
        records.sourceInstance(record),
        records.instance(record),
        records.arriveS(record),
      );
    }
    if (mark >= 0 && this.runVisit[cell] === this.visit) {
      runs.link(this.runOf[cell], record);
      return;
    }
    const m = records.read(record);
    const heap = this.heaps[cell]!;
    if (mark < 0) {
      this.messages.ints[(m << INTS) | CHANNEL] = UNSENT;
      this.put(m, cell, heap);
    } else {
      this.beginRun(runs, m, cell);
      heap.push(this.messages.floats[(m << FLOATS) | ARRIVE_S], m);
    }
  }

  /** Puts message m, which waits to be sent, in the heap of a cell. */
  private put(m: number, cell: number, heap: EventHeap): void {
    heap.push(this.messages.floats[(m << FLOATS) | ARRIVE_S], m);
    if (this.forecast === undefined || this.ofCircle[cell] === 0) return;
    if (cell === this.hub) this.forecast.expectUnsent(m);
    else this.onTouched?.(cell);
  }

  /** Message m is the first of a run that a cell is given in this visit. */
  private beginRun(runs: Runs, m: number, target: number): void {
    const run = runs.begin();
    this.runVisit[target] = this.visit;
    this.runOf[target] = run;
    this.messages.ints[(m << INTS) | CHANNEL] = -2 - run;
  }

  /** The runs of a window; those of the window that had their place before are over. */
  private runsIn(window: number): Runs {
    const place = window % this.recentRuns.length;
    const runs = this.recentRuns[place];
    if (this.runsWindow[place] !== window) runs.clear();
    this.runsWindow[place] = window;
    return runs;
  }

  /** The cell in which a message of source row `row` in `instance` starts. */
  private homeOf(row: number, instance: number): number {
    const { program, cells } = this;
    if (cells.stageCell[row] >= 0) return cells.stageCell[row];
    return this.cellOfHop(program.plan.sources.rootHop[row], instance);
  }
}
