import type { Answers } from './answers.js';
import type { CellRuns } from './cell-runs.js';
import { linkInstanceAt } from './channel-of.js';
import type { Expectations } from './expectations.js';
import type { Forwarding } from './forwarding.js';
import type { Holds } from './holds.js';
import { linkInstanceOf } from './hop-program.js';
import type { Links } from './links.js';
import type { Listeners } from './listeners.js';
import {
  ARRIVE_S,
  CARRIER,
  CHANNEL,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  ORIGIN_S,
  STEPS,
} from './message-row.js';
import { CARRIED, type Messages, NONE, Part } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';
import { deliveryPlaces } from './quiet-ends.js';
import type { Statistics } from './statistics.js';
import { type Trace, tell } from './trace.js';

/** What happens at the end of a hop: deliveries, what they bring about, and the way on. */
export class Arrivals {
  /** Told of every delivery that is counted here. */
  trace: Trace | undefined;

  private readonly program: Program;
  private readonly messages: Messages;
  private readonly cellRuns: CellRuns;
  private readonly links: Links;
  private readonly stats: Statistics;
  private readonly expectations: Expectations;
  private readonly listeners: Listeners;
  private readonly answers: Answers;
  private readonly pendings: Pendings;
  private readonly holds: Holds;
  private readonly forwarding: Forwarding;
  private readonly deliverFlow: Int32Array; // per hop
  private readonly child: Int32Array;
  /** Per hop, to be added to a link instance for its place in columns over deliveries. */
  private readonly toPlace: Int32Array;
  /** Per hop, 1: at its end carriers are unloaded, or a reply begins. */
  private readonly endsOddly: Uint8Array;
  /** Per flow, 1: its deliveries capture devices, or let go what is held. */
  private readonly isWatched: Uint8Array;
  /** Per hop, 1: its deliveries, each to one who hears it, capture devices, and do nothing else. */
  private readonly isCapturing: Uint8Array;

  constructor(
    program: Program,
    messages: Messages,
    cellRuns: CellRuns,
    links: Links,
    stats: Statistics,
    expectations: Expectations,
    listeners: Listeners,
    answers: Answers,
    pendings: Pendings,
    holds: Holds,
    forwarding: Forwarding,
  ) {
    const { hops, flows } = program.plan;
    this.program = program;
    this.messages = messages;
    this.cellRuns = cellRuns;
    this.links = links;
    this.stats = stats;
    this.expectations = expectations;
    this.listeners = listeners;
    this.answers = answers;
    this.pendings = pendings;
    this.holds = holds;
    this.forwarding = forwarding;
    this.deliverFlow = hops.deliverFlow;
    this.child = hops.child;
    this.toPlace = deliveryPlaces(program);
    this.endsOddly = Uint8Array.from(hops.hold, (hold, h) => Number(hold >= 0 || hops.reply[h] >= 0));
    this.isWatched = Uint8Array.from(flows.name, (_, flow) =>
      Number(stats.captures.isCaptured(flow) || holds.isAsking(flow)),
    );
    this.isCapturing = Uint8Array.from(hops.deliverFlow, (flow, h) =>
      Number(
        flow >= 0 &&
          stats.captures.isCaptured(flow) &&
          !holds.isAsking(flow) &&
          program.hops.members[h] === undefined &&
          listeners.allHear(h),
      ),
    );
  }

  /** Message m is at the end of its channel. */
  arrive(m: number, channel: number): void {
    const { stats, program, messages, forwarding } = this;
    const part = this.links.finish(m, channel);
    if (part === Part.lost) return;
    if (part === Part.counted) {
      messages.free(m);
      return;
    }
    if (part === Part.first) {
      forwarding.forwardFirst(m);
      return;
    }
    if (stats.measuring) stats.hopEnds++;
    const h = messages.ints[(m << INTS) | HOP];
    if (this.endsOddly[h] === 1) {
      if (program.plan.hops.reply[h] >= 0) forwarding.reply(m, h);
      if (program.plan.hops.hold[h] >= 0) {
        this.unload(m, messages.floats[(m << FLOATS) | ARRIVE_S]);
        return;
      }
    }
    if (this.deliverFlow[h] >= 0) this.deliver(m, h, linkInstanceAt(program, messages, m));
    if (part === Part.rest) messages.free(m);
    else forwarding.forward(m, this.child[h]);
  }

  /** A message that came in a carrier is at the end of its hop. */
  end(m: number): void {
    const { program, messages } = this;
    const h = messages.ints[(m << INTS) | HOP];
    const link = program.plan.hops.link[h];
    const linkInstance =
      program.linkStart[link] + linkInstanceOf(program.hops, h, messages.uints[(m << INTS) | INSTANCE]);
    if (this.deliverFlow[h] >= 0) this.deliver(m, h, linkInstance);
    this.forwarding.forward(m, this.child[h]);
  }

  /**
   * What carrier m carries arrives, each message in an event of its own: other cells, to which some may go on, see them
   * one by one as well.
   */
  private unload(m: number, nowS: number): void {
    const { messages } = this;
    const steps = messages.ints[(m << INTS) | STEPS] + 1;
    messages.eachCarried(m, (carried) => {
      messages.floats[(carried << FLOATS) | ARRIVE_S] = nowS;
      messages.ints[(carried << INTS) | CHANNEL] = CARRIED;
      messages.ints[(carried << INTS) | STEPS] = steps;
      this.cellRuns.heap.push(nowS, carried);
    });
    messages.carriers.free(messages.ints[(m << INTS) | CARRIER]);
    messages.free(m);
  }

  private deliver(m: number, h: number, linkInstance: number): void {
    const { stats, messages } = this;
    const nowS = messages.floats[(m << FLOATS) | ARRIVE_S];
    const flow = this.deliverFlow[h];
    const receivers = this.expectations.receivers(
      h,
      messages.uints[(m << INTS) | INSTANCE],
      messages.uints[(m << INTS) | DEVICE],
    );
    const hearing = this.listeners.hearing(m, h, receivers);
    if (stats.measuring) stats.lost[flow] += receivers - hearing;
    if (hearing === 0) return;
    if (this.trace !== undefined) tell(this.trace, messages, m, flow, h);
    const pending = messages.pendingOf(m);
    const isFirst = pending === NONE || this.pendings.deliver(pending, h);
    if (stats.measuring) {
      if (isFirst) {
        const latencyS = nowS - messages.floats[(m << FLOATS) | CREATED_S];
        stats.delivery(
          flow,
          linkInstance + this.toPlace[h],
          latencyS,
          hearing,
          nowS - messages.floats[(m << FLOATS) | ORIGIN_S],
        );
      } else stats.duplicates[flow]++;
    }
    if (this.answers.may(flow)) this.answers.answer(m, h, receivers, isFirst, nowS);
    if (pending !== NONE) this.pendings.settle(pending, nowS, messages.ints[(m << INTS) | STEPS] + 1);
    if (this.isCapturing[h] === 1) {
      if (stats.measuring) stats.captures.delivered(flow, messages, m);
    } else if (this.isWatched[flow] === 1) this.watch(m, h, flow, receivers, nowS);
  }

  /** What deliveries of some flows do besides. */
  private watch(m: number, h: number, flow: number, receivers: number, nowS: number): void {
    const { stats, holds, program, messages } = this;
    if (stats.measuring && stats.captures.isCaptured(flow)) this.capture(m, h, flow, receivers);
    if (!holds.isAsking(flow)) return;
    holds.asked(
      flow,
      program.hops.boundKind[h],
      messages.uints[(m << INTS) | INSTANCE],
      nowS,
      messages.ints[(m << INTS) | STEPS],
    );
  }

  private capture(m: number, h: number, flow: number, receivers: number): void {
    const { stats, program, messages, listeners } = this;
    const { captures } = stats;
    for (let r = 0; r < receivers; r++) {
      if (!listeners.hears(m, h, r)) continue;
      if (program.hops.members[h] === undefined) {
        captures.delivered(flow, messages, m);
      } else {
        captures.heard(flow, h, messages, m, listeners.receiver(m, h, r));
      }
    }
  }
}
