import { ARRIVE_S, BYTES, END_S, FLOATS, INTS, PART, STEPS } from '../message-row.js';
import { type Messages, NONE, Part } from '../messages.js';
import type { Program } from '../program.js';
import type { QuietEnds } from '../quiet-ends.js';
import type { Statistics } from '../statistics.js';
import type { Channels } from './channels.js';
import type { Lines } from './lines.js';

/** Transmitters without frames or losses, in order: a message's transmission is one division. */
export class Pipes {
  /** When the window ends. */
  untilS = Number.NEGATIVE_INFINITY;
  private readonly messages: Messages;
  private readonly stats: Statistics;
  private readonly lines: Lines;
  private readonly channels: Channels;
  private readonly quietEnds: QuietEnds;
  private readonly inOrder: Uint8Array; // per link
  private readonly rateBps: Float64Array;
  private readonly delayS: Float64Array;
  /** Per hop, see tandems.ts. */
  private readonly tandem: Int32Array;

  constructor(
    program: Program,
    messages: Messages,
    stats: Statistics,
    lines: Lines,
    channels: Channels,
    quietEnds: QuietEnds,
    tandem: Int32Array,
  ) {
    const { links } = program.plan;
    this.messages = messages;
    this.stats = stats;
    this.lines = lines;
    this.channels = channels;
    this.quietEnds = quietEnds;
    this.inOrder = program.inOrder;
    this.rateBps = links.rateBps;
    this.delayS = links.delayS;
    this.tandem = tandem;
  }

  /**
   * Message m, of hop h, reaches a pipe now that it arrives.
   * @returns the hop that it is to be offered to next, as of its arrival there; NONE: it needs an event, or is gone
   */
  offer(m: number, h: number, link: number, channel: number, transmitter: number, linkInstance: number): number {
    const { messages, stats } = this;
    const nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    const startS = this.lines.join(m, transmitter, linkInstance, nowS);
    if (startS < nowS) return NONE;
    this.transmit(m, link, transmitter, startS, nowS);
    const isQueued = startS > nowS;
    if (stats.measuring && this.countSettled(m, h, link, linkInstance)) {
      if (!isQueued) {
        messages.free(m);
        return NONE;
      }
      messages.ints[(m << INTS) | PART] = Part.counted; // its row is of the queue
    } else if (!isQueued && this.tandem[h] >= 0 && this.mayGoOn(m, channel)) {
      if (stats.measuring) stats.hopEnds++;
      return this.tandem[h];
    }
    this.channels.put(m, channel);
    return NONE;
  }

  /** Whether message m, settled, may go on to the one behind it at once (tandems.ts). */
  private mayGoOn(m: number, channel: number): boolean {
    const { messages } = this;
    return (
      messages.floats[(m << FLOATS) | ARRIVE_S] < this.untilS &&
      this.channels.isEmpty(channel) &&
      messages.pendingOf(m) === NONE
    );
  }

  /** As that of `Links`, without frames and losses. Measured: an AMI day takes 3% less time than with that. */
  private countSettled(m: number, h: number, link: number, linkInstance: number): boolean {
    const { messages, stats, quietEnds } = this;
    if (this.inOrder[link] === 0) return false;
    stats.carried(linkInstance, messages.floats[(m << FLOATS) | BYTES], messages.floats[(m << FLOATS) | END_S]);
    return quietEnds.countIfQuiet(m, h, linkInstance);
  }

  /** Settles a transmission that starts at `startS`. */
  private transmit(m: number, link: number, transmitter: number, startS: number, nowS: number): void {
    const { messages } = this;
    const endS = startS + (8 * messages.floats[(m << FLOATS) | BYTES]) / this.rateBps[link];
    const arriveS = endS + this.delayS[link];
    this.lines.promise(transmitter, endS);
    messages.floats[(m << FLOATS) | END_S] = endS;
    messages.floats[(m << FLOATS) | ARRIVE_S] = arriveS;
    messages.ints[(m << INTS) | STEPS] = arriveS > nowS ? 0 : messages.ints[(m << INTS) | STEPS] + 1;
  }
}
