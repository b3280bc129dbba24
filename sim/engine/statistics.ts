import { binCount } from '../bins.js';
import { Histograms } from '../kernel/histogram.js';
import type { LatencyHistogram, ReplicationStats } from '../replication.js';
import { Captures } from './captures.js';
import type { Program } from './program.js';

/** Width of the slots, aligned with the start of the run, of which the busiest is kept. */
const SLOT_S = 10;

/** Columns of which every place is counted by one worker of a team, or whole numbers: adding them up is exact. */
const SUMS = [
  'binMessages',
  'binBytes',
  'carriedB',
  'droppedMessages',
  'waitingIntegralBs',
  'waitingMaxB',
  'inSystemStart',
  'inSystemEnd',
  'frames',
  'retries',
  'collisions',
  'lostMessages',
  'airtimeS',
  'idleS',
  'busiestSlotB',
  'sent',
  'lost',
  'inFlightStart',
  'inFlightEnd',
  'inFlightLate',
  'duplicates',
  'resent',
  'deadlineMissed',
  'delivered',
  'lateDelivered',
  'latencySumS',
] as const;

/** What one worker of a team has counted, fit to be sent to another thread. */
export interface StatisticsPart {
  readonly counts: { readonly messages: number; readonly hopEnds: number; readonly ties: number };
  readonly sums: readonly Float64Array[]; // as SUMS
  readonly latencyMaxS: Float64Array;
  readonly histogram: readonly LatencyHistogram[];
  readonly sinceEvent: readonly LatencyHistogram[];
}

/**
 * What is counted while a replication runs. Only events of the measured run count; `measuring` is false before. Columns
 * over link instances have their order of summation from the link's own events, those over (hop, instance) from the
 * hop's: neither depends on how the network is cut into cells.
 */
export class Statistics {
  measuring = false;
  /** The measured run, seconds of the whole run: [startS, endS). */
  startS = Number.POSITIVE_INFINITY;
  endS = Number.POSITIVE_INFINITY;
  /** Result bin of the events being run: no window of time reaches over a bin's edge, so that it need not be looked up. */
  bin = 0;
  messages = 0;
  hopEnds = 0;
  ties = 0;
  private parts = 0; // that have been added

  // Per link instance.
  readonly binMessages: Float64Array; // offered; link instance * bins + bin
  readonly binBytes: Float64Array;
  readonly carriedB: Float64Array;
  readonly droppedMessages: Float64Array;
  readonly waitingIntegralBs: Float64Array;
  readonly waitingMaxB: Float64Array;
  readonly inSystemStart: Float64Array;
  readonly inSystemEnd: Float64Array;
  readonly frames: Float64Array;
  readonly retries: Float64Array;
  readonly collisions: Float64Array;
  readonly lostMessages: Float64Array;
  readonly airtimeS: Float64Array;
  readonly idleS: Float64Array;
  private readonly slotEndS: Float64Array; // of the slot being filled
  private readonly slotB: Float64Array;
  private readonly busiestSlotB: Float64Array;
  private readonly lastOfferedS: Float64Array;

  // Per flow.
  readonly sent: Float64Array;
  readonly lost: Float64Array;
  readonly inFlightStart: Float64Array;
  readonly inFlightEnd: Float64Array;
  readonly inFlightLate: Float64Array;
  readonly duplicates: Float64Array;
  readonly resent: Float64Array;
  readonly deadlineMissed: Float64Array;
  /** Seconds from the event to the delivery, of flows with a deadline. */
  readonly sinceEvent: Histograms;
  /** Of tiers. */
  readonly captures: Captures;
  private readonly delivered: Float64Array;
  private readonly lateDelivered: Float64Array;
  private readonly latencyMaxS: Float64Array;
  private readonly histograms: Histograms;
  /** Per delivering hop and link instance of it (HopProgram.deliveryStart). */
  private readonly latencySumS: Float64Array;

  private readonly program: Program;
  private readonly bins: number;
  private readonly budgetS: Float64Array;
  private readonly deadlineS: Float64Array;

  constructor(program: Program) {
    const { plan, linkInstances } = program;
    const flows = plan.flows.name.length;
    this.program = program;
    this.bins = binCount(plan.time);
    this.budgetS = plan.flows.budgetS;
    this.deadlineS = plan.flows.deadlineS;
    this.captures = new Captures(program);
    this.binMessages = new Float64Array(linkInstances * this.bins);
    this.binBytes = new Float64Array(linkInstances * this.bins);
    this.carriedB = new Float64Array(linkInstances);
    this.droppedMessages = new Float64Array(linkInstances);
    this.waitingIntegralBs = new Float64Array(linkInstances);
    this.waitingMaxB = new Float64Array(linkInstances);
    this.inSystemStart = new Float64Array(linkInstances);
    this.inSystemEnd = new Float64Array(linkInstances);
    this.frames = new Float64Array(linkInstances);
    this.retries = new Float64Array(linkInstances);
    this.collisions = new Float64Array(linkInstances);
    this.lostMessages = new Float64Array(linkInstances);
    this.airtimeS = new Float64Array(linkInstances);
    this.idleS = new Float64Array(linkInstances);
    this.slotEndS = new Float64Array(linkInstances).fill(Number.NEGATIVE_INFINITY);
    this.slotB = new Float64Array(linkInstances);
    this.busiestSlotB = new Float64Array(linkInstances);
    this.lastOfferedS = new Float64Array(linkInstances).fill(Number.NEGATIVE_INFINITY);
    this.sent = new Float64Array(flows);
    this.lost = new Float64Array(flows);
    this.inFlightStart = new Float64Array(flows);
    this.inFlightEnd = new Float64Array(flows);
    this.inFlightLate = new Float64Array(flows);
    this.delivered = new Float64Array(flows);
    this.lateDelivered = new Float64Array(flows);
    this.latencyMaxS = new Float64Array(flows);
    this.duplicates = new Float64Array(flows);
    this.resent = new Float64Array(flows);
    this.deadlineMissed = new Float64Array(flows);
    this.sinceEvent = new Histograms(flows);
    this.histograms = new Histograms(flows);
    this.latencySumS = new Float64Array(program.hops.deliveries);
  }

  /** A message reaches a link; dropped ones are offered too. */
  offered(linkInstance: number, bytes: number, nowS: number): void {
    if (!this.measuring) return;
    const at = linkInstance * this.bins + this.bin;
    this.binMessages[at]++;
    this.binBytes[at] += bytes;
    if (this.lastOfferedS[linkInstance] === nowS) this.ties++;
    this.lastOfferedS[linkInstance] = nowS;
  }

  /** A message has waited in [fromS, toS), part of which lies within the measured run: that part counts. */
  waited(linkInstance: number, bytes: number, fromS: number, toS: number): void {
    this.waitingIntegralBs[linkInstance] += bytes * (Math.min(toS, this.endS) - Math.max(fromS, this.startS));
  }

  /** A transmission ends at `endS`, be it later than now. For one link instance calls must come in the order of the ends. */
  carried(linkInstance: number, bytes: number, endS: number): void {
    if (endS < this.startS || endS >= this.endS) return;
    this.carriedB[linkInstance] += bytes;
    // No branch: whether a message is in the slot of the last one nobody can foresee. Measured: an AMI day takes 2% less time.
    const isInSlot = Number(endS < this.slotEndS[linkInstance]);
    this.slotEndS[linkInstance] = this.startS + (Math.floor((endS - this.startS) / SLOT_S) + 1) * SLOT_S;
    const slotB = isInSlot * this.slotB[linkInstance] + bytes;
    this.slotB[linkInstance] = slotB;
    if (slotB > this.busiestSlotB[linkInstance]) this.busiestSlotB[linkInstance] = slotB;
  }

  /** `receivers` deliveries at once, in column `place` of deliveries; `sinceEventS`: since the event behind them, for deadlines. */
  delivery(flow: number, place: number, latencyS: number, receivers: number, sinceEventS = latencyS): void {
    this.delivered[flow] += receivers;
    if (latencyS >= this.budgetS[flow]) this.lateDelivered[flow] += receivers;
    if (latencyS > this.latencyMaxS[flow]) this.latencyMaxS[flow] = latencyS;
    this.latencySumS[place] += latencyS * receivers;
    this.histograms.add(flow, latencyS, receivers);
    const deadlineS = this.deadlineS[flow];
    if (Number.isNaN(deadlineS)) return;
    this.sinceEvent.add(flow, sinceEventS, receivers);
    if (sinceEventS > deadlineS) this.deadlineMissed[flow] += receivers;
  }

  /** All that this has counted, but for tiers, of which a team hears window by window. */
  part(): StatisticsPart {
    return {
      counts: { messages: this.messages, hopEnds: this.hopEnds, ties: this.ties },
      sums: SUMS.map((name) => this[name]),
      latencyMaxS: this.latencyMaxS,
      histogram: rowsOf(this.histograms),
      sinceEvent: rowsOf(this.sinceEvent),
    };
  }

  /** Counts what a worker of a team has counted. O(columns). */
  add(part: StatisticsPart): void {
    this.messages += part.counts.messages;
    this.hopEnds += part.counts.hopEnds;
    this.ties += part.counts.ties;
    const isFirst = this.parts++ === 0;
    for (const [nth, name] of SUMS.entries()) {
      const [sums, more] = [this[name], part.sums[nth]];
      if (isFirst) sums.set(more);
      else for (let i = 0; i < sums.length; i++) sums[i] += more[i];
    }
    const { latencyMaxS } = this;
    for (let i = 0; i < latencyMaxS.length; i++) latencyMaxS[i] = Math.max(latencyMaxS[i], part.latencyMaxS[i]);
    this.histograms.addRows(part.histogram);
    this.sinceEvent.addRows(part.sinceEvent);
  }

  result(replication: number, warmUpDays: number, settled: boolean): ReplicationStats {
    const { bins, program } = this;
    const offered = (perBin: Float64Array) =>
      Float64Array.from({ length: program.linkInstances }, (_, i) => sum(perBin, i * bins, (i + 1) * bins));
    const messages = offered(this.binMessages);
    return {
      replication,
      warmUpDays,
      settled,
      counts: {
        messages: this.messages,
        hops: sum(messages, 0, messages.length),
        events: this.messages + this.hopEnds,
        ties: this.ties,
      },
      flows: {
        sent: this.sent,
        delivered: this.delivered,
        lateDelivered: this.lateDelivered,
        lost: this.lost,
        inFlightStart: this.inFlightStart,
        inFlightEnd: this.inFlightEnd,
        inFlightLate: this.inFlightLate,
        latencySumS: this.latencySums(),
        latencyMaxS: this.latencyMaxS,
        histogram: rowsOf(this.histograms),
        duplicates: this.duplicates,
        resent: this.resent,
        deadlineMissed: this.deadlineMissed,
        sinceEvent: rowsOf(this.sinceEvent),
      },
      tiers: this.captures.result(),
      linkStart: program.linkStart,
      links: {
        messages,
        bytes: offered(this.binBytes),
        carriedB: this.carriedB,
        droppedMessages: this.droppedMessages,
        busiest10sB: this.busiestSlotB,
        waitingIntegralBs: this.waitingIntegralBs,
        waitingMaxB: this.waitingMaxB,
        inSystemStart: this.inSystemStart,
        inSystemEnd: this.inSystemEnd,
        frames: this.frames,
        retries: this.retries,
        collisions: this.collisions,
        lostMessages: this.lostMessages,
        airtimeS: this.airtimesS(),
        idleS: this.idleS,
      },
      bins: { bytes: this.binBytes, messages: this.binMessages },
    };
  }

  /** Pipes count no airtime: it follows from what they carried. */
  private airtimesS(): Float64Array {
    const { links, servers } = this.program.plan;
    const { linkStart } = this.program;
    const airtimeS = this.airtimeS.slice();
    for (let l = 0; l < links.name.length; l++) {
      if (servers.medium[links.server[l]] >= 0) continue;
      for (let i = linkStart[l]; i < linkStart[l + 1]; i++) airtimeS[i] = (8 * this.carriedB[i]) / links.rateBps[l];
    }
    return airtimeS;
  }

  /** Per flow, added up in the order of hops and instances. */
  private latencySums(): Float64Array {
    const { plan, hops } = this.program;
    const sums = new Float64Array(plan.flows.name.length);
    for (let h = 0; h < plan.hops.link.length; h++) {
      const flow = plan.hops.deliverFlow[h];
      if (flow >= 0) sums[flow] += sum(this.latencySumS, hops.deliveryStart[h], hops.deliveryStart[h + 1]);
    }
    return sums;
  }
}

function rowsOf({ counts, first }: Histograms): LatencyHistogram[] {
  return counts.map((row, flow) => ({ first: first[flow], counts: row }));
}

function sum(column: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += column[i];
  return total;
}
