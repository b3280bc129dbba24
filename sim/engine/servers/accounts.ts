import { linkInstanceAt } from '../channel-of.js';
import type { Fates } from '../fates.js';
import type { Messages } from '../messages.js';
import type { Program } from '../program.js';
import type { Statistics } from '../statistics.js';

/** Messages that end on a link, by why. */
export class Accounts {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly fates: Fates;
  private readonly stats: Statistics;

  constructor(program: Program, messages: Messages, fates: Fates, stats: Statistics) {
    this.program = program;
    this.messages = messages;
    this.fates = fates;
    this.stats = stats;
  }

  /** The buffer before message m's link is full. */
  dropped(m: number, nowS: number): void {
    this.gone(m, this.stats.droppedMessages, nowS);
  }

  /** Message m is given up on its link's medium. */
  lost(m: number, nowS: number): void {
    this.gone(m, this.stats.lostMessages, nowS);
  }

  private gone(m: number, column: Float64Array, nowS: number): void {
    if (this.stats.measuring) column[linkInstanceAt(this.program, this.messages, m)]++;
    this.fates.lost(m, nowS);
  }
}
