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
  /** Route option where there are several, e.g. `ESI - In Meter`; else empty. */
  readonly option: string;
  /** Backhaul of the DAPs concerned where the scenario mixes several; else empty. */
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
  const others = flow.to.filter((actor) => !devices.includes(actor) && !isDevice(actor, context));
  const legs: Leg[] = [];
  const reasons = new Set<string>();
  const variants = backhaulVariants(context);
  for (const { backhaul, clip } of variants) {
    const parts =
      side === 'to'
        ? towardsDevices(flow.from, devices, others, count, backhaul, context, reasons)
        : side === 'from'
          ? fromDevices(devices, flow.to, count, backhaul, context, reasons)
          : betweenSystems(flow.from, flow.to, count, backhaul, context, reasons);
    const label = variants.length > 1 && backhaul !== undefined ? backhaul : '';
    legs.push(...mergeAlike(parts, context).map((part) => ({ ...part, backhaul: label as Backhaul | '', clip })));
  }
  if (legs.length === 0) return { reason: [...reasons][0] ?? 'no actor of the population is an end of the flow' };
  return { legs: mergeBackhauls(legs) };
}

type Part = Omit<Leg, 'backhaul' | 'clip'>;

/** Device members of a group share the population; only systems get a copy of every message. */
function isDevice(actor: string, { topology }: CompileContext): boolean {
  return !['utility', 'rep', 'public'].includes(topology.siteOf(actor));
}

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
  const able = routable(devices, (device) => waysTo(device, to, 0, backhaul, context, reasons).length > 0);
  return split(able, count, context.scenario.deployment).flatMap(({ actor, share }) => {
    const found = to.map((destination) => context.topology.routes(actor, destination, backhaul));
    const most = Math.max(0, ...found.map((result) => ('routes' in result ? result.routes.length : 0)));
    return options(most, share, (option) => waysTo(actor, to, option, backhaul, context, reasons), actor);
  });
}

/** Members of the destination group that are no devices of the population get each message as well. */
function towardsDevices(
  from: readonly string[],
  devices: readonly string[],
  others: readonly string[],
  count: number,
  backhaul: Backhaul | undefined,
  context: CompileContext,
  reasons: Set<string>,
): Part[] {
  const reaches = (sender: string, device: string) =>
    waysTo(sender, [device], 0, backhaul, context, reasons).length > 0;
  const senders = routable(from, (sender) => devices.some((device) => reaches(sender, device)));
  const perSender = apportion(
    count,
    senders.map(() => 1),
  );
  return senders.flatMap((sender, s) => {
    const able = routable(devices, (device) => reaches(sender, device));
    return split(able, perSender[s]!, context.scenario.deployment).flatMap(({ actor, share }) => {
      const found = context.topology.routes(sender, actor, backhaul);
      const waysOf = (option: number) => {
        const main = waysTo(sender, [actor], option, backhaul, context, reasons);
        return main.length === 0 ? [] : [...main, ...waysTo(sender, others, option, backhaul, context, reasons)];
      };
      return options('routes' in found ? found.routes.length : 0, share, waysOf, actor);
    });
  });
}

/** Those that can take part; all of them when none can, so that the reason comes to light. */
function routable(actors: readonly string[], able: (actor: string) => boolean): readonly string[] {
  const some = actors.filter(able);
  return some.length > 0 ? some : actors;
}

/** Ways from one actor to each of several that the profile connects; of route options the given one, or the last. */
function waysTo(
  from: string,
  to: readonly string[],
  option: number,
  backhaul: Backhaul | undefined,
  context: CompileContext,
  reasons: Set<string>,
): LegWay[] {
  return to.flatMap((destination) => {
    if (destination === from) return [];
    const found = context.topology.routes(from, destination, backhaul);
    if ('reason' in found) {
      reasons.add(found.reason);
      return [];
    }
    return [{ from, to: destination, route: found.routes[Math.min(option, found.routes.length - 1)]! }];
  });
}

function betweenSystems(
  from: readonly string[],
  to: readonly string[],
  count: number,
  backhaul: Backhaul | undefined,
  context: CompileContext,
  reasons: Set<string>,
): Part[] {
  const perSender = apportion(
    count,
    from.map(() => 1),
  );
  return from.flatMap((sender, s) =>
    options(1, perSender[s]!, () => waysTo(sender, to, 0, backhaul, context, reasons), sender),
  );
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

/** The backhauls of the DAPs with their instances; the profile's own where the scenario gives no shares. */
function backhaulVariants(
  context: CompileContext,
): { readonly backhaul: Backhaul | undefined; readonly clip: Leg['clip'] }[] {
  const shares = Object.entries(context.scenario.backhaulShares).filter(([, share]) => share > 0) as [
    Backhaul,
    number,
  ][];
  if (shares.length <= 1) return [{ backhaul: shares[0]?.[0], clip: undefined }];
  const counts = apportion(
    context.areas.instances[DAP]!,
    shares.map(([, share]) => share),
  );
  let first = 0;
  return shares.flatMap(([backhaul], i) => {
    const clip = { first, count: counts[i]! };
    first += counts[i]!;
    return clip.count === 0 ? [] : [{ backhaul, clip }];
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
