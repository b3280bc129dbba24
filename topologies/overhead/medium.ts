import type { Rate, Technology } from '../technology-types.js';

/** Direction on a link: `up` from the field towards the utility. */
export type Way = 'up' | 'down';

/** Equal things in a row: packets, frames, units of a layer. */
export interface Run {
  readonly count: number;
  readonly sizeB: number;
}

/** Equal frames in a row on the medium. */
export interface FrameRun {
  readonly count: number;
  /** What a frame carries of a packet. */
  readonly payloadB: number;
  /** Header, payload, padding to the least payload, and trailer. */
  readonly frameB: number;
  /** With preamble. */
  readonly onMediumB: number;
  readonly airtimeS: number;
}

/** What some packets cost on the medium. */
export interface Carried {
  readonly packets: number;
  readonly frames: number;
  /** Bytes on the medium, preambles included; without acknowledgements of the link and gaps. */
  readonly bytes: number;
  /** Time on the medium of the frames alone. */
  readonly airtimeS: number;
  /** Silence that must follow the frames. */
  readonly gapS: number;
  /** Acknowledgements of the link with the turnaround before them, one per frame; 0 where they take no time of the medium. */
  readonly linkAckS: number;
}

/** bit/s at which a frame's bits are charged. */
export function frameRateBps(rate: Rate): number {
  return rate.effectiveBps ?? rate.phyBps;
}

/**
 * Duration of one frame on the medium: the fixed part of the preamble, its bytes, and the frame's bits padded to whole
 * blocks, at the rate of the direction: preambleTimeS + (8 preambleB + ceil((8 frameB + tailBits) / block) block) / rate.
 * @param frameB header, payload and trailer in bytes, without preamble
 * @returns seconds. O(1).
 */
export function frameAirtimeS({ rates, framing }: Technology, way: Way, frameB: number): number {
  const rate = rates[way];
  const blockBits = rate.blockBits ?? 1;
  const bits = Math.ceil((8 * frameB + (framing.tailBits ?? 0)) / blockBits) * blockBits;
  return (framing.preambleTimeS ?? 0) + (8 * (framing.preambleB ?? 0) + bits) / frameRateBps(rate);
}

/** Seconds of silence after a frame. */
export function frameGapS({ rates, framing }: Technology, way: Way): number {
  return (framing.gapTimeS ?? 0) + (8 * (framing.gapB ?? 0)) / frameRateBps(rates[way]);
}

/** Seconds that the link's acknowledgement of a frame in direction `way` takes, turnaround included; 0 without one. */
export function linkAckS(technology: Technology, way: Way): number {
  const { arq } = technology;
  if (arq === undefined || (arq.ackB === undefined && arq.ackTimeS === undefined)) return 0;
  const back = way === 'up' ? 'down' : 'up';
  return (arq.turnaroundS ?? 0) + (arq.ackTimeS ?? frameAirtimeS(technology, back, arq.ackB!));
}

/** Bytes of a frame with so much payload: header and trailer, and padding where the payload is short. */
export function frameSizeB({ framing }: Technology, payloadB: number): number {
  return framing.headerB + Math.max(payloadB, framing.minPayloadB ?? 0);
}

/** The frames of packets on a link that cuts what does not fit into one. O(runs). */
export function framesOf(packets: readonly Run[], technology: Technology, way: Way): FrameRun[] {
  const { payloadB: most, preambleB = 0 } = technology.framing;
  const run = (count: number, payloadB: number): FrameRun => {
    const frameB = frameSizeB(technology, payloadB);
    const airtimeS = frameAirtimeS(technology, way, frameB);
    return { count, payloadB, frameB, onMediumB: frameB + preambleB, airtimeS };
  };
  const payloads = packets.flatMap(({ count, sizeB }) => {
    const full = Math.max(0, Math.ceil(sizeB / most) - 1);
    return [
      { count: count * full, sizeB: most },
      { count, sizeB: sizeB - full * most },
    ];
  });
  return joined(payloads).map(({ count, sizeB }) => run(count, sizeB));
}

/** Equal neighbours as one run, empty runs left out. Where several equal things were cut, order is kept by kind only. */
export function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result[result.length - 1];
    if (run.count === 0) continue;
    if (last?.sizeB === run.sizeB) result[result.length - 1] = { ...last, count: last.count + run.count };
    else result.push(run);
  }
  return result;
}

/** Sums up frames. */
export function carried(
  packets: readonly Run[],
  frames: readonly FrameRun[],
  technology: Technology,
  way: Way,
): Carried {
  const count = frames.reduce((sum, run) => sum + run.count, 0);
  return {
    packets: packets.reduce((sum, run) => sum + run.count, 0),
    frames: count,
    bytes: frames.reduce((sum, run) => sum + run.count * run.onMediumB, 0),
    airtimeS: frames.reduce((sum, run) => sum + run.count * run.airtimeS, 0),
    gapS: count * frameGapS(technology, way),
    linkAckS: count * linkAckS(technology, way),
  };
}
