import { InputError } from '../base/diagnostics.js';
import { nearestTo } from '../base/nearest.js';
import type { Problem } from '../base/yaml.js';
import type { Actor, Conditions, DataFlow, Decision, Decisions, Network } from './types.js';

/** References and interface labels of a figure that no actor pair can be given to. */
export interface Unassigned {
  readonly figure: string;
  readonly references: readonly string[];
  readonly interfaces: readonly string[];
}

/** Changes with the shape of `ModelData`, so that data precompiled by another version is not used. */
export const MODEL_VERSION = 2;

/** The reference architecture as plain data. */
export interface ModelData {
  readonly version: typeof MODEL_VERSION;
  readonly decisions: readonly Decision[];
  readonly actors: readonly Actor[];
  readonly networks: readonly Network[];
  readonly dataFlows: readonly DataFlow[];
  readonly unassigned: readonly Unassigned[];
}

/** The reference architecture: its lists and how to find things in them. */
export class ReferenceModel {
  readonly decisions: readonly Decision[];
  /** Actors, the nodes inside data flows (`node: true`) included. */
  readonly actors: readonly Actor[];
  readonly networks: readonly Network[];
  readonly dataFlows: readonly DataFlow[];
  readonly unassigned: readonly Unassigned[];
  readonly #actors = new Map<string, Actor>();
  readonly #networks: ReadonlyMap<string, Network>;
  readonly #dataFlows: ReadonlyMap<string, DataFlow>;

  constructor(data: ModelData) {
    this.decisions = data.decisions;
    this.actors = data.actors;
    this.networks = data.networks;
    this.dataFlows = data.dataFlows;
    this.unassigned = data.unassigned;
    for (const actor of data.actors) {
      for (const name of [actor.name, ...actor.aliases]) this.#actors.set(foldActorName(name), actor);
    }
    this.#networks = new Map(data.networks.map((network) => [network.name, network]));
    this.#dataFlows = new Map(data.dataFlows.map((flow) => [flow.ref, flow]));
  }

  /** An actor by its name or an alias; white space, case and the kind of dash do not matter. */
  findActor(name: string): Actor | undefined {
    return this.#actors.get(foldActorName(name));
  }

  /** @throws InputError (UNKNOWN_NAME) with the nearest name */
  actor(name: string): Actor {
    const actor = this.findActor(name);
    if (actor === undefined) throw new InputError([{ file: '<object>', path: 'actor', ...this.unknownActor(name) }]);
    return actor;
  }

  /** What to say about an actor's name that is none. */
  unknownActor(name: string): Problem {
    const names = this.actors.filter((actor) => actor.node !== true);
    return {
      code: 'UNKNOWN_NAME',
      message: 'there is no such actor',
      found: name,
      allowed: names.map((actor) => actor.name).join(', '),
      ...nearestTo(
        name,
        names.flatMap((actor) => [actor.name, ...actor.aliases]),
      ),
    };
  }

  /** @throws InputError (UNKNOWN_NAME) with the nearest name */
  network(name: string): Network {
    const network = this.#networks.get(name);
    if (network !== undefined) return network;
    throw this.#unknown('network', name, [...this.#networks.keys()]);
  }

  findDataFlow(ref: string): DataFlow | undefined {
    return this.#dataFlows.get(ref);
  }

  /** What to say about a reference that is none. */
  unknownDataFlow(ref: string): Problem {
    return {
      code: 'UNKNOWN_NAME',
      message: 'there is no such data flow',
      found: ref,
      ...nearestTo(ref, this.#dataFlows.keys()),
    };
  }

  /** @throws InputError (UNKNOWN_NAME) with the nearest reference */
  dataFlow(ref: string): DataFlow {
    const flow = this.#dataFlows.get(ref);
    if (flow !== undefined) return flow;
    throw this.#unknown('data flow', ref, [...this.#dataFlows.keys()]);
  }

  /** `printed`, or why the data flow was reconstructed as it is. */
  basis(ref: string): string {
    return this.dataFlow(ref).basis ?? 'printed';
  }

  #unknown(kind: string, found: string, names: readonly string[]): InputError {
    return new InputError([
      {
        code: 'UNKNOWN_NAME',
        file: '<object>',
        path: kind,
        message: `there is no such ${kind}`,
        found,
        allowed: names.join(', '),
        ...nearestTo(found, names),
      },
    ]);
  }
}

/** True when every condition allows the value that the decisions have. */
export function holds(conditions: Conditions | undefined, decisions: Decisions): boolean {
  return Object.entries(conditions ?? {}).every(([name, values]) => values.includes(decisions[name]!));
}

/** One spelling for what the sources print with an en dash, double blanks or other capitals. */
export function foldActorName(name: string): string {
  return name
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
