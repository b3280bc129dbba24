/** Parts that always come together, as one: what they put on a server is added up once. */
import { type BundleFlows, flowsOfParts } from './bundle-flows.js';
import type { JoinedStation, JoinedStations } from './joined-stations.js';
import type { Part, Station, StationLink } from './part.js';
import type { SharedServer } from './shared-network.js';

export interface Bundle {
  /** Dense, from 0. */
  readonly id: number;
  readonly stations: readonly BundleStation[];
  readonly flows: BundleFlows;
  /** Bit c: a source has priority c. */
  readonly priorities: number;
}

/** A server that a bundle uses, and by which links. */
export interface BundleStation {
  readonly joined: JoinedStation;
  readonly links: readonly StationLink[];
}

/**
 * The same plans in bundles: parts that are in the same plans are one. O(parts of all plans).
 * @param plans parts of each; no part twice
 * @param stations where they are joined
 * @returns bundles of each plan, in the order of their first parts
 */
export function bundled(plans: readonly (readonly Part[])[], stations: JoinedStations): Bundle[][] {
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
  const bundles = new Map([...members].map(([group, parts], id) => [group, bundleOf(id, parts, stations)]));
  return plans.map((parts) => {
    const own = new Set<Bundle>();
    for (const { id } of parts) own.add(bundles.get(groupOf[id])!);
    return [...own];
  });
}

function bundleOf(id: number, parts: readonly Part[], joined: JoinedStations): Bundle {
  const stations = new Map<SharedServer, Station[]>();
  for (const part of parts) {
    for (const station of part.stations) {
      const known = stations.get(station.server);
      if (known === undefined) stations.set(station.server, [station]);
      else known.push(station);
    }
  }
  const priorities = parts.reduce((bits, part) => bits | part.priorities, 0);
  const own = [...stations.values()].map((all) => ({ joined: joined.of(all), links: linksOf(all) }));
  return { id, stations: own, flows: flowsOfParts(parts), priorities };
}

/** Links of stations of one server; of each who used it first. */
function linksOf(stations: readonly Station[]): StationLink[] {
  if (stations.length === 1) return [...stations[0].links];
  const links = new Map<number, StationLink>();
  for (const { links: own } of stations) {
    for (const use of own) {
      const earlier = links.get(use.link.index);
      if (earlier === undefined || use.rank < earlier.rank) links.set(use.link.index, use);
    }
  }
  return [...links.values()];
}
