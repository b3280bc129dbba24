/**
 * Closed form of many plans that are made of the same parts. What a server carries depends only on the parts that use it,
 * and the latency of a part's flows only on the states of its servers: each is computed once, however many plans have it.
 *
 *   plans of some flows ──openPart──> parts ──join──> states of servers ──> latencies of each part's flows
 */
import type { Plan, PlanTime } from '../plan.js';
import { DelayIds, type LinkUse, openPart, type Part } from './part.js';
import { PartLatencies } from './part-latency.js';
import { type FieldEnd, ServerState } from './server-state.js';
import { NoSharedNetwork, type SharedLink, SharedNetwork, type SharedServer } from './shared-network.js';

/** Devices in every instance of every kind of area; equal ones have the same number. */
export interface Endpoints {
  readonly id: number;
  readonly perKind: readonly Float64Array[];
}

/** A server of a joint plan. */
export interface JointServer {
  readonly server: SharedServer;
  readonly state: ServerState;
  readonly isOneStation: boolean;
  /** Those of its links that are in use. */
  readonly links: readonly SharedLink[];
}

export interface Joint {
  /** Servers in the order in which the parts use them. */
  readonly servers: readonly JointServer[];
  /** Of each part, in their order. */
  readonly latencies: readonly PartLatencies[];
}

/** Ids stay below this, so that a pair of them is one exact number. */
const MOST_IDS = 2 ** 26;

/** Numbers for sequences of numbers: a tree in which each step has one number. */
class Sequences {
  readonly #next = new Map<number, number>();
  #count = 0;

  /** The number of the sequence `before` (0: empty) with one more item. */
  step(before: number, item: number): number {
    const key = before * MOST_IDS + item;
    let next = this.#next.get(key);
    if (next === undefined) {
      next = ++this.#count;
      this.#next.set(key, next);
    }
    return next;
  }
}

interface NumberedState {
  readonly id: number;
  readonly state: ServerState;
}

export class JointClosedForm {
  readonly network = new SharedNetwork();
  readonly #time: PlanTime;
  readonly #instances: Uint32Array;
  readonly #delayIds = new DelayIds();
  readonly #parts: Part[] = [];
  readonly #sequences = new Sequences();
  /** By sequence of parts and what else a state depends on. */
  readonly #states = new Map<number, NumberedState>();
  readonly #latencies = new Map<number, PartLatencies>();
  /** Of the servers of the plan being joined, by their id. */
  #sequenceOf = new Int32Array(256);

  /** @param time, @param instances of all parts */
  constructor(time: PlanTime, instances: Uint32Array) {
    this.#time = time;
    this.#instances = instances;
  }

  /** Opens a plan of some flows as a part. */
  open(plan: Plan, use: LinkUse): Part {
    const part = openPart(this.#parts.length, plan, use, this.network, this.#delayIds);
    this.#parts.push(part);
    return part;
  }

  /**
   * The closed form of the plan of some parts. O(parts x their servers) where nothing is new.
   * @throws NoSharedNetwork when two parts have a name for different servers
   */
  join(parts: readonly Part[], endpoints: Endpoints): Joint {
    const classes = classesOf(parts);
    const used = this.#use(parts);
    const states = new Map<SharedServer, NumberedState>();
    const servers = used.map(({ server, sequence, isOneStation, links }): JointServer => {
      const numbered = this.#stateOf(server, parts, sequence, classes, isOneStation, endpoints);
      states.set(server, numbered);
      return { server, state: numbered.state, isOneStation, links };
    });
    const latencies = parts.map((part) => {
      let sequence = this.#sequences.step(0, part.id);
      const own = part.stations.map(({ server }) => states.get(server)!);
      for (const { id } of own) sequence = this.#sequences.step(sequence, id);
      let known = this.#latencies.get(sequence);
      if (known === undefined) {
        known = new PartLatencies(
          part,
          own.map(({ state }) => state),
        );
        this.#latencies.set(sequence, known);
      }
      return known;
    });
    return { servers, latencies };
  }

  /** Servers in use, the sequence of the parts that use each, and whether one station is at its field end. */
  #use(parts: readonly Part[]): (Omit<JointServer, 'state'> & { readonly sequence: number })[] {
    const servers: SharedServer[] = [];
    const count = this.network.servers.length;
    if (this.#sequenceOf.length < count) this.#sequenceOf = new Int32Array(2 * count);
    this.#sequenceOf.fill(0, 0, count);
    const firstUse = new Map<SharedServer, Map<SharedLink, { rank: number; isStation: boolean }>>();
    for (const part of parts) {
      for (const { server, links, crossings } of part.stations) {
        if (!firstUse.has(server)) {
          servers.push(server);
          firstUse.set(server, new Map());
        }
        if (crossings.length > 0) {
          this.#sequenceOf[server.id] = this.#sequences.step(this.#sequenceOf[server.id], part.id);
        }
        const first = firstUse.get(server)!;
        for (const { link, rank, isStation } of links) {
          if (rank < (first.get(link)?.rank ?? Infinity)) first.set(link, { rank, isStation });
        }
      }
    }
    const names = new Set<string>();
    return servers.map((server) => {
      if (names.has(server.name)) throw new NoSharedNetwork(`${server.name} differs between parts`);
      names.add(server.name);
      const first = firstUse.get(server)!;
      return {
        server,
        sequence: this.#sequenceOf[server.id],
        isOneStation: [...first.values()].every(({ isStation }) => isStation),
        links: [...first.keys()],
      };
    });
  }

  #stateOf(
    server: SharedServer,
    parts: readonly Part[],
    sequence: number,
    classes: { readonly id: number; readonly all: readonly number[] },
    isOneStation: boolean,
    endpoints: Endpoints,
  ): NumberedState {
    let key = this.#sequences.step(this.#sequences.step(sequence, server.id), classes.id);
    if (server.medium !== undefined) {
      key = this.#sequences.step(this.#sequences.step(key, Number(isOneStation)), endpoints.id);
    }
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const stations = parts.flatMap((part) => part.stations.filter((station) => station.server === server));
    const fieldEnd: FieldEnd = { isOneStation, endpoints: endpoints.perKind[server.kind] };
    const instances = this.#instances[server.kind];
    const state = new ServerState(server, stations, instances, this.#time, classes.all, fieldEnd);
    const made = { id: this.#states.size, state };
    this.#states.set(key, made);
    return made;
  }
}

/** Priorities in use, the most urgent first. */
function classesOf(parts: readonly Part[]): { id: number; all: number[] } {
  let bits = 0;
  for (const { priorities } of parts) bits |= priorities;
  const all: number[] = [];
  for (let priority = 0; priority < 32; priority++) if ((bits >>> priority) & 1) all.push(priority);
  return { id: bits >>> 0, all };
}
