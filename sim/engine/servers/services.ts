import { combine, unitOf } from '../../kernel/random.js';
import type { Medium } from '../../media.js';
import { framingOf } from '../framing.js';
import { Draw, hopKey, uniformOf } from '../media/senders.js';
import {
  AIRTIME_S,
  BYTES,
  END_S,
  FLOATS,
  FRAME_FAILED,
  FRAMES_SENT,
  HOP,
  INTS,
  NEXT_FRAME,
  SENT_B,
  WHOLE_S,
} from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';
import { sendsFrames } from '../way.js';

/** Numbers of a framing, and one unused: eight fill a cache line. */
const FRAME_WIDTH = 8;

/** What a medium does to frames; one shape for all, so that reading it costs the same whatever media there are. */
interface Terms {
  readonly frameLoss: number;
  readonly residualLoss: number;
  readonly hasArq: boolean;
  readonly retries: number;
  readonly timeoutS: number;
  /** Between a message of one direction and one of the other; half duplex only, else 0. */
  readonly turnaroundS: number;
}

/**
 * How long messages hold a transmitter, and what becomes of them there. On a pipe: 8 x bytes / rate. On a medium of its
 * own: frame after frame and attempt after attempt, until each is through,
 *
 *   success   airtime + gap + acknowledgement
 *   failure   airtime + the longer of the ARQ's timeout and gap + acknowledgement, which the sender waits for
 *
 * A frame that fails on every attempt (retries + 1) loses the message there and then. Without ARQ a frame is sent once,
 * and nobody notices its loss: the others are sent, and the message is lost at the end. Residual loss is drawn once, after
 * the last frame. Casts are neither acknowledged nor repeated: each listener draws for itself (listeners.ts). Everything
 * is drawn when the service begins, by hashes of message, frame and attempt.
 *
 * A message arrives when its last frame has ended; gap and acknowledgement hold the transmitter a little longer. Airtime
 * counts frames of all attempts with their gaps, acknowledgements and turn-arounds, not timeouts.
 *
 * Messages on media keep in their rows how far they are: NEXT_FRAME, FRAMES_SENT, FRAME_FAILED, AIRTIME_S.
 */
export class Services {
  /**
   * Of the next service: when it is settled, and when it begins. No arguments: floats that are handed on to what V8 does not take in
   * are made numbers on its heap.
   */
  nowS = 0;
  startS = 0;
  /** Of the last service or piece: end of its last frame, of its first frame, and when the transmitter is free. */
  endS = 0;
  firstS = 0;
  freeS = 0;
  /** The message is lost at `endS`. */
  lost = false;

  /** Per transmitter: ~link that sent last; 0: none has. */
  private readonly lastLink: Int32Array;
  /** Per server: those of its medium; undefined: a pipe, or a medium that sends its frames itself. */
  private readonly terms: readonly (Terms | undefined)[];
  private readonly quantumB: Float64Array; // per server
  /**
   * Framings by hop, FRAME_WIDTH numbers each in the order of `Framing`: one cache line where rows of the plan's table, by
   * way of the hop's number of one, take seven. Infinite frames: no hop with frames of its own, `framingOf` knows.
   */
  private readonly framing: Float64Array;
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly stats: Statistics;

  constructor(program: Program, messages: Messages, stats: Statistics) {
    const { servers, media } = program.plan;
    this.program = program;
    this.messages = messages;
    this.stats = stats;
    this.lastLink = new Int32Array(program.transmitters);
    const terms = media.map(termsOf);
    this.terms = servers.name.map((_, server) =>
      sendsFrames(program.plan, server) ? terms[servers.medium[server]] : undefined,
    );
    this.quantumB = servers.quantumB;
    this.framing = framingsByHop(program);
  }

  /**
   * Serves message m from `this.startS` on: all of it where it waits in line (`whole`), else what the quantum allows; see the
   * fields for what comes out.
   * @returns whether nothing of the message is left to send
   */
  serve(m: number, transmitter: number, whole: boolean): boolean {
    const server = this.program.transmitterServer[transmitter];
    const terms = this.terms[server];
    return terms === undefined ? this.servePipe(m, server) : this.serveFrames(m, transmitter, server, terms, whole);
  }

  /** An outage from `outS` on broke the last service, begun at `startS`: it starts anew at `againS`. */
  startAnew(m: number, transmitter: number, startS: number, outS: number, againS: number): void {
    const laterS = againS - startS;
    this.endS += laterS;
    this.firstS += laterS;
    this.freeS += laterS;
    if (this.termsAt(transmitter) === undefined) return;
    this.messages.floats[(m << FLOATS) | AIRTIME_S] += outS - startS;
  }

  /** Airtime of the next piece of message m, sent once: its length for fair queueing. */
  pieceS(m: number, transmitter: number): number {
    const { program, messages } = this;
    const quantumB = this.quantumB[program.transmitterServer[transmitter]];
    if (this.termsAt(transmitter) === undefined) {
      const leftB = messages.floats[(m << FLOATS) | BYTES] - messages.floats[(m << FLOATS) | SENT_B];
      return (8 * Math.min(leftB, quantumB)) / this.rateBps(m);
    }
    const { frames, fullB, fullS, lastS } = framingOf(program, messages, m);
    const first = messages.floats[(m << FLOATS) | SENT_B] === 0 ? 0 : messages.ints[(m << INTS) | NEXT_FRAME];
    const end = Math.min(frames, first + framesWithin(quantumB, fullB));
    return (end - first - 1) * fullS + (end === frames ? lastS : fullS);
  }

  /** Airtime of what is left of message m, sent once. */
  leftS(m: number, transmitter: number): number {
    const { program, messages } = this;
    if (this.termsAt(transmitter) === undefined)
      return (8 * (messages.floats[(m << FLOATS) | BYTES] - messages.floats[(m << FLOATS) | SENT_B])) / this.rateBps(m);
    const { frames, fullS, lastS } = framingOf(program, messages, m);
    const first = messages.floats[(m << FLOATS) | SENT_B] === 0 ? 0 : messages.ints[(m << INTS) | NEXT_FRAME];
    return (frames - first - 1) * fullS + lastS;
  }

  /** Counts what message m takes of its medium, when its transmission ends within the measured run. */
  count(m: number, transmitter: number, linkInstance: number): void {
    const { stats, messages } = this;
    if (this.termsAt(transmitter) === undefined) return;
    if (messages.floats[(m << FLOATS) | END_S] < stats.startS || messages.floats[(m << FLOATS) | END_S] >= stats.endS)
      return;
    stats.frames[linkInstance] += messages.ints[(m << INTS) | FRAMES_SENT];
    stats.retries[linkInstance] += messages.ints[(m << INTS) | FRAMES_SENT] - messages.ints[(m << INTS) | NEXT_FRAME];
    stats.airtimeS[linkInstance] += messages.floats[(m << FLOATS) | AIRTIME_S];
  }

  private termsAt(transmitter: number): Terms | undefined {
    return this.terms[this.program.transmitterServer[transmitter]];
  }

  private servePipe(m: number, server: number): boolean {
    const { messages } = this;
    const quantumB = this.quantumB[server];
    const leftB = messages.floats[(m << FLOATS) | BYTES] - messages.floats[(m << FLOATS) | SENT_B];
    const done = leftB <= quantumB;
    this.endS = this.startS + (8 * (done ? leftB : quantumB)) / this.rateBps(m);
    this.freeS = this.endS;
    this.lost = false;
    if (!done) messages.floats[(m << FLOATS) | SENT_B] += quantumB;
    return done;
  }

  /**
   * No method: of a function that is made once V8 takes `this` as a constant, with all that hangs on it. Measured, four hours of
   * metropolis.yaml by two workers: 8.10 s in place of 8.30 s.
   */
  private readonly serveFrames = (
    m: number,
    transmitter: number,
    server: number,
    terms: Terms,
    whole: boolean,
  ): boolean => {
    const { program, messages } = this;
    const h = messages.ints[(m << INTS) | HOP];
    const { framing } = this;
    const at = h * FRAME_WIDTH;
    let frames = framing[at];
    let fullB = framing[at + 1];
    let fullS = framing[at + 3];
    let lastS = framing[at + 4];
    let gapS = framing[at + 5];
    let framingAckS = framing[at + 6];
    if (frames === Number.POSITIVE_INFINITY) {
      ({ frames, fullB, fullS, lastS, gapS, ackS: framingAckS } = framingOf(program, messages, m));
    }
    const cast = program.hops.isCast[h] === 1;
    const frameLoss = cast ? 0 : terms.frameLoss;
    const residualLoss = cast ? 0 : terms.residualLoss;
    const key = frameLoss > 0 || residualLoss > 0 ? hopKey(program, messages, m) : 0;
    const ackS = cast ? 0 : framingAckS;
    const restS = gapS + ackS;
    if (messages.floats[(m << FLOATS) | SENT_B] === 0) this.begin(m);
    const first = messages.ints[(m << INTS) | NEXT_FRAME];
    const end = whole ? frames : Math.min(frames, first + framesWithin(this.quantumB[server], fullB));
    const turnS = terms.turnaroundS > 0 ? this.turnaroundS(h, transmitter, terms.turnaroundS) : 0;
    let nowS = this.startS + turnS;
    let tookS = messages.floats[(m << FLOATS) | AIRTIME_S] + turnS;
    this.lost = false;

    if (frameLoss === 0) {
      const airtimeS = (end - first - 1) * fullS + (end === frames ? lastS : fullS);
      const sentS = airtimeS + (end - first) * restS;
      this.firstS = nowS + (first + 1 === frames ? lastS : fullS);
      nowS += sentS;
      messages.ints[(m << INTS) | FRAMES_SENT] += end - first;
      messages.floats[(m << FLOATS) | AIRTIME_S] = tookS + sentS;
    } else {
      const draws = combine(key, Draw.frameLoss); // what `uniformOf` starts with
      const most = terms.retries;
      const failureS = terms.hasArq ? Math.max(terms.timeoutS, restS) : restS;
      for (let frame = first; frame < end; frame++) {
        const airtimeS = frame + 1 === frames ? lastS : fullS;
        let failures = 0;
        while (failures <= most && unitOf(combine(draws, frame * (most + 1) + failures)) < frameLoss) failures++;
        const through = failures <= most;
        const attempts = through ? failures + 1 : failures;
        if (frame === first) this.firstS = nowS + failures * (airtimeS + failureS) + airtimeS;
        nowS += failures * (airtimeS + failureS) + (through ? airtimeS + restS : 0);
        messages.ints[(m << INTS) | FRAMES_SENT] += attempts;
        tookS += attempts * (airtimeS + gapS) + (through ? ackS : 0);
        if (through) continue;
        messages.ints[(m << INTS) | FRAME_FAILED] = 1;
        if (!terms.hasArq) continue;
        messages.floats[(m << FLOATS) | AIRTIME_S] = tookS;
        messages.ints[(m << INTS) | NEXT_FRAME] = frame + 1;
        this.lost = true;
        this.freeS = nowS;
        this.endS = nowS;
        return true;
      }
      messages.floats[(m << FLOATS) | AIRTIME_S] = tookS;
    }
    messages.ints[(m << INTS) | NEXT_FRAME] = end;
    messages.floats[(m << FLOATS) | SENT_B] = end * fullB;
    this.freeS = nowS;
    this.endS = nowS - restS;
    if (end < frames) return false;
    if (program.hops.cutsIn[h] === 1) this.endWithLastFrame(m, lastS);
    this.lost =
      messages.ints[(m << INTS) | FRAME_FAILED] === 1 ||
      (residualLoss > 0 && uniformOf(key, Draw.residualLoss, 0) < residualLoss);
    return true;
  };

  /** Cut-through: the last frame can go when it has arrived from the hop before; the transmitter waits for it. */
  private endWithLastFrame(m: number, lastS: number): void {
    const waitS = this.messages.floats[(m << FLOATS) | WHOLE_S] + lastS - this.endS;
    if (waitS <= 0) return;
    this.endS += waitS;
    this.freeS += waitS;
  }

  private rateBps(m: number): number {
    const { hops, links } = this.program.plan;
    return links.rateBps[hops.link[this.messages.ints[(m << INTS) | HOP]]];
  }

  /** Half duplex: what it takes to turn round after the link that sent last. */
  private turnaroundS(h: number, transmitter: number, turnaroundS: number): number {
    const link = this.program.plan.hops.link[h];
    const last = ~this.lastLink[transmitter];
    this.lastLink[transmitter] = ~link;
    return last !== link && last !== NONE ? turnaroundS : 0;
  }

  private begin(m: number): void {
    const { ints, floats } = this.messages;
    ints[(m << INTS) | NEXT_FRAME] = 0;
    ints[(m << INTS) | FRAMES_SENT] = 0;
    floats[(m << FLOATS) | AIRTIME_S] = 0;
    ints[(m << INTS) | FRAME_FAILED] = 0;
  }
}

function framingsByHop({ plan: { hops, framings } }: Program): Float64Array {
  const byHop = new Float64Array(hops.link.length * FRAME_WIDTH);
  for (let h = 0; h < hops.link.length; h++) {
    const row = hops.framing[h];
    const at = h * FRAME_WIDTH;
    if (row < 0 || hops.hold[h] >= 0) {
      byHop[at] = Number.POSITIVE_INFINITY;
      continue;
    }
    byHop[at] = framings.frames[row];
    byHop[at + 1] = framings.fullB[row];
    byHop[at + 2] = framings.lastB[row];
    byHop[at + 3] = framings.fullS[row];
    byHop[at + 4] = framings.lastS[row];
    byHop[at + 5] = framings.gapS[row];
    byHop[at + 6] = framings.ackS[row];
  }
  return byHop;
}

function termsOf({ frameLoss, residualLoss, arq, access }: Medium): Terms {
  return {
    frameLoss,
    residualLoss,
    hasArq: arq !== undefined,
    retries: arq?.retries ?? 0,
    timeoutS: arq?.timeoutS ?? 0,
    turnaroundS: access.kind === 'half-duplex' ? access.turnaroundS : 0,
  };
}

/** Whole frames of a quantum, at least one. */
function framesWithin(quantumB: number, frameB: number): number {
  return Math.max(1, Math.floor(quantumB / frameB));
}
