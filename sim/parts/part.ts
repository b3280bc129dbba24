/** A part of larger plans: some flows, walked once, to be joined with others that use the same links. */
import { expectedLoads } from '../expected-loads.js';
import { type HopTime, HopTimes } from '../hop-times.js';
import { type Plan, Process } from '../plan.js';
import type { KnownTimes } from './known-times.js';
import type { SharedLink, SharedNetwork, SharedServer } from './shared-network.js';
import type { KnownTraffic, ServerTraffic } from './traffic.js';
import { hopsOf, type Walks } from './walks.js';

/** Priorities are below this: they are bits of a number. */
export const PRIORITIES = 32;

/** Messages of one source on a link, in equal instances of it. */
export interface Crossing {
  readonly link: SharedLink;
  readonly first: number;
  readonly count: number;
  /** Per instance, for each message of `perBin`; over so many copies. */
  readonly messages: number;
  readonly copiesInUse: number;
  readonly perBin: Float64Array;
  /** Messages that start together, within `spreadS`. */
  readonly batch: number;
  readonly spreadS: number;
  readonly one: HopTime;
  readonly priority: number;
}

/** A link by which a server is used: whether its field end is one station, and the rank of the flow that used it first. */
export interface StationLink {
  readonly link: SharedLink;
  readonly isStation: boolean;
  readonly rank: number;
}

/** A server that a part uses. */
export interface Station extends ServerTraffic {
  readonly links: readonly StationLink[];
}

/** A hop on the way of a source's messages, in its range of instances. */
export interface WayHop {
  /** Id of its link's server. */
  readonly server: number;
  readonly link: SharedLink;
  readonly kind: number;
  readonly first: number;
  readonly count: number;
  readonly one: HopTime;
  readonly isCast: boolean;
  readonly priority: number;
  /** What frames that follow each other save. */
  readonly savedS: number;
  /** The same number: the same delay wherever the server is in the same state. */
  readonly delayId: number;
}

/** Hops in one range of instances; the next segment goes to every instance with the mean over those of this one. */
export interface Segment {
  readonly kind: number;
  readonly first: number;
  readonly count: number;
  readonly hops: readonly WayHop[];
}

/** From a source to one of its receivers, the same object whoever takes it; the range of the last segment is that of the deliveries. */
export interface Path {
  /** Dense, from 0. */
  readonly id: number;
  readonly segments: readonly Segment[];
  readonly retryS: number;
  readonly retries: number;
  /** Ids of the servers on the way, each once. */
  readonly servers: readonly number[];
}

/** Messages of a source that take a path. */
export interface DeliveredWay {
  readonly flow: number;
  readonly path: Path;
  /** Messages delivered per instance, and of those the share that hears them. */
  readonly deliveries: number;
  readonly heard: number;
}

/** What is told of flows. */
export type FlowColumns = Pick<
  Plan['flows'],
  'name' | 'catalogueFlow' | 'useCase' | 'payload' | 'budgetS' | 'requiredReliability'
>;

/** Keeps nothing else of its plan, so that of thousands of plans one at a time is in memory. */
export interface Part {
  /** Dense, from 0. */
  readonly id: number;
  readonly flows: FlowColumns;
  readonly stations: readonly Station[];
  readonly ways: readonly DeliveredWay[];
  /** Bit c: a source has priority c. */
  readonly priorities: number;
  /** The plan, where masters ask in rounds. */
  readonly asks: Plan | undefined;
}

/** Of each link of a part's plan: whether its field end is one station, and the rank of the flow that used it first. */
export type LinkUse = readonly { readonly isStation: boolean; readonly rank: number }[];

/** What the parts of many plans have in common. */
export interface SharedThings {
  readonly network: SharedNetwork;
  readonly times: KnownTimes;
  readonly walks: Walks;
  readonly traffic: KnownTraffic;
}

/**
 * Walks every source of a plan once and keeps what it puts on which server and by which way its messages come. The plan
 * has no holds. O(sources x hops x bins).
 */
export function openPart(id: number, plan: Plan, use: LinkUse, shared: SharedThings): Part {
  const { hops, sources } = plan;
  const links = plan.links.name.map((_, link) => shared.network.of(plan, link));
  const times = new HopTimes(plan, (_, hop, cut) => shared.times.of(plan, hop, cut, links[hops.link[hop]]));
  const { loads, sends } = expectedLoads(plan, times);
  const stations = stationsOf(links, use);
  const walked = { plan, times, links };
  const ways: DeliveredWay[] = [];
  loads.forEach((own, source) => {
    if (own.length === 0) return;
    const order = hopsOf(plan, source);
    const tree = shared.walks.tree(walked, source, order);
    for (const load of own) {
      const column = shared.traffic.column(load.perBin);
      if (column.sent === 0) continue;
      const walk = shared.walks.of(walked, source, order, tree, load);
      for (const traffic of shared.traffic.ofLoad(walk, load, column, sends[source], sources.priority[source])) {
        stations.get(traffic.server)!.loads.push(traffic);
      }
      for (const { place, path, deliveries, heard } of walk.deliveries) {
        ways.push({ flow: hops.deliverFlow[order[place]], path, deliveries: column.sent * deliveries, heard });
      }
    }
  });
  let priorities = 0;
  for (const priority of sources.priority) priorities |= 1 << priority;
  const asks = sources.process.includes(Process.asked) ? plan : undefined;
  const { name, catalogueFlow, useCase, payload, budgetS, requiredReliability } = plan.flows;
  const flows = { name, catalogueFlow, useCase, payload, budgetS, requiredReliability };
  const own = Array.from(stations, ([server, station]): Station => {
    const { crossings, content } = shared.traffic.ofPart(server, station.loads);
    return { server, crossings, content, links: station.links };
  });
  return { id, flows, stations: own, ways, priorities, asks };
}

/** Servers of links, in the order of these, as yet without traffic. */
function stationsOf(links: readonly SharedLink[], use: LinkUse) {
  const stations = new Map<SharedServer, { readonly loads: ServerTraffic[]; readonly links: StationLink[] }>();
  links.forEach((link, l) => {
    let station = stations.get(link.server);
    if (station === undefined) {
      station = { loads: [], links: [] };
      stations.set(link.server, station);
    }
    const { isStation, rank } = use[l];
    station.links.push({ link, isStation, rank });
  });
  return stations;
}
