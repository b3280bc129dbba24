import type { Medium } from '../../media.js';
import type { AccessRules } from './access-rules.js';
import { type Air, TOUCH_S } from './air.js';
import type { MediumHost } from './host.js';
import type { Layout } from './layout.js';
import { Job, type Parcel } from './parcels.js';
import { Phase, type Radio } from './radio.js';
import { GATEWAY } from './senders.js';
import { LONG_JOB } from './solo.js';
import type { Timers } from './timers.js';

/** With more timers than these it costs more to look ahead than it spares. */
const MOST_TIMERS = 8;

/** Sums are rounded: a bound is so much less than a sum. */
const LESS = 1 - 1e-6;

/**
 * How long a contended medium may be left alone: until something of it can be noticed outside, which is when a message may
 * have crossed it or may be given up. What happens before that (radios that decide to send, repeat, pause, relay) is made
 * up for when somebody next looks, at its own times and in its own order; nobody can tell the difference. Bounds are what
 * frames take at least, and what it takes to fail as often as it takes.
 *
 * A message of one frame over one leg has three events, of which the last, the radio's pause, changes nothing and the
 * first, the decision to send, comes a frame before anything can come of it.
 */
export class Foresight {
  private readonly rules: AccessRules;
  private readonly layout: Layout;
  private readonly air: Air;
  private readonly timers: Timers<Radio | Job>;
  private readonly keepsPower: boolean;
  /** Relays take whatever comes; an attempt survives a busy channel. */
  private readonly isUnbounded: boolean;
  private readonly isPatient: boolean;
  private readonly hasArq: boolean;
  private readonly retries: number;
  private readonly timeoutS: number;
  /** One radio is at work and nobody else is on the air: no channel will be found busy, but for once. */
  private isAlone = false;

  constructor(
    { program, keepsPower }: MediumHost,
    { arq }: Medium,
    transmitter: number,
    rules: AccessRules,
    layout: Layout,
    air: Air,
    timers: Timers<Radio | Job>,
  ) {
    const { servers } = program.plan;
    const server = program.transmitterServer[transmitter];
    this.rules = rules;
    this.layout = layout;
    this.air = air;
    this.timers = timers;
    this.keepsPower = keepsPower;
    this.isUnbounded = servers.bufferB[server] === Infinity && servers.bufferMessages[server] === Infinity;
    this.isPatient = rules.giveUpAfterS(1, 0) >= 0;
    this.hasArq = arq !== undefined;
    this.retries = arq?.retries ?? 0;
    this.timeoutS = arq?.timeoutS ?? 0;
  }

  /** Nothing can be noticed before; Infinity: nothing at all unless a message comes. O(timers + frames on the air). */
  noticedS(): number {
    const { timers } = this;
    const { length } = timers;
    if (!this.keepsPower || length > MOST_TIMERS) return timers.nextS();
    let atWork = 0;
    let lastS = 0;
    for (let i = 0; i < length; i++) {
      if (isFinishing(timers.itemAt(i))) continue;
      atWork++;
      lastS = timers.timeAt(i);
    }
    this.isAlone = atWork === 1 && this.isPatient && this.air.endS <= lastS + TOUCH_S;
    let noticedS = Number.POSITIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const item = timers.itemAt(i);
      if (isFinishing(item)) continue;
      const atS = timers.timeAt(i);
      const itsS = item instanceof Job ? this.ofJob(item, atS) : this.ofRadio(item, atS);
      if (itsS < noticedS) noticedS = itsS;
    }
    return noticedS;
  }

  /** A job that joins its radio at `atS`. */
  private ofJob(job: Job, atS: number): number {
    return this.isUnbounded ? this.ofAttempt(job, atS, job.copy, 0) : atS;
  }

  /** A radio for which something is due at `atS`. */
  private ofRadio({ job, phase }: Radio, atS: number): number {
    if (job === undefined) return atS;
    switch (phase) {
      case Phase.pausing:
        return job.turn < job.parcel.framesInTurn ? this.ofAttempt(job, atS, job.attempt, 0) : atS;
      case Phase.accessing:
        return this.ofAttempt(job, atS, job.attempt, job.busy);
      case Phase.sending:
        return this.ofFrame(job, atS);
      default:
        return job.attempt < this.retries ? this.ofAttempt(job, atS, job.attempt + 1, 0) : atS;
    }
  }

  /** An attempt begins at `atS`, or goes on when the channel has been found busy `busy` times. */
  private ofAttempt(job: Job, atS: number, attempt: number, busy: number): number {
    const { rules } = this;
    const isRepeated = this.isRepeated(job.parcel);
    const sentS = atS + rules.sendAfterS + job.frameS;
    const attemptsLeft = isRepeated ? Math.max(0, this.retries - attempt) : 0;
    let givenUpS = Number.POSITIVE_INFINITY;
    if (!this.isAlone || busy > 0) givenUpS = atS + LESS * rules.giveUpAfterS(busy, attemptsLeft);
    if (isRepeated) givenUpS = Math.min(givenUpS, atS + LESS * (attemptsLeft + 1) * this.tryS(job.parcel, job.frameS));
    return Math.min(this.doneS(job, sentS), givenUpS);
  }

  /** A frame ends at `atS`. */
  private ofFrame(job: Job, atS: number): number {
    const doneS = this.doneS(job, atS);
    if (doneS === atS || !this.isRepeated(job.parcel)) return doneS;
    const knownS = atS + LESS * Math.max(this.timeoutS, job.parcel.gapS);
    const attempts = this.retries - job.attempt;
    if (attempts <= 0) return Math.min(doneS, knownS);
    let givenUpS = knownS + LESS * attempts * this.tryS(job.parcel, job.frameS);
    if (!this.isAlone) givenUpS = Math.min(givenUpS, knownS + LESS * this.rules.giveUpAfterS(0, attempts - 1));
    return Math.min(doneS, givenUpS);
  }

  /** The message may be across, or given up on account of a later frame, when a frame gets through that ends at `endS`. */
  private doneS(job: Job, endS: number): number {
    const { parcel } = job;
    const { frames, fullS, lastS, gapS } = parcel;
    const isRepeated = this.isRepeated(parcel);
    const hasMoreLegs = isRepeated && job.to !== (parcel.isUp ? GATEWAY : parcel.endpoint);
    const framesLeft = frames - 1 - job.frame;
    if (framesLeft >= LONG_JOB) return endS; // solo.ts sees to it
    if (framesLeft === 0 && !hasMoreLegs) return endS;
    let failedS = Number.POSITIVE_INFINITY;
    if (!this.isAlone) failedS = this.rules.giveUpAfterS(0, isRepeated ? this.retries : 0);
    if (isRepeated) failedS = Math.min(failedS, (this.retries + 1) * this.tryS(parcel, Math.min(fullS, lastS)));
    let restS = 0;
    if (framesLeft > 0) restS = Math.min((framesLeft - 1) * fullS + lastS + framesLeft * gapS, failedS);
    if (hasMoreLegs) restS += this.layout.relayS; // the buffer of the relay may be full
    if (hasMoreLegs && this.isUnbounded) restS += Math.min((frames - 1) * fullS + lastS, failedS);
    return endS + LESS * restS;
  }

  /** An attempt that fails takes at least so long. */
  private tryS({ gapS }: Parcel, frameS: number): number {
    return this.rules.sendAfterS + frameS + Math.max(this.timeoutS, gapS);
  }

  private isRepeated({ isCast }: Parcel): boolean {
    return this.hasArq && !isCast;
  }
}

/** A radio that has nothing more to do than to pause. */
function isFinishing(item: Radio | Job): boolean {
  return !(item instanceof Job) && item.phase === Phase.pausing && item.job === undefined && item.isQueueEmpty;
}
