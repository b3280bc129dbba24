/**
 * The distributed coordination function of IEEE 802.11-2016, 10.3, basic access.
 *
 * A station that has something to send counts its backoff down, slot by slot, while it has heard nothing for DIFS, stops
 * while it hears anybody, and sends at the end of its last slot; stations whose counters end together collide. A frame
 * that got through is acknowledged after SIFS; the sender then draws a backoff from the least window, also when it has
 * nothing more to send. Without acknowledgement it waits for the timeout and draws from a window of twice the slots
 * (CW + 1 doubles), until its retries are used up. A frame that finds the medium free for DIFS, and no backoff pending,
 * goes at once.
 *
 * Times: `Framing.ackS` is SIFS and acknowledgement together; 0: the medium is free when the frame ends. Stations who
 * hear the sender keep still until the acknowledgement is over (its duration field), others stop when it begins. Frames
 * that are cast are sent once, without acknowledgement, and draw no noise: their listeners do.
 *
 * Leaves out: EIFS (stations resume DIFS after a collision, not after DIFS, SIFS and an acknowledgement: errs towards
 * too fast, of frames of 1500 B at 54 Mbit/s in saturation 2% more get through with 5 stations, 5% with 50), capture,
 * flight time, loss of acknowledgements, RTS/CTS, bursts of fragments: every frame of a message contends.
 *
 * Not a slot is an event: at each event the least counter tells the next. O(stations with something to do) per event.
 */

import type { DcfAccess, Medium } from '../../media.js';
import { linkInstanceAt } from '../channel-of.js';
import { framingOf } from '../framing.js';
import { ARRIVE_S, FLOATS, SENT_B } from '../message-row.js';
import { NONE } from '../messages.js';
import { Air, type AirFrame, EVERYBODY, NOBODY } from './air.js';
import { airtimeLeftS, framesAcross, framesInTurn } from './airtime.js';
import { HiddenPairs } from './hidden-pairs.js';
import type { MediumHost, SharedMedium } from './host.js';
import { isFrameLost, settle } from './outcome.js';
import { type SenderQueue, SenderQueues } from './sender-queues.js';
import { Draw, endpointOf, GATEWAY, hopKey, isCast, senderOf, uniformOf } from './senders.js';
import { Wakes } from './wakes.js';

/** Part of a slot that rounding may take: what ends so close together ends together. */
const SLOT_PRECISION = 1e-3;
const NEVER_S = Number.POSITIVE_INFINITY;

interface Station {
  node: number;
  readonly queue: SenderQueue;
  /** Has a frame on the air, or waits for its acknowledgement. */
  sending: boolean;
  /** CW: the next backoff is uniform over 0 .. window. */
  window: number;
  /** Failed attempts at the current frame. */
  attempt: number;
  /** Frames of the current message sent since it got its turn. */
  turn: number;
  /** Slots left when the countdown began or stopped. */
  slots: number;
  /** Begin of the countdown; Infinity while it stands still. */
  fromS: number;
  /** Exchanges that it hears now. */
  heard: number;
}

/** A frame, its acknowledgement, and what follows before the sender goes on. */
interface Exchange {
  /** Whose it is as long as it is not over; then the station may be another's. */
  station: Station;
  sender: number;
  receiver: number;
  air: AirFrame;
  startS: number;
  ackS: number;
  gapS: number;
  phase: 'frame' | 'sifs' | 'ack' | 'gap' | 'timeout' | 'over';
  /** End of the phase. */
  untilS: number;
  frameEndS: number;
  timeoutS: number;
  /** Those who hear the receiver heard it as well. */
  acknowledged: boolean;
  /** Since when it has been silent; Infinity: it is not. */
  silentS: number;
}

/** No time yet: a fraction, since V8 makes a field for whole numbers of one that begins with 0, and all objects anew when it is none. */
const UNSET_S = 0.5;

/** Per number of classes: stations that no medium of the thread has a use for. */
const spareStations: Station[][] = [];

const NOBODY_FIRES: readonly Station[] = [];

function stationWith(queue: SenderQueue): Station {
  return { node: 0, queue, sending: false, window: 0, attempt: 0, turn: 0, slots: 0, fromS: UNSET_S, heard: 0 };
}

function newExchange(station: Station, air: AirFrame): Exchange {
  return {
    station,
    sender: 0,
    receiver: 0,
    air,
    startS: UNSET_S,
    ackS: UNSET_S,
    gapS: UNSET_S,
    phase: 'over',
    untilS: UNSET_S,
    frameEndS: UNSET_S,
    timeoutS: UNSET_S,
    acknowledged: false,
    silentS: UNSET_S,
  };
}

export function openDcf(host: MediumHost, medium: Medium, transmitter: number): SharedMedium {
  if (medium.access.kind !== 'dcf-802.11') throw new Error(`openDcf: access ${medium.access.kind} of ${medium.name}`);
  return new Dcf(host, medium, medium.access, transmitter);
}

class Dcf implements SharedMedium {
  private readonly host: MediumHost;
  private readonly medium: Medium;
  private readonly access: DcfAccess;
  private readonly transmitter: number;
  private readonly retries: number;
  private readonly queues: SenderQueues;
  private readonly hearing: HiddenPairs;
  private readonly air: Air;
  private readonly wakes: Wakes;
  /** Stations that are of no use now, to media with as many classes: most of them live for a moment. */
  private readonly spare: Station[];
  /** Those who have something to send or a backoff to end, in the order in which they came. */
  private readonly stations: Station[] = [];
  /** Under way, or over for less than DIFS; and those that were when the last one began. */
  private readonly exchanges: Exchange[] = [];

  constructor(host: MediumHost, medium: Medium, access: DcfAccess, transmitter: number) {
    this.host = host;
    this.medium = medium;
    this.access = access;
    this.transmitter = transmitter;
    this.retries = medium.arq?.retries ?? 0;
    this.queues = new SenderQueues(host, transmitter);
    this.hearing = new HiddenPairs(host.program, medium, transmitter);
    this.air = new Air(this.hearing, 0);
    this.wakes = new Wakes(host, transmitter);
    this.spare = spareStations[this.queues.classes] ??= [];
  }

  offer(m: number): void {
    const nowS = this.host.messages.floats[(m << FLOATS) | ARRIVE_S];
    const { program, messages } = this.host;
    const node = senderOf(program, messages, m);
    this.endBackoffs(nowS);
    const known = this.stations.find((station) => station.node === node);
    const station = known ?? this.newStation(node, nowS);
    if (!this.queues.join(station.queue, m)) {
      if (known === undefined) this.spare.push(station);
      return;
    }
    if (known === undefined) {
      this.stations.push(station);
      if (!this.isFree(node, nowS)) {
        this.drawBackoff(station, m, 0, 0);
        this.contend(station, nowS);
      }
    }
    this.advance(nowS);
  }

  wake(): void {
    const { nowS } = this.host;
    this.wakes.had(nowS);
    this.advance(nowS);
  }

  /** A station with nothing to send, which may do so at once. */
  private newStation(node: number, nowS: number): Station {
    const station = this.spare.pop() ?? stationWith(this.queues.open());
    station.node = node;
    this.queues.clear(station.queue);
    station.sending = false;
    station.window = this.access.leastWindow;
    station.attempt = 0;
    station.turn = 0;
    station.slots = 0;
    station.fromS = nowS;
    station.heard = 0;
    return station;
  }

  each(visit: (m: number, waiting: boolean) => void): void {
    for (const { queue } of this.stations) this.queues.each(queue, visit);
  }

  unfinishedWorkS(): number {
    let workS = 0;
    this.each((m) => {
      workS += airtimeLeftS(this.host, m);
    });
    return workS;
  }

  private advance(nowS: number): void {
    for (let due = this.dueExchange(nowS); due !== undefined; due = this.dueExchange(nowS)) this.step(due);
    this.endBackoffs(nowS);
    const firing = this.firing(nowS + SLOT_PRECISION * this.access.slotS);
    const upS = firing.length > 0 ? this.host.upFromS(this.transmitter, nowS) : nowS;
    if (upS > nowS) this.pause(nowS, upS);
    else for (const station of firing) this.send(station, nowS);
    this.wakes.ask(this.nextS());
  }

  /** Those whose countdown is over by `byS`, with something to send. */
  private firing(byS: number): readonly Station[] {
    let firing: Station[] | undefined;
    for (const station of this.stations) {
      if (this.fireS(station) > byS || this.queues.next(station.queue) === NONE) continue;
      if (firing === undefined) firing = [station];
      else firing.push(station);
    }
    return firing ?? NOBODY_FIRES;
  }

  private nextS(): number {
    let nextS = NEVER_S;
    for (const { phase, untilS } of this.exchanges) if (phase !== 'over') nextS = Math.min(nextS, untilS);
    for (const station of this.stations) {
      if (this.queues.next(station.queue) !== NONE) nextS = Math.min(nextS, this.fireS(station));
    }
    return nextS;
  }

  private dueExchange(nowS: number): Exchange | undefined {
    let first: Exchange | undefined;
    for (const x of this.exchanges) {
      if (x.phase !== 'over' && x.untilS <= nowS && (first === undefined || x.untilS < first.untilS)) first = x;
    }
    return first;
  }

  /** End of the countdown. */
  private fireS({ sending, fromS, slots }: Station): number {
    return sending ? NEVER_S : fromS + slots * this.access.slotS;
  }

  /** Stations whose last backoff ended with nothing to send are as good as new. */
  private endBackoffs(nowS: number): void {
    const { stations } = this;
    let kept = 0;
    for (const station of stations) {
      if (this.fireS(station) <= nowS && this.queues.next(station.queue) === NONE) this.spare.push(station);
      else stations[kept++] = station;
    }
    while (stations.length > kept) stations.pop();
  }

  private drawBackoff(station: Station, m: number, frame: number, nth: number): void {
    const key = hopKey(this.host.program, this.host.messages, m);
    const u = uniformOf(key, Draw.backoff, frame * (this.retries + 2) + nth);
    station.slots = Math.floor(u * (station.window + 1));
  }

  /** The countdown begins, or stands still as long as somebody is heard. */
  private contend(station: Station, nowS: number): void {
    station.sending = false;
    station.heard = 0;
    let silentS = Number.NEGATIVE_INFINITY;
    for (const x of this.exchanges) {
      if (!this.isHeard(x, station.node)) continue;
      if (x.silentS === NEVER_S) station.heard++;
      silentS = Math.max(silentS, x.silentS);
    }
    station.fromS = Math.max(nowS, silentS + this.access.difsS);
  }

  /** Whether a node has heard nothing for DIFS; what begins in this very instant cannot be heard yet. */
  private isFree(node: number, nowS: number): boolean {
    const sinceS = nowS - this.access.difsS * (1 - 1e-6);
    for (const x of this.exchanges) if (x.startS < nowS && x.silentS > sinceS && this.isHeard(x, node)) return false;
    return true;
  }

  private isHeard({ sender, receiver, acknowledged }: Exchange, node: number): boolean {
    if (node === sender || this.hearing.hears(node, sender)) return true;
    return acknowledged && (node === receiver || this.hearing.hears(node, receiver));
  }

  /** Counters keep what they have; nobody sends before `upS`. */
  private pause(nowS: number, upS: number): void {
    for (const station of this.stations) {
      if (station.sending || station.heard > 0) continue;
      this.freeze(station, nowS);
      station.fromS = upS + this.access.difsS;
    }
  }

  private freeze(station: Station, nowS: number): void {
    const passed = Math.floor((nowS - station.fromS) / this.access.slotS + SLOT_PRECISION);
    station.slots -= Math.min(station.slots, Math.max(0, passed));
    station.fromS = NEVER_S;
  }

  /** The station's next frame goes on the air. */
  private send(station: Station, nowS: number): void {
    const { host, medium, transmitter } = this;
    const { program, messages, stats } = host;
    const { queue, node } = station;
    const m = this.queues.begin(queue, nowS);
    if (node !== GATEWAY && !host.hasPower(transmitter, node, nowS)) {
      this.silence(station, m, nowS);
      return;
    }
    const framing = framingOf(program, messages, m);
    const isLast = framesAcross(framing, messages.floats[(m << FLOATS) | SENT_B]) === framing.frames - 1;
    const endS = nowS + (isLast ? framing.lastS : framing.fullS);
    const cast = isCast(program, messages, m);
    const receiver = cast ? EVERYBODY : node === GATEWAY ? endpointOf(program, messages, m) : GATEWAY;
    const exchange = this.beginExchange(station, receiver, nowS, endS);
    exchange.ackS = cast ? 0 : framing.ackS;
    exchange.gapS = framing.gapS;
    exchange.timeoutS = cast ? 0 : (medium.arq?.timeoutS ?? 0);
    station.sending = true;
    this.beHeardBy((other) => this.isHeard(exchange, other), nowS);
    if (!stats.measuring) return;
    const linkInstance = linkInstanceAt(program, messages, m);
    stats.frames[linkInstance]++;
    if (station.attempt > 0) stats.retries[linkInstance]++;
    stats.airtimeS[linkInstance] += endS - nowS + framing.gapS;
  }

  /** @returns the exchange of a frame [nowS, endS), with the times that follow from its framing still to be set */
  private beginExchange(station: Station, receiver: number, nowS: number, endS: number): Exchange {
    const { exchanges } = this;
    const air = this.air.add(station.node, receiver, nowS, endS, nowS);
    let unused: Exchange | undefined;
    let kept = 0;
    for (const x of exchanges) {
      if (x.phase === 'over' && x.silentS + this.access.difsS < nowS) unused = x;
      else exchanges[kept++] = x;
    }
    while (exchanges.length > kept) exchanges.pop();
    const exchange = unused ?? newExchange(station, air);
    exchanges.push(exchange);
    exchange.station = station;
    exchange.sender = station.node;
    exchange.receiver = receiver;
    exchange.air = air;
    exchange.startS = nowS;
    exchange.phase = 'frame';
    exchange.untilS = endS;
    exchange.frameEndS = endS;
    exchange.acknowledged = false;
    exchange.silentS = NEVER_S;
    return exchange;
  }

  /** A station without power loses all that it had to send. */
  private silence(station: Station, first: number, nowS: number): void {
    for (let m = first; m !== NONE; m = this.queues.begin(station.queue, nowS)) {
      this.queues.end(station.queue);
      this.host.lost(m, nowS);
    }
    this.stations.splice(this.stations.indexOf(station), 1);
    this.spare.push(station);
  }

  private beHeardBy(hears: (node: number) => boolean, nowS: number): void {
    for (const other of this.stations) {
      if (other.sending || !hears(other.node)) continue;
      if (other.heard++ === 0) this.freeze(other, nowS);
    }
  }

  /** The phase of an exchange is over. */
  private step(x: Exchange): void {
    const nowS = x.untilS;
    switch (x.phase) {
      case 'frame':
        if (!this.arrives(x, nowS)) {
          this.quiet(x, nowS);
        } else if (x.ackS > 0) {
          x.phase = 'sifs';
          x.untilS = nowS + Math.min(x.ackS, this.access.sifsS);
        } else {
          x.timeoutS = 0;
          this.quiet(x, nowS);
        }
        break;
      case 'sifs':
        x.phase = 'ack';
        x.timeoutS = 0;
        x.untilS = x.frameEndS + x.ackS;
        this.air.add(x.receiver, NOBODY, nowS, x.untilS, nowS);
        this.beHeardBy((node) => {
          if (this.isHeard(x, node)) return false;
          return node === x.receiver || this.hearing.hears(node, x.receiver);
        }, nowS);
        x.acknowledged = true;
        break;
      case 'ack':
        this.quiet(x, nowS);
        break;
      case 'gap':
        this.end(x, nowS);
        break;
      default:
        x.phase = 'over';
        this.contend(x.station, nowS);
    }
  }

  private quiet(x: Exchange, nowS: number): void {
    if (x.gapS === 0) {
      this.end(x, nowS);
      return;
    }
    x.phase = 'gap';
    x.untilS = nowS + x.gapS;
  }

  /** The medium is free of the exchange; its sender may wait for an acknowledgement in vain. */
  private end(x: Exchange, nowS: number): void {
    x.silentS = nowS;
    for (const other of this.stations) {
      if (other.sending || !this.isHeard(x, other.node)) continue;
      if (--other.heard === 0) other.fromS = nowS + this.access.difsS;
    }
    x.phase = 'timeout';
    x.untilS = Math.max(nowS, x.frameEndS + x.timeoutS);
  }

  /** A frame has ended: books what becomes of it, and draws the next backoff. @returns whether it got through */
  private arrives({ station, receiver, air, ackS }: Exchange, nowS: number): boolean {
    const { host, medium, transmitter, access } = this;
    const { program, messages, stats } = host;
    const { queue } = station;
    const m = queue.current;
    const framing = framingOf(program, messages, m);
    const { frames, fullB } = framing;
    const inTurn = framesInTurn(host, transmitter, framing);
    const frame = framesAcross(framing, messages.floats[(m << FLOATS) | SENT_B]);
    const linkInstance = linkInstanceAt(program, messages, m);
    const cast = receiver === EVERYBODY;
    if (air.hit && stats.measuring) stats.collisions[linkInstance]++;
    const isFailed =
      air.hit ||
      (!cast && receiver !== GATEWAY && !host.hasPower(transmitter, receiver, nowS)) ||
      (!cast && isFrameLost(medium, hopKey(program, messages, m), frame * (this.retries + 1) + station.attempt));

    if (isFailed && !cast && station.attempt < this.retries) {
      station.attempt++;
      station.window = Math.min(2 * (station.window + 1) - 1, access.mostWindow);
      this.drawBackoff(station, m, frame, station.attempt);
      return false;
    }
    station.attempt = 0;
    station.window = access.leastWindow;
    this.drawBackoff(station, m, frame, this.retries + 1);
    if (!isFailed && stats.measuring) stats.airtimeS[linkInstance] += ackS;
    if (isFailed || frame === frames - 1) {
      station.turn = 0;
      this.queues.end(queue);
      if (isFailed) host.lost(m, nowS);
      else settle(host, medium, m, nowS, nowS);
      return !isFailed;
    }
    messages.floats[(m << FLOATS) | SENT_B] = (frame + 1) * fullB;
    if (++station.turn >= inTurn) {
      station.turn = 0;
      this.queues.yieldTurn(queue);
    }
    return true;
  }
}
