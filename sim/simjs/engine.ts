import { Causes } from '../engine/causes.js';
import { Expectations } from '../engine/expectations.js';
import { linkInstanceOf } from '../engine/hop-program.js';
import {
  ARRIVE_S,
  ATTEMPT,
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
} from '../engine/message-row.js';
import { Messages, NONE } from '../engine/messages.js';
import { compileProgram, type Program } from '../engine/program.js';
import { appBytesOf } from '../engine/sizes.js';
import { Sources } from '../engine/sources.js';
import { Statistics } from '../engine/statistics.js';
import type { Trace } from '../engine/trace.js';
import { combine } from '../kernel/random.js';
import { serverLayout } from '../link-layout.js';
import { Discipline, Fan, type Plan } from '../plan.js';
import type { ReplicationStats } from '../replication.js';
import { Clockwork } from './clockwork.js';
import { FifoServer, type Job, PriorityServer, type Server } from './server.js';

/**
 * The second engine: the same plan on simjs, by callbacks. Arrivals, answers' draws and the counting of results are those of
 * the first engine, so that both see the same messages; the clock, the event queue, the servers and the way of a message
 * through its tree are written anew. Its order of events within one instant is simjs's own, that of their scheduling.
 * About fifty times slower than the first engine: for small plans.
 */
export class SimjsEngine {
  readonly pieces = 1;
  private readonly program: Program;
  private readonly clockwork = new Clockwork();
  private readonly messages: Messages;
  private readonly sources: Sources;
  private readonly causes: Causes;
  private readonly expectations: Expectations;
  private readonly stats: Statistics;
  private readonly servers = new Map<number, Server>(); // by transmitter
  /** Messages between transmission and arrival, with the end of their transmission. */
  private readonly flying = new Map<number, { linkInstance: number; bytes: number; endS: number }>();
  trace: Trace | undefined;

  /** @throws Error for a plan of which `beyondSimjs` has something to say */
  constructor(plan: Plan, replication: number) {
    this.program = compileProgram(plan, replication);
    this.messages = new Messages(this.program.key);
    this.sources = new Sources(this.program, this.messages);
    this.causes = new Causes(this.program);
    this.expectations = new Expectations(this.program);
    this.stats = new Statistics(this.program);
  }

  startDay(dayKind: number, dayStartS: number, afresh: boolean): void {
    this.sources.startDay(dayKind, dayStartS, afresh, this.place);
  }

  run(untilS: number, bin: number, afterCell: (cellsDone: number) => void): void {
    this.stats.bin = bin;
    this.clockwork.runUntil(untilS);
    afterCell(1);
  }

  /** Seconds of transmission before every server instance. */
  unfinishedWorkS(nowS: number): Float64Array {
    const { plan, transmitterServer } = this.program;
    const start = serverLayout(plan);
    const work = new Float64Array(start[plan.servers.name.length]);
    const firstOf = new Map<number, number>();
    transmitterServer.forEach((server, t) => {
      if (!firstOf.has(server)) firstOf.set(server, t);
    });
    for (const [t, server] of this.servers) {
      const row = transmitterServer[t];
      const nth = Math.floor((t - firstOf.get(row)!) / plan.servers.copies[row]);
      for (const job of server.jobs) {
        const sentS = Number.isNaN(job.startS) ? 0 : nowS - job.startS;
        work[start[row] + nth] += job.quantumS === Infinity ? Math.max(0, job.durationS - sentS) : job.leftS;
      }
    }
    return work;
  }

  beginMeasurement(startS: number, horizonS: number): void {
    const { stats, messages } = this;
    stats.measuring = true;
    stats.startS = startS;
    stats.endS = startS + horizonS;
    this.sources.startBursts(startS, this.place);
    this.eachUnderWay((m, linkInstance, transmitting) => {
      this.expectations.addRemaining(messages, m, stats.inFlightStart);
      if (transmitting) stats.inSystemStart[linkInstance]++;
    });
    for (const server of this.servers.values()) {
      const waitingB = waitingBytes(server);
      if (waitingB === 0) continue;
      for (const { linkInstance } of server.jobs.filter(waits)) {
        stats.waitingMaxB[linkInstance] = Math.max(stats.waitingMaxB[linkInstance], waitingB);
      }
    }
  }

  endMeasurement(replication: number, warmUpDays: number, settled: boolean): ReplicationStats {
    const { stats, messages, program } = this;
    const { sources, flows } = program.plan;
    const nowS = stats.endS;
    const perFlow = new Float64Array(flows.name.length);
    this.eachUnderWay((m, linkInstance, transmitting) => {
      if (transmitting) stats.inSystemEnd[linkInstance]++;
      this.expectations.addRemaining(messages, m, perFlow);
      const row = program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]];
      for (let i = sources.flowStart[row]; i < sources.flowStart[row + 1]; i++) {
        const flow = sources.flowItem[i];
        stats.inFlightEnd[flow] += perFlow[flow];
        if (nowS - messages.floats[(m << FLOATS) | CREATED_S] >= flows.budgetS[flow])
          stats.inFlightLate[flow] += perFlow[flow];
        perFlow[flow] = 0;
      }
    });
    for (const server of this.servers.values()) {
      for (const job of server.jobs.filter(waits)) stats.waited(job.linkInstance, job.bytes, job.offeredS, nowS);
    }
    return stats.result(replication, warmUpDays, settled);
  }

  private eachUnderWay(visit: (m: number, linkInstance: number, transmitting: boolean) => void): void {
    for (const server of this.servers.values()) for (const job of server.jobs) visit(job.m, job.linkInstance, true);
    for (const [m, { linkInstance }] of this.flying) visit(m, linkInstance, false);
  }

  private readonly place = (m: number): void => {
    this.clockwork.at(this.messages.floats[(m << FLOATS) | ARRIVE_S], () => this.emit(m));
  };

  private emit(m: number): void {
    const { stats, messages } = this;
    const next = this.sources.next(messages.uints[(m << INTS) | SOURCE_INSTANCE]);
    if (next !== NONE) this.place(next);
    if (stats.measuring) {
      stats.messages++;
      this.expectations.addUnsent(messages, m, stats.sent);
    }
    this.take(m, ~messages.ints[(m << INTS) | HOP]);
    messages.free(m);
  }

  /** Copies of message m take hop h, where it fans out to all that listen. The message itself stays as it is. */
  private take(m: number, h: number): void {
    const { plan, hops } = this.program;
    const instance = this.messages.uints[(m << INTS) | INSTANCE];
    if (hops.fan[h] === Fan.own) {
      this.offer(m, h, instance, this.messages.uints[(m << INTS) | DEVICE]);
      return;
    }
    const instances = plan.areas.instances[plan.links.kind[plan.hops.link[h]]];
    const everywhere = hops.fan[h] === Fan.everyInstance;
    const inPremises = this.program.copies[plan.hops.link[h]] > 1;
    for (let i = everywhere ? 0 : instance; i < (everywhere ? instances : instance + 1); i++) {
      const copies = this.expectations.copiesReached(h, i);
      for (let p = 0; p < copies; p++) this.offer(m, h, i, inPremises ? p : this.messages.uints[(m << INTS) | DEVICE]);
    }
  }

  private offer(original: number, h: number, instance: number, device: number): void {
    const { program, messages, stats } = this;
    const { plan } = program;
    const m = messages.clone(original);
    messages.uints[(m << INTS) | INSTANCE] = instance;
    messages.uints[(m << INTS) | DEVICE] = device;
    messages.ints[(m << INTS) | HOP] = h;
    const link = plan.hops.link[h];
    const linkAt = linkInstanceOf(program.hops, h, instance);
    const channel = program.channelStart[link] + linkAt * program.copies[link] + (device % program.copies[link]);
    const linkInstance = program.linkStart[link] + linkAt;
    const bytes = appBytesOf(program, messages, m, h) + plan.hops.overheadB[h];
    const nowS = this.clockwork.nowS;
    stats.offered(linkInstance, bytes, nowS);

    const transmitter = channel + program.hops.transmitterShift[h];
    const server = this.serverOf(transmitter);
    const row = program.transmitterServer[transmitter];
    if (server.busy) {
      const waitingB = waitingBytes(server) + bytes;
      const waiting = server.jobs.filter(waits).length + 1;
      if (waitingB > plan.servers.bufferB[row] || waiting > plan.servers.bufferMessages[row]) {
        if (stats.measuring) {
          stats.droppedMessages[linkInstance]++;
          this.expectations.addRemaining(messages, m, stats.lost);
        }
        messages.free(m);
        return;
      }
      if (stats.measuring && waitingB > stats.waitingMaxB[linkInstance]) stats.waitingMaxB[linkInstance] = waitingB;
    }
    const durationS = (8 * bytes) / plan.links.rateBps[link];
    server.offer({
      m,
      linkInstance,
      bytes,
      durationS,
      quantumS:
        plan.servers.discipline[row] === Discipline.priority
          ? (8 * plan.servers.quantumB[row]) / plan.links.rateBps[link]
          : Infinity,
      priorityClass: plan.sources.priority[program.sourceRow[messages.uints[(m << INTS) | SOURCE_INSTANCE]]],
      offeredS: nowS,
      startS: NaN,
      leftS: durationS,
    });
  }

  private serverOf(transmitter: number): Server {
    const { program, clockwork } = this;
    const known = this.servers.get(transmitter);
    if (known !== undefined) return known;
    const priority = program.plan.servers.discipline[program.transmitterServer[transmitter]] === Discipline.priority;
    const server = priority ? new PriorityServer(clockwork, this) : new FifoServer(clockwork, this);
    this.servers.set(transmitter, server);
    return server;
  }

  /** For the servers: a job begins. */
  begins(job: Job, nowS: number): void {
    if (this.stats.measuring && nowS > job.offeredS) this.stats.waited(job.linkInstance, job.bytes, job.offeredS, nowS);
  }

  /** For the servers: the last bit of a job has left. */
  ends(job: Job, nowS: number): void {
    const { m, linkInstance, bytes } = job;
    if (this.stats.measuring) this.stats.carried(linkInstance, bytes, nowS);
    const delayS = this.program.plan.links.delayS[this.program.plan.hops.link[this.messages.ints[(m << INTS) | HOP]]];
    this.flying.set(m, { linkInstance, bytes, endS: nowS });
    this.clockwork.at(nowS + delayS, () => this.arrive(m, linkInstance));
  }

  private arrive(m: number, linkInstance: number): void {
    const { stats, program, messages } = this;
    const { hops } = program.plan;
    this.flying.delete(m);
    if (stats.measuring) stats.hopEnds++;
    const h = messages.ints[(m << INTS) | HOP];
    const flow = hops.deliverFlow[h];
    const receivers =
      flow < 0
        ? 0
        : this.expectations.receivers(h, messages.uints[(m << INTS) | INSTANCE], messages.uints[(m << INTS) | DEVICE]);
    if (receivers > 0) {
      const nowS = this.clockwork.nowS;
      this.trace?.(
        flow,
        messages.uints[(m << INTS) | SOURCE_INSTANCE],
        messages.uints[(m << INTS) | NUMBER],
        h,
        messages.uints[(m << INTS) | INSTANCE],
        messages.uints[(m << INTS) | DEVICE],
        messages.floats[(m << FLOATS) | CREATED_S],
        nowS,
      );
      if (stats.measuring) {
        const place = program.hops.deliveryStart[h] + linkInstance - program.linkStart[hops.link[h]];
        stats.delivery(flow, place, nowS - messages.floats[(m << FLOATS) | CREATED_S], receivers);
      }
      if (this.causes.causesAnything(flow)) this.answer(m, h, flow, receivers);
    }
    for (let child = hops.child[h]; child >= 0; child = hops.sibling[child]) this.take(m, child);
    messages.free(m);
  }

  private answer(m: number, h: number, flow: number, receivers: number): void {
    const { messages, causes, program } = this;
    const { key, hops, plan, sourceRow } = program;
    const si = messages.uints[(m << INTS) | SOURCE_INSTANCE];
    const root = plan.sources.rootHop[sourceRow[si]];
    const identity = combine(key[si], messages.uints[(m << INTS) | NUMBER]);
    const branch = combine(combine(identity, h - root), messages.uints[(m << INTS) | INSTANCE]);
    for (let r = 0; r < receivers; r++) {
      const listening = hops.members[h] !== undefined;
      const device = listening
        ? (messages.uints[(m << INTS) | DEVICE] % hops.premises[h]) + r * hops.premises[h]
        : messages.uints[(m << INTS) | DEVICE];
      const drawKey = causes.drawKey(flow, combine(branch, device));
      for (const cause of causes.outcome(flow, drawKey)) {
        if (
          !causes.answers(
            cause,
            drawKey,
            hops.boundKind[h],
            messages.uints[(m << INTS) | INSTANCE],
            this.clockwork.nowS,
          )
        )
          continue;
        const { sourceInstance, row, instance, number, atS } = causes.answer;
        const answer = messages.allocate();
        messages.floats[(answer << FLOATS) | CREATED_S] =
          messages.floats[(answer << FLOATS) | ARRIVE_S] =
          messages.floats[(answer << FLOATS) | ORIGIN_S] =
            atS;
        messages.uints[(answer << INTS) | SOURCE_INSTANCE] = sourceInstance;
        messages.uints[(answer << INTS) | NUMBER] = number;
        messages.uints[(answer << INTS) | INSTANCE] = instance;
        messages.uints[(answer << INTS) | DEVICE] = device;
        messages.ints[(answer << INTS) | ATTEMPT] = 0;
        messages.ints[(answer << INTS) | PENDING] = NONE;
        messages.ints[(answer << INTS) | HOP] = ~plan.sources.rootHop[row];
        this.place(answer);
      }
    }
  }
}

const waits = (job: Job): boolean => Number.isNaN(job.startS);

/** Bytes that have not begun. */
function waitingBytes(server: Server): number {
  return server.jobs.reduce((sum, job) => sum + (waits(job) ? job.bytes : 0), 0);
}
