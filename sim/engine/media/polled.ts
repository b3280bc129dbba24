/**
 * A master asks endpoint after endpoint, in the order of their numbers, whether it has anything to send, without end
 * (multiple address radios, PRIME).
 *
 *   poll ── turn-around ── answer: the frames of one message, or `nothing to send` ── next poll
 *
 * - A poll that finds a message ready, when it has come to its end, brings all its frames (of servers with priority and a
 *   quantum: a quantum of them). Where poll or answer is lost, the master gives up `timeoutS` after the poll, or when the
 *   answer is over if that is later, and asks again for what is missing, `retries` times; then it goes on, and what is
 *   missing waits for the next round. With an ARQ a lost frame is repeated within the answer first.
 * - What the master has to send itself goes before the next poll, in the order of its queue; with priority and a quantum
 *   one poll goes between two runs of frames. Without an ARQ a lost frame loses its message.
 * - Whoever has just been sent a message goes first, out of turn, when it has something to send within `timeoutS`.
 * - Polls that find nothing have their mean length, lost ones and those of endpoints without power included, and cost no
 *   event (PollCycle). Their time is booked apart, as idle, on the first link up of the server, or on its first link where
 *   none leads up: who asks round and round is no nearer to its capacity. Everything else belongs to the message's link.
 * - A mesh of switches (MeshAccess over PolledAccess) takes polls, answers and messages down as many airtimes as the
 *   endpoint has hops, and `relayS` in each switch; casts as many as there are rings.
 *
 * Leaves out: acknowledgements that are lost, switches without power.
 * O(endpoints with something to send) per poll that finds something.
 */

import type { Medium, MeshAccess, PolledAccess } from '../../media.js';
import { Direction } from '../../plan.js';
import { linkInstanceAt } from '../channel-of.js';
import { type Framing, framingOf } from '../framing.js';
import { ARRIVE_S, FLOATS, SENT_B } from '../message-row.js';
import { NONE } from '../messages.js';
import { airtimeLeftS, framesAcross, framesInTurn } from './airtime.js';
import type { MediumHost, OpenMedium, SharedMedium } from './host.js';
import { outageEdges } from './outage-edges.js';
import { isFrameLost, settle } from './outcome.js';
import { PollCycle } from './poll-cycle.js';
import { PollTimes } from './poll-times.js';
import { type SenderQueue, SenderQueues } from './sender-queues.js';
import { endpointOf, GATEWAY, hopKey, isCast, senderOf } from './senders.js';
import { instanceOfTransmitter } from './transmitter-key.js';
import { Wakes } from './wakes.js';

const NEVER_S = Number.POSITIVE_INFINITY;
/** Draws of a message count from so many times its frames that are across, whoever else has had a turn meanwhile. */
const DRAWS_PER_FRAME = 1024;

interface Sender {
  readonly node: number;
  readonly queue: SenderQueue;
  /** Of the current message: its next draw, how many frames have been tried, and whether the last, which may be shorter, is across. */
  draws: number;
  tried: number;
  lastAcross: boolean;
}

/** What the master has begun: a poll with its answer, or frames of a message of its own. */
interface Exchange {
  readonly sender: Sender;
  readonly m: number;
  /** When message m is done with, and what became of it; Infinity: parts of it remain. */
  doneS: number;
  readonly isLost: boolean;
  readonly endS: number;
}

export const openPolled: OpenMedium = (host, medium, transmitter) => {
  const { access } = medium;
  if (access.kind === 'polled') return new Polled(host, medium, access, transmitter, undefined);
  if (access.kind === 'mesh' && access.hop.kind === 'polled') {
    return new Polled(host, medium, access.hop, transmitter, access);
  }
  throw new Error(`openPolled: access ${access.kind} of ${medium.name}`);
};

class Polled implements SharedMedium {
  private readonly host: MediumHost;
  private readonly medium: Medium;
  private readonly access: PolledAccess;
  private readonly transmitter: number;
  private readonly mesh: MeshAccess | undefined;
  private readonly times: PollTimes;
  private readonly idleLinkInstance: number;
  private readonly queues: SenderQueues;
  private readonly master: Sender;
  /** Endpoints that have something to send. */
  private readonly senders = new Map<number, Sender>();
  /** Until when an endpoint that has been sent a message may go out of turn; who does, in the order of readiness. */
  private readonly favouredUntilS = new Map<number, number>();
  private readonly outOfTurn: number[] = [];
  private readonly cycle: PollCycle;
  private readonly wakes: Wakes;
  private exchange: Exchange | undefined;
  /** Idle: when the master decides next, and who is polled then if it does nothing else; NONE: as the cycle stands. */
  private decideS = NEVER_S;
  private target = NONE;
  /** A poll must go before the rest of the master's message. */
  private owesPoll = false;
  /** Polls for nothing are booked up to here. */
  private bookedS = 0;
  /** When power or the medium come and go, once the measured run has begun; the next of them. */
  private edgesS: readonly number[] | undefined;
  private nextEdge = 0;

  constructor(
    host: MediumHost,
    medium: Medium,
    access: PolledAccess,
    transmitter: number,
    mesh: MeshAccess | undefined,
  ) {
    const { program } = host;
    const { plan, transmitterServer, linkStart } = program;
    const server = transmitterServer[transmitter];
    const instance = instanceOfTransmitter(program, transmitter);
    const inArea = plan.areas.endpoints[plan.servers.kind[server]][instance];
    const endpoints = plan.servers.oneStation[server] === 1 ? 1 : Math.max(1, inArea);
    const links = [...plan.links.server.keys()].filter((l) => plan.links.server[l] === server);
    const up = links.find((l) => plan.links.direction[l] !== Direction.down) ?? links[0];
    this.host = host;
    this.medium = medium;
    this.access = access;
    this.transmitter = transmitter;
    this.mesh = mesh;
    this.times = new PollTimes(program, medium, access, mesh, transmitter, endpoints);
    this.idleLinkInstance = linkStart[up] + instance;
    this.queues = new SenderQueues(host, transmitter);
    this.master = this.newSender(GATEWAY);
    this.cycle = new PollCycle(endpoints);
    this.wakes = new Wakes(host, transmitter);
    this.measure(0);
  }

  offer(m: number): void {
    const nowS = this.host.messages.floats[(m << FLOATS) | ARRIVE_S];
    const { program, messages } = this.host;
    this.passEdges(nowS);
    const node = senderOf(program, messages, m);
    const sender = node === GATEWAY ? this.master : (this.senders.get(node) ?? this.newSender(node));
    if (!this.queues.join(sender.queue, m)) return;
    if (node !== GATEWAY) {
      this.senders.set(node, sender);
      if ((this.favouredUntilS.get(node) ?? Number.NEGATIVE_INFINITY) >= nowS) this.favour(node);
    }
    if (this.exchange === undefined) {
      this.cycle.advance(Math.min(nowS, this.decideS));
      if (!this.catchPoll(node, nowS)) this.plan();
    }
    this.ask(nowS);
  }

  wake(): void {
    const { nowS } = this.host;
    this.wakes.had(nowS);
    this.passEdges(nowS);
    const { exchange } = this;
    if (exchange !== undefined) {
      if (exchange.doneS <= nowS) this.finish(exchange, nowS);
      if (exchange.endS <= nowS) {
        this.exchange = undefined;
        this.bookedS = exchange.endS;
        this.decide(exchange.endS);
      }
    } else if (this.decideS <= nowS) {
      if (this.target !== NONE) this.cycle.set(this.target, this.decideS);
      this.bookPolls(this.decideS);
      this.decide(this.decideS);
    }
    this.ask(nowS);
  }

  each(visit: (m: number, waiting: boolean) => void): void {
    this.queues.each(this.master.queue, visit);
    for (const { queue } of this.senders.values()) this.queues.each(queue, visit);
  }

  unfinishedWorkS(nowS: number): number {
    let workS = this.exchange === undefined ? 0 : Math.max(0, this.exchange.endS - nowS);
    this.each((m) => {
      workS += airtimeLeftS(this.host, m) * this.hopsOf(m);
    });
    return workS;
  }

  settle(nowS: number): void {
    this.passEdges(nowS);
    if (this.exchange === undefined) this.bookPolls(nowS);
  }

  private newSender(node: number): Sender {
    return { node, queue: this.queues.open(), draws: 0, tried: 0, lastAcross: false };
  }

  private ask(nowS: number): void {
    const { exchange } = this;
    let atS = NEVER_S;
    if (exchange !== undefined) atS = Math.min(exchange.doneS, exchange.endS);
    else if (this.decideS < NEVER_S) atS = Math.min(this.decideS, this.edgesS?.[this.nextEdge] ?? NEVER_S);
    this.wakes.ask(Math.max(nowS, atS)); // a sum of polls may be rounded down
  }

  /** The medium is free at `atS`, where the cycle stands: begins what comes next, or lets the cycle run. */
  private decide(atS: number): void {
    const upS = this.host.upFromS(this.transmitter, atS);
    this.cycle.set(this.cycle.position, upS);
    this.bookedS = upS;
    this.decideS = NEVER_S;
    if (upS > atS) {
      this.plan();
      return;
    }
    if (!this.owesPoll && this.queues.next(this.master.queue) !== NONE) {
      this.exchange = this.sendDown(atS);
      return;
    }
    for (let node = this.outOfTurn.shift(); node !== undefined; node = this.outOfTurn.shift()) {
      const sender = this.senders.get(node);
      if (sender === undefined || !this.hasPower(sender, atS)) continue;
      this.exchange = this.poll(sender, atS);
      return;
    }
    const sender = this.senders.get(this.cycle.position);
    if (sender !== undefined && this.hasPower(sender, atS)) {
      this.exchange = this.poll(sender, atS);
      this.cycle.set(sender.node + 1, this.exchange.endS);
      return;
    }
    if (this.owesPoll) {
      const { position } = this.cycle;
      this.owesPoll = false;
      this.cycle.set(position + 1, atS + this.cycle.emptyS(position));
    }
    this.plan();
  }

  /** Idle: when there is something to decide, as things stand. */
  private plan(): void {
    const { cycle } = this;
    this.target = NONE;
    this.decideS = NEVER_S;
    if (this.outOfTurn.length > 0 || this.queues.next(this.master.queue) !== NONE) {
      this.decideS = cycle.atS;
      return;
    }
    for (const node of this.senders.keys()) {
      const atS = cycle.reachesS(node);
      if (atS > this.decideS || (atS === this.decideS && node > this.target)) continue;
      this.target = node;
      this.decideS = atS;
    }
  }

  /** The endpoint that is being polled has got something to send before the poll has come to its end. */
  private catchPoll(node: number, nowS: number): boolean {
    const { cycle } = this;
    const sender = this.senders.get(node);
    if (sender === undefined || node !== cycle.previous || cycle.atS <= nowS) return false;
    const startS = cycle.atS - cycle.emptyS(node);
    if (startS < this.bookedS || nowS > startS + this.times.pollS(node) || !this.hasPower(sender, nowS)) return false;
    this.bookPolls(startS);
    this.exchange = this.poll(sender, startS);
    return true;
  }

  /** Whether a sender can answer; without power it loses all that it had to send. */
  private hasPower({ node, queue }: Sender, atS: number): boolean {
    if (this.host.hasPower(this.transmitter, node, atS)) return true;
    for (let m = this.queues.begin(queue, atS); m !== NONE; m = this.queues.begin(queue, atS)) {
      this.queues.end(queue);
      this.host.lost(m, atS);
    }
    this.senders.delete(node);
    return false;
  }

  private favour(node: number): void {
    this.favouredUntilS.delete(node);
    this.outOfTurn.push(node);
  }

  /** Settles the poll of an endpoint that has something to send. */
  private poll(sender: Sender, startS: number): Exchange {
    const { access } = this;
    const m = this.begin(sender, startS);
    const framing = { ...framingOf(this.host.program, this.host.messages, m) };
    const hops = this.times.hopsTo(sender.node);
    const key = this.keyOf(m);
    const loss = { frameLoss: this.times.lossOver(hops) };
    const inTurn = framesInTurn(this.host, this.transmitter, framing);
    this.owesPoll = false;

    let atS = startS;
    let doneS = NEVER_S;
    let wanted = Math.min(
      inTurn,
      framing.frames - framesAcross(framing, this.host.messages.floats[(m << FLOATS) | SENT_B]),
    );
    for (let repeat = 0; repeat <= access.retries && wanted > 0; repeat++) {
      const polledS = atS + this.times.pollS(sender.node);
      const timeoutS = polledS + access.timeoutS;
      if (isFrameLost(loss, key, sender.draws++)) {
        atS = timeoutS;
        continue;
      }
      const run = this.sendFrames(sender, m, framing, hops, wanted, polledS + access.turnaroundS);
      wanted -= run.across;
      atS = wanted > 0 ? Math.max(timeoutS, run.endS) : run.endS;
      if (run.isWhole) doneS = run.lastEndS;
    }
    if (doneS === NEVER_S && wanted === 0) this.queues.yieldTurn(sender.queue);
    this.bookAirtime(m, atS - startS);
    return { sender, m, doneS, isLost: false, endS: atS };
  }

  /** Settles a run of frames of the master's next message. */
  private sendDown(startS: number): Exchange {
    const { host, master } = this;
    const m = this.begin(master, startS);
    const framing = { ...framingOf(host.program, host.messages, m) };
    const left = framing.frames - framesAcross(framing, host.messages.floats[(m << FLOATS) | SENT_B]);
    const wanted = Math.min(framesInTurn(host, this.transmitter, framing), left);
    const run = this.sendFrames(master, m, framing, this.hopsOf(m), wanted, startS);
    const isLost = run.across < wanted;
    if (!isLost && !run.isWhole) {
      this.queues.yieldTurn(master.queue);
      this.owesPoll = true;
    }
    this.bookAirtime(m, run.endS - startS);
    const doneS = isLost ? run.endS : run.isWhole ? run.lastEndS : NEVER_S;
    return { sender: master, m, doneS, isLost, endS: run.endS };
  }

  /** The message whose turn it is: that of the turn before where parts of it are missing. */
  private begin(sender: Sender, nowS: number): number {
    const { queue } = sender;
    if (queue.current !== NONE) return queue.current;
    const { program, messages } = this.host;
    const m = this.queues.begin(queue, nowS);
    sender.tried = framesAcross(framingOf(program, messages, m), messages.floats[(m << FLOATS) | SENT_B]);
    sender.draws = DRAWS_PER_FRAME * sender.tried;
    sender.lastAcross = false;
    return m;
  }

  /**
   * Sends `wanted` of the frames that are missing, each over all hops, repeated by the ARQ where there is one. The master
   * gives up at a frame that it cannot get across; an endpoint goes on with the next.
   * @returns end of it all, end of the last frame that got across, how many did, and whether the message is whole now
   */
  private sendFrames(
    sender: Sender,
    m: number,
    framing: Framing,
    hops: number,
    wanted: number,
    startS: number,
  ): { endS: number; lastEndS: number; across: number; isWhole: boolean } {
    const { host, medium } = this;
    const { program, messages, stats } = host;
    const { frames, fullB, gapS } = framing;
    const cast = isCast(program, messages, m);
    const loss = { frameLoss: cast ? 0 : this.times.lossOver(hops) };
    const ackS = cast ? 0 : framing.ackS * hops;
    const key = this.keyOf(m);
    const isDown = sender.node === GATEWAY;
    const isDeaf = isDown && !cast && !host.hasPower(this.transmitter, endpointOf(program, messages, m), startS);
    const relaysS = this.times.relaysS(hops);
    const before = framesAcross(framing, messages.floats[(m << FLOATS) | SENT_B]);
    const fullLeft = frames - 1 - (before - Number(sender.lastAcross));
    const repeats = cast ? 0 : (medium.arq?.retries ?? 0);
    let across = 0;
    let tried = 0;
    let attempts = 0;
    let endS = startS;
    let lastEndS = startS;
    for (let i = 0; i < wanted; i++) {
      const isLast = i >= fullLeft;
      const frameS = (isLast ? framing.lastS : framing.fullS) * hops + relaysS;
      let isThrough = false;
      tried++;
      for (let attempt = 0; attempt <= repeats && !isThrough; attempt++) {
        attempts++;
        endS += frameS;
        isThrough = !isDeaf && !isFrameLost(loss, key, sender.draws++);
        if (isThrough) lastEndS = endS;
        endS += gapS + (isThrough ? ackS : (medium.arq?.timeoutS ?? 0));
      }
      if (isThrough) across++;
      else if (isDown) break;
      if (isThrough && isLast) sender.lastAcross = true;
    }
    messages.floats[(m << FLOATS) | SENT_B] = (before + across) * fullB;
    if (stats.measuring) {
      const linkInstance = linkInstanceAt(program, messages, m);
      stats.frames[linkInstance] += attempts;
      stats.retries[linkInstance] += attempts - Math.max(0, before + tried - sender.tried);
    }
    sender.tried = Math.max(sender.tried, before + tried);
    return { endS, lastEndS, across, isWhole: before + across === frames };
  }

  /** The exchange's message is across, or given up. */
  private finish(exchange: Exchange, nowS: number): void {
    const { host } = this;
    const { sender, m, doneS, isLost } = exchange;
    const receiver = isCast(host.program, host.messages, m) ? NONE : endpointOf(host.program, host.messages, m);
    exchange.doneS = NEVER_S;
    this.queues.end(sender.queue);
    if (isLost) host.lost(m, nowS);
    else settle(host, this.medium, m, doneS, nowS);
    if (sender.node !== GATEWAY) {
      if (this.queues.next(sender.queue) === NONE) this.senders.delete(sender.node);
    } else if (!isLost && receiver !== NONE) {
      if (this.senders.has(receiver)) this.favour(receiver);
      else this.favouredUntilS.set(receiver, doneS + this.access.timeoutS);
    }
  }

  private keyOf(m: number): number {
    return hopKey(this.host.program, this.host.messages, m);
  }

  private hopsOf(m: number): number {
    const { program, messages } = this.host;
    if (this.mesh !== undefined && isCast(program, messages, m)) return this.mesh.ringShares.length;
    return this.times.hopsTo(endpointOf(program, messages, m));
  }

  /** Works out how long polls that find nothing take at `atS`. */
  private measure(atS: number): void {
    const { times, host, transmitter } = this;
    this.cycle.setLengths((endpoint) => times.emptyS(endpoint, host.hasPower(transmitter, endpoint, atS)));
  }

  /** Power, or the medium, has come or gone since the last event: the cycle runs up to there as it did. */
  private passEdges(nowS: number): void {
    const { stats } = this.host;
    if (!stats.measuring) return;
    this.edgesS ??= outageEdges(this.host.program, this.transmitter, true).map((edgeS) => stats.startS + edgeS);
    for (; this.nextEdge < this.edgesS.length && this.edgesS[this.nextEdge] <= nowS; this.nextEdge++) {
      const edgeS = this.edgesS[this.nextEdge];
      if (this.exchange === undefined) {
        this.cycle.advance(Math.min(edgeS, this.decideS));
        const upS = this.host.upFromS(this.transmitter, this.cycle.atS);
        if (upS > this.cycle.atS) {
          this.bookPolls(this.cycle.atS);
          this.bookedS = upS;
          this.cycle.set(this.cycle.position, upS);
        }
      }
      this.measure(edgeS);
      if (this.exchange === undefined) this.plan();
    }
  }

  /** Polls for nothing, up to `toS`. */
  private bookPolls(toS: number): void {
    const { stats } = this.host;
    if (toS <= this.bookedS) return;
    if (stats.measuring) {
      const idleS = Math.min(toS, stats.endS) - Math.max(this.bookedS, stats.startS);
      stats.idleS[this.idleLinkInstance] += Math.max(0, idleS);
    }
    this.bookedS = toS;
  }

  private bookAirtime(m: number, lengthS: number): void {
    const { stats, program, messages } = this.host;
    if (stats.measuring) stats.airtimeS[linkInstanceAt(program, messages, m)] += lengthS;
  }
}
