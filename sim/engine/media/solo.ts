import { combine, unitOf } from '../../kernel/random.js';
import type { Medium } from '../../media.js';
import type { AccessRules } from './access-rules.js';
import { type Air, NOBODY } from './air.js';
import { Checkpoint } from './checkpoint.js';
import type { MediumHost } from './host.js';
import type { Job } from './parcels.js';
import { Phase, type Radio } from './radio.js';
import type { Radios } from './radios.js';
import { Draw } from './senders.js';
import type { Timers } from './timers.js';

/** Frames left of a job that is worth a checkpoint. */
export const LONG_JOB = 8;
/** Frames that are run ahead at once: more of them are more to run again when a message comes. */
const AHEAD = 400;

/**
 * A radio that alone has something to send meets nobody: until the next message comes to the medium nothing happens there
 * but its own frames, each of which goes out when the access lets it. They are run ahead of the host's clock in a loop of
 * their own, as far as the host does not notice: the end of a job is left to its time. A message that comes meanwhile
 * finds the medium set back to where this began (checkpoint.ts) and run forward to now; draws are hashes, so that it all
 * comes out the same.
 *
 * Images of 2 MB are thousands of frames, with three events each otherwise. Measured: 300 images of 1,600 frames over a
 * mesh, one a minute, which overlap at times: 0.6 s of CPU in place of 1.1 s, 0.85 million wakes of the host in place of 2.4.
 */
export class Solo {
  private readonly host: MediumHost;
  private readonly medium: Medium;
  private readonly transmitter: number;
  private readonly rules: AccessRules;
  private readonly air: Air;
  private readonly timers: Timers<Radio | Job>;
  private readonly radios: Pick<Radios, 'nowS' | 'due'>;
  private readonly checkpoint: Checkpoint;
  /** No other medium counts for its links, so that counts can be set back. */
  private readonly mayRun: boolean;
  /** The last event that has been run ahead. */
  private ranToS = Number.NEGATIVE_INFINITY;

  /** @param radios what is due for a radio, event by event */
  constructor(
    host: MediumHost,
    medium: Medium,
    transmitter: number,
    rules: AccessRules,
    air: Air,
    timers: Timers<Radio | Job>,
    radios: Pick<Radios, 'nowS' | 'due'>,
  ) {
    const { plan, transmitterServer } = host.program;
    this.host = host;
    this.medium = medium;
    this.transmitter = transmitter;
    this.rules = rules;
    this.air = air;
    this.timers = timers;
    this.radios = radios;
    this.checkpoint = new Checkpoint(host.stats, air, timers);
    this.mayRun = plan.servers.copies[transmitterServer[transmitter]] === 1;
  }

  /** Runs `radio`, whose timer is the only one, as far ahead as is its own affair; nothing, where that is not far. */
  runAhead(radio: Radio, nowS: number): void {
    const { job } = radio;
    if (!this.mayRun || this.ranToS > nowS || radio.phase !== Phase.pausing || job === undefined) return;
    const { parcel } = job;
    if (parcel.frames - job.frame < LONG_JOB || parcel.waitsAt !== undefined || !job.isOpen || !radio.isQueueEmpty)
      return;
    if (this.air.endS > this.timers.nextS()) return;
    this.checkpoint.take(radio, job);
    this.runFrames(radio, job, this.host.untilS);
  }

  /** Sets back what has been run ahead of `nowS`, if there is anything. */
  comeBack(nowS: number): void {
    if (this.ranToS <= nowS) return;
    const { timers, radios } = this;
    const radio = this.checkpoint.restore();
    this.ranToS = Number.NEGATIVE_INFINITY;
    this.runFrames(radio, radio.job!, nowS);
    this.ranToS = Number.NEGATIVE_INFINITY;
    for (let atS = timers.nextS(); atS <= nowS; atS = timers.nextS()) {
      timers.pop();
      radios.nowS = atS;
      radios.due(radio);
    }
  }

  /**
   * Sends frames of a job but its last, with all their repetitions, that end before `limitS`: what Contention does event by
   * event, where nobody else is heard. The radio pauses before, and again after the last of them; a frame that would end
   * otherwise is left alone.
   */
  private runFrames(radio: Radio, job: Job, limitS: number): void {
    const { rules, medium, host } = this;
    const { stats } = host;
    const { parcel } = job;
    const { linkInstance, fullS, gapS, ackS, isCast } = parcel;
    const isRepeated = medium.arq !== undefined && !isCast;
    const attempts = medium.arq === undefined ? rules.copies : medium.arq.retries + 1;
    const failureS = Math.max(medium.arq?.timeoutS ?? 0, gapS);
    const noise = isCast ? 0 : medium.frameLoss;
    const draws = combine(job.key, Draw.frameLoss);
    const last = Math.min(parcel.frames - 1, job.frame + AHEAD);
    let { frame, tries, turn, failed } = job;
    let freeS = this.timers.nextS();
    // One by one: of what comes out of a list V8 does not know that it is a number, and makes one on its heap for each frame.
    let startS = 0;
    let endS = 0;
    let isAcknowledged = false;
    let sent = 0;
    let repeated = 0;
    let airtimesS = stats.airtimeS[linkInstance];
    for (; frame < last; frame++) {
      let fromS = freeS;
      let attempt = job.copy;
      let tried = tries;
      let airtimeS = airtimesS;
      let count = 0;
      let through = false;
      let isSettled = false;
      while (!isSettled && this.isUp(fromS)) {
        job.attempt = attempt;
        job.tries = tried;
        job.atS = fromS;
        rules.begin(job);
        const actS = job.atS;
        if (!this.isUp(actS) || !this.hasPower(radio.node, actS)) break;
        const fromAirS = actS + rules.sendAfterS;
        const toAirS = fromAirS + fullS;
        if (toAirS >= limitS) break;
        through =
          isCast ||
          (!(noise > 0 && unitOf(combine(draws, frame * attempts + attempt)) < noise) && this.hasPower(job.to, toAirS));
        count++;
        airtimeS += fullS + gapS + (through ? ackS : 0);
        if (!through && isRepeated) {
          const knownS = toAirS + failureS;
          attempt++;
          tried++;
          if (attempt >= attempts || knownS >= limitS || !this.hasPower(radio.node, knownS)) break;
          job.attempt = attempt;
          job.tries = tried;
          job.atS = knownS;
          rules.again(job);
          fromS = job.atS;
          continue;
        }
        startS = fromAirS;
        endS = toAirS;
        isSettled = true;
      }
      if (!isSettled) break;
      sent += count;
      repeated += job.copy === 0 ? attempt : count;
      airtimesS = airtimeS;
      failed ||= !through;
      isAcknowledged = through && ackS > 0;
      freeS = endS + gapS;
      if (isAcknowledged) freeS += ackS;
      if (through && !job.isExtra) parcel.framesThrough++;
      if (turn >= parcel.framesInTurn) turn = 0;
      turn++;
      tries = tried + 1;
    }
    job.attempt = job.copy;
    job.tries = tries;
    if (sent === 0) return;
    job.frame = frame;
    job.turn = turn;
    job.failed = failed;
    if (stats.measuring) {
      stats.frames[linkInstance] += sent;
      stats.retries[linkInstance] += repeated;
      stats.airtimeS[linkInstance] = airtimesS;
    }
    this.air.add(radio.node, job.to, startS, endS, startS);
    if (isAcknowledged) this.air.add(job.to, NOBODY, endS + Math.min(rules.ackAfterS, ackS), endS + ackS, endS);
    this.timers.clear();
    this.timers.push(freeS, radio);
    this.ranToS = endS;
  }

  private isUp(atS: number): boolean {
    return this.host.upFromS(this.transmitter, atS) === atS;
  }

  private hasPower(node: number, atS: number): boolean {
    return node < 0 || this.host.hasPower(this.transmitter, node, atS);
  }
}
