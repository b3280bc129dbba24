import type { FramingTable } from '../../sim/plan.js';
import { frameGapS, linkAckS, type Way } from '../../topologies/overhead/medium.js';
import { type Overhead, overheadOf } from '../../topologies/overhead/overhead.js';
import type { Technology } from '../../topologies/technology-types.js';
import type { MediumSettings } from '../types.js';
import { column } from './column.js';

/** A row of the framing table in the making. */
export type FramingRow = { readonly [K in keyof FramingTable]: number };

/** Messages of one size on one direction of a medium, and what the transport of their receiver sends back. */
export interface FramedMessage {
  /** Row of the framings, and bytes on the medium. */
  readonly framing: number;
  readonly onMediumB: number;
  /** Acknowledgements of the transport for one message; undefined: none. */
  readonly reply: { readonly framing: number; readonly onMediumB: number } | undefined;
}

/** Carriers on a medium, see sim's HoldTable: affine in their application bytes. */
export interface CarrierCut {
  readonly frameAppB: number;
  readonly fullB: number;
  readonly fullS: number;
  readonly emptyB: number;
  readonly emptyS: number;
}

/** Packets of a carrier that stand for a long one. */
const LONG_PACKETS = 1000;

/**
 * Interns how messages are cut into frames, by technology, stack, direction and size. The plan knows full frames and the
 * last one; of messages with frames of more sizes (two IP fragments in several link frames each, a shorter first
 * fragment) the others are taken as equal to their mean, so that frames, bytes and airtime add up exactly.
 */
export class Framings {
  /** Messages whose frames have more than two sizes, by technology and stack: the largest of them. */
  readonly folded = new Map<string, number>();
  /** Packets that no layer of the stack cut to what the technology takes, likewise. */
  readonly tooLarge = new Map<string, number>();
  readonly #rows: FramingRow[] = [];
  readonly #rowByContent = new Map<string, number>();
  readonly #messages = new Map<string, FramedMessage>();
  readonly #carriers = new Map<string, CarrierCut>();

  /** A message of `sizeB` application bytes. O(1) after the first of its kind. */
  of(medium: MediumSettings, way: Way, sizeB: number): FramedMessage {
    const key = `${keyOf(medium, way)}|${Math.ceil(sizeB)}`;
    let message = this.#messages.get(key);
    if (message === undefined) {
      message = this.#framed(overheadOf(medium.stack, sizeB, medium.technology, way), medium);
      this.#messages.set(key, message);
    }
    return message;
  }

  /**
   * What goes on together, in frames like those of a long transfer: bytes and airtime of a carrier are those of its
   * stack within a frame, and exact in the limit of large ones.
   */
  carrier(medium: MediumSettings, way: Way): CarrierCut {
    const key = keyOf(medium, way);
    let cut = this.#carriers.get(key);
    if (cut === undefined) {
      const { technology, stack } = medium;
      const longB = LONG_PACKETS * technology.framing.mtuB;
      const long = overheadOf(stack, longB, technology, way).message;
      const empty = overheadOf(stack, 0, technology, way).message;
      cut = {
        frameAppB: longB / long.frames,
        fullB: long.bytes / long.frames,
        fullS: long.airtimeS / long.frames,
        emptyB: empty.bytes,
        emptyS: empty.airtimeS,
      };
      this.#carriers.set(key, cut);
    }
    return cut;
  }

  /** A frame sequence of known totals, its frames taken as equal. */
  equal(frames: number, bytes: number, airtimeS: number, technology: Technology, way: Way): number {
    const [eachB, eachS] = [bytes / frames, airtimeS / frames];
    return this.#row({ frames, fullB: eachB, lastB: eachB, fullS: eachS, lastS: eachS, ...pausesOf(technology, way) });
  }

  table(): FramingTable {
    const rows = this.#rows;
    return {
      frames: column(Uint32Array, rows, (row) => row.frames),
      fullB: column(Float64Array, rows, (row) => row.fullB),
      lastB: column(Float64Array, rows, (row) => row.lastB),
      fullS: column(Float64Array, rows, (row) => row.fullS),
      lastS: column(Float64Array, rows, (row) => row.lastS),
      gapS: column(Float64Array, rows, (row) => row.gapS),
      ackS: column(Float64Array, rows, (row) => row.ackS),
    };
  }

  #framed(overhead: Overhead, { technology, stack }: MediumSettings): FramedMessage {
    const { way, message, acknowledgements, frames, packets, sizeB } = overhead;
    const last = lastFrame(overhead);
    const note = (of: Map<string, number>) => {
      const key = `${technology.name} over ${stack.text}`;
      of.set(key, Math.max(sizeB, of.get(key) ?? 0));
    };
    if (frames.length > 2 || (frames.length === 2 && !frames.some((run) => run.count === 1))) note(this.folded);
    if (packets.some((packet) => packet.sizeB > technology.framing.mtuB)) note(this.tooLarge);
    const others = message.frames - 1;
    const mean = (total: number, ofLast: number) => (others === 0 ? ofLast : (total - ofLast) / others);
    const framing = this.#row({
      frames: message.frames,
      fullB: mean(message.bytes, last.onMediumB),
      lastB: last.onMediumB,
      fullS: mean(message.airtimeS, last.airtimeS),
      lastS: last.airtimeS,
      ...pausesOf(technology, way),
    });
    const back = { frames: 0, bytes: 0, airtimeS: 0 };
    for (const traffic of acknowledgements) {
      back.frames += traffic.frames;
      back.bytes += traffic.bytes;
      back.airtimeS += traffic.airtimeS;
    }
    if (back.frames === 0) return { framing, onMediumB: message.bytes, reply: undefined };
    const opposite = way === 'up' ? 'down' : 'up';
    const reply = this.equal(back.frames, back.bytes, back.airtimeS, technology, opposite);
    return { framing, onMediumB: message.bytes, reply: { framing: reply, onMediumB: back.bytes } };
  }

  #row(row: FramingRow): number {
    const { frames, fullB, lastB, fullS, lastS, gapS, ackS } = row;
    const key = [frames, fullB, lastB, fullS, lastS, gapS, ackS].join(' ');
    let index = this.#rowByContent.get(key);
    if (index === undefined) {
      index = this.#rows.push(row) - 1;
      this.#rowByContent.set(key, index);
    }
    return index;
  }
}

/** The frame that differs: the last of the last packet, or the only one of its size among equal others. */
function lastFrame({ frames }: Overhead): { readonly onMediumB: number; readonly airtimeS: number } {
  const last = frames[frames.length - 1]!;
  const [first] = frames;
  return frames.length === 2 && last.count > 1 && first!.count === 1 ? first! : last;
}

function pausesOf(technology: Technology, way: Way): Pick<FramingRow, 'gapS' | 'ackS'> {
  return { gapS: frameGapS(technology, way), ackS: linkAckS(technology, way) };
}

function keyOf({ technology, stack }: MediumSettings, way: Way): string {
  return `${technology.name}|${stack.text}|${way}`;
}
