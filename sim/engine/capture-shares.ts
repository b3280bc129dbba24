import type { ReplicationStats } from '../replication.js';
import { CAPTURED, countMarked, type Marks, STARTED } from './tier-capture.js';

/** What windows of tiers (captures.ts) leave behind when they are over. Columns over plan.tiers. */
export class CaptureShares {
  private readonly started: Float64Array; // devices, summed over the windows
  private readonly captured: Float64Array;
  private readonly leastShare: Float64Array; // NaN: nothing started

  constructor(tiers: number) {
    this.started = new Float64Array(tiers);
    this.captured = new Float64Array(tiers);
    this.leastShare = new Float64Array(tiers).fill(Number.NaN);
  }

  /** A window of `tier` is over in which something started, here what several have marked. O(devices / 32 x columns). */
  add(tier: number, columns: readonly Marks[]): void {
    const started = countMarked(columns, STARTED);
    const captured = countMarked(columns, CAPTURED);
    this.started[tier] += started;
    this.captured[tier] += captured;
    const share = captured / started;
    if (!(this.leastShare[tier] <= share)) this.leastShare[tier] = share;
  }

  result(windows: Float64Array): ReplicationStats['tiers'] {
    return { windows, devices: this.started, captured: this.captured, leastShare: this.leastShare };
  }
}
