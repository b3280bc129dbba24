import { linkInstanceAt } from './channel-of.js';
import type { Expectations } from './expectations.js';
import type { Holds } from './holds.js';
import type { Links } from './links.js';
import { ARRIVE_S, BYTES, CREATED_S, END_S, FLOATS, HOP, INTS, SOURCE_INSTANCE } from './message-row.js';
import { type Messages, NONE } from './messages.js';
import type { Pendings } from './pending.js';
import type { Program } from './program.js';
import type { Statistics } from './statistics.js';

/** Counts what is under way when the measured run begins and ends, by walking links, holds and pending messages. */
export class Census {
  private readonly program: Program;
  private readonly messages: Messages;
  private readonly links: Links;
  private readonly holds: Holds;
  private readonly pendings: Pendings;
  private readonly expectations: Expectations;
  private readonly stats: Statistics;

  constructor(
    program: Program,
    messages: Messages,
    links: Links,
    holds: Holds,
    pendings: Pendings,
    expectations: Expectations,
    stats: Statistics,
  ) {
    this.program = program;
    this.messages = messages;
    this.links = links;
    this.holds = holds;
    this.pendings = pendings;
    this.expectations = expectations;
    this.stats = stats;
  }

  /** What is under way when the measured run begins, at `startS`. */
  atStart(startS: number): void {
    const { stats, messages, program } = this;
    this.links.each((m, waiting) => {
      if (waiting || messages.floats[(m << FLOATS) | END_S] > startS)
        stats.inSystemStart[linkInstanceAt(program, messages, m)]++;
    });
    this.eachInFlight((flow, _, count) => {
      stats.inFlightStart[flow] += count;
    });
  }

  /** What is under way when it ends, and what has been transmitted but has not arrived. */
  atEnd(): void {
    const { stats, messages, program } = this;
    const { flows } = program.plan;
    const nowS = stats.endS;
    this.links.settle(nowS);
    const transmitted: { m: number; linkInstance: number; endS: number }[] = [];
    this.links.each((m, waiting) => {
      const linkInstance = linkInstanceAt(program, messages, m);
      if (waiting)
        stats.waited(
          linkInstance,
          messages.floats[(m << FLOATS) | BYTES],
          messages.floats[(m << FLOATS) | ARRIVE_S],
          nowS,
        );
      if (waiting || messages.floats[(m << FLOATS) | END_S] > nowS) stats.inSystemEnd[linkInstance]++;
      else transmitted.push({ m, linkInstance, endS: messages.floats[(m << FLOATS) | END_S] });
    });
    transmitted.sort((a, b) => a.linkInstance - b.linkInstance || a.endS - b.endS);
    for (const { m } of transmitted) this.links.transmitted(m);
    this.eachInFlight((flow, createdS, count) => {
      stats.inFlightEnd[flow] += count;
      if (nowS - createdS >= flows.budgetS[flow]) stats.inFlightLate[flow] += count;
    });
  }

  /** Calls `visit` for deliveries that are still to come, on links, in holds and of pending messages. */
  private eachInFlight(visit: (flow: number, createdS: number, count: number) => void): void {
    const { messages, program, expectations } = this;
    const { sources, hops } = program.plan;
    const perFlow = new Float64Array(program.plan.flows.name.length);
    const visitOne = (m: number): void => {
      if (messages.pendingOf(m) !== NONE) return; // counted once for all its copies
      expectations.addRemaining(messages, m, perFlow);
      const row = program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]];
      for (let i = sources.flowStart[row]; i < sources.flowStart[row + 1]; i++) {
        const flow = sources.flowItem[i];
        visit(flow, messages.floats[(m << FLOATS) | CREATED_S], perFlow[flow]);
        perFlow[flow] = 0;
      }
    };
    this.links.each((m) => {
      if (hops.hold[messages.ints[(m << INTS) | HOP]] >= 0) messages.eachCarried(m, visitOne);
      else visitOne(m);
    });
    this.holds.each(visitOne);
    this.pendings.eachInFlight((flow, createdS) => visit(flow, createdS, 1));
  }
}
