import type { Population } from '../../payloads/types.js';
import type { Route, RouteHop } from '../../topologies/types.js';
import type { Deployment } from '../types.js';
import { type AreaKind, CENTRE, DAP, kindOfSite } from './areas.js';
import type { Backhaul, CompileContext, RowFlow } from './context.js';
import { apportion } from './spread.js';

/** One destination of a leg and the way to it. */
export interface LegWay {
  readonly from: string;
  readonly to: string;
  readonly route: Route;
}

/**
 * A part of a catalogue flow whose messages all take the same links: some actors of its device group, one route option,
 * one backhaul. Every message of the leg goes to each of its ways.
 */
export interface Leg {
  /** `2-Way Meter - Electr`, or several actors of the device group that share their links. */
  readonly devices: string;
  /** Route option and backhaul where there are several, e.g. `ESI - In Meter`, `IW`; else empty. */
  readonly option: string;
  readonly backhaul: Backhaul | '';
  readonly count: number;
  readonly ways: readonly LegWay[];
  /** Instances of DAPs on this backhaul; absent: all. */
  readonly clip: { readonly first: number; readonly count: number } | undefined;
}

export type LegResult = { readonly legs: readonly Leg[] } | { readonly reason: string };

/** Splits a flow's population over its actors, route options and backhauls. `count`: members of the population. */
export function legsOf(item: RowFlow, count: number, context: CompileContext): LegResult {
  const { flow } = item;
  const population = context.population(flow.howOften.population);
  const side = deviceSide(flow.from, flow.to, population);
  const devices = side === 'from' ? members(flow.from, population) : side === 'to' ? members(flow.to, population) : [];
  const legs: Leg[] = [];
  const reasons = new Set<string>();
  for (const variant of backhaulVariants(context)) {
    const backhaul = variant.backhaul === '' ? undefined : variant.backhaul;
    const parts =
      side === 'to'
        ? towardsDevices(flow.from, devices, count, backhaul, context, reasons)
        : side === 'from'
          ? fromDevices(devices, flow.to, count, backhaul, context, reasons)
          : betweenSystems(flow.from, flow.to, count, backhaul, context, reasons);
    legs.push(...mergeAlike(parts, context).map((part) => ({ ...part, ...variant })));
  }
  if (legs.length === 0) return { reason: [...reasons][0] ?? 'no actor of the population is an end of the flow' };
  return { legs: mergeBackhauls(legs) };
}

type Part = Omit<Leg, 'backhaul' | 'clip'>;

/** Which end of the flow the population counts. */
function deviceSide(from: readonly string[], to: readonly string[], population: Population): 'from' | 'to' | 'none' {
  if (from.some((actor) => population.actors.includes(actor))) return 'from';
  return to.some((actor) => population.actors.includes(actor)) ? 'to' : 'none';
}

function members(group: readonly string[], population: Population): string[] {
  return group.filter((actor) => population.actors.includes(actor));
}

function fromDevices(
  devices: readonly string[],
  to: readonly string[],
  count: number,
  backhaul: Backhaul | undefined,
  context: CompileContext,
  reasons: Set<string>,
): Part[] {
  return split(devices, count, context.scenario.deployment).flatMap(({ actor, share }) => {
    const routesTo = to
      .filter((destination) => destination !== actor)
      .map((destination) => ({ destination, found: context.topology.routes(actor, destination, backhaul) }));
    const reachable = routesTo.flatMap(({ destination, found }) => {
      if ('reason' in found) {
        reasons.add(found.reason);
        return [];
      }
      return [{ destination, routes: found.routes }];
    });
    return options(
      Math.max(0, ...reachable.map(({ routes }) => routes.length)),
      share,
      (i) => reachable.map(({ destination, routes }) => ({ from: actor, to: destination, route: routes[Math.min(i, routes.length - 1)]! })),
      actor,
    );
  });
}

function towardsDevices(
  from: readonly string[],
  devices: readonly string[],
  count: number,
  backhaul: Backhaul | undefined,
  context: CompileContext,
  reasons: Set<string>,
): Part[] {
  const able = from.filter((sender) =>
    devices.some((device) => device !== sender && 'routes' in context.topology.routes(sender, device, backhaul)),
  );
  const senders = able.length > 0 ? able : from;
  const perSender = apportion(count, senders.map(() => 1));
  return senders.flatMap((sender, s) =>
    split(devices, perSender[s]!, context.scenario.deployment).flatMap(({ actor, share }) => {
      if (actor === sender) return [];
      const found = context.topology.routes(sender, actor, backhaul);
      if ('reason' in found) {
        reasons.add(found.reason);
        return [];
      }
      return options(found.routes.length, share, (i) => [{ from: sender, to: actor, route: found.routes[i]! }], actor);
    }),
  );
}

function betweenSystems(
  from: readonly string[],
  to: readonly string[],
  count: number,
  backhaul: Backhaul | undefined,
  context: CompileContext,
  reasons: Set<string>,
): Part[] {
  const perSender = apportion(count, from.map(() => 1));
  return from.flatMap((sender, s) => {
    const ways = to.flatMap((destination) => {
      if (destination === sender) return [];
      const found = context.topology.routes(sender, destination, backhaul);
      if ('reason' in found) {
        reasons.add(found.reason);
        return [];
      }
      return [{ from: sender, to: destination, route: found.routes[0]! }];
    });
    return ways.length === 0 || perSender[s] === 0 ? [] : [{ devices: sender, option: '', count: perSender[s]!, ways }];
  });
}

/** Devices of one actor spread evenly over its route options. */
function options(count: number, share: number, waysOf: (option: number) => LegWay[], actor: string): Part[] {
  const shares = apportion(share, new Array<number>(count).fill(1));
  return shares.flatMap((part, i) => {
    const ways = waysOf(i).filter((way) => way.route.hops.length > 0);
    if (part === 0 || ways.length === 0) return [];
    return [{ devices: actor, option: count > 1 ? optionLabel(ways[0]!.route, i) : '', count: part, ways }];
  });
}

/** Route options differ by an actor on the way, mostly the energy services interface. */
function optionLabel(route: Route, index: number): string {
  return route.hops.map((hop) => hop.to).find((actor) => actor.startsWith('ESI')) ?? `option ${index + 1}`;
}

/** How many of a population each actor of its group is, by the deployment's counts. */
function split(actors: readonly string[], count: number, deployment: Deployment): { actor: string; share: number }[] {
  const weights = actors.map((actor) => actorCount(actor, deployment));
  const usable = weights.some((weight) => weight > 0) ? weights : actors.map(() => 1);
  return apportion(count, usable)
    .map((share, i) => ({ actor: actors[i]!, share }))
    .filter(({ share }) => share > 0);
}

/** Devices of an actor in the deployment; 1 for systems. */
export function actorCount(actor: string, deployment: Deployment): number {
  const { meters, feeder, han, fanGateways } = deployment;
  const counts: Record<string, number> = {
    '2-Way Meter - Electr': meters.electric.total,
    '2-Way Meter - Gas': meters.gas.total,
    '2-Way Meter - Water': meters.water.total,
    'Feeder Cap Bank': feeder.capBanks,
    'Feeder Circuit Breaker': feeder.circuitBreakers,
    'Feeder Recloser': feeder.reclosers,
    'Feeder Regulator': feeder.regulators,
    'Feeder Sensor': feeder.sensors,
    'Feeder Sectionalizer': feeder.sectionalizers,
    'Feeder Switch': feeder.switches,
    'Distr. Cust. Storage': feeder.storage,
    'Distr. Cust. Generation': feeder.generation,
    'FAN gateway - field': fanGateways.field,
    'FAN gateway - sub': fanGateways.substation,
    IPD: han.displays,
    'Cust. EMS': han.ems,
    PCT: han.thermostats,
    PHEV: han.vehicles,
    'Smart Appliance': han.appliances,
    'Load Cntl Device': han.loadControl,
  };
  return counts[actor] ?? 1;
}

/** Joins parts whose messages cross the same links, so that a group of HAN devices is one leg. */
function mergeAlike(parts: readonly Part[], context: CompileContext): Part[] {
  const merged = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.option} ${part.ways.map((way) => mediaOf(way, context)).join(';')}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, part);
    else {
      const relabel = (name: string, other: string) => (name.split(', ').includes(other) ? name : `${name}, ${other}`);
      merged.set(key, {
        ...known,
        devices: relabel(known.devices, part.devices),
        count: known.count + part.count,
        ways: known.ways.map((way, i) => ({
          ...way,
          from: relabel(way.from, part.ways[i]!.from),
          to: relabel(way.to, part.ways[i]!.to),
        })),
      });
    }
  }
  return [...merged.values()];
}

/** What tells two ways apart for the network: the media in order, and on links of one data flow its ends. */
function mediaOf(way: LegWay, { scenario, topology }: CompileContext): string {
  const medium = (hop: RouteHop) => {
    const own = topology.network(hop.network).sharing === 'dataFlow' || scenario.dataFlows[hop.ref] !== undefined;
    return own ? `${hop.ref} ${hop.from} ${hop.to}` : `${hop.network} ${hop.direction}`;
  };
  return way.route.hops.map(medium).join(' + ');
}

/** The backhauls of the DAPs with their instances; one variant when all DAPs have the profile's. */
function backhaulVariants(
  context: CompileContext,
): { readonly backhaul: Backhaul | ''; readonly clip: Leg['clip'] }[] {
  const shares = Object.entries(context.scenario.backhaulShares).filter(([, share]) => share > 0) as [Backhaul, number][];
  if (shares.length === 0) return [{ backhaul: '', clip: undefined }];
  if (shares.length === 1) return [{ backhaul: shares[0]![0], clip: undefined }];
  const counts = apportion(
    context.areas.instances[DAP]!,
    shares.map(([, share]) => share),
  );
  let first = 0;
  return shares.map(([backhaul], i) => {
    const clip = { first, count: counts[i]! };
    first += counts[i]!;
    return { backhaul, clip };
  });
}

/** A flow whose route does not depend on the backhaul is one leg over all instances. */
function mergeBackhauls(legs: readonly Leg[]): Leg[] {
  const merged = new Map<string, Leg>();
  for (const leg of legs) {
    const key = `${leg.devices}|${leg.option}|${leg.ways.map((way) => way.route.expression).join(';')}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? leg : { ...known, clip: undefined, backhaul: '' });
  }
  return [...merged.values()];
}

/** The area kind in which a leg's messages live: the population's when its links touch it, else the one that they touch. */
export function bindingKind(population: Population, linkKinds: readonly AreaKind[], context: CompileContext): AreaKind {
  const home = kindOfSite(context.topology.siteOf(population.actors[0]!));
  const touched: readonly AreaKind[] = linkKinds.filter((kind) => kind !== CENTRE);
  if (touched.length === 0) return CENTRE;
  return touched.includes(home) ? home : touched[0]!;
}
