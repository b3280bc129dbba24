/**
 * The reference architecture as a graph, and every simple way through it whatever the profile.
 *
 * A way is found once per pair of actors, on the graph of all profiles together, with the conditions that its actors,
 * data flows and transits put on the decisions; a profile then only picks. Ways whose conditions contradict each other
 * are cut off while they grow, which keeps their number small.
 */
import type { ReferenceModel } from './model.js';
import type { Actor, Conditions, DataFlow, Decisions, Route, RouteHop } from './types.js';

/** A longer route than any that the diagrams have; a bound for the search. */
const MOST_FLOWS = 14;

/** Conditions and who has them: an actor, or a data flow (or the passage from one to the next). */
export interface Ask {
  readonly by: 'actor' | 'dataFlow';
  readonly name: string;
  readonly conditions: Conditions;
}

/** A way between two actors with what it asks of the profile. */
export interface Way {
  readonly route: Route;
  readonly cost: number;
  /** Per decision (index in decisions.yaml): bit v is set when value v is allowed. */
  readonly allowed: Int32Array;
  readonly asks: readonly Ask[];
}

/** A data flow as it leaves a place. Places are actors, or one role of an actor. */
interface Step {
  readonly flow: DataFlow;
  readonly forward: boolean;
  readonly to: string;
  /** Network at the place that the step leaves, and at the one that it reaches. */
  readonly departNetwork: string;
  readonly arriveNetwork: string;
}

export class Graph {
  readonly #model: ReferenceModel;
  readonly #steps = new Map<string, Step[]>();
  readonly #actorAt = new Map<string, Actor>();
  readonly #ways = new Map<string, readonly Way[]>();

  constructor(model: ReferenceModel) {
    this.#model = model;
    for (const flow of model.dataFlows) {
      const from = this.#place(flow.from, flow.fromRole);
      const to = this.#place(flow.to, flow.toRole);
      const near = flow.via?.network ?? flow.network;
      this.#steps.get(from)!.push({ flow, forward: true, to, departNetwork: near, arriveNetwork: flow.network });
      if (flow.oneWay === true) continue;
      this.#steps.get(to)!.push({ flow, forward: false, to: from, departNetwork: flow.network, arriveNetwork: near });
    }
  }

  /**
   * All simple ways between two actors under any profile: no place twice, never through `from` or `to`.
   * In order of cost, then number of data flows, then expression. Cached per pair.
   */
  ways(from: Actor, to: Actor): readonly Way[] {
    const key = `${from.name}\n${to.name}`;
    let ways = this.#ways.get(key);
    if (ways === undefined) {
      ways = this.#search(from, to);
      this.#ways.set(key, ways);
    }
    return ways;
  }

  /** The values of decisions as bits, to compare with `Way.allowed`. */
  bits(decisions: Decisions): Int32Array {
    return Int32Array.from(this.#model.decisions, ({ name, values }) => 1 << values.indexOf(decisions[name]!));
  }

  #place(name: string, role: string | undefined): string {
    const place = role === undefined ? name : `${name}@${role}`;
    if (!this.#steps.has(place)) {
      this.#steps.set(place, []);
      this.#actorAt.set(place, this.#model.actor(name));
    }
    return place;
  }

  #search(from: Actor, to: Actor): Way[] {
    const found: Way[] = [];
    if (from === to) return found;
    const taken: Step[] = [];
    const asks: Ask[] = [];
    const visited = new Set<string>();

    const grow = (place: string, allowed: Int32Array): void => {
      const here = this.#actorAt.get(place)!;
      const last = taken[taken.length - 1];
      for (const step of this.#steps.get(place)!) {
        const next = this.#actorAt.get(step.to)!;
        if (visited.has(step.to) || next === from || taken.length >= MOST_FLOWS) continue;
        for (const transit of last === undefined ? [undefined] : transits(here, last, step)) {
          const wanted: Ask[] = [
            { by: 'dataFlow', name: step.flow.ref, conditions: transit ?? {} },
            { by: 'dataFlow', name: step.flow.ref, conditions: step.flow.when ?? {} },
            { by: 'actor', name: next.name, conditions: next.when ?? {} },
          ];
          const narrowed = this.#narrow(
            allowed,
            wanted.map(({ conditions }) => conditions),
          );
          if (narrowed === undefined) continue;
          taken.push(step);
          asks.push(...wanted);
          if (next === to) {
            found.push(wayOf(this.#model, from, taken, narrowed, asks));
          } else if (next.transit !== undefined) {
            visited.add(step.to);
            grow(step.to, narrowed);
            visited.delete(step.to);
          }
          asks.length -= wanted.length;
          taken.pop();
        }
      }
    };

    const everything = Int32Array.from(this.#model.decisions, ({ values }) => (1 << values.length) - 1);
    const start = this.#narrow(everything, [from.when ?? {}])!;
    asks.push({ by: 'actor', name: from.name, conditions: from.when ?? {} });
    for (const [place, actor] of this.#actorAt) {
      if (actor !== from) continue;
      visited.add(place);
      grow(place, start);
      visited.delete(place);
    }
    return found.sort(byCost);
  }

  /** Conditions on top of others; undefined when no profile can meet all of them. */
  #narrow(allowed: Int32Array, conditions: readonly Conditions[]): Int32Array | undefined {
    const narrowed = allowed.slice();
    for (const condition of conditions) {
      for (const [name, values] of Object.entries(condition)) {
        const index = this.#model.decisions.findIndex((decision) => decision.name === name);
        const decision = this.#model.decisions[index]!;
        narrowed[index]! &= values.reduce((bits, value) => bits | (1 << decision.values.indexOf(value)), 0);
        if (narrowed[index] === 0) return undefined;
      }
    }
    return narrowed;
  }
}

/** Conditions under which a message may go on through an actor; one entry per rule that allows it. */
function transits(actor: Actor, arrived: Step, leaving: Step): Conditions[] {
  if (actor.transit === undefined) return [];
  if (actor.transit === true) return [{}];
  const matches = (pattern: string, ref: string, network: string) => pattern === ref || pattern === network;
  const cameBy = (pattern: string) => matches(pattern, arrived.flow.ref, arrived.arriveNetwork);
  const leavesBy = (pattern: string) => matches(pattern, leaving.flow.ref, leaving.departNetwork);
  const fitting = actor.transit.filter(
    ({ between: [a, b] }) => (cameBy(a) && leavesBy(b)) || (cameBy(b) && leavesBy(a)),
  );
  // One rule without conditions makes the others needless; they would only repeat the way.
  const free = fitting.find((rule) => rule.when === undefined);
  return free === undefined ? fitting.map((rule) => rule.when!) : [{}];
}

function wayOf(
  model: ReferenceModel,
  from: Actor,
  steps: readonly Step[],
  allowed: Int32Array,
  asks: Way['asks'],
): Way {
  const hops: RouteHop[] = [];
  const option: Record<string, string> = { ...from.option };
  let at = from;
  for (const { flow, forward } of steps) {
    const next = model.actor(forward ? flow.to : flow.from);
    if (flow.via === undefined) hops.push(hopOf(flow.ref, at, next, flow.network));
    else {
      const node = model.actor(flow.via.node);
      hops.push(hopOf(flow.ref, at, node, forward ? flow.via.network : flow.network));
      hops.push(hopOf(flow.ref, node, next, forward ? flow.network : flow.via.network));
    }
    Object.assign(option, flow.option, next.option);
    at = next;
  }
  return {
    route: { hops, expression: steps.map(({ flow }) => flow.ref).join(' + '), option },
    cost: steps.reduce((sum, { flow }) => sum + flow.cost, 0),
    allowed,
    asks: asks.filter(({ conditions }) => Object.keys(conditions).length > 0),
  };
}

function hopOf(ref: string, from: Actor, to: Actor, network: string): RouteHop {
  return { ref, from: from.name, to: to.name, network, direction: directionOf(from, to) };
}

function directionOf(from: Actor, to: Actor): RouteHop['direction'] {
  if (from.depth === undefined || to.depth === undefined || from.depth === to.depth) return 'across';
  return to.depth > from.depth ? 'down' : 'up';
}

function byCost(a: Way, b: Way): number {
  const flows = (way: Way) => way.route.expression.split(' + ').length;
  return a.cost - b.cost || flows(a) - flows(b) || (a.route.expression < b.route.expression ? -1 : 1);
}
