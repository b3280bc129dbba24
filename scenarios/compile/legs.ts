import type { Population } from '../../payloads/types.js';
import type { Route, RouteHop, Site } from '../../topologies/types.js';
import type { Backhaul } from '../types.js';
import { AREA_KINDS, type AreaKind, CENTRE, kindOfHop, kindOfSite } from './areas.js';
import { backhaulVariants, mergeBackhauls } from './backhauls.js';
import type { CompileContext, RowFlow } from './context.js';
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
  /** `2-Way Meter - Electr`, several actors of the device group that share their links, or the system that sends. */
  readonly devices: string;
  /** An actor of those counted: messages are bound to the areas in which it stands. */
  readonly counted: string;
  /** Route option where there are several, e.g. `ESI - In Meter`; else empty. */
  readonly option: string;
  /** Backhaul of the DAPs concerned where the scenario mixes several; else empty. */
  readonly backhaul: Backhaul | '';
  readonly count: number;
  readonly ways: readonly LegWay[];
  /** Instances of DAPs on this backhaul; absent: all. */
  readonly clip: { readonly first: number; readonly count: number } | undefined;
  /** Where no link of theirs stands in an area, messages keep that of the devices that they concern; CENTRE: they have none. */
  readonly keeps: AreaKind;
}

export type LegResult = { readonly legs: readonly Leg[] } | { readonly reason: string };

type Part = Omit<Leg, 'backhaul' | 'clip' | 'keeps'>;

/** What finding the ways of one flow over one backhaul needs and gathers. */
interface Search {
  readonly context: CompileContext;
  readonly backhaul: Backhaul | undefined;
  /** Why ways are missing. */
  readonly reasons: Set<string>;
}

/** Splits a flow's population over its actors, route options and backhauls. `count`: members of the population. */
export function legsOf(item: RowFlow, count: number, context: CompileContext): LegResult {
  const { from, to, howOften } = item.flow;
  const population = context.population(howOften.population);
  const side = deviceSide(from, to, population);
  const devices = side === 'none' ? [] : members(side === 'from' ? from : to, population);
  const reasons = new Set<string>();
  const keeps = context.leadingToAreas.has(item.flow.id) ? areaOf(population, context) : CENTRE;
  const variants = backhaulVariants(context);
  const legs = variants.map(({ backhaul, clip }): Leg[] => {
    const search = { context, backhaul, reasons };
    const parts =
      side === 'to'
        ? towardsDevices(from, devices, systemsOf(to, devices, context), count, search)
        : side === 'from'
          ? fromDevices(devices, to, count, search)
          : betweenSystems(from, to, count, population, search);
    const label = variants.length > 1 && backhaul !== undefined ? backhaul : '';
    return mergeAlike(parts, context).map(({ devices: own, counted, option, count: members, ways }) => {
      return { devices: own, counted, option, count: members, ways, backhaul: label, clip, keeps };
    });
  });
  const merged = mergeBackhauls(legs);
  if (merged.length > 0) return { legs: merged };
  return { reason: [...reasons][0] ?? 'no actor of the population is an end of the flow' };
}

const SYSTEM_SITES: readonly Site[] = ['utility', 'rep', 'public', 'portal', 'utilities', 'third-party'];

/** The kind of area in which devices of a population stand; of people some may be at home and others on the move. */
function areaOf({ actors }: Population, { topology }: CompileContext): AreaKind {
  const kinds = actors.map((actor) => kindOfSite(topology.siteOf(actor)));
  return kinds.find((kind) => kind !== CENTRE) ?? CENTRE;
}

/** Device members of a group share the population; only systems get a copy of every message. */
function systemsOf(group: readonly string[], devices: readonly string[], { topology }: CompileContext): string[] {
  const isSystem = (actor: string) => SYSTEM_SITES.includes(topology.siteOf(actor));
  return group.filter((actor) => !devices.includes(actor) && isSystem(actor));
}

/** Which end of the flow the population counts. */
function deviceSide(from: readonly string[], to: readonly string[], population: Population): 'from' | 'to' | 'none' {
  if (from.some((actor) => population.actors.includes(actor))) return 'from';
  return to.some((actor) => population.actors.includes(actor)) ? 'to' : 'none';
}

function members(group: readonly string[], population: Population): string[] {
  return group.filter((actor) => population.actors.includes(actor));
}

function fromDevices(devices: readonly string[], to: readonly string[], count: number, search: Search): Part[] {
  const able = routable(devices, (device) => waysTo(device, to, 0, search).length > 0);
  return split(able, count, search.context).flatMap(({ actor, share }) => {
    const most = Math.max(0, ...to.map((destination) => optionsBetween(actor, destination, search)));
    return overOptions(most, share, actor, actor, search, (option) => waysTo(actor, to, option, search));
  });
}

/** Members of the destination group that are no devices of the population get each message as well. */
function towardsDevices(
  from: readonly string[],
  devices: readonly string[],
  others: readonly string[],
  count: number,
  search: Search,
): Part[] {
  const reaches = (sender: string, device: string) => waysTo(sender, [device], 0, search).length > 0;
  const senders = routable(from, (sender) => devices.some((device) => reaches(sender, device)));
  return evenly(count, senders).flatMap(({ actor: sender, share: perSender }) => {
    const able = routable(devices, (device) => reaches(sender, device));
    return split(able, perSender, search.context).flatMap(({ actor, share }) => {
      const waysOf = (option: number) => {
        const main = waysTo(sender, [actor], option, search);
        return main.length === 0 ? [] : [...main, ...waysTo(sender, others, option, search)];
      };
      return overOptions(optionsBetween(sender, actor, search), share, actor, actor, search, waysOf);
    });
  });
}

function betweenSystems(
  from: readonly string[],
  to: readonly string[],
  count: number,
  population: Population,
  search: Search,
): Part[] {
  const { topology } = search.context;
  const counted = population.actors.find((actor) => topology.absence(actor) === undefined) ?? population.actors[0]!;
  const senders = routable(from, (sender) => waysTo(sender, to, 0, search).length > 0);
  return evenly(count, senders).flatMap(({ actor, share }) =>
    overOptions(1, share, actor, counted, search, () => waysTo(actor, to, 0, search)),
  );
}

/** Those that can take part; all of them when none can, so that the reason comes to light. */
function routable(actors: readonly string[], able: (actor: string) => boolean): readonly string[] {
  const some = actors.filter(able);
  return some.length > 0 ? some : actors;
}

/** Ways from one actor to each of several that the profile connects; of route options the given one, or the last. */
function waysTo(from: string, to: readonly string[], option: number, search: Search): LegWay[] {
  const { context, backhaul, reasons } = search;
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

function optionsBetween(from: string, to: string, { context, backhaul }: Search): number {
  if (from === to) return 0;
  const found = context.topology.routes(from, to, backhaul);
  return 'routes' in found ? found.routes.length : 0;
}

/** Devices of one actor spread evenly over its route options. */
function overOptions(
  count: number,
  share: number,
  devices: string,
  counted: string,
  { context }: Search,
  waysOf: (option: number) => LegWay[],
): Part[] {
  const shares = apportion(share, new Array<number>(count).fill(1));
  const parts = shares.flatMap((part, i) => {
    const ways = waysOf(i);
    if (part === 0 || ways.length === 0) return [];
    return [{ devices, counted, option: count > 1 ? optionLabel(ways[0]!.route, i) : '', count: part, ways }];
  });
  if (parts.length > 1) {
    context.assumptions.add({
      kind: 'choice',
      key: 'profile',
      value: parts.map((part) => part.option).join(', '),
      reason: 'the profile has both; each serves as many devices as the other, since no proportion is given',
    });
  }
  return parts;
}

/** Route options differ by an actor on the way, mostly the energy services interface. */
function optionLabel(route: Route, index: number): string {
  return route.hops.map((hop) => hop.to).find((actor) => actor.startsWith('ESI')) ?? `option ${index + 1}`;
}

/** Alternative senders have the same share. */
function evenly(count: number, actors: readonly string[]): { actor: string; share: number }[] {
  const shares = apportion(
    count,
    actors.map(() => 1),
  );
  return actors.map((actor, i) => ({ actor, share: shares[i]! }));
}

/** How many of a population each actor of its group is, by the deployment's counts; equal parts where nothing counts. */
function split(
  actors: readonly string[],
  total: number,
  { count, topology }: CompileContext,
): { actor: string; share: number }[] {
  const weights = actors.map((actor) => {
    const expression = topology.countOf(actor);
    return expression === undefined ? 1 : count(expression);
  });
  const usable = weights.some((weight) => weight > 0) ? weights : actors.map(() => 1);
  return apportion(total, usable)
    .map((share, i) => ({ actor: actors[i]!, share }))
    .filter(({ share }) => share > 0);
}

/** Joins parts whose messages cross the same links, so that a group of HAN devices is one leg. */
function mergeAlike(parts: readonly Part[], context: CompileContext): Part[] {
  if (parts.length < 2) return [...parts];
  const merged = new Map<string, Part>();
  for (const part of parts) {
    const key = `${part.option} ${part.ways.map((way) => mediaOf(way, context)).join(';')}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? part : joined(known, part));
  }
  return [...merged.values()];
}

function joined(part: Part, other: Part): Part {
  const both = (name: string, more: string) => (name.split(', ').includes(more) ? name : `${name}, ${more}`);
  return {
    ...part,
    devices: both(part.devices, other.devices),
    count: part.count + other.count,
    ways: part.ways.map((way, i) => ({
      ...way,
      from: both(way.from, other.ways[i]!.from),
      to: both(way.to, other.ways[i]!.to),
    })),
  };
}

/** What tells two ways apart for the network: the media in order, and on links of one data flow its ends. */
function mediaOf(way: LegWay, { scenario, topology }: CompileContext): string {
  const medium = (hop: RouteHop) => {
    const own = topology.network(hop.network).sharing === 'dataFlow' || scenario.dataFlows[hop.ref] !== undefined;
    if (own) return `${hop.ref} ${hop.from} ${hop.to}`;
    return `${hop.network} ${AREA_KINDS[kindOfHop(hop, topology.siteOf)]} ${hop.direction}`;
  };
  return way.route.hops.map(medium).join(' + ');
}

/** The area kind to which a leg's messages are bound: that of the counted when the links touch it, else the first touched. */
export function bindingKind(leg: Leg, linkKinds: readonly AreaKind[], { topology }: CompileContext): AreaKind {
  const home = kindOfSite(topology.siteOf(leg.counted));
  const touched: readonly AreaKind[] = linkKinds.filter((kind) => kind !== CENTRE);
  if (touched.length === 0) return leg.keeps;
  return touched.includes(home) ? home : touched[0]!;
}
