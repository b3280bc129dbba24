import type { CaptureShares } from './engine/capture-shares.js';
import type { Marks } from './engine/tier-capture.js';

/** What the workers of a team report of one window. */
interface Reported {
  readonly marks: Marks[]; // of those who have any of it
  reports: number;
}

/** Windows of tiers (engine/captures.ts) in which several workers have seen devices start messages and be captured. */
export class TierWindows {
  private readonly workers: number;
  private readonly shares: CaptureShares;
  private readonly reported = new Map<string, Reported>();

  /** @param shares counts the windows of which all workers have reported */
  constructor(workers: number, shares: CaptureShares) {
    this.workers = workers;
    this.shares = shares;
  }

  /** A worker reports a window that is over. O(devices / 32) when it has any of it. */
  add(tier: number, window: number, marks: Marks | undefined): void {
    const key = `${tier}/${window}`;
    const known = this.reported.get(key) ?? { marks: [], reports: 0 };
    this.reported.set(key, known);
    known.reports++;
    if (marks !== undefined) known.marks.push(marks);
    if (known.reports < this.workers) return;
    this.reported.delete(key);
    if (known.marks.length > 0) this.shares.add(tier, known.marks);
  }
}
