/** Workers that run one network together: what they share, and how they wait for each other. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/**
 * Windows that a worker may be ahead of the slowest, where cells pass messages: what they pass is kept so long. Shares of equal
 * work by the day are not equal by the hour. Measured, metropolis.yaml: 52 to 53 s and 1.7 GiB, with 4 windows 54 s and 1.5 GiB.
 */
export const WINDOWS_AHEAD = 16;

/** Done with all windows there will ever be: levels of which a worker has no cell. */
const ALWAYS = 0x7fffffff;

/** Places in `TeamMemory.state`. */
const SIGNAL = 0; // counts what happens; who has nothing to do waits for it to move
const ARRIVALS = 1; // at meetings
const DONE = 2; // windows done, per worker and level

/** Shared by all workers. */
export interface TeamMemory {
  readonly size: number;
  readonly levels: number;
  /** Per cell: the rank of who runs it. */
  readonly workerOf: Uint16Array;
  /** i32: SIGNAL, ARRIVALS, DONE of worker r and level n at `DONE + r * levels + n`. */
  readonly state: SharedArrayBuffer;
  /** f64: two sheets, by turns, of a row for each worker; see `Team.sum`. */
  readonly sheets: SharedArrayBuffer;
}

/** Messages for another worker: records (records.ts) of several visits of cells; `ends`: number of records after each. */
export interface Parcel {
  readonly window: number;
  readonly ends: readonly number[];
  readonly words: Float64Array<ArrayBuffer>;
}

/** @param sheetLength columns that `Team.sum` adds up */
export function teamMemory(size: number, levels: number, workerOf: Uint16Array, sheetLength: number): TeamMemory {
  return {
    size,
    levels,
    workerOf,
    state: new SharedArrayBuffer(4 * (DONE + size * levels)),
    sheets: new SharedArrayBuffer(8 * 2 * size * sheetLength),
  };
}

/**
 * One worker's view of its team. All workers run the same program of days and windows, each with its own cells. A worker
 * that has done level n of window w has sent what the others need of it before it says so: whoever sees it done finds
 * the parcels at its ports.
 */
export class Team {
  readonly rank: number;
  readonly size: number;
  readonly workerOf: Uint16Array; // per cell
  private readonly levels: number;
  private readonly state: Int32Array;
  private readonly sheets: Float64Array;
  private readonly ports: readonly (MessagePort | undefined)[];
  private meetings = 0;

  /** @param ports per rank; none for its own */
  constructor(memory: TeamMemory, rank: number, ports: readonly (MessagePort | undefined)[]) {
    this.rank = rank;
    this.size = memory.size;
    this.workerOf = memory.workerOf;
    this.levels = memory.levels;
    this.state = new Int32Array(memory.state);
    this.sheets = new Float64Array(memory.sheets);
    this.ports = ports;
  }

  /**
   * The parcel is copied on its way. Its buffer must not be transferred: as long as a thread has never given a buffer away, V8
   * compiles its accesses to typed arrays without asking whether the buffer is still there. Measured: a worker that transferred
   * one took 8.1 ms for what takes 6.3 ms, in all that it did from then on.
   */
  send(rank: number, parcel: Parcel): void {
    this.ports[rank]!.postMessage(parcel);
  }

  /** Calls `visit` for every parcel that has come. */
  receive(visit: (parcel: Parcel) => void): void {
    for (const port of this.ports) {
      if (port === undefined) continue;
      for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
        visit(got.message as Parcel);
      }
    }
  }

  /** This worker has no cells of `level`. */
  leaveOut(level: number): void {
    this.setDone(level, ALWAYS);
  }

  /** This worker has done `windows` windows of `level`. */
  setDone(level: number, windows: number): void {
    Atomics.store(this.state, DONE + this.rank * this.levels + level, windows);
    this.tellAll();
  }

  /**
   * Runs levels `mine` (ascending) of windows from .. to - 1 as soon as each may run: its worker has done the window
   * before, and all workers the levels below. A level that somebody waits for or soon will goes first; else the highest,
   * so that little is kept:
   *
   *   worker 0   down 0  areas 0  down 1  up 0     areas 1  ...
   *   worker 1           areas 0           areas 1  ...
   *
   * @param run called with a place in `mine` and a window
   */
  run(mine: readonly number[], from: number, to: number, run: (nth: number, window: number) => void): void {
    const next = mine.map(() => from);
    const mayRun = (level: number, nth: number) => next[nth] < to && this.mayRun(level, next[nth]);
    for (;;) {
      const seen = Atomics.load(this.state, SIGNAL);
      const wanted = mine.findIndex((level, nth) => mayRun(level, nth) && this.isWanted(level, next[nth]));
      const i = wanted >= 0 ? wanted : mine.findLastIndex(mayRun);
      if (i >= 0) {
        run(i, next[i]);
        this.setDone(mine[i], ++next[i]);
      } else if (next.every((window) => window === to)) {
        return;
      } else {
        Atomics.wait(this.state, SIGNAL, seen);
      }
    }
  }

  /** Meets all others, and gives each the sum of all their columns, added up by rank. O(columns x workers). */
  sum(column: Float64Array): Float64Array {
    const sheet = (this.meetings++ % 2) * this.size * column.length; // the other one may still be read
    this.sheets.set(column, sheet + this.rank * column.length);
    Atomics.add(this.state, ARRIVALS, 1);
    this.tellAll();
    for (;;) {
      const seen = Atomics.load(this.state, SIGNAL);
      if (Atomics.load(this.state, ARRIVALS) >= this.meetings * this.size) break;
      Atomics.wait(this.state, SIGNAL, seen);
    }
    return column.map((_, i) => {
      let total = 0;
      for (let rank = 0; rank < this.size; rank++) total += this.sheets[sheet + rank * column.length + i];
      return total;
    });
  }

  private mayRun(level: number, window: number): boolean {
    if (this.levels === 1) return true; // nobody passes anything
    for (let rank = 0; rank < this.size; rank++) {
      for (let other = 0; other < this.levels; other++) {
        const needed = other < level ? window + 1 : window + 1 - WINDOWS_AHEAD;
        if (Atomics.load(this.state, DONE + rank * this.levels + other) < needed) return false;
      }
    }
    return true;
  }

  /** Whether somebody needs `window` of `level` for the next window of a level above, or for the one after it. */
  private isWanted(level: number, window: number): boolean {
    for (let rank = 0; rank < this.size; rank++) {
      for (let other = level + 1; other < this.levels; other++) {
        const done = Atomics.load(this.state, DONE + rank * this.levels + other);
        if (done !== ALWAYS && window <= done + 1) return true;
      }
    }
    return false;
  }

  private tellAll(): void {
    Atomics.add(this.state, SIGNAL, 1);
    Atomics.notify(this.state, SIGNAL);
  }
}
