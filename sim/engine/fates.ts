import type { Expectations } from './expectations.js';
import { type Messages, NONE } from './messages.js';
import type { Program } from './program.js';
import type { Statistics } from './statistics.js';

/** The end of messages that do not arrive: full buffers, media that give up. */
export class Fates {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly expectations: Expectations;
  private readonly stats: Statistics;

  constructor(program: Program, messages: Messages, expectations: Expectations, stats: Statistics) {
    this.program = program;
    this.messages = messages;
    this.expectations = expectations;
    this.stats = stats;
  }

  /**
   * Message m is lost on the hop that it is on, with all that it had still to deliver; a carrier with all that it
   * carries. Its row is given back: the caller forgets it.
   */
  lost(m: number, nowS: number): void {
    const { messages } = this;
    if (this.program.plan.hops.hold[messages.hop[m]] >= 0) {
      const row = messages.carrier[m];
      for (let carried = messages.carriers.firstOf(row); carried !== NONE; ) {
        const next = messages.nextWaiting[carried];
        this.loseOne(carried, nowS);
        carried = next;
      }
      messages.carriers.free(row);
      messages.free(m);
    } else {
      this.loseOne(m, nowS);
    }
  }

  private loseOne(m: number, _nowS: number): void {
    if (this.stats.measuring) this.expectations.addRemaining(this.messages, m, this.stats.lost);
    this.messages.free(m);
  }
}
