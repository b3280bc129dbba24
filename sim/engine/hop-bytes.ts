import { SizeLaw } from '../plan.js';
import { bytesOn } from './framing.js';
import { INTS, SOURCE_INSTANCE } from './message-row.js';
import type { Messages } from './messages.js';
import type { Program } from './program.js';

/** Bytes of messages on hops, worked out as far as that can be done without the message. */
export class HopBytes {
  private readonly program: Program;
  private readonly messages: Messages;
  /** Per source row; NaN where sizes are drawn. */
  private readonly sizeB: Float64Array;
  /** Per hop; NaN where the message has frames, is a carrier or a reply. */
  private readonly overheadB: Float64Array;
  /** Per hop with frames: bytes of every message, overhead included; NaN on other hops. */
  private readonly framedB: Float64Array;

  constructor(program: Program, messages: Messages) {
    const { sources, hops } = program.plan;
    this.program = program;
    this.messages = messages;
    this.sizeB = sources.sizeB.map((sizeB, row) => (sources.sizeLaw[row] === SizeLaw.fixed ? sizeB : Number.NaN));
    this.overheadB = hops.overheadB.map((overheadB, h) => (isPlain(program, h) ? overheadB : Number.NaN));
    this.framedB = framedBytes(program);
  }

  /** Bytes of message m on hop h, as `bytesOn`. O(1). */
  of(m: number, h: number): number {
    const row = this.program.sourceRow[this.messages.uints[(m << INTS) | SOURCE_INSTANCE]];
    const plainB = this.sizeB[row] + this.overheadB[h];
    if (!Number.isNaN(plainB)) return plainB;
    const framedB = this.framedB[h];
    return Number.isNaN(framedB) ? this.oddBytes(m, h) : framedB;
  }

  private oddBytes(m: number, h: number): number {
    const { program, messages } = this;
    const { overheadB, framing } = program.plan.hops;
    if (program.hops.isReply[h] === 1 && framing[h] < 0) return overheadB[h];
    return bytesOn(program, messages, m, h);
  }
}

/** Per hop: bytes of a message there where its frames say so, whoever sent it; else NaN. */
function framedBytes({ plan: { hops, framings } }: Program): Float64Array {
  return Float64Array.from(hops.framing, (row, h) =>
    row >= 0 && hops.hold[h] < 0 ? (framings.frames[row] - 1) * framings.fullB[row] + framings.lastB[row] : Number.NaN,
  );
}

/** Whether messages on hop h are their application bytes and the hop's overhead, and nothing else. */
function isPlain({ plan: { hops }, hops: { isReply } }: Program, h: number): boolean {
  return hops.framing[h] < 0 && hops.hold[h] < 0 && isReply[h] === 0;
}
