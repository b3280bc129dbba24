import { type Ask, Graph, type Way } from './graph.js';

import { holds, type ReferenceModel } from './model.js';
import { decisionsOf } from './profiles/decisions.js';
import { referenceModel } from './reference.js';
import type { Actor, Decisions, DeploymentProfile, Route, Site } from './types.js';

/** Route options in order, or a phrase that says why the profile carries nothing between the two actors. */
export type RouteResult = { readonly routes: readonly Route[] } | { readonly reason: string };

export interface RouteOptions {
  /** Backhaul of the DAPs concerned, when it is not the profile's. */
  readonly backhaul?: 'W' | 'IW' | 'IIW';
}

/** A profile's decisions, by name and as bits. */
interface Decided {
  readonly decisions: Decisions;
  readonly bits: Int32Array;
}

/** Decision whose values are carried side by side by one profile: both interfaces of EM3 and EU3. */
const SIDE_BY_SIDE = 'esi';

/** Finds routes on one reference model; keeps what it found. */
export class Router {
  readonly #model: ReferenceModel;
  readonly #graph: Graph;
  readonly #decided = new WeakMap<DeploymentProfile, Map<string, Decided>>();
  readonly #concerns = new Map<string, readonly number[]>();
  readonly #results = new Map<string, RouteResult>();

  constructor(model: ReferenceModel) {
    this.#model = model;
    this.#graph = new Graph(model);
  }

  /**
   * The routes that a profile gives to payloads between two actors: the one of least cost, or one for each energy
   * services interface that the profile has and the payloads can pass, in-meter or utility first.
   * Results are kept per pair and the values of those decisions that matter to the pair. O(ways of the pair).
   * @throws InputError when an actor is unknown
   */
  findRoutes(from: string, to: string, profile: DeploymentProfile, options: RouteOptions = {}): RouteResult {
    const [a, b] = [this.#model.actor(from), this.#model.actor(to)];
    const { decisions, bits } = this.#decide(profile, options);
    const pair = `${a.name}\n${b.name}`;
    const key = `${pair}\n${this.#concernsOf(a, b)
      .map((index) => bits[index])
      .join(' ')}`;
    let result = this.#results.get(key);
    if (result === undefined) {
      const routes = sideBySide(this.#open(a, b, bits), this.#model);
      result = routes.length > 0 ? { routes } : { reason: this.#reason(a, b, decisions, bits) };
      this.#results.set(key, result);
    }
    return result;
  }

  /**
   * All simple paths of the profile's graph, cheapest first; empty when there is none. A gateway counts as one place for
   * each of its functions (backhaul, web, other), since the source's diagrams pass it more than once.
   * @throws InputError when an actor is unknown
   */
  allSimplePaths(from: string, to: string, profile: DeploymentProfile, options: RouteOptions = {}): readonly Route[] {
    const { bits } = this.#decide(profile, options);
    return this.#open(this.#model.actor(from), this.#model.actor(to), bits).map((way) => way.route);
  }

  /** Where an actor stands under a profile: feeder devices stand in DAP areas where the DAP carries them. */
  siteOf(actor: string, profile: DeploymentProfile): Site {
    const { site, sites } = this.#model.actor(actor);
    const { decisions } = this.#decide(profile, {});
    return sites?.find((place) => holds(place.when, decisions))?.site ?? site;
  }

  /** Why a profile has no such actor, in words; undefined when it has. */
  absence(actor: string, profile: DeploymentProfile): string | undefined {
    const { name, when } = this.#model.actor(actor);
    return this.#firstUnmet([{ by: 'actor', name, conditions: when ?? {} }], this.#decide(profile, {}).decisions);
  }

  /** Decisions on which the routes between two actors depend, whatever the profile. @throws InputError */
  decisionsBetween(from: string, to: string): readonly string[] {
    const concerns = this.#concernsOf(this.#model.actor(from), this.#model.actor(to));
    return concerns.map((index) => this.#model.decisions[index]!.name);
  }

  /** Decisions on which an actor's absence and site depend. @throws InputError */
  decisionsOf(actor: string): readonly string[] {
    const { when, sites } = this.#model.actor(actor);
    return [
      ...new Set([when, ...(sites ?? []).map((place) => place.when)].flatMap((asked) => Object.keys(asked ?? {}))),
    ];
  }

  #open(from: Actor, to: Actor, bits: Int32Array): Way[] {
    return this.#graph.ways(from, to).filter((way) => isOpen(way, bits));
  }

  #decide(profile: DeploymentProfile, { backhaul }: RouteOptions): Decided {
    const known = this.#decided.get(profile) ?? new Map<string, Decided>();
    this.#decided.set(profile, known);
    let decided = known.get(backhaul ?? '');
    if (decided === undefined) {
      const decisions = decisionsOf(profile, backhaul);
      decided = { decisions, bits: this.#graph.bits(decisions) };
      known.set(backhaul ?? '', decided);
    }
    return decided;
  }

  /** The decisions (indices) that any way between two actors, or the actors themselves, ask about. */
  #concernsOf(from: Actor, to: Actor): readonly number[] {
    const pair = `${from.name}\n${to.name}`;
    let concerns = this.#concerns.get(pair);
    if (concerns === undefined) {
      const ways = this.#graph.ways(from, to);
      const asked = [from.when, to.when, ...ways.flatMap((way) => way.asks.map((ask) => ask.conditions))];
      const names = new Set(asked.flatMap((conditions) => Object.keys(conditions ?? {})));
      concerns = this.#model.decisions.flatMap((decision, i) => (names.has(decision.name) ? [i] : []));
      this.#concerns.set(pair, concerns);
    }
    return concerns;
  }

  #reason(from: Actor, to: Actor, decisions: Decisions, bits: Int32Array): string {
    if (from === to) return `${from.name} is both ends`;
    const ends = [from, to].map(({ name, when }): Ask => ({ by: 'actor', name, conditions: when ?? {} }));
    const absent = this.#firstUnmet(ends, decisions);
    if (absent !== undefined) return absent;
    const ways = this.#graph.ways(from, to);
    const unmet = (way: Way) => way.allowed.reduce((n, allowed, i) => n + ((allowed & bits[i]!) === 0 ? 1 : 0), 0);
    const fewest = Math.min(...ways.map(unmet));
    const nearest = ways.find((way) => unmet(way) === fewest);
    const closed = nearest === undefined ? undefined : this.#firstUnmet(nearest.asks, decisions);
    return closed ?? `no data flow leads from ${from.name} to ${to.name}`;
  }

  /** The first decision, in the order of decisions.yaml, that somebody asks otherwise, in words. */
  #firstUnmet(asks: readonly Ask[], decisions: Decisions): string | undefined {
    for (const { name, lacking, closed } of this.#model.decisions) {
      const asker = asks.find(({ conditions }) => conditions[name]?.includes(decisions[name]!) === false);
      if (asker === undefined) continue;
      const phrase = asker.by === 'actor' ? lacking : (closed ?? lacking);
      return phrase.replace('{actor}', asker.name).replace('{value}', decisions[name]!);
    }
    return undefined;
  }
}

function isOpen(way: Way, bits: Int32Array): boolean {
  for (let i = 0; i < bits.length; i++) if ((way.allowed[i]! & bits[i]!) === 0) return false;
  return true;
}

/** The cheapest way for each value of the option that a profile carries side by side, in the order of its values. */
function sideBySide(ways: readonly Way[], model: ReferenceModel): Route[] {
  const order = model.decisions.find((decision) => decision.name === SIDE_BY_SIDE)?.values ?? [];
  const cheapest = new Map<string, Way>();
  for (const way of ways) {
    const value = way.route.option[SIDE_BY_SIDE] ?? '';
    if (!cheapest.has(value)) cheapest.set(value, way);
  }
  return [...cheapest].sort(([a], [b]) => rank(order, a) - rank(order, b)).map(([, way]) => way.route);
}

/** In-meter and utility interfaces come before the third party's; what passes none comes first. */
function rank(order: readonly string[], value: string): number {
  return value === '' ? -1 : order.indexOf(value);
}

const routers = new WeakMap<ReferenceModel, Router>();

/** The router of a model, with what it found so far. */
export function routerOf(model: ReferenceModel): Router {
  const router = routers.get(model) ?? new Router(model);
  routers.set(model, router);
  return router;
}

function referenceRouter(): Router {
  return routerOf(referenceModel());
}

/** `Router.findRoutes` on the reference model. */
export function findRoutes(from: string, to: string, profile: DeploymentProfile, options?: RouteOptions): RouteResult {
  return referenceRouter().findRoutes(from, to, profile, options);
}

/** `Router.allSimplePaths` on the reference model. */
export function allSimplePaths(
  from: string,
  to: string,
  profile: DeploymentProfile,
  options?: RouteOptions,
): readonly Route[] {
  return referenceRouter().allSimplePaths(from, to, profile, options);
}

/** `Router.absence` on the reference model. */
export function absence(actor: string, profile: DeploymentProfile): string | undefined {
  return referenceRouter().absence(actor, profile);
}

/** `Router.siteOf` on the reference model. */
export function siteOf(actor: string, profile: DeploymentProfile): Site {
  return referenceRouter().siteOf(actor, profile);
}
