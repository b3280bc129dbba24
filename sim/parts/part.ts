/** A part of larger plans: some flows, walked once, to be joined with others that use the same links. */
import { eachServingRange } from '../area-range.js';
import { expectedLoads } from '../expected-loads.js';
import { type HopTime, HopTimes } from '../hop-times.js';
import { Fan, type Plan, Process } from '../plan.js';
import { isCast } from '../server-delays.js';
import { walkSource } from '../walk.js';
import type { Interned } from './interned.js';
import type { SharedLink, SharedNetwork, SharedServer } from './shared-network.js';

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

/** A server that a part uses. */
export interface Station {
  readonly server: SharedServer;
  readonly crossings: Crossing[];
  /** Links by which it is used; of each whether its field end is one station, and the rank of the flow that used it first. */
  readonly links: { readonly link: SharedLink; readonly isStation: boolean; readonly rank: number }[];
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
  readonly segments: readonly Segment[];
  readonly retryS: number;
  readonly retries: number;
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

/**
 * Walks every source of a plan once and keeps what it puts on which server and by which way its messages come. The plan
 * has no holds. O(sources x hops x bins).
 */
export function openPart(id: number, plan: Plan, use: LinkUse, network: SharedNetwork, interned: Interned): Part {
  const { hops, sources } = plan;
  const times = new HopTimes(plan);
  const { loads, sends } = expectedLoads(plan, times);
  const shared = plan.links.name.map((_, link) => network.of(plan, link));
  const stations: Station[] = [];
  const stationOf = new Map<SharedServer, number>();
  const stationOfLink = shared.map((link, l) => {
    let at = stationOf.get(link.server);
    if (at === undefined) {
      at = stations.push({ server: link.server, crossings: [], links: [] }) - 1;
      stationOf.set(link.server, at);
    }
    stations[at].links.push({ link, ...use[l] });
    return at;
  });
  const ways: DeliveredWay[] = [];
  loads.forEach((own, source) => {
    const priority = sources.priority[source];
    const [retryS, retries] = [sources.retryS[source], sources.retries[source]];
    for (const load of own) {
      const sent = load.perBin.reduce((sum, messages) => sum + messages, 0);
      if (sent === 0) continue;
      const taken: { readonly segments: Segment[]; readonly afterFrameS: number }[] = []; // per depth
      let [depthNow, hopNow] = [0, 0];
      walkSource(plan, source, load, {
        lost: (_, hop) => times.of(source, hop).lost,
        hop({ hop, depth, kind, first, count, messages, copiesInUse, reach, isReply }) {
          const l = hops.link[hop];
          const link = shared[l];
          const one = times.of(source, hop);
          const crossing = messages * reach * sends[source];
          const { batch, spreadS, perBin } = load;
          eachServingRange(plan.areas, { kind, first, count }, plan.links.kind[l], (from, length, weight) => {
            const each = { messages: weight * crossing, copiesInUse, perBin, batch, spreadS, one, priority };
            stations[stationOfLink[l]].crossings.push({ link, first: from, count: length, ...each });
          });
          if (isReply) return;
          [depthNow, hopNow] = [depth, hop];
          const before = depth === 0 ? undefined : taken[depth - 1];
          const isForAll = isCast(plan, hop);
          const isCut = hops.cutThrough[hop] === 1 && before !== undefined;
          const beforeS = before?.afterFrameS ?? 0;
          const wayHop: WayHop = {
            server: link.server.id,
            link,
            kind: plan.links.kind[l],
            first,
            count,
            one,
            isCast: isForAll,
            priority,
            savedS: isCut ? Math.min(one.afterFrameS, beforeS) : 0,
            delayId: interned.delay(link, priority, isForAll, one),
          };
          const isRebound = before !== undefined && hops.fan[hop] === Fan.everyInstance;
          const passed = before?.segments ?? [];
          const last = passed[passed.length - 1];
          const segments =
            last === undefined || isRebound
              ? [...passed, { kind, first, count, hops: [wayHop] }]
              : [...passed.slice(0, -1), { kind, first, count, hops: [...last.hops, wayHop] }];
          taken[depth] = { segments, afterFrameS: isCut ? Math.max(one.afterFrameS, beforeS) : one.afterFrameS };
        },
        delivery({ flow, first, count, deliveries }) {
          const { segments } = taken[depthNow];
          const last = segments[segments.length - 1];
          ways.push({
            flow,
            path: interned.path([...segments.slice(0, -1), { ...last, first, count }], retryS, retries),
            deliveries: sent * deliveries,
            heard: hops.listeners[hopNow] < 0 ? 1 : 1 - times.of(source, hopNow).unheard,
          });
        },
      });
    }
  });
  let priorities = 0;
  for (const priority of sources.priority) priorities |= 1 << priority;
  const asks = sources.process.includes(Process.asked) ? plan : undefined;
  const { name, catalogueFlow, useCase, payload, budgetS, requiredReliability } = plan.flows;
  const flows = { name, catalogueFlow, useCase, payload, budgetS, requiredReliability };
  return { id, flows, stations, ways, priorities, asks };
}
