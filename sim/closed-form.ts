/** Closed-form latency: a sum of hops with a queueing term. */
import { eachServingRange, servingInstance } from './area-range.js';
import { binCount, binLengths, binSeconds } from './bins.js';
import { serverLayout } from './link-layout.js';
import { Discipline, Fan, type Plan } from './plan.js';
import { fifoWaitS } from './queueing/fifo-wait.js';
import { type ClassLoad, interruptions, priorityWaitsS } from './queueing/priority-waits.js';
import { transmitterLoad } from './transmitter-load.js';
import type { Volumetrics } from './volumetrics.js';
import { walkSource } from './walk.js';

/** Columns over plan.flows. */
export interface Latencies {
  /** Mean seconds from sending to delivery; Infinity when a link on the way is overloaded, NaN without messages. */
  readonly meanS: Float64Array;
}

/** Relative difference below which two bins are equally busy, so that rounding does not pick one. */
const TIE = 1e-9;

/**
 * Mean latency of each flow when every link is as busy as in its busiest bin: per hop the transmission, the link's delay
 * and the mean wait, averaged over the expected deliveries of all areas; an answer's latency begins with its own sending.
 *
 * A transmitter is an M/G/1 queue with the rates and sizes of the bin in which it has most to transmit: FIFO after
 * Pollaczek-Khinchine, strict priority after Cobham with the classes of the sources, where long messages yield after each
 * quantum. A transmitter that has copies
 * (premises) is looked at in the copy that all its sources use, device 0's.
 *
 * Valid for streams that are Poisson or superposed from many devices with random phases, each hop on its own (Kleinrock's
 * independence assumption, Communication Nets, 1964). Too low where messages come together: bursts, synchronised devices,
 * answers to broadcasts; too high behind a slower link, which spaces messages out, and for a few periodic devices.
 * Finite buffers are ignored. O(sources x hops x instances).
 */
export function closedFormLatency(plan: Plan, expected: Volumetrics): Latencies {
  const { hops, links, sources } = plan;
  const start = serverLayout(plan);
  const classes = priorityClasses(plan);
  const { waitS: waits, interrupted } = queues(plan, expected, start, classes);
  const latencySumS = new Float64Array(plan.flows.name.length);
  const deliveries = new Float64Array(plan.flows.name.length);

  expected.loads.forEach((own, source) => {
    const priorityClass = classes.indexOf(sources.priority[source]);
    for (const load of own) {
      const messages = load.perBin.reduce((total, perBin) => total + perBin, 0);
      if (messages === 0) continue;
      /** Latency so far per instance of the range at each depth of the tree. */
      const path: { kind: number; first: number; latencyS: Float64Array }[] = [];
      walkSource(plan, source, load, {
        hop({ hop, depth, kind, first, count }) {
          const link = hops.link[hop];
          const server = links.server[link];
          const sendS = transmissionS(plan, source, hop);
          const laterS = Math.max(0, sendS - quantumS(plan, link));
          const ownS = sendS + links.delayS[link];
          const before = depth === 0 ? undefined : path[depth - 1];
          const rebound = hops.fan[hop] === Fan.everyInstance;
          const reboundS = rebound && before !== undefined ? mean(before.latencyS) : 0;
          const latencyS = new Float64Array(count);
          for (let i = 0; i < count; i++) {
            const instance = servingInstance(plan.areas, kind, first + i, links.kind[link]);
            const at = (start[server] + instance) * classes.length + priorityClass;
            const waitS = waits[at] + (laterS > 0 ? laterS * interrupted[at] : 0);
            const beforeS = rebound ? reboundS : (before?.latencyS[first + i - before.first] ?? 0);
            latencyS[i] = beforeS + waitS + ownS;
          }
          path.length = depth;
          path.push({ kind, first, latencyS });
        },
        delivery({ flow, first, count, deliveries: perInstance }) {
          const at = path[path.length - 1];
          for (let i = first - at.first; i < first - at.first + count; i++) {
            latencySumS[flow] += messages * perInstance * at.latencyS[i];
          }
          deliveries[flow] += messages * perInstance * count;
        },
      });
    }
  });
  return { meanS: latencySumS.map((sumS, flow) => sumS / deliveries[flow]) };
}

/** Priorities in use, the most urgent first. */
function priorityClasses(plan: Plan): number[] {
  return [...new Set(plan.sources.priority)].sort((a, b) => a - b);
}

function transmissionS(plan: Plan, source: number, hop: number): number {
  const wireB = plan.sources.sizeB[source] + plan.hops.overheadB[hop];
  return (8 * wireB) / plan.links.rateBps[plan.hops.link[hop]];
}

/** Strict priority: seconds after which a message yields; Infinity on FIFO links. */
function quantumS(plan: Plan, link: number): number {
  const { servers, links } = plan;
  const server = links.server[link];
  if (servers.discipline[server] !== Discipline.priority) return Infinity;
  return (8 * servers.quantumB[server]) / links.rateBps[link];
}

/** Σ P² over the pieces of a message of `serviceS` that yields every `everyS`. */
function pieceSqS2(serviceS: number, everyS: number): number {
  if (!(serviceS > everyS)) return serviceS * serviceS;
  const whole = Math.floor(serviceS / everyS);
  return whole * everyS * everyS + (serviceS - whole * everyS) ** 2;
}

/**
 * Per server instance and class, in the instance's busiest bin: (start[server] + i) * classes + class.
 * `waitS` is the mean wait, `interrupted` see `interruptions`.
 */
function queues(
  plan: Plan,
  expected: Volumetrics,
  start: Uint32Array,
  classes: readonly number[],
): { readonly waitS: Float64Array; readonly interrupted: Float64Array } {
  const { hops, links, servers, sources } = plan;
  const busiest = busiestBins(plan, expected);
  const rows = busiest.length * classes.length;
  const column = () => new Float64Array(rows);
  const moments = { perS: column(), load: column(), loadS: column(), pieceLoadS: column() };
  expected.loads.forEach((own, source) => {
    const priorityClass = classes.indexOf(sources.priority[source]);
    for (const load of own) {
      walkSource(plan, source, load, {
        hop(visit) {
          const link = hops.link[visit.hop];
          const server = start[links.server[link]];
          const serviceS = transmissionS(plan, source, visit.hop);
          const pieces = pieceSqS2(serviceS, quantumS(plan, link));
          eachServingRange(plan.areas, visit, links.kind[link], (first, count, weight) => {
            for (let at = server + first; at < server + first + count; at++) {
              const bin = busiest[at];
              const messages = (load.perBin[bin] * weight * visit.messages) / visit.copiesInUse;
              const perS = messages / binSeconds(plan.time, bin);
              const row = at * classes.length + priorityClass;
              moments.perS[row] += perS;
              moments.load[row] += perS * serviceS;
              moments.loadS[row] += perS * serviceS * serviceS;
              moments.pieceLoadS[row] += perS * pieces;
            }
          });
        },
      });
    }
  });

  const [waitS, interrupted] = [column(), column()];
  for (let server = 0; server < servers.name.length; server++) {
    const wait = servers.discipline[server] === Discipline.priority ? priorityWaitsS : sharedWaitS;
    for (let at = start[server]; at < start[server + 1]; at++) {
      const from = at * classes.length;
      const loads = classes.map((_, c) => ({
        perS: moments.perS[from + c],
        load: moments.load[from + c],
        loadS: moments.loadS[from + c],
        pieceLoadS: moments.pieceLoadS[from + c],
      }));
      waitS.set(wait(loads), from);
      interrupted.set(interruptions(loads), from);
    }
  }
  return { waitS, interrupted };
}

/** FIFO: one wait for all classes. */
function sharedWaitS(classes: readonly ClassLoad[]): number[] {
  const sum = (key: keyof ClassLoad) => classes.reduce((total, one) => total + one[key], 0);
  const perS = sum('perS');
  const waitS = perS === 0 ? 0 : fifoWaitS(perS, sum('load') / perS, sum('loadS') / perS);
  return classes.map(() => waitS);
}

/** Per server instance the bin with most seconds of transmission per second, all its links together; the first of equals. */
function busiestBins(plan: Plan, expected: Volumetrics): Uint32Array {
  const bins = binCount(plan.time);
  const load = transmitterLoad(plan, expected.bins.bytes, binLengths(plan.time));
  return Uint32Array.from({ length: load.length / bins }, (_, at) => {
    let busiest = 0;
    for (let b = 1; b < bins; b++) {
      if (load[at * bins + b] > load[at * bins + busiest] * (1 + TIE)) busiest = b;
    }
    return busiest;
  });
}

function mean(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
