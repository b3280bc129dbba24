import { linkInstanceAt } from '../channel-of.js';
import { BYTES, END_S, FLOATS, INTS, NEXT_WAITING } from '../message-row.js';
import { type Messages, NONE } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';
import type { Queues } from './queues.js';

/** No message waits: what does starts after time 0, when the one before it ends. */
const NONE_S = 0;

/** Before any time: there is no room for a message. */
const NO_ROOM_S = Number.NEGATIVE_INFINITY;

/**
 * Transmitters that serve messages in the order in which they come: when one comes it is known when its transmission starts.
 *
 * Per transmitter:
 *   freeS         f64  end of the last transmission promised; 0 at first
 *   firstStartS   f64  start of the first waiting message's transmission; NONE_S: none waits. Who waits is
 *                      brought up to date when it matters (`drain`): a message's start needs no event of its own
 */
export class Lines {
  private readonly freeS: Float64Array;
  private readonly firstStartS: Float64Array;
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly stats: Statistics;
  private readonly queues: Queues;

  constructor(program: Program, messages: Messages, stats: Statistics, queues: Queues) {
    this.program = program;
    this.messages = messages;
    this.stats = stats;
    this.queues = queues;
    this.freeS = new Float64Array(program.transmitters);
    this.firstStartS = new Float64Array(program.transmitters);
  }

  /**
   * Message m stands in line for a transmitter. Whoever calls promises the end of its transmission next. Amortised O(1).
   * @returns when its transmission starts; before now: there was no room, and the message is gone
   */
  join(m: number, transmitter: number, linkInstance: number, nowS: number): number {
    this.drain(transmitter, nowS);
    const freeS = this.freeS[transmitter];
    if (freeS <= nowS) return nowS;
    if (!this.queues.join(m, transmitter, transmitter, nowS)) return NO_ROOM_S;
    if (this.firstStartS[transmitter] === NONE_S) this.firstStartS[transmitter] = freeS;
    const { stats, messages } = this;
    if (stats.measuring) stats.waited(linkInstance, messages.floats[(m << FLOATS) | BYTES], nowS, freeS);
    return freeS;
  }

  /** The transmitter is busy until `freeS` with all that has come so far. */
  promise(transmitter: number, freeS: number): void {
    this.freeS[transmitter] = freeS;
  }

  /** Seconds until a transmitter is through with all that has come so far. */
  busyS(transmitter: number, nowS: number): number {
    return Math.max(0, this.freeS[transmitter] - nowS);
  }

  /**
   * Lets those leave the queue whose transmission has started by now. What happens seldom here has been done before the loop of
   * events is compiled, whoever calls, or needs nothing but what is at hand: else the loop would be compiled twice.
   */
  drain(transmitter: number, nowS: number): void {
    const { queues, messages } = this;
    let startS = this.firstStartS[transmitter];
    if (startS === NONE_S || startS > nowS) return;
    while (startS !== NONE_S && startS <= nowS) {
      const m = queues.leave(transmitter, transmitter);
      const endS = messages.floats[(m << FLOATS) | END_S];
      startS = queues.first(transmitter) === NONE ? NONE_S : endS;
    }
    this.firstStartS[transmitter] = startS;
  }

  /** The measured run begins with what waits, for transmitters of all ways: it counts from now on. */
  beginMeasurement(nowS: number): void {
    const { messages, program, stats, queues } = this;
    for (let t = 0; t < this.firstStartS.length; t++) this.drain(t, nowS);
    queues.each((queue, transmitter) => {
      let startS = this.firstStartS[transmitter]; // NONE_S where turns are taken: those are counted when they start
      for (let m = queues.first(queue); m !== NONE; m = messages.ints[(m << INTS) | NEXT_WAITING]) {
        const linkInstance = linkInstanceAt(program, messages, m);
        stats.waitingMaxB[linkInstance] = Math.max(stats.waitingMaxB[linkInstance], queues.waitingB[transmitter]);
        if (startS === NONE_S) continue;
        stats.waited(linkInstance, messages.floats[(m << FLOATS) | BYTES], nowS, startS);
        startS = messages.floats[(m << FLOATS) | END_S];
      }
    });
  }
}
