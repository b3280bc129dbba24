import { Discipline } from '../../plan.js';
import { INTS, SOURCE_INSTANCE } from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';
import type { Queues } from './queues.js';
import type { Services } from './services.js';

/**
 * Who goes next at a transmitter, of the first in each queue. FIFO: there is one queue. Priority: the first class that
 * waits. Fair: self-clocked fair queueing (Golestani, INFOCOM 1994): the piece with the least tag
 *
 *   F = max(v, F of the class's last piece) + length / weight,
 *
 * where v is the tag of the piece that went last and the length is the piece's airtime, once. Equal tags: the first class.
 * v changes only when somebody goes, so that the tag of a piece that came since may be worked out when the next one is
 * chosen.
 *   tag      f64  per queue: F of its first piece; NaN: not worked out yet
 *   lastTag  f64  per queue: F of the last piece that went
 *   clock    f64  per transmitter: v
 */
export class Order {
  private readonly tag: Float64Array;
  private readonly lastTag: Float64Array;
  private readonly clock: Float64Array;
  private readonly discipline: Uint8Array; // per server
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly queues: Queues;
  private readonly services: Services;

  constructor(program: Program, messages: Messages, queues: Queues, services: Services) {
    const { servers } = program.plan;
    this.program = program;
    this.messages = messages;
    this.queues = queues;
    this.services = services;
    this.discipline = servers.discipline;
    const fair = this.discipline.includes(Discipline.fair);
    this.tag = new Float64Array(fair ? queues.count : 0).fill(Number.NaN);
    this.lastTag = new Float64Array(this.tag.length);
    this.clock = new Float64Array(fair ? program.ruled : 0);
  }

  /** The queue that message m waits in. */
  queueOf(m: number, transmitter: number): number {
    const { program, messages } = this;
    if (this.disciplineOf(transmitter) === Discipline.fifo) return transmitter;
    return this.queues.queueOf(
      transmitter,
      program.plan.sources.priority[program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]],
    );
  }

  /** The queue whose first message goes next; -1 when nobody waits. O(classes). */
  next(transmitter: number): number {
    const { queues } = this;
    const fair = this.disciplineOf(transmitter) === Discipline.fair;
    let best = -1;
    for (let queue = transmitter; queue >= 0; queue = queues.nextClass(queue, transmitter)) {
      const m = queues.first(queue);
      if (m === NONE) continue;
      if (!fair) return queue;
      if (Number.isNaN(this.tag[queue])) this.tag[queue] = this.tagOf(m, queue, transmitter);
      if (best < 0 || this.tag[queue] < this.tag[best]) best = queue;
    }
    return best;
  }

  /** A piece of message m, of `queue`, goes now. */
  starts(m: number, queue: number, transmitter: number): void {
    if (this.disciplineOf(transmitter) !== Discipline.fair) return;
    const tag = Number.isNaN(this.tag[queue]) ? this.tagOf(m, queue, transmitter) : this.tag[queue];
    this.tag[queue] = Number.NaN;
    this.lastTag[queue] = tag;
    this.clock[transmitter] = tag;
  }

  private disciplineOf(transmitter: number): number {
    return this.discipline[this.program.transmitterServer[transmitter]];
  }

  private tagOf(m: number, queue: number, transmitter: number): number {
    const { program, services, queues } = this;
    const weights = program.plan.servers.weights[program.transmitterServer[transmitter]];
    const priority = queues.classOf(queue);
    const weight = weights[Math.min(priority, weights.length - 1)] ?? 1;
    return Math.max(this.clock[transmitter], this.lastTag[queue]) + services.pieceS(m, transmitter) / weight;
  }
}
