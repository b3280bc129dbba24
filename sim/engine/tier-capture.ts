/** What a whole number of windows in a run may miss by rounding, relative. */
const ROUNDING = 1e-9;

/** So close to an edge, relative to the window, a message's window is found by division, as everywhere. */
const EDGE = 1e-6;

/** A window: a bit for each device that started a message in it, and for each of those that is captured. */
export interface OpenWindow {
  readonly started: Uint8Array;
  readonly captured: Uint8Array;
  startedCount: number;
  capturedCount: number;
}

/**
 * The windows of one tier in which something has started and that are not over. A window costs two bits per device.
 * Many messages in a row are of one window: it and its bounds are kept at hand, which spares them a division each.
 */
export class TierCapture {
  readonly tier: number;
  readonly windowS: number;
  /** Whole ones in the run; the last one, cut short, does not count. */
  readonly windows: number;
  /** Windows that are over. */
  over = 0;
  private readonly bytes: number;
  private readonly open = new Map<number, OpenWindow>();
  /** The window at hand, of messages created in [lastFromS, lastToS); none while that is empty. */
  private last: OpenWindow | undefined;
  private lastFromS = Number.POSITIVE_INFINITY;
  private lastToS = Number.NEGATIVE_INFINITY;
  private startS = Number.POSITIVE_INFINITY;

  constructor(tier: number, windowS: number, horizonS: number, devices: number) {
    this.tier = tier;
    this.windowS = windowS;
    this.windows = Math.floor((horizonS / windowS) * (1 + ROUNDING));
    this.bytes = (devices + 7) >> 3;
  }

  beginMeasurement(startS: number): void {
    this.startS = startS;
  }

  /** Device `device` starts a message. O(1). */
  start(device: number, createdS: number): void {
    const open = this.windowAt(createdS);
    if (open !== undefined && setBit(open.started, device)) open.startedCount++;
  }

  /** A message that device `device` started at `createdS` is delivered. O(1). */
  capture(device: number, createdS: number, nowS: number): void {
    if (nowS - createdS > this.windowS) return;
    const open = this.windowAt(createdS); // another worker may have seen it start
    if (open !== undefined && setBit(open.captured, device)) open.capturedCount++;
  }

  /** Whether the messages of the window that is over next are too old at `nowS`. */
  mayClose(nowS: number): boolean {
    return this.over < this.windows && this.startS + (this.over + 2) * this.windowS < nowS;
  }

  /** The next window is over. @returns what happened in it, if anything did */
  close(): OpenWindow | undefined {
    const window = this.over++;
    this.last = undefined;
    this.lastFromS = Number.POSITIVE_INFINITY;
    this.lastToS = Number.NEGATIVE_INFINITY;
    const open = this.open.get(window);
    this.open.delete(window);
    return open;
  }

  /** The window in which a message is created; undefined before the run, after its last whole window, or when it is over. */
  private windowAt(createdS: number): OpenWindow | undefined {
    if (createdS >= this.lastFromS && createdS < this.lastToS) return this.last;
    const window = Math.floor((createdS - this.startS) / this.windowS);
    if (window < this.over || window >= this.windows) return undefined;
    let open = this.open.get(window);
    if (open === undefined) {
      const { bytes } = this;
      open = { started: new Uint8Array(bytes), captured: new Uint8Array(bytes), startedCount: 0, capturedCount: 0 };
      this.open.set(window, open);
    }
    this.last = open;
    this.lastFromS = this.startS + (window + EDGE) * this.windowS;
    this.lastToS = this.startS + (window + 1 - EDGE) * this.windowS;
    return open;
  }
}

/** @returns whether the bit was clear */
function setBit(bits: Uint8Array, at: number): boolean {
  const mask = 1 << (at & 7);
  const byte = bits[at >> 3];
  if ((byte & mask) !== 0) return false;
  bits[at >> 3] = byte | mask;
  return true;
}
