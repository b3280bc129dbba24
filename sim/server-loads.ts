/** What each transmitter has to do in the bin in which it is busiest. */

import { eachServingRange } from './area-range.js';
import { binCount, binLengths, binSeconds } from './bins.js';
import { carrierOf } from './held-loads.js';
import type { HopTime, HopTimes } from './hop-times.js';
import { serverLayout } from './link-layout.js';
import type { Access } from './media.js';
import { Direction, type Plan } from './plan.js';
import { MOST_BUSY } from './queueing/media/csma.js';
import { smallColumn } from './small-columns.js';
import { gatewayShare, transmitterLoad } from './transmitter-load.js';
import type { Volumetrics } from './volumetrics.js';
import { type Load, walkSource } from './walk.js';

/** Relative difference below which two bins are equally busy, so that rounding does not pick one. */
const TIE = 1e-9;

/** Server instance i of server s stands at start[s] + i, see `serverLayout`; of its copies (premises) device 0's. */
export interface ServerLoads {
  readonly start: Uint32Array;
  readonly busiest: Uint32Array;
  /** Priorities in use, the most urgent first; columns of classes: row * classes.length + class. */
  readonly classes: readonly number[];
  /** Sums over messages per second of 1, S, S², S³, Σ P², Σ P³. */
  readonly perS: Float64Array;
  readonly load: Float64Array;
  readonly loadS: Float64Array;
  readonly loadS2: Float64Array;
  readonly pieceLoadS: Float64Array;
  readonly pieceLoadS2: Float64Array;
  /** Columns of server instances: of messages down, messages per second, their service and its square. */
  readonly downPerS: Float64Array;
  readonly downLoad: Float64Array;
  readonly downLoadS: Float64Array;
  /** Frames per second, their airtime and acknowledgements, seconds per second; one attempt. */
  readonly framesPerS: Float64Array;
  readonly airLoad: Float64Array;
  readonly ackLoad: Float64Array;
  /** Messages per second of each link instance: linkStart[l] + i. */
  readonly linkStart: Uint32Array;
  readonly linkPerS: Float64Array;
  /** Backlog, seconds of service, after the largest batch of messages that start together. */
  readonly backlogS: Float64Array;
  /** Messages in that batch. */
  readonly batch: Float64Array;
}

/** Loads of all server instances in their busiest bins. O(sources x hops x instances). */
export function serverLoads(plan: Plan, expected: Volumetrics, times: HopTimes): ServerLoads {
  const { hops, links, sources, time } = plan;
  const start = serverLayout(plan);
  const classes = [...new Set(sources.priority)].sort((a, b) => a - b);
  const classOf = new Map(classes.map((priority, at) => [priority, at]));
  const busiest = busiestBins(plan, expected);
  const { linkStart } = expected;
  const found = noLoads(start, busiest, classes, linkStart);

  function add(link: number, instance: number, priorityClass: number, perS: number, one: HopTime): void {
    const at = start[links.server[link]] + instance;
    const isDown = links.direction[link] === Direction.down;
    addMessages(found, at, priorityClass, linkStart[link] + instance, isDown, perS, one);
  }

  function addSource(source: number, load: Load): void {
    const priorityClass = classOf.get(sources.priority[source]) ?? 0;
    walkSource(plan, source, load, {
      lost: (_, hop) => times.of(source, hop).lost,
      hop(visit) {
        if (hops.hold[visit.hop] >= 0 && !visit.isReply) return;
        const link = hops.link[visit.hop];
        const one = times.of(source, visit.hop);
        const factor = (visit.messages * visit.reach * expected.sends[source]) / visit.copiesInUse;
        const eachS = batchTimeS(plan, links.server[link], one);
        eachServingRange(plan.areas, visit, links.kind[link], (first, count, weight) => {
          const server = start[links.server[link]];
          for (let i = first; i < first + count; i++) {
            const bin = busiest[server + i];
            add(link, i, priorityClass, (load.perBin[bin] * weight * factor) / binSeconds(time, bin), one);
            if (load.batch > 1) noteBatch(found, server + i, load.batch * weight * factor, eachS, load.spreadS);
          }
        });
      },
    });
  }

  expected.loads.forEach((own, source) => {
    for (const load of own) if (load.perBin.some((messages) => messages > 0)) addSource(source, load);
  });
  for (const held of expected.held) {
    const server = start[links.server[held.link]];
    for (let i = 0; i < plan.areas.instances[links.kind[held.link]]; i++) {
      const carrier = carrierOf(plan, held, i, busiest[server + i]);
      if (carrier !== undefined) add(held.link, i, classOf.get(held.priority) ?? 0, carrier.perS, carrier.time);
    }
  }
  return found;
}

/** Loads before anything is added. */
export function noLoads(
  start: Uint32Array,
  busiest: Uint32Array,
  classes: readonly number[],
  linkStart: Uint32Array,
): ServerLoads {
  const instances = () => smallColumn(busiest.length);
  const column = () => smallColumn(busiest.length * classes.length);
  return {
    start,
    busiest,
    classes,
    perS: column(),
    load: column(),
    loadS: column(),
    loadS2: column(),
    pieceLoadS: column(),
    pieceLoadS2: column(),
    downPerS: instances(),
    downLoad: instances(),
    downLoadS: instances(),
    framesPerS: instances(),
    airLoad: instances(),
    ackLoad: instances(),
    linkStart,
    linkPerS: new Float64Array(linkStart[linkStart.length - 1]),
    backlogS: instances(),
    batch: instances(),
  };
}

/** Adds `perS` messages per second at server instance `at`, which come by link instance `linkAt`. O(1). */
export function addMessages(
  into: ServerLoads,
  at: number,
  priorityClass: number,
  linkAt: number,
  isDown: boolean,
  perS: number,
  one: HopTime,
): void {
  const row = at * into.classes.length + priorityClass;
  into.perS[row] += perS;
  into.load[row] += perS * one.serviceS;
  into.loadS[row] += perS * one.serviceSqS2;
  into.loadS2[row] += perS * one.serviceCubeS3;
  into.pieceLoadS[row] += perS * one.pieceSqS2;
  into.pieceLoadS2[row] += perS * one.pieceCubeS3;
  into.framesPerS[at] += perS * one.frames;
  into.airLoad[at] += perS * one.frames * one.frameS;
  into.ackLoad[at] += perS * one.frames * one.ackS;
  into.linkPerS[linkAt] += perS;
  if (!isDown) return;
  into.downPerS[at] += perS;
  into.downLoad[at] += perS * one.serviceS;
  into.downLoadS[at] += perS * one.serviceSqS2;
}

/**
 * Time that each message of a batch keeps its server; on a contended medium the time in which it may be sent without
 * leaving the range of the formulas.
 */
export function batchTimeS({ servers, media }: Plan, server: number, one: HopTime): number {
  const access = media[servers.medium[server]]?.access;
  if (access === undefined || !isContended(access)) return one.serviceS;
  return (one.airtimeS * (access.kind === 'mesh' ? gatewayShare(access.ringShares) : 1)) / MOST_BUSY;
}

const isContended = ({ kind }: Access): boolean =>
  kind === 'mesh' || kind === 'aloha' || kind === 'csma-802.15.4' || kind === 'dcf-802.11';

/** `count` messages that come within `spreadS`: what of them is left when the last has come. */
export function noteBatch(into: ServerLoads, at: number, count: number, serviceS: number, spreadS: number): void {
  const backlogS = (count - 1) * serviceS - spreadS;
  if (backlogS <= into.backlogS[at]) return;
  into.backlogS[at] = backlogS;
  into.batch[at] = count;
}

/** Per server instance the bin with most seconds of transmission per second, all its links together; the first of equals. */
function busiestBins(plan: Plan, expected: Volumetrics): Uint32Array {
  const bins = binCount(plan.time);
  const load = transmitterLoad(plan, expected.bins.bytes, binLengths(plan.time), expected.bins);
  return busiestOf(load, bins);
}

/** @param load per server instance and bin: row * bins + bin */
export function busiestOf(load: Float64Array, bins: number): Uint32Array {
  const busiest = new Uint32Array(load.length / bins);
  for (let at = 0; at < busiest.length; at++) {
    for (let b = 1; b < bins; b++) {
      if (load[at * bins + b] > load[at * bins + busiest[at]] * (1 + TIE)) busiest[at] = b;
    }
  }
  return busiest;
}
