/** Parts that always come together, as one: what they put on a server is added up once. */
import type { HopTime } from '../hop-times.js';

import { type BundleFlows, flowsOfParts } from './bundle-flows.js';
import { ByRange } from './by-range.js';
import type { Crossing, Part, Station } from './part.js';
import { type RangeVolumes, volumesOf } from './range-volumes.js';
import type { SharedLink, SharedServer } from './shared-network.js';

/** Priorities are below this: they are bits of a number. */
const PRIORITIES = 32;

export interface Bundle {
  /** Dense, from 0. */
  readonly id: number;
  readonly parts: readonly Part[];
  readonly stations: readonly BundleStation[];
  readonly flows: BundleFlows;
  /** Bit c: a source has priority c. */
  readonly priorities: number;
}

/** A server that a bundle uses. */
export interface BundleStation extends Omit<Station, 'crossings'> {
  readonly volumes: readonly RangeVolumes[];
  readonly isCrossed: boolean;
  /** Messages that start together. */
  readonly batches: readonly Crossing[];
  /** Where any crossing begins or ends. */
  readonly ranges: readonly { readonly first: number; readonly count: number }[];
  /** What comes in a bin, by link, range and priority. Found once per bin. O(crossings). */
  messagesIn(bin: number): readonly MeanMessages[];
}

/** Messages of one priority in equal instances of a link. */
export interface MeanMessages {
  readonly link: SharedLink;
  readonly first: number;
  readonly count: number;
  readonly priority: number;
  /** Per instance and bin, of one copy. */
  readonly messages: number;
  /** Their mean times: of what sums over messages are made, see `addMessages`. */
  readonly one: HopTime;
}

/**
 * The same plans in bundles: parts that are in the same plans are one. O(parts of all plans).
 * @param plans parts of each; no part twice
 * @returns bundles of each plan, in the order of their first parts
 */
export function bundled(plans: readonly (readonly Part[])[]): Bundle[][] {
  // Groups are split plan by plan: those of a group that the plan has leave it for a group of their own.
  const groupOf: number[] = []; // by the part's id
  const known: Part[] = [];
  const members = new Map<number, Part[]>();
  let groups = 0;
  for (const parts of plans) {
    const moved = new Map<number, number>();
    for (const part of parts) {
      const old = groupOf[part.id] ?? -1;
      let now = moved.get(old);
      if (now === undefined) {
        now = groups++;
        moved.set(old, now);
      }
      if (old < 0) known.push(part);
      groupOf[part.id] = now;
    }
  }
  for (const part of known) {
    const group = groupOf[part.id];
    const own = members.get(group);
    if (own === undefined) members.set(group, [part]);
    else own.push(part);
  }
  const bundles = new Map([...members].map(([group, parts], id) => [group, bundleOf(id, parts)]));
  return plans.map((parts) => {
    const own = new Set<Bundle>();
    for (const { id } of parts) own.add(bundles.get(groupOf[id])!);
    return [...own];
  });
}

function bundleOf(id: number, parts: readonly Part[]): Bundle {
  const stations = new Map<SharedServer, Station[]>();
  for (const part of parts) {
    for (const station of part.stations) {
      const known = stations.get(station.server);
      if (known === undefined) stations.set(station.server, [station]);
      else known.push(station);
    }
  }
  const priorities = parts.reduce((bits, part) => bits | part.priorities, 0);
  return { id, parts, stations: [...stations.values()].map(joined), flows: flowsOfParts(parts), priorities };
}

/** @param stations of one server, at least one */
function joined(stations: readonly Station[]): BundleStation {
  const [{ server }] = stations;
  const links = new Map<number, Station['links'][number]>();
  for (const use of stations.flatMap((station) => station.links)) {
    const earlier = links.get(use.link.index);
    if (earlier === undefined || use.rank < earlier.rank) links.set(use.link.index, use);
  }
  const crossings = stations.flatMap((station) => station.crossings);
  const groups = groupsOf(crossings);
  const known = new Map<number, readonly MeanMessages[]>();
  return {
    server,
    isCrossed: crossings.length > 0,
    batches: crossings.filter(({ batch }) => batch > 1),
    ranges: groups.map(([{ first, count }]) => ({ first, count })),
    volumes: volumesOf(stations),
    links: [...links.values()],
    messagesIn(bin) {
      const found = known.get(bin) ?? groups.flatMap((group) => meanMessages(group, bin) ?? []);
      known.set(bin, found);
      return found;
    },
  };
}

/** Those of one priority in the same instances of a link, in the order of their first. */
function groupsOf(crossings: readonly Crossing[]): Crossing[][] {
  const groups: Crossing[][] = [];
  const known = new ByRange<Crossing[]>();
  for (const crossing of crossings) {
    const { link, priority, first, count } = crossing;
    let group = known.get(link.index * PRIORITIES + priority, first, count);
    if (group === undefined) {
      group = [];
      known.set(link.index * PRIORITIES + priority, first, count, group);
      groups.push(group);
    }
    group.push(crossing);
  }
  return groups;
}

/** Undefined where nothing comes. */
function meanMessages(crossings: readonly Crossing[], bin: number): MeanMessages | undefined {
  const [{ link, first, count, priority, one: any }] = crossings;
  const sum = { messages: 0, service: 0, square: 0, cube: 0, pieceSquare: 0, pieceCube: 0, frames: 0, air: 0, ack: 0 };
  for (const { perBin, messages: each, copiesInUse, one } of crossings) {
    const messages = (perBin[bin] * each) / copiesInUse;
    sum.messages += messages;
    sum.service += messages * one.serviceS;
    sum.square += messages * one.serviceSqS2;
    sum.cube += messages * one.serviceCubeS3;
    sum.pieceSquare += messages * one.pieceSqS2;
    sum.pieceCube += messages * one.pieceCubeS3;
    sum.frames += messages * one.frames;
    sum.air += messages * one.frames * one.frameS;
    sum.ack += messages * one.frames * one.ackS;
  }
  if (sum.messages === 0) return undefined;
  const one: HopTime = {
    ...any,
    serviceS: sum.service / sum.messages,
    serviceSqS2: sum.square / sum.messages,
    serviceCubeS3: sum.cube / sum.messages,
    pieceSqS2: sum.pieceSquare / sum.messages,
    pieceCubeS3: sum.pieceCube / sum.messages,
    frames: sum.frames / sum.messages,
    frameS: sum.air / sum.frames,
    ackS: sum.ack / sum.frames,
  };
  return { link, first, count, priority, messages: sum.messages, one };
}
