import { combine } from '../kernel/random.js';
import { Causes } from './causes.js';
import type { CellRuns } from './cell-runs.js';
import type { Listeners } from './listeners.js';
import {
  ARRIVE_S,
  ATTEMPT,
  CHANNEL,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NUMBER,
  ORIGIN_S,
  PENDING,
  SOURCE_INSTANCE,
  STEPS,
} from './message-row.js';
import { type Messages, NONE, UNSENT } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';
import type { Tracking } from './tracking.js';

/** What deliveries bring about: each receiver draws for itself; the answer is sent by the same device in the same instance. */
export class Answers {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly cellRuns: CellRuns;
  private readonly listeners: Listeners;
  private readonly tracking: Tracking;
  private readonly pendings: Pendings;
  private readonly causes: Causes;

  constructor(
    program: Program,
    messages: Messages,
    cellRuns: CellRuns,
    listeners: Listeners,
    tracking: Tracking,
    pendings: Pendings,
  ) {
    this.program = program;
    this.messages = messages;
    this.cellRuns = cellRuns;
    this.listeners = listeners;
    this.tracking = tracking;
    this.pendings = pendings;
    this.causes = new Causes(program);
  }

  /** Whether deliveries of `flow` may be answered. */
  may(flow: number): boolean {
    return this.causes.causesAnything(flow);
  }

  /**
   * Answers message m, delivered to `receivers` at the end of hop h. A message that is delivered once more is answered
   * once more, but for what cannot be tracked. O(receivers).
   */
  answer(m: number, h: number, receivers: number, isFirst: boolean, nowS: number): void {
    const { messages, causes, program } = this;
    const boundKind = program.hops.boundKind[h];
    const identity = combine(
      program.key[messages.uints[(m << INTS) | SOURCE_INSTANCE]],
      messages.uints[(m << INTS) | NUMBER],
    );
    const root = program.plan.sources.rootHop[program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]];
    const branch = combine(combine(identity, h - root), messages.uints[(m << INTS) | INSTANCE]);
    const flow = program.plan.hops.deliverFlow[h];
    for (let r = 0; r < receivers; r++) {
      if (!this.listeners.hears(m, h, r)) continue;
      const device = this.listeners.receiver(m, h, r);
      const drawKey = causes.drawKey(flow, combine(branch, device));
      for (const cause of causes.outcome(flow, drawKey)) {
        if (!causes.answers(cause, drawKey, boundKind, messages.uints[(m << INTS) | INSTANCE], nowS)) continue;
        if (isFirst || this.tracking.isTrackable[causes.answer.row] === 1) this.start(device, m, nowS);
      }
    }
  }

  /** Places the message in `causes.answer`, which `device` sends on behalf of message m. */
  private start(device: number, m: number, nowS: number): void {
    const { messages, program } = this;
    const { sourceInstance, row, instance, number, atS } = this.causes.answer;
    const answer = messages.allocate();
    messages.floats[(answer << FLOATS) | CREATED_S] = atS;
    messages.floats[(answer << FLOATS) | ORIGIN_S] = messages.floats[(m << FLOATS) | ORIGIN_S];
    messages.floats[(answer << FLOATS) | ARRIVE_S] = atS;
    messages.uints[(answer << INTS) | SOURCE_INSTANCE] = sourceInstance;
    messages.uints[(answer << INTS) | NUMBER] = number;
    messages.uints[(answer << INTS) | INSTANCE] = instance;
    messages.uints[(answer << INTS) | DEVICE] = device;
    messages.ints[(answer << INTS) | HOP] = ~program.plan.sources.rootHop[row];
    messages.ints[(answer << INTS) | CHANNEL] = UNSENT;
    messages.ints[(answer << INTS) | STEPS] = atS > nowS ? 0 : messages.ints[(m << INTS) | STEPS] + 1;
    messages.ints[(answer << INTS) | PENDING] = NONE;
    messages.ints[(answer << INTS) | ATTEMPT] = 0;
    const pending = messages.pendingOf(m);
    if (pending !== NONE && this.tracking.isTrackable[row] === 1) this.pendings.openCaused(pending, answer);
    this.cellRuns.place(answer, row, instance);
  }
}
