/** Nobody: the receiver of an acknowledgement, which is taken to get through. */
export const NOBODY = -2;
/** Everybody who hears it: the receiver of a frame that is cast. */
export const EVERYBODY = -3;

/** Frames that touch do not overlap: times are rounded, to 1e-10 s after some days. */
export const TOUCH_S = 1e-9;

/** Who hears whom. Symmetric; nobody hears itself. */
export interface Hearing {
  hears(a: number, b: number): boolean;
  /** Whether `other` is heard by anyone who is to receive what `caster` casts. */
  disturbsCast(caster: number, other: number): boolean;
}

/**
 * A class, whose objects all look the same to V8: literals whose times are whole numbers now and then do not, and then all that writes
 * to a frame is a call, with numbers on the heap.
 */
export class AirFrame {
  sender = NOBODY;
  receiver = NOBODY;
  startS = Number.NaN;
  endS = Number.NaN;
  /** Another frame was on the air at its receiver, or the receiver was sending. */
  hit = false;

  become(sender: number, receiver: number, startS: number, endS: number, hit: boolean): this {
    this.sender = sender;
    this.receiver = receiver;
    this.startS = startS;
    this.endS = endS;
    this.hit = hit;
    return this;
  }
}

/**
 * Frames on the air, acknowledgements included, as intervals [startS, endS). A frame is put here when its sender has
 * decided on it, which may be before it starts. Two that overlap at a receiver both fail there: no capture. Frames are
 * kept for `memoryS` after their ends, for those who ask what they heard. Every operation is O(frames kept).
 */
export class Air {
  /** When the last frame ends that has been put here; -Infinity without one. */
  endS = Number.NEGATIVE_INFINITY;
  private readonly frames: AirFrame[] = [];
  private readonly unused: AirFrame[] = [];
  private readonly hearing: Hearing;
  private readonly memoryS: number;

  constructor(hearing: Hearing, memoryS: number) {
    this.hearing = hearing;
    this.memoryS = memoryS;
  }

  /** @returns the frame; it may be read until its end */
  add(sender: number, receiver: number, startS: number, endS: number, nowS: number): AirFrame {
    this.forget(nowS);
    const frame = (this.unused.pop() ?? new AirFrame()).become(sender, receiver, startS, endS, false);
    for (const other of this.frames) {
      if (!overlap(other, startS, endS)) continue;
      if (this.reaches(sender, other)) other.hit = true;
      if (this.reaches(other.sender, frame)) frame.hit = true;
    }
    this.frames.push(frame);
    if (endS > this.endS) this.endS = endS;
    return frame;
  }

  /** Whether `node` hears anybody during [fromS, toS]. */
  isBusy(node: number, fromS: number, toS: number): boolean {
    for (const frame of this.frames) {
      if (overlap(frame, fromS, toS) && this.hearing.hears(node, frame.sender)) return true;
    }
    return false;
  }

  /** The first frame that `node` hears after `fromS` and that starts before `beforeS`. */
  firstHeard(node: number, fromS: number, beforeS: number): AirFrame | undefined {
    let first: AirFrame | undefined;
    for (const frame of this.frames) {
      if (first !== undefined && frame.startS >= first.startS) continue;
      if (overlap(frame, fromS, beforeS) && this.hearing.hears(node, frame.sender)) first = frame;
    }
    return first;
  }

  /** When `node` has sent everything that it is bound to send; -Infinity when there is nothing of the kind. */
  sentByS(node: number): number {
    let lastS = Number.NEGATIVE_INFINITY;
    for (const frame of this.frames) if (frame.sender === node && frame.endS > lastS) lastS = frame.endS;
    return lastS;
  }

  /** Whether `node` has something on the air, or is bound to send it, after `fromS`. */
  isBound(node: number, fromS: number): boolean {
    return this.sentByS(node) > fromS + TOUCH_S;
  }

  /** Copies of all frames that are kept. O(frames kept). */
  copy(): AirFrame[] {
    return this.frames.map(({ sender, receiver, startS, endS, hit }) =>
      new AirFrame().become(sender, receiver, startS, endS, hit),
    );
  }

  /** Keeps `frames`, and no others, from now on. */
  keep(frames: readonly AirFrame[]): void {
    this.frames.length = 0;
    this.frames.push(...frames);
    this.endS = Math.max(Number.NEGATIVE_INFINITY, ...frames.map((frame) => frame.endS));
  }

  /** Where in `copy` a frame stands; -1: it is not kept any more. */
  indexOf(frame: AirFrame): number {
    return this.frames.indexOf(frame);
  }

  private reaches(sender: number, { receiver, sender: from }: AirFrame): boolean {
    if (receiver === NOBODY) return false;
    if (receiver === EVERYBODY) return this.hearing.disturbsCast(from, sender);
    return receiver === sender || this.hearing.hears(receiver, sender);
  }

  private forget(nowS: number): void {
    const { frames, unused } = this;
    for (let i = frames.length - 1; i >= 0; i--) {
      if (frames[i].endS + this.memoryS + TOUCH_S >= nowS) continue;
      unused.push(frames[i]);
      frames[i] = frames[frames.length - 1];
      frames.pop();
    }
  }
}

function overlap(frame: AirFrame, fromS: number, toS: number): boolean {
  return frame.startS < toS - TOUCH_S && frame.endS > fromS + TOUCH_S;
}
