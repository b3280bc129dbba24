import type { EventHeap } from '../kernel/event-heap.js';
import { serverLayout } from '../link-layout.js';
import type { Fates } from './fates.js';
import { type Messages, NONE } from './messages.js';
import { linkInstanceOf, type Program } from './program.js';
import { appBytesOf } from './sizes.js';
import type { Statistics } from './statistics.js';

/**
 * Links at work: queues, transmissions, and messages under way to the far end.
 *
 * A FIFO hop needs one event. When a message reaches the link its transmission is settled: it starts at `freeS`, where
 * the one before ends, and it arrives a transmission and a delay later. Messages leave a channel in the order in which
 * they came, so that the channel is a list, through `Messages.next`, of which only the head stands in the event heap.
 * A priority transmitter decides when it is free: it has a departure event as well, but only while somebody waits. A
 * message longer than the server's quantum goes out in pieces; between two of them it stands first in the queue of its
 * class, so that a more urgent message goes before the rest of it.
 *
 * Per transmitter:
 *   freeS         f64  end of the last transmission begun (FIFO: promised)
 *   waitingB      f64  bytes that wait, the message in transmission excluded
 *   firstStartS   f64  FIFO: start of the first waiting message's transmission; Infinity: none waits. Who waits is
 *                      brought up to date when it matters (`drain`): a message's start needs no event of its own
 *   firstWaiting  i32  queue through Messages.nextWaiting, per class: class * transmitters + transmitter
 *   lastWaiting   i32
 *   departs       u8   priority: a departure event is in the heap
 * Per channel:
 *   head, tail    i32  messages in transmission or beyond (FIFO: waiting too), in the order of their transmissions, which
 *                      is that of their arrivals; those of one instant keep it too, whatever the order of ties says
 */
export class Links {
  /** Event heap of the cell that runs. */
  heap!: EventHeap;

  private readonly freeS: Float64Array;
  private readonly waitingB: Float64Array;
  private readonly firstStartS: Float64Array;
  private readonly firstWaiting: Int32Array;
  private readonly lastWaiting: Int32Array;
  private readonly departs: Uint8Array;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;

  private readonly program: Program;
  private readonly messages: Messages;
  private readonly fates: Fates;
  private readonly stats: Statistics;
  private readonly hopLink: Uint32Array;
  private readonly overheadB: Float64Array;
  private readonly rateBps: Float64Array;
  private readonly delayS: Float64Array;

  constructor(program: Program, messages: Messages, fates: Fates, stats: Statistics) {
    const { plan, transmitters, channels, classes } = program;
    this.program = program;
    this.messages = messages;
    this.fates = fates;
    this.stats = stats;
    this.hopLink = plan.hops.link;
    this.overheadB = plan.hops.overheadB;
    this.rateBps = plan.links.rateBps;
    this.delayS = plan.links.delayS;
    this.freeS = new Float64Array(transmitters).fill(Number.NEGATIVE_INFINITY);
    this.waitingB = new Float64Array(transmitters);
    this.firstStartS = new Float64Array(transmitters).fill(Number.POSITIVE_INFINITY);
    const queues = program.isPriority.includes(1) ? classes * transmitters : transmitters;
    this.firstWaiting = new Int32Array(queues).fill(NONE);
    this.lastWaiting = new Int32Array(queues).fill(NONE);
    this.departs = new Uint8Array(transmitters);
    this.head = new Int32Array(channels).fill(NONE);
    this.tail = new Int32Array(channels).fill(NONE);
  }

  /** Message m reaches the link of hop h, or is dropped there. O(log events), amortised over the messages that wait. */
  offer(m: number, h: number, nowS: number): void {
    const { program, messages, stats } = this;
    const link = this.hopLink[h];
    const instance = linkInstanceOf(program.hops, h, messages.instance[m]);
    const copies = program.copies[link];
    let channel = program.channelStart[link] + instance * copies;
    if (copies > 1) channel += messages.device[m] % copies;
    const bytes = appBytesOf(program, messages, m, h) + this.overheadB[h];
    const linkInstance = program.linkStart[link] + instance;
    const transmitter = program.channelTransmitter[channel];
    messages.hop[m] = h;
    messages.channel[m] = channel;
    messages.bytes[m] = bytes;
    messages.sentB[m] = 0;
    stats.offered(linkInstance, bytes, nowS);

    if (this.firstStartS[transmitter] <= nowS) this.drain(transmitter, nowS);
    const freeS = this.freeS[transmitter];
    const steps = messages.steps[m] + 1;
    if (program.isPriority[link] === 1) {
      if (freeS <= nowS && this.departs[transmitter] === 0) {
        if (!this.transmitPiece(m, link, nowS, steps)) this.scheduleDeparture(transmitter);
      } else this.awaitTurn(m, link, linkInstance, nowS);
      return;
    }
    if (freeS <= nowS) {
      this.transmit(m, link, nowS, nowS, steps);
    } else if (this.join(m, link, linkInstance, transmitter, nowS)) {
      if (this.firstStartS[transmitter] === Number.POSITIVE_INFINITY) this.firstStartS[transmitter] = freeS;
      if (stats.measuring) stats.waited(linkInstance, bytes, nowS, freeS);
      this.transmit(m, link, freeS, nowS, steps);
    }
  }

  /** Message m, which event `take` returned, has arrived at the far end of its channel: takes it off the link. */
  finish(m: number, nowS: number): void {
    const { messages, head, program } = this;
    const channel = messages.channel[m];
    const next = messages.next[m];
    head[channel] = next;
    if (next === NONE) this.tail[channel] = NONE;
    else this.heap.push(messages.arriveS[next], next);
    const transmitter = program.channelTransmitter[channel];
    if (this.firstStartS[transmitter] <= nowS) this.drain(transmitter, nowS);
    if (this.stats.measuring) {
      this.stats.carried(program.channelLinkInstance[channel], messages.bytes[m], messages.endS[m]);
    }
  }

  /** Departure event of a priority transmitter: the first message of the first class that waits goes next. */
  depart(transmitter: number, nowS: number): void {
    const { messages, program, stats } = this;
    this.departs[transmitter] = 0;
    while (this.freeS[transmitter] <= nowS) {
      const queue = this.firstQueue(transmitter);
      if (queue < 0) return;
      const m = this.firstWaiting[queue];
      this.leaveQueue(queue, transmitter);
      if (stats.measuring && messages.sentB[m] === 0) {
        stats.waited(program.channelLinkInstance[messages.channel[m]], messages.bytes[m], messages.arriveS[m], nowS);
      }
      this.transmitPiece(m, this.hopLink[messages.hop[m]], nowS, 0);
    }
    if (this.firstQueue(transmitter) >= 0) this.scheduleDeparture(transmitter);
  }

  /** Calls `visit` for every message on a link, `waiting` for those whose transmission no one has settled yet. */
  each(visit: (m: number, waiting: boolean) => void): void {
    const { messages } = this;
    for (let channel = 0; channel < this.head.length; channel++) {
      for (let m = this.head[channel]; m !== NONE; m = messages.next[m]) visit(m, false);
    }
    this.eachQueue((queue, transmitter) => {
      if (!this.isPriority(transmitter)) return; // FIFO: they stand in their channels
      for (let m = this.firstWaiting[queue]; m !== NONE; m = messages.nextWaiting[m]) visit(m, true);
    });
  }

  /** The measured run begins with what waits: it counts from now on. */
  beginMeasurement(nowS: number): void {
    const { messages, program, stats } = this;
    for (let t = 0; t < this.firstStartS.length; t++) if (this.firstStartS[t] <= nowS) this.drain(t, nowS);
    this.eachQueue((queue, transmitter) => {
      let startS = this.firstStartS[transmitter]; // Infinity for priority: those are counted when they start
      for (let m = this.firstWaiting[queue]; m !== NONE; m = messages.nextWaiting[m]) {
        const linkInstance = program.channelLinkInstance[messages.channel[m]];
        stats.waitingMaxB[linkInstance] = Math.max(stats.waitingMaxB[linkInstance], this.waitingB[transmitter]);
        if (this.isPriority(transmitter)) continue;
        stats.waited(linkInstance, messages.bytes[m], nowS, startS);
        startS = messages.endS[m];
      }
    });
  }

  /** Seconds of transmission that every server instance has before it (serverLayout); copies are added up. */
  unfinishedWorkS(nowS: number): Float64Array {
    const { messages, program } = this;
    const { servers } = program.plan;
    const start = serverLayout(program.plan);
    const work = new Float64Array(start[servers.name.length]);
    const firstTransmitter = new Uint32Array(servers.name.length);
    for (let s = 1; s < firstTransmitter.length; s++) {
      firstTransmitter[s] = firstTransmitter[s - 1] + (start[s] - start[s - 1]) * servers.copies[s - 1];
    }
    const instanceOf = (transmitter: number) => {
      const server = program.transmitterServer[transmitter];
      return start[server] + Math.floor((transmitter - firstTransmitter[server]) / servers.copies[server]);
    };
    for (let t = 0; t < this.freeS.length; t++) work[instanceOf(t)] += Math.max(0, this.freeS[t] - nowS);
    this.eachQueue((queue, transmitter) => {
      if (!this.isPriority(transmitter)) return; // FIFO: freeS has it
      for (let m = this.firstWaiting[queue]; m !== NONE; m = messages.nextWaiting[m]) {
        const leftB = messages.bytes[m] - messages.sentB[m];
        work[instanceOf(transmitter)] += (8 * leftB) / this.rateBps[this.hopLink[messages.hop[m]]];
      }
    });
    return work;
  }

  /**
   * Priority: sends what is left of a message, or the next quantum of it, after which it waits first in its class.
   * @returns whether the message is settled; else a departure must be in the heap
   */
  private transmitPiece(m: number, link: number, nowS: number, steps: number): boolean {
    const { messages, program } = this;
    const quantumB = program.quantumB[link];
    if (messages.bytes[m] - messages.sentB[m] <= quantumB) {
      this.transmit(m, link, nowS, nowS, steps);
      return true;
    }
    messages.sentB[m] += quantumB;
    messages.arriveS[m] = nowS;
    const transmitter = program.channelTransmitter[messages.channel[m]];
    this.freeS[transmitter] = nowS + (8 * quantumB) / this.rateBps[link];
    const queue = this.queueOf(m, transmitter);
    messages.nextWaiting[m] = this.firstWaiting[queue];
    if (this.firstWaiting[queue] === NONE) this.lastWaiting[queue] = m;
    this.firstWaiting[queue] = m;
    return false;
  }

  /** Settles a transmission that starts at `startS` and puts the message in its channel. */
  private transmit(m: number, link: number, startS: number, nowS: number, steps: number): void {
    const { messages, head, tail } = this;
    const channel = messages.channel[m];
    const endS = startS + (8 * (messages.bytes[m] - messages.sentB[m])) / this.rateBps[link];
    const arriveS = endS + this.delayS[link];
    this.freeS[this.program.channelTransmitter[channel]] = endS;
    messages.endS[m] = endS;
    messages.arriveS[m] = arriveS;
    messages.steps[m] = arriveS > nowS ? 0 : steps;
    const last = tail[channel];
    messages.next[m] = NONE;
    tail[channel] = m;
    if (last === NONE) {
      head[channel] = m;
      this.heap.push(arriveS, m);
    } else {
      messages.next[last] = m;
    }
  }

  private awaitTurn(m: number, link: number, linkInstance: number, nowS: number): void {
    const { messages, program } = this;
    const transmitter = program.channelTransmitter[messages.channel[m]];
    if (!this.join(m, link, linkInstance, this.queueOf(m, transmitter), nowS)) return;
    messages.arriveS[m] = nowS;
    if (this.departs[transmitter] === 0) this.scheduleDeparture(transmitter);
  }

  /** Priority: the queue of a message's class. */
  private queueOf(m: number, transmitter: number): number {
    const { program, messages } = this;
    const priority = program.plan.sources.priority[program.sourceRow[messages.sourceInstance[m]]];
    return priority * program.transmitters + transmitter;
  }

  private scheduleDeparture(transmitter: number): void {
    this.departs[transmitter] = 1;
    this.heap.push(this.freeS[transmitter], ~transmitter);
  }

  /** Appends to a queue unless the buffer is full; the message is gone then. @returns whether there was room */
  private join(m: number, link: number, linkInstance: number, queue: number, nowS: number): boolean {
    const { messages, stats } = this;
    const transmitter = this.program.channelTransmitter[messages.channel[m]];
    const waitingB = this.waitingB[transmitter] + messages.bytes[m];
    if (waitingB > this.program.bufferB[link]) {
      if (stats.measuring) stats.droppedMessages[linkInstance]++;
      this.fates.lost(m, nowS);
      return false;
    }
    this.waitingB[transmitter] = waitingB;
    if (stats.measuring && waitingB > stats.waitingMaxB[linkInstance]) stats.waitingMaxB[linkInstance] = waitingB;
    const last = this.lastWaiting[queue];
    messages.nextWaiting[m] = NONE;
    if (last === NONE) this.firstWaiting[queue] = m;
    else messages.nextWaiting[last] = m;
    this.lastWaiting[queue] = m;
    return true;
  }

  /** FIFO: lets those leave the queue whose transmission has started by now. */
  private drain(transmitter: number, nowS: number): void {
    let startS = this.firstStartS[transmitter];
    while (startS <= nowS) {
      const m = this.firstWaiting[transmitter];
      this.leaveQueue(transmitter, transmitter);
      startS = this.firstWaiting[transmitter] === NONE ? Number.POSITIVE_INFINITY : this.messages.endS[m];
    }
    this.firstStartS[transmitter] = startS;
  }

  private leaveQueue(queue: number, transmitter: number): void {
    const m = this.firstWaiting[queue];
    const next = this.messages.nextWaiting[m];
    if (this.messages.sentB[m] === 0) this.waitingB[transmitter] -= this.messages.bytes[m];
    this.firstWaiting[queue] = next;
    if (next === NONE) this.lastWaiting[queue] = NONE;
  }

  private firstQueue(transmitter: number): number {
    for (let queue = transmitter; queue < this.firstWaiting.length; queue += this.program.transmitters) {
      if (this.firstWaiting[queue] !== NONE) return queue;
    }
    return -1;
  }

  private eachQueue(visit: (queue: number, transmitter: number) => void): void {
    for (let queue = 0; queue < this.firstWaiting.length; queue++) {
      if (this.firstWaiting[queue] !== NONE) visit(queue, queue % this.program.transmitters);
    }
  }

  private isPriority(transmitter: number): boolean {
    const { servers } = this.program.plan;
    return servers.discipline[this.program.transmitterServer[transmitter]] === 1;
  }
}
