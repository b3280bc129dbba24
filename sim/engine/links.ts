import type { EventHeap } from '../kernel/event-heap.js';
import { serverLayout } from '../link-layout.js';
import { linkInstanceAt, transmitterAt } from './channel-of.js';
import type { Fates } from './fates.js';
import { HopBytes } from './hop-bytes.js';
import type { Listeners } from './listeners.js';
import { ARRIVE_S, BYTES, CHANNEL, END_S, FLOATS, HOP, INTS, PART, STEPS, WHOLE_S } from './message-row.js';
import { type Messages, Part } from './messages.js';
import { type Offer, offering } from './offer.js';
import type { Program } from './program.js';
import type { QuietEnds } from './quiet-ends.js';
import { Accounts } from './servers/accounts.js';
import { Channels } from './servers/channels.js';
import { Lines } from './servers/lines.js';
import { MediaHost } from './servers/media-host.js';
import { Order } from './servers/order.js';
import { Outages } from './servers/outages.js';
import { Pipes } from './servers/pipes.js';
import { Queues } from './servers/queues.js';
import { Services } from './servers/services.js';
import { Turns } from './servers/turns.js';
import type { Statistics } from './statistics.js';
import { Way } from './way.js';

/**
 * Links at work: queues, transmissions, and messages under way to the far end.
 *
 * A FIFO hop needs one event. When a message reaches the link its transmission is settled: it starts where the one before
 * ends (lines.ts), and it arrives a transmission and a delay later (channels.ts). Where it has frames, all of them and
 * their repetitions are drawn then (services.ts). Priority, fair and interruptible transmitters decide when they are free
 * (turns.ts). Media that many share get every message and give it back when it has crossed (media-host.ts).
 */
export class Links {
  /** Message m reaches the link of hop h, see offer.ts. */
  readonly offer: Offer;

  private readonly program: Program;
  private readonly messages: Messages;
  private readonly stats: Statistics;
  private readonly channels: Channels;
  private readonly lines: Lines;
  private readonly pipes: Pipes;
  private readonly services: Services;
  private readonly turns: Turns;
  private readonly media: MediaHost;
  private readonly outages: Outages;
  private readonly accounts: Accounts;
  private readonly listeners: Listeners;
  private readonly quietEnds: QuietEnds;
  private readonly hopLink: Uint32Array;
  /** Per hop, 1: whoever its messages are for may miss them. */
  private readonly mayMiss: Uint8Array;
  private readonly delayS: Float64Array;

  constructor(
    program: Program,
    messages: Messages,
    fates: Fates,
    stats: Statistics,
    listeners: Listeners,
    quietEnds: QuietEnds,
    tandem: Int32Array,
  ) {
    const { plan } = program;
    this.program = program;
    this.messages = messages;
    this.stats = stats;
    this.hopLink = plan.hops.link;
    this.listeners = listeners;
    this.quietEnds = quietEnds;
    this.mayMiss = Uint8Array.from(plan.hops.link, (_, h) =>
      Number(program.hops.members[h] === undefined && !this.listeners.allHear(h)),
    );
    this.delayS = plan.links.delayS;
    const classes = program.wayOfQueue.includes(Way.turns) ? program.classes : 1;
    this.accounts = new Accounts(program, messages, fates, stats);
    this.channels = new Channels(program, messages);
    const queues = new Queues(program, messages, stats, this.accounts, classes);
    this.lines = new Lines(program, messages, stats, queues);
    this.pipes = new Pipes(program, messages, stats, this.lines, this.channels, quietEnds, tandem);
    this.services = new Services(program, messages, stats);
    this.outages = new Outages(program);
    const order = new Order(program, messages, queues, this.services);
    const send = (m: number, steps: number) => this.send(m, steps, false);
    this.turns = new Turns(program, messages, stats, queues, this.accounts, order, this.services, this.outages, send);
    const queue = (m: number) => this.queueGranted(m);
    this.media = new MediaHost(program, messages, stats, this.accounts, this.channels, this.outages, queue);
    const offerTo = (way: number, m: number, transmitter: number) => {
      if (way === Way.shared) this.media.offer(m);
      else this.queue(way, m, transmitter);
    };
    const bytes = new HopBytes(program, messages);
    this.offer = offering({ program, messages, stats, bytes, pipes: this.pipes, offerTo });
  }

  /** A cell runs, with its event heap, until `untilS`. */
  enter(heap: EventHeap, untilS: number): void {
    this.channels.heap = heap;
    this.turns.heap = heap;
    this.media.untilS = untilS;
    this.pipes.untilS = untilS;
  }

  /**
   * Message m, which event `take` returned, has arrived at the far end of its channel, `channel`: takes it off the link.
   * @returns all or rest; lost: the message is gone; first: a copy of it may go on, and `followRest` must be called;
   * counted: nothing else happens to it, and its row is to be given back
   */
  finish(m: number, channel: number): number {
    const { messages, program, channels, stats } = this;
    const part = messages.ints[(m << INTS) | PART];
    if (part === Part.first) return part;
    const nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    channels.take(m, channel);
    this.lines.drain(transmitterAt(program, messages, m), nowS);
    if (stats.measuring) this.transmitted(m);
    messages.ints[(m << INTS) | PART] = Part.all;
    const h = messages.ints[(m << INTS) | HOP];
    if (part !== Part.lost && (this.mayMiss[h] === 0 || this.listeners.hears(m, h, 0))) return part;
    this.accounts.lost(m, nowS);
    return Part.lost;
  }

  /**
   * In the measured run: message m is settled on hop h. Counts its transmission where the link is in
   * order, and its delivery where nothing else happens to it.
   * @returns whether nothing else happens to it
   */
  private countSettled(m: number, h: number): boolean {
    const { program, messages, quietEnds } = this;
    if (program.inOrder[this.hopLink[h]] === 0) return false;
    const linkInstance = linkInstanceAt(program, messages, m);
    this.count(m, linkInstance);
    return messages.ints[(m << INTS) | PART] === Part.all && quietEnds.countIfQuiet(m, h, linkInstance);
  }

  /** Message m, of which the first frame has gone on, is on its link until its last frame arrives. */
  followRest(m: number): void {
    const { messages } = this;
    messages.ints[(m << INTS) | PART] = Part.rest;
    messages.floats[(m << FLOATS) | ARRIVE_S] = messages.floats[(m << FLOATS) | WHOLE_S];
    this.channels.heap.push(messages.floats[(m << FLOATS) | ARRIVE_S], m);
  }

  /** Counts message m, whose transmission has ended, unless that was done when it was settled. */
  transmitted(m: number): void {
    const { messages, program } = this;
    if (program.inOrder[this.hopLink[messages.ints[(m << INTS) | HOP]]] === 1) return;
    this.count(m, linkInstanceAt(program, messages, m));
  }

  /** The event that has just been taken is of a transmitter that decides late: its departure, or its medium's. */
  wake(transmitter: number): void {
    const nowS = this.channels.heap.takenS();
    this.turns.depart(transmitter, nowS, !this.media.isOpen(transmitter));
    this.media.nowS = nowS;
    this.media.wake(transmitter);
  }

  /** Statistics are read next, or start. */
  settle(nowS: number): void {
    this.media.settle(nowS);
  }

  /**
   * Calls `visit` for every message on a link, `waiting` for those of which nothing has been sent and whose transmission
   * no one has settled.
   */
  each(visit: (m: number, waiting: boolean) => void): void {
    this.channels.each((m) => visit(m, false));
    this.turns.each(visit);
    this.media.each(visit);
  }

  /** The measured run begins with what waits: it counts from now on. */
  beginMeasurement(nowS: number): void {
    const { messages } = this;
    this.outages.begin(nowS);
    this.channels.each((m) => {
      if (this.countSettled(m, messages.ints[(m << INTS) | HOP])) messages.ints[(m << INTS) | PART] = Part.counted;
    });
    this.lines.beginMeasurement(nowS);
  }

  /** Seconds of transmission that every server instance has before it (serverLayout); copies are added up. */
  unfinishedWorkS(nowS: number): Float64Array {
    const { program, services, turns, media } = this;
    const { transmitterServer, transmitterStart, plan } = program;
    media.settle(nowS);
    const start = serverLayout(plan);
    const work = new Float64Array(start[plan.servers.name.length]);
    const instanceOf = (transmitter: number) => {
      const server = transmitterServer[transmitter];
      return start[server] + Math.floor((transmitter - transmitterStart[server]) / plan.servers.copies[server]);
    };
    for (let t = 0; t < program.transmitters; t++) {
      work[instanceOf(t)] += this.lines.busyS(t, nowS) + turns.busyS(t, nowS) + media.unfinishedWorkS(t, nowS);
    }
    turns.each((m, _, transmitter) => {
      work[instanceOf(transmitter)] += services.leftS(m, transmitter);
    });
    return work;
  }

  private count(m: number, linkInstance: number): void {
    const { messages, stats, program } = this;
    if (messages.ints[(m << INTS) | PART] !== Part.lost)
      stats.carried(linkInstance, messages.floats[(m << FLOATS) | BYTES], messages.floats[(m << FLOATS) | END_S]);
    this.services.count(m, transmitterAt(program, messages, m), linkInstance);
  }

  /** Message m comes before its transmitter, now that it arrives. */
  private queue(way: number, m: number, transmitter: number): void {
    if (way === Way.turns) this.turns.offer(m, transmitter, this.messages.ints[(m << INTS) | STEPS] + 1);
    else this.offerFrames(m, transmitter);
  }

  /** Message m has its grant: it queues for the transmitter. */
  private queueGranted(m: number): void {
    const { program, messages } = this;
    const transmitter = transmitterAt(program, messages, m);
    this.queue(program.wayOfQueue[this.hopLink[messages.ints[(m << INTS) | HOP]]], m, transmitter);
  }

  /** FIFO with frames. */
  private offerFrames(m: number, transmitter: number): void {
    const { messages, program, services } = this;
    const nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    const linkInstance = linkInstanceAt(program, messages, m);
    const startS = this.lines.join(m, transmitter, linkInstance, nowS);
    if (startS < nowS) return;
    services.nowS = nowS;
    services.startS = startS;
    services.serve(m, transmitter, true);
    this.lines.promise(transmitter, services.freeS);
    this.send(m, messages.ints[(m << INTS) | STEPS] + 1, startS > nowS);
  }

  /**
   * Puts message m, the last of whose services has been settled, in its channel, or gives its row back where it is over.
   * @param isQueued its row is of the queue as well
   */
  private send(m: number, steps: number, isQueued: boolean): void {
    const { messages, services, program } = this;
    const h = messages.ints[(m << INTS) | HOP];
    const delayS = this.delayS[this.hopLink[h]];
    let arriveS = services.endS + delayS;
    if (services.lost) {
      messages.ints[(m << INTS) | PART] = Part.lost;
    } else if (program.hops.early[h] === 1) {
      messages.floats[(m << FLOATS) | WHOLE_S] = arriveS;
      if (services.firstS < services.endS) {
        messages.ints[(m << INTS) | PART] = Part.first;
        arriveS = services.firstS + delayS;
      }
    }
    messages.floats[(m << FLOATS) | END_S] = services.freeS;
    messages.floats[(m << FLOATS) | ARRIVE_S] = arriveS;
    messages.ints[(m << INTS) | STEPS] = arriveS > services.nowS ? 0 : steps;
    const channel = messages.ints[(m << INTS) | CHANNEL];
    if (this.stats.measuring && this.countSettled(m, h)) {
      if (!isQueued) {
        messages.free(m);
        return;
      }
      messages.ints[(m << INTS) | PART] = Part.counted;
    }
    this.channels.put(m, channel);
  }
}
