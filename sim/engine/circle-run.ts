import type { EventHeap } from '../kernel/event-heap.js';
import { Tournament } from '../kernel/tournament.js';
import type { CellRuns } from './cell-runs.js';
import type { Circle } from './cells.js';
import type { Forecast } from './forecast.js';
import type { Messages } from './messages.js';

/** What a circle needs of the engine: cells run one event at a time. */
export interface Steps {
  /** A visit of `cell` begins. */
  enter(cell: number): void;
  /** The visit of `cell` goes on. @returns its heap */
  resume(cell: number, untilS: number): EventHeap;
  /** The first event of the cell that runs happens. */
  step(heap: EventHeap): void;
}

/**
 * Runs the cells of a circle: a hub, and spokes that pass it messages and get some back. Whose event is the first of all is
 * next, as if they stood in one heap, but for this: a spoke goes on by itself as long as nothing can come to it (forecast.ts).
 *
 *   spoke 0   ──●─●──●●───●┊                    stops where the hub may send it something
 *   spoke 1   ──●──●┊                            the first of all: goes on
 *   hub       ──○○──┊                            no event before all spokes are past it
 *
 * What a spoke does before its bound nobody else can tell from what it would have done later: it changes only itself, and
 * what it gives the hub waits there for its time. Ties are broken as in one heap, since at a bound a spoke stops.
 *
 * A spoke has a small heap, and finds what it works with in the processor's cache. Measured, the metropolis: 900 spokes run some
 * fifty events at a time; six hours take 15.2 s in place of 20.1 s in one heap.
 */
export class CircleRun {
  private readonly circle: Circle;
  private readonly messages: Messages;
  private readonly cellRuns: CellRuns;
  private readonly forecast: Forecast;
  private readonly steps: Steps;
  private readonly queue: Tournament; // of spokes, by their next events
  private readonly nextS: Float64Array; // per spoke; Infinity: there is none
  private readonly nextItem: Int32Array;

  constructor(circle: Circle, messages: Messages, cellRuns: CellRuns, forecast: Forecast, steps: Steps) {
    this.circle = circle;
    this.messages = messages;
    this.cellRuns = cellRuns;
    this.forecast = forecast;
    this.steps = steps;
    cellRuns.onTouched = (cell) => this.touched(cell);
    this.nextS = new Float64Array(circle.spokes).fill(Number.POSITIVE_INFINITY);
    this.nextItem = new Int32Array(circle.spokes);
    const { nextS, nextItem } = this;
    this.queue = new Tournament(
      circle.spokes,
      (a, b) =>
        nextS[a] < nextS[b] ||
        (nextS[a] === nextS[b] && nextS[a] < Number.POSITIVE_INFINITY && messages.before(nextItem[a], nextItem[b])),
    );
  }

  /** The cell that stands for all of them. */
  get hub(): number {
    return this.circle.hub;
  }

  /** Runs all cells of the circle through their events before `untilS`. */
  run(untilS: number): void {
    const { messages } = this;
    const hub = this.cellRuns.heaps[this.circle.hub]!;
    this.steps.enter(this.circle.hub);
    for (let spoke = 0; spoke < this.circle.spokes; spoke++) {
      this.steps.enter(this.circle.firstSpoke + spoke);
      this.line(spoke);
    }
    for (;;) {
      const spoke = this.queue.winner;
      const spokeS = this.nextS[spoke];
      const hubS = hub.nextS();
      if (spokeS >= untilS && hubS >= untilS) return;
      if (spokeS < hubS || (spokeS === hubS && messages.before(this.nextItem[spoke], hub.first))) {
        this.runSpoke(spoke, untilS, hub);
      } else {
        this.runHub(untilS);
      }
    }
  }

  /** Spoke `cell` has got an event from another cell. */
  private touched(cell: number): void {
    const spoke = cell - this.circle.firstSpoke;
    if (this.cellRuns.cell !== cell) this.line(spoke); // else it is lined up when it stops
  }

  private runSpoke(spoke: number, untilS: number, hub: EventHeap): void {
    const { forecast, steps } = this;
    const heap = steps.resume(this.circle.firstSpoke + spoke, untilS);
    const sinceS = heap.nextS();
    let nowS = sinceS;
    heap.untilS = Math.min(untilS, forecast.boundS(spoke, sinceS, hub.nextS()));
    do {
      forecast.isNew = false;
      steps.step(heap);
      if (forecast.isNew) heap.untilS = Math.min(untilS, forecast.boundS(spoke, sinceS, hub.nextS()));
      nowS = heap.nextS();
    } while (nowS < heap.untilS);
    this.line(spoke);
  }

  private runHub(untilS: number): void {
    const heap = this.steps.resume(this.circle.hub, untilS);
    let nowS = heap.nextS();
    do {
      if (heap.first >= 0) this.forecast.enter(heap.first);
      heap.untilS = Math.min(untilS, this.nextS[this.queue.winner]);
      this.steps.step(heap);
      nowS = heap.nextS();
    } while (nowS < untilS && nowS < this.nextS[this.queue.winner]);
  }

  /** Takes note of the next event of a spoke. */
  private line(spoke: number): void {
    const heap = this.cellRuns.heaps[this.circle.firstSpoke + spoke]!;
    this.nextS[spoke] = heap.nextS();
    this.nextItem[spoke] = heap.first;
    this.queue.moved(spoke);
  }
}
