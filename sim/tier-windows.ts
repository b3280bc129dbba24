import type { CaptureShares } from './engine/capture-shares.js';
import type { OpenWindow } from './engine/tier-capture.js';

/** What the workers of a team report of one window. */
interface Reported {
  readonly windows: OpenWindow[];
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

  /** A worker reports a window that is over. O(devices / 8) when it has any of it. */
  add(tier: number, window: number, open: OpenWindow | undefined): void {
    const key = `${tier}/${window}`;
    const known = this.reported.get(key) ?? { windows: [], reports: 0 };
    this.reported.set(key, known);
    known.reports++;
    if (open !== undefined) known.windows.push(open);
    if (known.reports < this.workers) return;
    this.reported.delete(key);
    if (known.windows.length === 0) return;
    this.shares.add(tier, united(known.windows.map((w) => w.started)), united(known.windows.map((w) => w.captured)));
  }
}

/** Bits set in any of them. */
function united([first, ...others]: readonly Uint8Array[]): number {
  let count = 0;
  for (let i = 0; i < first!.length; i++) {
    let bits = others.reduce((all, more) => all | more[i]!, first![i]!);
    for (; bits !== 0; bits &= bits - 1) count++;
  }
  return count;
}
