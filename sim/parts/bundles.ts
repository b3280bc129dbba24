/** Parts that always come together, as one: what they put on a server is added up once. */
import { linkVolumes } from '../volumetrics.js';
import type { Part, RangeVolumes, Station } from './part.js';
import type { SharedServer } from './shared-network.js';

export interface Bundle {
  /** Dense, from 0. */
  readonly id: number;
  readonly parts: readonly Part[];
  readonly stations: readonly Station[];
}

/**
 * The same plans in bundles: parts that are in the same plans are one. O(parts of all plans).
 * @param plans parts of each; no part twice
 * @returns bundles of each plan, in the order of their first parts
 */
export function bundled(plans: readonly (readonly Part[])[]): Bundle[][] {
  // Groups are split plan by plan: those of a group that the plan has leave it for a group of their own.
  const groupOf = new Map<Part, number>();
  let groups = 0;
  for (const parts of plans) {
    const moved = new Map<number, number>();
    for (const part of parts) {
      const old = groupOf.get(part) ?? -1;
      let now = moved.get(old);
      if (now === undefined) {
        now = groups++;
        moved.set(old, now);
      }
      groupOf.set(part, now);
    }
  }
  const members = new Map<number, Part[]>();
  for (const [part, group] of groupOf) members.set(group, [...(members.get(group) ?? []), part]);
  const bundles = new Map([...members].map(([group, parts], id) => [group, bundleOf(id, parts)]));
  return plans.map((parts) =>
    [...new Set(parts.map((part) => groupOf.get(part)!))].map((group) => bundles.get(group)!),
  );
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
  return { id, parts, stations: [...stations.values()].map(joined) };
}

function joined(stations: readonly Station[]): Station {
  const [{ server }] = stations;
  const volumes = new Map<string, RangeVolumes>();
  for (const { link, first, count, volumes: own } of stations.flatMap((station) => station.volumes)) {
    const key = `${link.index} ${first} ${count}`;
    const into = volumes.get(key) ?? { link, first, count, volumes: linkVolumes(own.bytes.length) };
    volumes.set(key, into);
    for (let b = 0; b < own.bytes.length; b++) {
      into.volumes.bytes[b] += own.bytes[b];
      into.volumes.messages[b] += own.messages[b];
      into.volumes.airtimeS[b] += own.airtimeS[b];
    }
  }
  const links = new Map<number, Station['links'][number]>();
  for (const use of stations.flatMap((station) => station.links)) {
    const known = links.get(use.link.index);
    if (known === undefined || use.rank < known.rank) links.set(use.link.index, use);
  }
  return {
    server,
    crossings: stations.flatMap((station) => station.crossings),
    volumes: [...volumes.values()],
    links: [...links.values()],
  };
}
