import { combine } from '../kernel/random.js';
import { Causes } from './causes.js';
import type { CellRuns } from './cell-runs.js';
import type { Listeners } from './listeners.js';
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
    const identity = combine(program.key[messages.sourceInstance[m]], messages.number[m]);
    const root = program.plan.sources.rootHop[program.sourceRow[messages.sourceInstance[m]]];
    const branch = combine(combine(identity, h - root), messages.instance[m]);
    const flow = program.plan.hops.deliverFlow[h];
    for (let r = 0; r < receivers; r++) {
      if (!this.listeners.hears(m, h, r)) continue;
      const device = this.listeners.receiver(m, h, r);
      const drawKey = causes.drawKey(flow, combine(branch, device));
      for (const cause of causes.outcome(flow, drawKey)) {
        if (!causes.answers(cause, drawKey, boundKind, messages.instance[m], nowS)) continue;
        if (isFirst || this.tracking.isTrackable[causes.answer.row] === 1) this.start(device, m, nowS);
      }
    }
  }

  /** Places the message in `causes.answer`, which `device` sends on behalf of message m. */
  private start(device: number, m: number, nowS: number): void {
    const { messages, program } = this;
    const { sourceInstance, row, instance, number, atS } = this.causes.answer;
    const answer = messages.allocate();
    messages.createdS[answer] = atS;
    messages.originS[answer] = messages.originS[m];
    messages.arriveS[answer] = atS;
    messages.sourceInstance[answer] = sourceInstance;
    messages.number[answer] = number;
    messages.instance[answer] = instance;
    messages.device[answer] = device;
    messages.hop[answer] = ~program.plan.sources.rootHop[row];
    messages.channel[answer] = UNSENT;
    messages.steps[answer] = atS > nowS ? 0 : messages.steps[m] + 1;
    messages.pending[answer] = NONE;
    messages.attempt[answer] = 0;
    const pending = messages.pending[m];
    if (pending !== NONE && this.tracking.isTrackable[row] === 1) this.pendings.openCaused(pending, answer);
    this.cellRuns.place(answer, row, instance);
  }
}
