import type { CellRuns } from './cell-runs.js';
import type { Expectations } from './expectations.js';
import type { Forwarding } from './forwarding.js';
import { ARRIVE_S, FLOATS, HOP, INTS, SOURCE_INSTANCE } from './message-row.js';
import { type Messages, NONE } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';
import type { Sources } from './sources.js';
import type { Statistics } from './statistics.js';
import type { Tracking } from './tracking.js';

/** Sources hand their messages on: each is counted, its source's next one takes its place in the heap, and it goes on its way. */
export class Emission {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly cellRuns: CellRuns;
  private readonly sources: Sources;
  private readonly stats: Statistics;
  private readonly expectations: Expectations;
  private readonly tracking: Tracking;
  private readonly pendings: Pendings;
  private readonly forwarding: Forwarding;
  /** Some source is tracked; some flow has tiers. */
  private readonly tracks: boolean;
  private readonly captures: boolean;

  constructor(
    program: Program,
    messages: Messages,
    cellRuns: CellRuns,
    sources: Sources,
    stats: Statistics,
    expectations: Expectations,
    tracking: Tracking,
    pendings: Pendings,
    forwarding: Forwarding,
  ) {
    this.program = program;
    this.messages = messages;
    this.cellRuns = cellRuns;
    this.sources = sources;
    this.stats = stats;
    this.expectations = expectations;
    this.tracking = tracking;
    this.pendings = pendings;
    this.forwarding = forwarding;
    this.tracks = tracking.families.size > 0;
    this.captures = stats.captures.areSome;
  }

  /** Message m is sent. */
  emit(m: number): void {
    const { stats, messages } = this;
    const isTracked = this.tracks && this.emitTracked(m);
    if (!isTracked) {
      this.placeNext(messages.uints[(m << INTS) | SOURCE_INSTANCE]);
      if (stats.measuring) this.expectations.addUnsent(messages, m, stats.sent);
    }
    if (stats.measuring) {
      stats.messages++;
      if (this.captures) stats.captures.started(messages, m);
    }
    this.forwarding.forward(m, ~messages.ints[(m << INTS) | HOP]);
  }

  /** The next message of source instance `si` waits for its time, if there is one. */
  placeNext(si: number): void {
    const next = this.sources.next(si);
    if (next !== NONE) this.cellRuns.keep(next);
  }

  /** @returns whether somebody waits for message m; if so it is counted */
  private emitTracked(m: number): boolean {
    const { messages, pendings } = this;
    if (messages.pendingOf(m) === NONE) {
      const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
      if (this.tracking.isTracked[this.program.sourceRow[si]] === 0) return false;
      this.placeNext(si);
      pendings.open(m, false);
    }
    pendings.sent(m, messages.floats[(m << FLOATS) | ARRIVE_S]);
    return true;
  }
}
