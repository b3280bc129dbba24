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

/** An actor, or one role of an actor. */
interface Place {
  readonly actor: Actor;
  readonly steps: Step[];
  isTaken: boolean;
}

/** A data flow as it leaves a place. */
interface Step {
  readonly flow: DataFlow;
  readonly forward: boolean;
  readonly to: Place;
  /** Network at the place that the step leaves, and at the one that it reaches. */
  readonly departNetwork: string;
  readonly arriveNetwork: string;
  /** What may follow; made when the step is first taken. */
  moves?: readonly Move[];
}

/** A step after another, with what the passage, its data flow and the actor that it reaches ask. */
interface Move {
  readonly step: Step;
  readonly asks: readonly Ask[];
  readonly narrows: readonly Narrowing[];
}

/** Values of a decision (index in decisions.yaml) that conditions allow, as bits. */
interface Narrowing {
  readonly decision: number;
  readonly bits: number;
}

export class Graph {
  readonly #model: ReferenceModel;
  readonly #places = new Map<string, Place>();
  readonly #ways = new Map<string, readonly Way[]>();
  /** Values still allowed after so many moves, per decision; of the way that is being looked at. */
  readonly #allowed: readonly Int32Array[];

  constructor(model: ReferenceModel) {
    this.#model = model;
    this.#allowed = Array.from({ length: MOST_FLOWS + 1 }, () => new Int32Array(model.decisions.length));
    for (const flow of model.dataFlows) {
      const from = this.#place(flow.from, flow.fromRole);
      const to = this.#place(flow.to, flow.toRole);
      const near = flow.via?.network ?? flow.network;
      from.steps.push({ flow, forward: true, to, departNetwork: near, arriveNetwork: flow.network });
      if (flow.oneWay === true) continue;
      to.steps.push({ flow, forward: false, to: from, departNetwork: flow.network, arriveNetwork: near });
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

  #place(name: string, role: string | undefined): Place {
    const key = role === undefined ? name : `${name}@${role}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = { actor: this.#model.actor(name), steps: [], isTaken: false };
      this.#places.set(key, place);
    }
    return place;
  }

  #search(from: Actor, to: Actor): Way[] {
    const found: Way[] = [];
    if (from === to) return found;
    const taken: Move[] = [];

    const grow = (moves: readonly Move[]): void => {
      if (taken.length >= MOST_FLOWS) return;
      for (const move of moves) {
        const { to: place } = move.step;
        if (place.isTaken || place.actor === from || !this.#narrow(taken.length, move.narrows)) continue;
        taken.push(move);
        if (place.actor === to) {
          found.push(wayOf(this.#model, from, taken, this.#allowed[taken.length]!.slice()));
        } else if (place.actor.transit !== undefined) {
          place.isTaken = true;
          grow(this.#movesAfter(move.step));
          place.isTaken = false;
        }
        taken.pop();
      }
    };

    const start = this.#allowed[0]!;
    this.#model.decisions.forEach(({ values }, i) => {
      start[i] = (1 << values.length) - 1;
    });
    for (const { decision, bits } of this.#narrowings([from.when ?? {}])) start[decision]! &= bits;
    for (const place of this.#places.values()) {
      if (place.actor !== from) continue;
      place.isTaken = true;
      grow(place.steps.map((step) => this.#moveOf(step, {})));
      place.isTaken = false;
    }
    return found.sort(byCost);
  }

  /** Steps on from the place that a step reaches, one for each rule of the passage that allows it. */
  #movesAfter(step: Step): readonly Move[] {
    const { to } = step;
    step.moves ??= to.steps.flatMap((next) =>
      transits(to.actor, step, next).map((conditions) => this.#moveOf(next, conditions)),
    );
    return step.moves;
  }

  #moveOf(step: Step, passage: Conditions): Move {
    const { flow, to } = step;
    const asks: Ask[] = [
      { by: 'dataFlow', name: flow.ref, conditions: passage },
      { by: 'dataFlow', name: flow.ref, conditions: flow.when ?? {} },
      { by: 'actor', name: to.actor.name, conditions: to.actor.when ?? {} },
    ];
    return { step, asks, narrows: this.#narrowings(asks.map(({ conditions }) => conditions)) };
  }

  #narrowings(conditions: readonly Conditions[]): Narrowing[] {
    return conditions.flatMap((condition) =>
      Object.entries(condition).map(([name, values]) => {
        const decision = this.#model.decisions.findIndex((one) => one.name === name);
        const own = this.#model.decisions[decision]!.values;
        return { decision, bits: values.reduce((bits, value) => bits | (1 << own.indexOf(value)), 0) };
      }),
    );
  }

  /** What is allowed after another move; false when no profile can meet all of it. */
  #narrow(moves: number, narrows: readonly Narrowing[]): boolean {
    const [before, after] = [this.#allowed[moves]!, this.#allowed[moves + 1]!];
    for (let i = 0; i < before.length; i++) after[i] = before[i]!;
    for (const { decision, bits } of narrows) {
      after[decision]! &= bits;
      if (after[decision] === 0) return false;
    }
    return true;
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

function wayOf(model: ReferenceModel, from: Actor, moves: readonly Move[], allowed: Int32Array): Way {
  const steps = moves.map(({ step }) => step);
  const asks = [
    { by: 'actor' as const, name: from.name, conditions: from.when ?? {} },
    ...moves.flatMap((move) => move.asks),
  ];
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
