/**
 * Little's law on every link, the time integral of what waits being had twice:
 *
 *   W  the engine's own statistic: each message's wait times its bytes, added up (waitingIntegralBs)
 *   L  from outside, without following any message: bytes offered so far minus bytes sent so far, integrated over time,
 *      less the bytes in transmission; on links where transmissions are no constant (frames, media, pieces), the bytes that
 *      are found waiting by walking the queues at instants drawn uniformly from the run
 *
 * The engine is watched by wrapping its methods while one replication runs in this thread; it is not changed.
 */

import seedrandom from 'seedrandom';
import { linkInstanceAt } from '../../sim/engine/channel-of.js';
import { Engine } from '../../sim/engine/engine.js';
import { BYTES, END_S, FLOATS, HOP, INTS, NEXT_WAITING } from '../../sim/engine/message-row.js';
import type { Messages } from '../../sim/engine/messages.js';
import type { Program } from '../../sim/engine/program.js';
import { Accounts } from '../../sim/engine/servers/accounts.js';
import { Statistics } from '../../sim/engine/statistics.js';
import { Way } from '../../sim/engine/way.js';
import type { Plan } from '../../sim/plan.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import { twoSidedP } from '../judge.js';

/** Instants at which the queues are walked. */
const INSTANTS = 4000;
/** Instants that must have found somebody waiting, for the mean of all to be about normal. */
const LEAST_FOUND = 200;
/**
 * Times are rounded to 2^-52 of themselves, those of periodic messages all to the same side: what a link's messages add up
 * to is off by that times their bytes. So many times that is allowed, for the three times of a message and what is made
 * of them.
 */
const ROUNDINGS = 8;

export interface Watched {
  readonly stats: ReplicationStats;
  /** Link instances whose integrals were compared to rounding, and names of those that differ. */
  readonly exact: number;
  readonly unequal: readonly string[];
  /** Link instances with enough waiting to be compared by sampling, and their p-values. */
  readonly sampledP: readonly number[];
  /** Messages under way by walking the links, summed over both ends of the run, less what the statistics say. */
  readonly miscounted: number;
}

/** What the wrapped methods need of the engine, whose fields are its own. */
interface Inside {
  readonly program: Program;
  readonly messages: Messages;
  readonly links: LinksInside;
  readonly stats: Statistics;
}
interface LinksInside {
  each(visit: (m: number, waiting: boolean) => void): void;
  readonly lines: LinesInside;
}
interface LinesInside {
  drain(transmitter: number, nowS: number): void;
  readonly firstStartS: Float64Array;
  readonly queues: { first(queue: number): number; each(visit: (queue: number, transmitter: number) => void): void };
}

/** Neumaier's compensated sums, one per link instance. */
class Sums {
  private readonly sum: Float64Array;
  private readonly rest: Float64Array;

  constructor(rows: number) {
    this.sum = new Float64Array(rows);
    this.rest = new Float64Array(rows);
  }

  add(row: number, value: number): void {
    const before = this.sum[row]!;
    const after = before + value;
    this.rest[row]! += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
    this.sum[row] = after;
  }

  of(row: number): number {
    return this.sum[row]! + this.rest[row]!;
  }
}

/** Runs replication `replication` of `plan` once, watching every link. */
export function watch(plan: Plan, replication: number): Watched {
  const watcher = new Watcher(plan, replication);
  const restore = [
    wrap(Statistics.prototype, 'offered', (original, stats, args) => {
      if (stats.measuring) watcher.offered(args[0], args[1], args[2]);
      original.apply(stats, args);
    }),
    wrap(Statistics.prototype, 'carried', (original, stats, args) => {
      watcher.carried(args[0], args[1], args[2]);
      original.apply(stats, args);
    }),
    wrap(Accounts.prototype, 'dropped', (original, accounts, args) => {
      watcher.dropped(args[0], args[1]);
      original.apply(accounts, args);
    }),
    wrap(Engine.prototype, 'beginMeasurement', (original, engine, args) => {
      original.apply(engine, args);
      watcher.begin(engine as unknown as Inside, args[0], args[1]);
    }),
    wrap(Engine.prototype, 'run', (original, engine, args) => {
      for (let atS = watcher.nextInstantS(); atS < args[0]; atS = watcher.nextInstantS()) {
        original.call(engine, atS, args[1], args[2]);
        watcher.walk(atS);
      }
      original.apply(engine, args);
    }),
    wrap(Engine.prototype, 'endMeasurement', (original, engine, args) => {
      watcher.end();
      return original.apply(engine, args);
    }),
  ];
  try {
    return watcher.result(simulateReplication(plan, replication));
  } finally {
    for (const undo of restore) undo();
  }
}

class Watcher {
  private readonly plan: Plan;
  private readonly instants: Float64Array;
  private inside: Inside | undefined;
  private startS = Number.POSITIVE_INFINITY;
  private endS = Number.POSITIVE_INFINITY;
  private nextInstant = 0;
  /** Byte seconds in the queue and on the wire, and on the wire alone. */
  private held = new Sums(0);
  private sending = new Sums(0);
  private offeredB = new Float64Array(0);
  private isExact = new Uint8Array(0);
  private waitingB = new Float64Array(0);
  private found = new Float64Array(0);
  private sampleSum = new Float64Array(0);
  private sampleSquares = new Float64Array(0);
  private counted = 0;
  private linkOf = new Uint32Array(0);

  constructor(plan: Plan, replication: number) {
    this.plan = plan;
    const random = seedrandom.alea(`instants ${replication}`);
    this.instants = Float64Array.from({ length: INSTANTS }, () => random()).sort();
  }

  begin(inside: Inside, startS: number, horizonS: number): void {
    const { program, messages, links } = inside;
    const { plan } = this;
    this.inside = inside;
    this.startS = startS;
    this.endS = startS + horizonS;
    const rows = program.linkInstances;
    this.held = new Sums(rows);
    this.sending = new Sums(rows);
    this.offeredB = new Float64Array(rows);
    this.waitingB = new Float64Array(rows);
    this.found = new Float64Array(rows);
    this.sampleSum = new Float64Array(rows);
    this.sampleSquares = new Float64Array(rows);
    this.linkOf = new Uint32Array(rows);
    for (let l = 0; l < plan.links.name.length; l++) {
      this.linkOf.fill(l, program.linkStart[l], program.linkStart[l + 1]);
    }
    this.isExact = Uint8Array.from(this.linkOf, (l) => {
      const server = plan.links.server[l]!;
      return Number(plan.servers.medium[server]! < 0 && !plan.outages.server.includes(server));
    });
    links.each((m, waiting) => {
      const row = linkInstanceAt(program, messages, m);
      if (!waiting && messages.floats[(m << FLOATS) | END_S]! <= startS) return;
      this.held.add(row, messages.floats[(m << FLOATS) | BYTES]! * horizonS);
      this.counted++;
      if (this.isSettled(m))
        this.carried(row, messages.floats[(m << FLOATS) | BYTES]!, messages.floats[(m << FLOATS) | END_S]!);
    });
  }

  /** Whether message m, on a link, has been told of by `carried` already, which happens when it is settled on links in order. */
  private isSettled(m: number): boolean {
    const { program, messages } = this.inside!;
    const link = this.plan.hops.link[messages.ints[(m << INTS) | HOP]!]!;
    return program.inOrder[link] === 1 && messages.floats[(m << FLOATS) | END_S]! < Number.POSITIVE_INFINITY;
  }

  offered(row: number, bytes: number, nowS: number): void {
    this.held.add(row, bytes * (this.endS - nowS));
    this.offeredB[row]! += bytes;
    const link = this.linkOf[row]!;
    const server = this.plan.links.server[link]!;
    // In pieces: its transmission is not one interval.
    if (this.plan.servers.discipline[server] !== 0 && bytes > this.plan.servers.quantumB[server]!)
      this.isExact[row] = 0;
  }

  carried(row: number, bytes: number, endS: number): void {
    if (endS < this.startS) return;
    this.sent(row, bytes, endS);
    if (endS < this.endS) this.held.add(row, -bytes * (this.endS - endS));
  }

  /** The part of a transmission that lies within the run. */
  private sent(row: number, bytes: number, endS: number): void {
    const beginS = endS - (8 * bytes) / this.plan.links.rateBps[this.linkOf[row]!]!;
    this.sending.add(row, bytes * Math.max(0, Math.min(this.endS, endS) - Math.max(this.startS, beginS)));
  }

  dropped(m: number, nowS: number): void {
    if (this.inside === undefined) return;
    const { messages, program } = this.inside;
    const row = linkInstanceAt(program, messages, m);
    this.held.add(row, -messages.floats[(m << FLOATS) | BYTES]! * (this.endS - nowS));
  }

  nextInstantS(): number {
    const share = this.instants[this.nextInstant] ?? Number.POSITIVE_INFINITY;
    return this.inside === undefined ? Number.POSITIVE_INFINITY : this.startS + share * (this.endS - this.startS);
  }

  /** Adds up the bytes that wait at `nowS`, link by link. */
  walk(nowS: number): void {
    this.nextInstant++;
    const { waitingB } = this;
    waitingB.fill(0);
    this.eachWaiting(nowS, (row, bytes) => {
      waitingB[row]! += bytes;
    });
    for (let row = 0; row < waitingB.length; row++) {
      const bytes = waitingB[row]!;
      if (bytes === 0) continue;
      this.found[row]!++;
      this.sampleSum[row]! += bytes;
      this.sampleSquares[row]! += bytes * bytes;
    }
  }

  private eachWaiting(nowS: number, visit: (row: number, bytes: number) => void): void {
    const { program, messages, links } = this.inside!;
    const rowOf = (m: number) => linkInstanceAt(program, messages, m);
    links.each((m, waiting) => {
      if (waiting) visit(rowOf(m), messages.floats[(m << FLOATS) | BYTES]!);
    });
    const { lines } = links;
    for (let t = 0; t < lines.firstStartS.length; t++) lines.drain(t, nowS);
    // First come, first served: who waits stands in his channel already, and in the line before the transmitter.
    lines.queues.each((queue) => {
      for (let m = lines.queues.first(queue); m >= 0; m = messages.ints[(m << INTS) | NEXT_WAITING]!) {
        if (program.wayOfQueue[this.plan.hops.link[messages.ints[(m << INTS) | HOP]!]!] === Way.turns) return;
        visit(rowOf(m), messages.floats[(m << FLOATS) | BYTES]!);
      }
    });
  }

  /** What is on the wire, and how many are under way, when the run ends. */
  end(): void {
    const { program, messages, links } = this.inside!;
    links.each((m, waiting) => {
      const row = linkInstanceAt(program, messages, m);
      if (!waiting && messages.floats[(m << FLOATS) | END_S]! <= this.endS) return;
      this.counted++;
      if (!waiting && !this.isSettled(m))
        this.sent(row, messages.floats[(m << FLOATS) | BYTES]!, messages.floats[(m << FLOATS) | END_S]!);
    });
  }

  result(stats: ReplicationStats): Watched {
    const horizonS = this.endS - this.startS;
    const unequal: string[] = [];
    const sampledP: number[] = [];
    let exact = 0;
    for (let row = 0; row < this.isExact.length; row++) {
      const countedBs = stats.links.waitingIntegralBs[row]!;
      if (this.isExact[row] === 1) {
        exact++;
        const waitingBs = this.held.of(row) - this.sending.of(row);
        const slackBs = ROUNDINGS * this.endS * 2 ** -52 * this.offeredB[row]!;
        if (Math.abs(waitingBs - countedBs) > slackBs) unequal.push(this.nameOf(row, waitingBs, countedBs));
      } else if (this.found[row]! >= LEAST_FOUND) {
        const mean = this.sampleSum[row]! / INSTANTS;
        const variance = (this.sampleSquares[row]! / INSTANTS - mean * mean) * (INSTANTS / (INSTANTS - 1));
        sampledP.push(twoSidedP(Math.abs(mean - countedBs / horizonS), Math.sqrt(variance / INSTANTS), INSTANTS - 1));
      }
    }
    const told = [...stats.links.inSystemStart, ...stats.links.inSystemEnd].reduce((sum, n) => sum + n, 0);
    return { stats, exact, unequal, sampledP, miscounted: this.counted - told };
  }

  private nameOf(row: number, waitingBs: number, countedBs: number): string {
    const link = this.linkOf[row]!;
    return `${this.plan.links.name[link]} ${row - this.inside!.program.linkStart[link]!}: ${waitingBs} by counting, ${countedBs} by waits`;
  }
}

/** Replaces a method by one that is given the original. @returns puts the original back */
function wrap<T extends object, K extends keyof T>(
  prototype: T,
  method: K,
  by: (
    original: Extract<T[K], (...args: never[]) => unknown>,
    self: T,
    args: Parameters<Extract<T[K], (...args: never[]) => unknown>>,
  ) => unknown,
): () => void {
  type Method = Extract<T[K], (...args: never[]) => unknown>;
  const original = prototype[method] as Method;
  prototype[method] = function (this: T, ...args: Parameters<Method>) {
    return by(original, this, args);
  } as unknown as T[K];
  return () => {
    prototype[method] = original;
  };
}
