import type { ClockInterval } from '../../payloads/types.js';
import type { WindowTable } from '../../sim/plan.js';
import type { RunClock } from '../clock.js';
import { column } from './column.js';

const DAY_S = 86_400;

/** Interns the windows of a plan; row 0 is `24x7`. */
export class Windows {
  readonly #rows: { name: string; intervals: readonly ClockInterval[]; nominalS: number }[] = [];
  readonly #index = new Map<string, number>();

  constructor() {
    this.add('24x7', [{ fromS: 0, toS: DAY_S }]);
  }

  /** Handle of a window; intervals are local seconds after midnight, half-open, over midnight when `toS <= fromS`. */
  add(name: string, intervals: readonly ClockInterval[]): number {
    const key = intervals.map((interval) => `${interval.fromS}-${interval.toS}`).join(',');
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    const nominalS = intervals.reduce(
      (sum, { fromS, toS }) => sum + (toS > fromS ? toS - fromS : toS - fromS + DAY_S),
      0,
    );
    this.#rows.push({ name, intervals, nominalS });
    this.#index.set(key, this.#rows.length - 1);
    return this.#rows.length - 1;
  }

  nominalS(window: number): number {
    return this.#rows[window]!.nominalS;
  }

  table(clock: RunClock): WindowTable {
    const start = [0];
    const fromS: number[] = [];
    const toS: number[] = [];
    for (const row of this.#rows) {
      for (let kind = 0; kind < clock.dayLengthS.length; kind++) {
        for (const interval of clock.windowIntervals(row.intervals, kind)) {
          fromS.push(interval.fromS);
          toS.push(interval.toS);
        }
        start.push(fromS.length);
      }
    }
    return {
      name: this.#rows.map((row) => row.name),
      nominalS: column(Float64Array, this.#rows, (row) => row.nominalS),
      start: new Uint32Array(start),
      fromS: new Float64Array(fromS),
      toS: new Float64Array(toS),
    };
  }
}
