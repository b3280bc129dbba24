import type { Expectations } from './expectations.js';
import { CARRIER, HOP, INTS, STEPS } from './message-row.js';
import { type Messages, NONE } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';
import type { Statistics } from './statistics.js';

/** The end of messages that do not arrive: full buffers, media that give up. */
export class Fates {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly expectations: Expectations;
  private readonly stats: Statistics;
  private readonly pendings: Pendings;

  constructor(program: Program, messages: Messages, expectations: Expectations, stats: Statistics, pendings: Pendings) {
    this.program = program;
    this.messages = messages;
    this.expectations = expectations;
    this.stats = stats;
    this.pendings = pendings;
  }

  /**
   * Message m is lost on the hop that it is on, with all that it had still to deliver; a carrier with all that it
   * carries. Its row is given back: the caller forgets it.
   */
  lost(m: number, nowS: number): void {
    const { messages } = this;
    if (this.program.plan.hops.hold[messages.ints[(m << INTS) | HOP]] >= 0) {
      messages.eachCarried(m, (carried) => this.loseOne(carried, nowS));
      messages.carriers.free(messages.ints[(m << INTS) | CARRIER]);
      messages.free(m);
    } else {
      this.loseOne(m, nowS);
    }
  }

  /** What is lost of a pending message shows when it is over (pending.ts). */
  private loseOne(m: number, nowS: number): void {
    const { messages, stats } = this;
    const p = messages.pendingOf(m);
    const steps = messages.ints[(m << INTS) | STEPS] + 1;
    if (p === NONE && stats.measuring) this.expectations.addRemaining(messages, m, stats.lost);
    messages.free(m);
    if (p !== NONE) this.pendings.gone(p, nowS, steps);
  }
}
