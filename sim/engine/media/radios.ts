import { combine } from '../../kernel/random.js';
import type { Medium } from '../../media.js';
import { Discipline } from '../../plan.js';
import { ARRIVE_S, FLOATS, INTS, SOURCE_INSTANCE } from '../message-row.js';
import { NONE } from '../messages.js';
import { type AccessRules, Act } from './access-rules.js';
import { type Air, EVERYBODY, NOBODY } from './air.js';
import type { MediumHost } from './host.js';
import type { Layout } from './layout.js';
import { isFrameLost, settle } from './outcome.js';
import { Job, Parcel } from './parcels.js';
import { Phase, Radio } from './radio.js';
import { Draw, GATEWAY, uniformOf } from './senders.js';
import type { Timers } from './timers.js';

/**
 * Radios that contend for a medium (contention.ts), each with its own queue; attempt by attempt.
 *
 * A radio works on one job at a time: a message on one leg of its way. It gets at the medium by the rules of the access,
 * sends the frame, and learns what became of it: it got through unless another frame was on the air at the receiver, the
 * receiver was sending or without power, or noise took it (medium.frameLoss). With an ARQ the receiver acknowledges each
 * frame; without acknowledgement the sender repeats after arq.timeoutS, arq.retries times, then gives the message up.
 * What nobody acknowledges (no ARQ; cast messages) is sent frame by frame once and lost when one of them fails.
 *
 *   idle ──job──> accessing ──> sending ──got through──> pausing (acknowledgement, gap) ──> next frame, next job, idle
 *                     ^            └──failed──> waiting (timeout) ──┐
 *                     └───────────────────────────────────────────┘
 *
 * Chosen: acknowledgements are on the air, are sensed and destroy others' frames, but always get through themselves:
 * otherwise the message would be there and be repeated; their senders were heard a turn-around before. The job a radio
 * is at is overtaken by one of a better class between two frames only, after a quantum (ServerTable.quantumB). A cast
 * message is in jeopardy by any frame that one of its receivers hears, and lost to all then; where relays repeat it, it
 * goes on if the gateway's own frames got through, and what its relays lose is not counted. A radio without power when
 * it is to send loses everything that it holds; a frame that is on the air when power goes still gets through. While the
 * server is out nothing starts; whoever wanted to begins afterwards like one who repeats a frame.
 *
 * Leaves out: capture (too many collisions), time of flight (under 10 us), acknowledgements that are lost (too few
 * repetitions), channel hopping and duty cycles of receivers (a radio listens whenever it does not send: too fast).
 *
 * An event is O(log radios at work + frames on the air). Without messages there is no radio, no job and no frame but the last few.
 */
export class Radios {
  /** The time of what happens, for whoever calls to set. No argument: V8 would make a number on its heap of it from call to call. */
  nowS = Number.NaN;
  private readonly host: MediumHost;
  private readonly transmitter: number;
  private readonly medium: Medium;
  private readonly rules: AccessRules;
  private readonly layout: Layout;
  /** Whether messages of a better class go first in a radio's queue. */
  private readonly isRanked: boolean;
  private readonly air: Air;
  private readonly timers: Timers<Radio | Job>;
  private readonly radios = new Map<number, Radio>();
  private readonly held = new Set<Parcel>();

  constructor(
    host: MediumHost,
    medium: Medium,
    transmitter: number,
    rules: AccessRules,
    layout: Layout,
    air: Air,
    timers: Timers<Radio | Job>,
  ) {
    const { plan, transmitterServer } = host.program;
    this.host = host;
    this.medium = medium;
    this.transmitter = transmitter;
    this.rules = rules;
    this.layout = layout;
    this.isRanked = plan.servers.discipline[transmitterServer[transmitter]] === Discipline.priority;
    this.air = air;
    this.timers = timers;
  }

  /** Messages that they have. */
  get messages(): number {
    return this.held.size;
  }

  each(visit: (m: number, waiting: boolean) => void): void {
    for (const parcel of this.held) visit(parcel.m, parcel.waitsAt !== undefined);
  }

  unfinishedWorkS(): number {
    let workS = 0;
    for (const parcel of this.held) {
      const legs = parcel.isCast ? 1 + this.layout.repeatingRings : this.layout.legs(parcel.endpoint);
      workS += parcel.legS + (legs - parcel.leg - 1) * parcel.airtimeS;
    }
    return workS;
  }

  /** Message m joins the radio that it comes to, when it arrived. */
  setOut(m: number): void {
    const { program, messages } = this.host;
    this.nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    const { sources } = program.plan;
    const rank = this.isRanked ? sources.priority[program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]] : 0;
    const parcel = new Parcel().read(this.host, this.transmitter, m, rank);
    this.held.add(parcel);
    this.join(this.jobOf(parcel, parcel.isUp ? parcel.endpoint : GATEWAY));
  }

  /** The radio of `node` has sent, and pauses until `untilS`. */
  rest(node: number, untilS: number): void {
    const radio = new Radio(node);
    this.radios.set(node, radio);
    this.pause(radio, untilS);
  }

  /** What is due next happens, now. @returns the radio of which it was; undefined: a job came to its own */
  happen(): Radio | undefined {
    const due = this.timers.pop();
    if (due instanceof Job) {
      this.join(due);
      return undefined;
    }
    this.due(due);
    return due;
  }

  /** The first job of a parcel on its leg, which begins at `at`. */
  private jobOf(parcel: Parcel, at: number): Job {
    const to = parcel.isCast ? EVERYBODY : this.layout.next(at, parcel.endpoint, parcel.isUp);
    parcel.partsLeft = 1;
    parcel.framesThrough = 0;
    const key = parcel.leg === 0 ? parcel.key : combine(parcel.key, parcel.leg);
    return new Job(parcel, at, to, key, 0, false);
  }

  /** A job comes to its radio. */
  private join(job: Job): void {
    const { parcel } = job;
    if (!this.hasPower(job.at)) {
      this.done(job, false);
      return;
    }
    let radio = this.radios.get(job.at);
    if (radio === undefined) {
      radio = new Radio(job.at);
      this.radios.set(job.at, radio);
    }
    if (!job.isExtra) {
      if (!this.host.admits(parcel.m, radio.waitingB, radio.waitingMessages)) {
        this.forget(parcel);
        if (radio.phase === Phase.idle) this.radios.delete(radio.node);
        return;
      }
      radio.waitingB += parcel.bytes;
      radio.waitingMessages++;
      parcel.waitsAt = radio;
      parcel.waitsFromS = this.nowS;
    }
    if (radio.phase === Phase.idle) this.start(radio, job);
    else radio.enqueue(job);
  }

  /** It is the time that `radio` has waited for. */
  due(radio: Radio): void {
    if (radio.phase === Phase.sending) this.frameEnded(radio);
    else if (radio.phase === Phase.pausing) this.goOn(radio);
    else if (!this.hasPower(radio.node)) this.loseAll(radio);
    else if (radio.phase === Phase.waiting) this.repeat(radio, jobAt(radio));
    else this.act(radio, jobAt(radio));
  }

  private start(radio: Radio, job: Job): void {
    if (radio.job !== job) job.turn = 0;
    radio.job = job;
    job.atS = this.nowS;
    this.beginAttempt(radio, job);
  }

  /** From `job.atS` on. */
  private beginAttempt(radio: Radio, job: Job): void {
    radio.phase = Phase.accessing;
    const upS = this.host.upFromS(this.transmitter, job.atS);
    if (upS > job.atS) {
      job.atS = upS;
      this.rules.again(job);
    }
    this.rules.begin(job);
    this.timers.push(job.atS, radio);
  }

  private act(radio: Radio, job: Job): void {
    const { nowS } = this;
    job.atS = nowS;
    if (this.host.upFromS(this.transmitter, nowS) > nowS) {
      this.beginAttempt(radio, job);
      return;
    }
    const what = this.rules.act(job, this.air);
    if (what === Act.wait) this.timers.push(job.atS, radio);
    else if (what === Act.send) this.send(radio, job);
    else if (this.isRepeated(job)) this.repeat(radio, job);
    else {
      job.failed = true;
      this.endJob(radio, job, nowS);
    }
  }

  private send(radio: Radio, job: Job): void {
    const { nowS } = this;
    const { parcel } = job;
    const startS = nowS + this.rules.sendAfterS;
    const endS = startS + job.frameS;
    if (!job.isExtra && parcel.waitsAt !== undefined) {
      this.stopWaiting(parcel, startS);
      const copies = parcel.isCast || this.medium.arq !== undefined ? 1 : this.rules.copies;
      for (let copy = 1; copy < copies; copy++) {
        parcel.partsLeft++;
        const afterS = uniformOf(job.key, Draw.spread, copy) * this.rules.spreadS;
        this.timers.push(startS + afterS, new Job(parcel, job.at, job.to, job.key, copy, true));
      }
    }
    radio.phase = Phase.sending;
    radio.frame = this.air.add(radio.node, job.to, startS, endS, nowS);
    this.timers.push(endS, radio);
  }

  private frameEnded(radio: Radio): void {
    const { nowS } = this;
    const job = jobAt(radio);
    const { parcel } = job;
    const hit = radio.frame?.hit ?? false;
    radio.frame = undefined;
    const gotThrough = !hit && (parcel.isCast || (!this.isNoise(job) && this.hasPower(job.to)));
    this.count(job, hit, gotThrough);
    if (!gotThrough && this.isRepeated(job)) {
      const timeoutS = this.medium.arq?.timeoutS ?? 0;
      radio.phase = Phase.waiting;
      this.timers.push(nowS + Math.max(timeoutS, parcel.gapS), radio);
      return;
    }
    let freeS = nowS + parcel.gapS;
    if (gotThrough && parcel.ackS > 0) {
      const ackS = nowS + Math.min(this.rules.ackAfterS, parcel.ackS);
      this.air.add(job.to, NOBODY, ackS, nowS + parcel.ackS, nowS);
      freeS += parcel.ackS;
    }
    job.failed ||= !gotThrough;
    if (gotThrough && !job.isExtra && job.isOpen) parcel.framesThrough++;
    job.frame++;
    job.turn++;
    job.tries++;
    job.attempt = job.copy;
    if (job.frame === parcel.frames) this.endJob(radio, job, freeS);
    else this.pause(radio, freeS);
  }

  /** The attempt of a frame that is acknowledged has failed. */
  private repeat(radio: Radio, job: Job): void {
    job.attempt++;
    job.tries++;
    if (job.attempt <= (this.medium.arq?.retries ?? 0)) {
      job.atS = this.nowS;
      this.rules.again(job);
      this.beginAttempt(radio, job);
      return;
    }
    job.failed = true;
    this.endJob(radio, job, this.nowS);
  }

  private endJob(radio: Radio, job: Job, freeS: number): void {
    radio.job = undefined;
    this.pause(radio, freeS);
    this.done(job, !job.failed);
  }

  private pause(radio: Radio, untilS: number): void {
    radio.phase = Phase.pausing;
    this.timers.push(untilS, radio);
  }

  /** After a pause: the next frame, the next job, or nothing. */
  private goOn(radio: Radio): void {
    const { job: current } = radio;
    if (current !== undefined && current.turn >= current.parcel.framesInTurn) radio.putBack(current);
    const job = radio.job ?? radio.dequeue();
    if (job === undefined) this.radios.delete(radio.node);
    else this.start(radio, job);
  }

  /** The power of a radio is gone, and with it what it holds. */
  private loseAll(radio: Radio): void {
    this.radios.delete(radio.node);
    for (let job = radio.job; job !== undefined; job = radio.dequeue()) this.done(job, false);
  }

  /** A job has come to its end; what that means for the message. */
  private done(job: Job, ok: boolean): void {
    if (!job.isOpen) return;
    const { parcel } = job;
    parcel.partsLeft--;
    if (parcel.isCast && parcel.leg > 0) {
      if (parcel.partsLeft === 0) this.castOn(parcel);
    } else if (!ok) {
      if (parcel.partsLeft === 0) this.lose(parcel);
    } else if (parcel.isCast) {
      this.castOn(parcel);
    } else {
      this.arrive(parcel, job.to);
    }
  }

  /** A parcel has reached `node`. */
  private arrive(parcel: Parcel, node: number): void {
    parcel.leg++;
    if (node !== (parcel.isUp ? GATEWAY : parcel.endpoint)) {
      this.timers.push(this.nowS + this.layout.relayS, this.jobOf(parcel, node));
    } else {
      this.cross(parcel);
    }
  }

  /** A cast parcel has been sent by the gateway, or repeated by all of a ring. */
  private castOn(parcel: Parcel): void {
    const rings = parcel.isUp ? 0 : this.layout.repeatingRings;
    while (parcel.leg < rings) {
      parcel.leg++;
      const nodes = this.layout.repeaters(parcel.leg, parcel.key, (node) => this.hasPower(node));
      if (nodes.length === 0) continue;
      parcel.partsLeft = nodes.length;
      parcel.framesThrough = 0;
      for (const node of nodes) {
        const key = combine(combine(parcel.key, parcel.leg), node);
        this.timers.push(this.nowS + this.layout.relayS, new Job(parcel, node, EVERYBODY, key, 0, true));
      }
      return;
    }
    this.cross(parcel);
  }

  private cross(parcel: Parcel): void {
    const m = parcel.m;
    this.forget(parcel);
    settle(this.host, this.medium, m, this.nowS, this.nowS);
  }

  private lose(parcel: Parcel): void {
    const m = parcel.m;
    this.stopWaiting(parcel, this.nowS);
    this.forget(parcel);
    this.host.lost(m, this.nowS);
  }

  private forget(parcel: Parcel): void {
    this.held.delete(parcel);
    parcel.m = NONE;
  }

  private stopWaiting(parcel: Parcel, toS: number): void {
    const { waitsAt } = parcel;
    if (waitsAt === undefined) return;
    waitsAt.waitingB -= parcel.bytes;
    waitsAt.waitingMessages--;
    parcel.waitsAt = undefined;
    this.host.waited(parcel.m, parcel.waitsFromS, toS);
  }

  private count(job: Job, hit: boolean, gotThrough: boolean): void {
    const { stats } = this.host;
    if (!stats.measuring) return;
    const { linkInstance, gapS, ackS } = job.parcel;
    stats.frames[linkInstance]++;
    if (job.attempt > 0) stats.retries[linkInstance]++;
    if (hit) stats.collisions[linkInstance]++;
    stats.airtimeS[linkInstance] += job.frameS + gapS + (gotThrough ? ackS : 0);
  }

  private isRepeated(job: Job): boolean {
    return this.medium.arq !== undefined && !job.parcel.isCast;
  }

  private isNoise(job: Job): boolean {
    const attempts = this.medium.arq === undefined ? this.rules.copies : this.medium.arq.retries + 1;
    return isFrameLost(this.medium, job.key, job.frame * attempts + job.attempt);
  }

  private hasPower(node: number): boolean {
    return node < 0 || this.host.hasPower(this.transmitter, node, this.nowS);
  }
}

function jobAt({ job, node }: Radio): Job {
  if (job === undefined) throw new Error(`the radio of endpoint ${node} acts without a job`);
  return job;
}
