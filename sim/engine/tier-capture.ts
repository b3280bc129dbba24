/** What a whole number of windows in a run may miss by rounding, relative. */
const ROUNDING = 1e-9;

/** Marks of a device in a window. */
export const STARTED = 1;
export const CAPTURED = 2;

/** A window that is over: a bit for each device that started a message in it, and for each of those that is captured. */
export interface ClosedWindow {
  readonly started: Uint8Array;
  readonly captured: Uint8Array;
}

/**
 * The windows of one tier in which something has started and that are not over: a byte of marks for each device.
 *
 * Where the window of a tier is some windows of a finer one of the same flow, it is made of them: what is marked in a finer
 * window comes to it when that is over, and need not be marked twice.
 */
export class TierCapture {
  readonly tier: number;
  readonly windowS: number;
  /** Whole ones in the run; the last one, cut short, does not count. */
  readonly windows: number;
  /** The tier whose windows those of this one are made of, `perWindow` of them. */
  readonly finer: TierCapture | undefined;
  /** Windows that are over. */
  over = 0;
  private readonly perWindow: number;
  private readonly coarser: TierCapture[] = [];
  private readonly devices: number;
  private readonly open = new Map<number, Uint8Array<ArrayBuffer>>();
  private startS = Number.POSITIVE_INFINITY;

  /** @param others tiers of the same flow with windows that are not longer, shortest first */
  constructor(tier: number, windowS: number, horizonS: number, devices: number, others: readonly TierCapture[] = []) {
    this.tier = tier;
    this.windowS = windowS;
    this.windows = Math.floor((horizonS / windowS) * (1 + ROUNDING));
    this.devices = devices;
    this.finer = others.findLast((other) => isWhole(windowS / other.windowS));
    this.perWindow = this.finer === undefined ? 1 : Math.round(windowS / this.finer.windowS);
    this.finer?.coarser.push(this);
  }

  beginMeasurement(startS: number): void {
    this.startS = startS;
  }

  /** Number of the window in which a message is created at `createdS`; below 0 before the run. */
  windowAt(createdS: number): number {
    if (this.finer !== undefined) return Math.floor(this.finer.windowAt(createdS) / this.perWindow);
    return Math.floor((createdS - this.startS) / this.windowS);
  }

  /** When a window begins, but for rounding. */
  windowStartS(window: number): number {
    return this.startS + window * this.windowS;
  }

  /** The marks of a window; undefined before the run, after its last whole window, and when it is over. */
  marksOf(window: number): Uint8Array | undefined {
    if (window < this.over || window >= this.windows) return undefined;
    const marks = this.open.get(window) ?? new Uint8Array(this.devices);
    this.open.set(window, marks);
    return marks;
  }

  /** Whether the messages of the window that is over next are too old at `nowS`. */
  mayClose(nowS: number): boolean {
    return this.over < this.windows && this.startS + (this.over + 2) * this.windowS < nowS;
  }

  /** The next window is over, those of the finer tier before it. @returns what happened in it, if anything did. O(devices). */
  close(): ClosedWindow | undefined {
    const window = this.over++;
    const marks = this.open.get(window);
    this.open.delete(window);
    if (marks === undefined) return undefined;
    for (const coarser of this.coarser) coarser.add(Math.floor(window / coarser.perWindow), marks);
    return { started: bitsOf(marks, STARTED), captured: bitsOf(marks, CAPTURED) };
  }

  /** A finer window, part of `window`, is over. */
  private add(window: number, finer: Uint8Array): void {
    const marks = this.marksOf(window);
    if (marks === undefined) return;
    for (let device = 0; device < marks.length; device++) marks[device] |= finer[device];
  }
}

function isWhole(ratio: number): boolean {
  return Math.abs(ratio - Math.round(ratio)) <= ROUNDING * ratio;
}

/** How many bits are set in any of some columns of the same length. */
export function bitsIn([first, ...others]: readonly Uint8Array[]): number {
  let count = 0;
  for (let i = 0; i < first.length; i++) {
    let bits = others.reduce((all, more) => all | more[i], first[i]);
    for (; bits !== 0; bits &= bits - 1) count++;
  }
  return count;
}

function bitsOf(marks: Uint8Array, mark: number): Uint8Array {
  const bits = new Uint8Array((marks.length + 7) >> 3);
  for (let i = 0; i < marks.length; i++) if ((marks[i] & mark) !== 0) bits[i >> 3] |= 1 << (i & 7);
  return bits;
}
