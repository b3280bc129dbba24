/** Closed-form latency: a sum of hops with a queueing term. */
import { servingInstance } from './area-range.js';
import { isCast } from './casts.js';
import { type CarriersByHold, delayByLink, holdKey } from './delay-by-link.js';
import { Deliveries, meanOf } from './deliveries.js';
import { carrierOf } from './held-loads.js';
import { HopDelay } from './hop-delay.js';
import { HopTimes } from './hop-times.js';
import { areaLabel } from './link-results.js';
import { Fan, type Plan, Process } from './plan.js';
import { type DelayPart, delayQuantile } from './queueing/delay-quantile.js';
import { serverDelays } from './server-delays.js';
import { type ServerLoads, serverLoads } from './server-loads.js';
import type { Volumetrics } from './volumetrics.js';
import { walkSource } from './walk.js';

/**
 * Whether the approximation holds for a flow. `burst`: messages that start together make queues on its way that it does
 * not know; `overload`: a queue grows without end; `outside`: a medium is beyond the range of its formula.
 */
export type Holds = 'valid' | 'burst' | 'overload' | 'outside';

/** Columns over plan.flows. */
export interface Latencies {
  /** Mean seconds from sending to delivery; Infinity when a link on the way is overloaded, NaN without messages. */
  readonly meanS: Float64Array;
  /** 95th percentile, by the approximation of `delayQuantile`; Infinity and NaN likewise. */
  readonly p95S: Float64Array;
  /** Share that gets through by loss, retry limits and collisions, repetitions by the application included; NaN without messages. */
  readonly reliability: Float64Array;
  readonly holds: readonly Holds[];
  /** Why it does not hold, one short sentence that names the link; empty where it does. */
  readonly reason: readonly string[];
  /** Any other percentile of a flow. @param q in (0, 1) */
  quantileS(flow: number, q: number): number;
  /** Mean seconds of a flow's messages on each link of their way, by row of the links; see `delayByLink`. O(sources). */
  delayByLink(flow: number): Map<number, number>;
}

const PERCENTILE = 0.95;
/** A batch's backlog beyond this share of the flow's 95th percentile makes it a burst. */
const BURST_SHARE = 0.1;

/** Latency so far of a tree's messages, per instance of a range; columns that are used again. */
class Path {
  kind = 0;
  first = 0;
  count = 0;
  /** What each message takes, and mean and variance of what is left to chance. */
  fixedS = new Float64Array(0);
  randomS = new Float64Array(0);
  varS2 = new Float64Array(0);
  /** Probability that the random part is 0; share that is not lost. */
  idle = new Float64Array(0);
  through = new Float64Array(0);
  /** Backlogs of batches met on the way. */
  backlogS = new Float64Array(0);
  /** A server instance on the way that is overloaded, outside its formula's range, or has the largest batch; -1. */
  overload = -1;
  outside = -1;
  burst = -1;
  private largestS = 0;
  /** Time after the first frame of the slowest hop so far: what a cut-through hop saves at most. */
  private afterFrameS = 0;
  private beforeFrameS = 0;

  /** Begins where `before` ends; a message to every instance with the mean over those that it comes from. */
  begin(kind: number, first: number, count: number, before: Path | undefined, isRebound: boolean): void {
    this.kind = kind;
    this.first = first;
    this.count = count;
    if (this.fixedS.length < count) {
      for (const key of ['fixedS', 'randomS', 'varS2', 'idle', 'through', 'backlogS'] as const) {
        this[key] = new Float64Array(count);
      }
    }
    this.overload = before?.overload ?? -1;
    this.outside = before?.outside ?? -1;
    this.burst = before?.burst ?? -1;
    this.largestS = before?.largestS ?? 0;
    this.beforeFrameS = before?.afterFrameS ?? 0;
    for (const [key, start] of START) {
      const column = this[key];
      if (before === undefined) column.fill(start, 0, count);
      else if (isRebound) column.fill(meanOfFirst(before[key], before.count), 0, count);
      else column.set(before[key].subarray(first - before.first, first - before.first + count));
    }
  }

  /** Instance i of the range crosses a hop at server instance `at`. */
  extend(i: number, at: number, { fixedS, randomS, varS2, idle, lost }: HopDelay): void {
    this.fixedS[i] += fixedS;
    this.randomS[i] += randomS;
    this.varS2[i] += varS2;
    this.idle[i] *= idle;
    this.through[i] *= 1 - lost;
    if (randomS === Infinity) this.overload = at;
  }

  meetsBatch(i: number, at: number, backlogS: number): void {
    this.backlogS[i] += backlogS;
    if (backlogS <= this.largestS) return;
    this.largestS = backlogS;
    this.burst = at;
  }

  /** Frames follow each other over both hops: exact for the same number of equal frames on each. */
  cutThrough(afterFrameS: number, isOn: boolean): void {
    this.afterFrameS = isOn ? Math.max(afterFrameS, this.beforeFrameS) : afterFrameS;
    if (!isOn) return;
    const savedS = Math.min(afterFrameS, this.beforeFrameS);
    for (let i = 0; i < this.count; i++) this.fixedS[i] -= savedS;
  }
}

const START = [
  ['fixedS', 0],
  ['randomS', 0],
  ['varS2', 0],
  ['idle', 1],
  ['through', 1],
  ['backlogS', 0],
] as const;

function meanOfFirst(values: Float64Array, count: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += values[i];
  return total / count;
}

/**
 * Latency of each flow when every link is as busy as in its busiest bin, averaged over the expected deliveries of all
 * areas; an answer's latency begins with its own sending. Per hop: processing and propagation (the link's delay), the
 * wait for the transmitter, transmission with repetitions; where messages are held, the wait for their carrier.
 *
 * Waits: pipes, dedicated, half-duplex and scheduled media are M/G/1 queues, FIFO after Pollaczek-Khinchine and Takács,
 * strict priority after Cobham and Kesten-Runnenburg, where long messages yield after each quantum, fair between bounds
 * (`fairWaits`). Contended, polled and scheduled media: sim/queueing/media/, each with source and range. A transmitter that
 * has copies (premises) is looked at in the copy that all its sources use, device 0's.
 *
 * Percentile: hops are independent; the means and variances of their random parts add up, P(none of them) multiplies;
 * per source a gamma distribution with these moments and that atom; a flow is the mixture of its sources.
 *
 * Valid for streams that are Poisson or superposed from many devices with random phases, each hop on its own (Kleinrock's
 * independence assumption, Communication Nets, 1964). Too low where messages come together, which `holds` tells: bursts,
 * synchronised devices, answers to broadcasts; too high behind a slower link, which spaces messages out, and for a few
 * periodic devices. Finite buffers and outages are ignored.
 * O(sources x hops x instances), and a mixture of sources per flow.
 */
export function closedFormLatency(plan: Plan, expected: Volumetrics): Latencies {
  const { hops, links, sources } = plan;
  const flows = plan.flows.name.length;
  const times = new HopTimes(plan);
  const loads = serverLoads(plan, expected, times);
  const delays = serverDelays(plan, loads);
  const delay = new HopDelay(plan, loads, delays);
  const carriers = carriersByHold(plan, expected, loads);
  const paths: Path[] = [];
  const parts: DelayPart[][] = plan.flows.name.map(() => []);
  const troubles = Array.from(
    { length: flows },
    (): Trouble => ({ overload: -1, outside: -1, burst: -1, backlogS: 0 }),
  );
  const sent = new Float64Array(flows);

  expected.loads.forEach((own, source) => {
    const priorityClass = loads.classes.indexOf(sources.priority[source]);
    for (const load of own) {
      const messages = load.perBin.reduce((total, perBin) => total + perBin, 0);
      if (messages === 0) continue;
      let [depthNow, hopNow] = [0, 0];
      walkSource(plan, source, load, {
        hop({ hop, depth, kind, first, count, isReply }) {
          if (isReply) return;
          [depthNow, hopNow] = [depth, hop];
          paths[depth] ??= new Path();
          const path = paths[depth];
          const before = depth === 0 ? undefined : paths[depth - 1];
          path.begin(kind, first, count, before, hops.fan[hop] === Fan.everyInstance);
          const link = hops.link[hop];
          const server = loads.start[links.server[link]];
          const held = hops.hold[hop] < 0 ? undefined : carriers.get(holdKey(plan, hops.hold[hop], link));
          const plain = times.of(source, hop);
          const isForAll = isCast(plan, hop);
          let known = -1; // neighbours often share a server instance
          for (let i = 0; i < count; i++) {
            const instance = servingInstance(plan.areas, kind, first + i, links.kind[link]);
            const carrier = held?.[instance];
            const at = server + instance;
            if (at !== known) delay.of(link, isForAll, at, priorityClass, carrier?.time ?? plain, carrier);
            known = at;
            path.extend(i, at, delay);
            if (loads.backlogS[at] > 0) path.meetsBatch(i, at, loads.backlogS[at]);
            if (delays.outside[at] !== '') path.outside = at;
          }
          path.cutThrough(plain.afterFrameS, hops.cutThrough[hop] === 1);
        },
        delivery({ flow, first, count, deliveries }) {
          const path = paths[depthNow];
          sent[flow] += messages * deliveries * count;
          const heard = hops.listeners[hopNow] < 0 ? 1 : 1 - times.of(source, hopNow).unheard;
          gather(plan, source, path, first - path.first, count, messages * deliveries * heard, parts[flow]);
          note(troubles[flow], path, first - path.first, count);
        },
      });
    }
  });

  const meanS = Float64Array.from(parts, meanOf);
  const p95S = Float64Array.from(parts, (own) => delayQuantile(own, PERCENTILE));
  const isLate = roundsThatDoNotFit(plan, meanS);
  const verdicts = troubles.map((trouble, flow) =>
    judge(plan, loads, delays.outside, trouble, p95S[flow], isLate[flow]),
  );
  return {
    meanS,
    p95S,
    reliability: Float64Array.from(parts, (own, flow) => own.reduce((sum, { weight }) => sum + weight, 0) / sent[flow]),
    holds: verdicts.map(({ holds }) => holds),
    reason: verdicts.map(({ reason }) => reason),
    quantileS: (flow, q) => delayQuantile(parts[flow], q),
    delayByLink: (flow) => delayByLink(plan, flow, { expected, loads, times, delay, carriers }),
  };
}

/** Where the approximation is in trouble for a flow. */
interface Trouble {
  overload: number;
  outside: number;
  burst: number;
  backlogS: number;
}

/** Carriers in the busiest bin of their transmitter, per instance of the link. */
function carriersByHold(plan: Plan, { held }: Volumetrics, loads: ServerLoads): CarriersByHold {
  return new Map(
    held.map((one) => {
      const server = loads.start[plan.links.server[one.link]];
      const instances = plan.areas.instances[plan.links.kind[one.link]];
      const carriers = Array.from({ length: instances }, (_, i) => carrierOf(plan, one, i, loads.busiest[server + i]));
      return [holdKey(plan, one.hold, one.link), carriers];
    }),
  );
}

/** Adds the deliveries of a range of instances as one part, see `Deliveries`. */
function gather(
  { sources }: Plan,
  source: number,
  path: Path,
  from: number,
  count: number,
  deliveries: number,
  parts: DelayPart[],
): void {
  const gathered = new Deliveries();
  for (let i = from; i < from + count; i++) {
    gathered.add(1, path.through[i], path.fixedS[i], path.randomS[i], path.varS2[i], path.idle[i]);
  }
  gathered.end(deliveries, count, sources.retryS[source], sources.retries[source], parts);
}

function note(trouble: Trouble, path: Path, from: number, count: number): void {
  if (path.overload >= 0) trouble.overload = path.overload;
  if (path.outside >= 0) trouble.outside = path.outside;
  for (let i = from; i < from + count; i++) {
    if (path.backlogS[i] <= trouble.backlogS) continue;
    trouble.backlogS = path.backlogS[i];
    trouble.burst = path.burst;
  }
}

/** Flows of masters whose rounds last longer than their period: the means of a question and its answers, device after device. */
export function roundsThatDoNotFit(plan: Plan, meanS: Float64Array): Uint8Array {
  const { sources, causes } = plan;
  const isLate = new Uint8Array(meanS.length);
  for (let source = 0; source < sources.name.length; source++) {
    if (sources.process[source] !== Process.asked || sources.periodS[source] === Infinity) continue;
    const flows = flowsOf(plan, source);
    let turnS = 0;
    for (const flow of flows) {
      let answerS = 0;
      causes.trigger.forEach((trigger, row) => {
        const [answer] = trigger === flow ? flowsOf(plan, causes.source[row]) : [];
        if (answer !== undefined && meanS[answer] > answerS) answerS = meanS[answer];
      });
      turnS = Math.max(turnS, meanS[flow] + answerS);
    }
    const roundS = (sources.devices[source] / sources.concurrency[source]) * turnS;
    if (roundS > sources.periodS[source]) for (const flow of flows) isLate[flow] = 1;
  }
  return isLate;
}

function flowsOf({ sources }: Plan, source: number): Uint32Array {
  return sources.flowItem.subarray(sources.flowStart[source], sources.flowStart[source + 1]);
}

function judge(
  plan: Plan,
  loads: ServerLoads,
  outside: readonly string[],
  trouble: Trouble,
  p95S: number,
  isLate: number,
): { holds: Holds; reason: string } {
  const where = (at: number) => serverLabel(plan, loads, at);
  const holds = holdsFor(trouble.outside >= 0, trouble.overload >= 0 || isLate === 1, trouble.backlogS, p95S);
  if (holds === 'outside') return { holds, reason: `${where(trouble.outside)}: ${outside[trouble.outside]}` };
  if (holds === 'overload' && trouble.overload >= 0) {
    return { holds, reason: `${where(trouble.overload)}: more comes in its busiest hour than it carries` };
  }
  if (holds === 'overload') return { holds, reason: 'the master is not through with a round when the next is due' };
  if (holds === 'valid') return { holds, reason: '' };
  const count = Math.round(loads.batch[trouble.burst]);
  const backlog = `${Number(trouble.backlogS.toPrecision(2))} s`;
  return { holds, reason: `${where(trouble.burst)}: ${count} messages start together and queue for up to ${backlog}` };
}

/** @param backlogS largest sum of backlogs after batches on the way of any of its deliveries */
export function holdsFor(isOutside: boolean, isOverloaded: boolean, backlogS: number, p95S: number): Holds {
  if (isOutside) return 'outside';
  if (isOverloaded) return 'overload';
  return backlogS > BURST_SHARE * p95S ? 'burst' : 'valid';
}

function serverLabel(plan: Plan, { start }: ServerLoads, at: number): string {
  let server = 0;
  while (start[server + 1] <= at) server++;
  const area = areaLabel(plan, plan.servers.kind[server], at - start[server]);
  return `${plan.servers.name[server]}, ${area}`;
}
