import { combine } from '../../kernel/random.js';
import type { Medium } from '../../media.js';
import { ARRIVE_S, FLOATS } from '../message-row.js';
import { NONE } from '../messages.js';
import { type AccessRules, Act } from './access-rules.js';
import { type Air, EVERYBODY, NOBODY } from './air.js';
import type { MediumHost } from './host.js';
import type { Layout } from './layout.js';
import { isFrameLost, settle } from './outcome.js';
import { Job, Parcel } from './parcels.js';
import { GATEWAY } from './senders.js';
import { LONG_JOB } from './solo.js';

const parcel = new Parcel();
const job = new Job(parcel, GATEWAY, GATEWAY, 0, 0, false);

/**
 * A message that comes to a medium where nobody has anything to send, and that nobody disturbs before it is across. Its
 * whole journey is worked out when it comes, with the rules and the draws of Contention, but without radios, timers
 * and wakes; the host is woken once, when it is across or given up. What is counted on the way is booked then:
 *
 *   offer ── access, frame, access, frame, relay, access, frame ... ──> wake: booked, across
 *      └──────── another message comes: event by event after all, from its start up to now
 *
 * Nothing of it is on the air of the medium, where nobody would look: attempts look at what is there after they began, and all that
 * the message has sent is over then. So nothing is to be set back; draws are hashes. A journey that would meet something else
 * than noise (an outage, a relay that still acknowledges), or that reaches beyond what the host lets run, is left to Contention
 * from the start. Nothing is allocated: all media of a thread work with one parcel and one job.
 *
 * Measured, a tenth of metropolis.yaml: of 810,000 messages on meshes and in homes 98% come to a still medium, and 99% of
 * those cross undisturbed.
 */
export class Lone {
  /** When the message that is on its way alone is across or given up; Infinity: there is none. */
  endS = Number.POSITIVE_INFINITY;
  /** The message that is on its way alone. */
  m = NONE;
  /** The last message that crossed alone: its sender, or last relay, pauses until `freeS`. */
  freeS = Number.NEGATIVE_INFINITY;
  sender = GATEWAY;

  private readonly host: MediumHost;
  private readonly medium: Medium;
  private readonly transmitter: number;
  private readonly rules: AccessRules;
  private readonly layout: Layout;
  private readonly air: Air;
  private readonly retries: number;
  private readonly attempts: number;
  private readonly timeoutS: number;
  private nowS = 0; // on the way
  private isThrough = false;
  private linkInstance = 0;
  /** Who acknowledges its last frame, and for how long. */
  private receiver = GATEWAY;
  private ackS = 0;
  /** Frames sent, and those of them that were repetitions. */
  private frames = 0;
  private repeated = 0;
  private legs = 0;
  /** Per frame: its airtime. Per leg: since when, and until when, the message waited for its first frame. */
  private readonly airtimeS: number[] = [];
  private readonly sinceS: number[] = [];
  private readonly sentS: number[] = [];

  constructor(host: MediumHost, medium: Medium, transmitter: number, rules: AccessRules, layout: Layout, air: Air) {
    this.host = host;
    this.medium = medium;
    this.transmitter = transmitter;
    this.rules = rules;
    this.layout = layout;
    this.air = air;
    this.retries = medium.arq?.retries ?? 0;
    this.attempts = medium.arq === undefined ? rules.copies : this.retries + 1;
    this.timeoutS = medium.arq?.timeoutS ?? 0;
  }

  /**
   * Message m comes to the medium, now that it arrives, where no timer is set; if it is one for which one radio after the other sends,
   * its journey is worked out. It is here until `endS` then; where that is Infinity it has been dropped.
   * @returns false: it does not go alone, and nothing has changed
   */
  begin(m: number): boolean {
    const { host, medium, rules, layout, air } = this;
    const nowS = host.messages.floats[(m << FLOATS) | ARRIVE_S];
    if (!host.keepsPower || this.freeS > nowS || air.endS > nowS) return false;
    parcel.read(host, this.transmitter, m, 0);
    if (parcel.frames > LONG_JOB) return false;
    if (parcel.isCast ? !parcel.isUp && layout.repeatingRings > 0 : medium.arq === undefined && rules.copies > 1)
      return false;
    if (!host.admits(m, 0, 0)) return true;
    this.frames = 0;
    this.repeated = 0;
    this.legs = 0;
    this.nowS = nowS;
    if (!this.travel()) {
      this.stop();
      return false;
    }
    this.m = m;
    this.linkInstance = parcel.linkInstance;
    return true;
  }

  /** The message has not set out: another has come before `endS`, and the medium is as it was when it came. */
  stop(): void {
    this.freeS = Number.NEGATIVE_INFINITY;
    this.endS = Number.POSITIVE_INFINITY;
  }

  /** It is `endS`. */
  end(): void {
    const { host, medium, m, endS } = this;
    this.book();
    this.endS = Number.POSITIVE_INFINITY;
    if (this.ackS > 0) {
      this.air.add(this.receiver, NOBODY, endS + Math.min(this.rules.ackAfterS, this.ackS), endS + this.ackS, endS);
    }
    if (this.isThrough) settle(host, medium, m, endS, endS);
    else host.lost(m, endS);
  }

  private book(): void {
    const { host, linkInstance, m } = this;
    const { stats } = host;
    for (let leg = 0; leg < this.legs; leg++) host.waited(m, this.sinceS[leg], this.sentS[leg]);
    if (!stats.measuring) return;
    stats.frames[linkInstance] += this.frames;
    stats.retries[linkInstance] += this.repeated;
    for (let i = 0; i < this.frames; i++) stats.airtimeS[linkInstance] += this.airtimeS[i];
  }

  /** Leg by leg. @returns whether the journey is over within what the host lets run, and met nothing but noise */
  private travel(): boolean {
    const { endpoint, isUp, isCast, key } = parcel;
    const last = isUp ? GATEWAY : endpoint;
    let at = isUp ? endpoint : GATEWAY;
    let pausingS = this.nowS; // those behind
    for (;;) {
      const to = isCast ? EVERYBODY : this.layout.next(at, endpoint, isUp);
      job.reuse(at, to, this.legs === 0 ? key : combine(key, this.legs));
      this.sinceS[this.legs] = this.nowS;
      if (!this.sendFrames()) return false;
      this.legs++;
      this.isThrough = !job.failed;
      if (job.failed || isCast || to === last) break;
      if (this.layout.relayS < parcel.ackS) return false; // the relay is to send while it acknowledges
      if (this.freeS > pausingS) pausingS = this.freeS;
      this.nowS += this.layout.relayS;
      at = to;
    }
    this.sender = at;
    this.receiver = job.to;
    this.ackS = this.isThrough ? parcel.ackS : 0;
    this.endS = this.nowS;
    return pausingS <= this.endS;
  }

  /**
   * All frames of the job, which joins its radio at `nowS`, until it is done, which is `nowS` then.
   * @returns as `travel`
   */
  private sendFrames(): boolean {
    const { rules, medium, host } = this;
    const { frames, gapS, ackS, isCast } = parcel;
    const isRepeated = medium.arq !== undefined && !isCast;
    job.atS = this.nowS;
    for (;;) {
      if (!this.awaitAccess()) return false;
      const { frameS } = job;
      const startS = job.atS + rules.sendAfterS;
      const endS = startS + frameS;
      if (endS >= host.untilS) return false;
      if (job.tries === 0) this.sentS[this.legs] = startS;
      const isLost = !isCast && isFrameLost(medium, job.key, job.frame * this.attempts + job.attempt);
      this.airtimeS[this.frames++] = frameS + gapS + (isLost ? 0 : ackS);
      if (job.attempt > 0) this.repeated++;
      job.tries++;
      if (isLost && isRepeated) {
        this.nowS = this.freeS = endS + Math.max(this.timeoutS, gapS);
        if (this.nowS >= host.untilS) return false;
        job.attempt++;
        job.failed = job.attempt > this.retries;
        if (job.failed) return true;
        job.atS = this.nowS;
        rules.again(job);
        continue;
      }
      let fromS = endS + gapS;
      if (!isLost && ackS > 0) fromS += ackS;
      job.failed ||= isLost;
      job.attempt = job.copy;
      job.frame++;
      job.atS = fromS;
      if (job.frame < frames) continue;
      this.nowS = endS;
      this.freeS = fromS;
      return true;
    }
  }

  /**
   * Moves `job.atS` from the begin of an attempt on to when the radio decides to send.
   * @returns false: it meets an outage, or gives up
   */
  private awaitAccess(): boolean {
    const { rules } = this;
    if (!this.isUp(job.atS)) return false;
    rules.begin(job);
    while (this.isUp(job.atS)) {
      const what = rules.act(job, this.air);
      if (what !== Act.wait) return what === Act.send;
    }
    return false;
  }

  private isUp(atS: number): boolean {
    return this.host.upFromS(this.transmitter, atS) === atS;
  }
}
