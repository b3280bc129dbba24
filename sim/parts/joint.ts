/**
 * Closed form of many plans that are made of the same parts. What a server carries depends only on the parts that use it,
 * the delay on a path only on the states of its servers: each is computed once, however many plans have it.
 *
 *   plans of some flows ──openPart──> parts ──bundled──> bundles ──join──> states of servers ──> delays of paths
 *                                                                                           └──> latencies of bundles
 */
import type { AreaTable, Plan, PlanTime } from '../plan.js';
import { BundleLatencies } from './bundle-latency.js';
import { type Bundle, bundled } from './bundles.js';
import { Interned } from './interned.js';
import { type JoinedStation, JoinedStations } from './joined-stations.js';
import { KnownLists } from './known-lists.js';
import { KnownTimes } from './known-times.js';
import { type LinkUse, openPart, type Part, type StationLink } from './part.js';
import { PathDelays } from './path-delay.js';
import { ServerState } from './server-state.js';
import { NoSharedNetwork, type SharedLink, SharedNetwork, type SharedServer } from './shared-network.js';
import { KnownTraffic } from './traffic.js';
import { Walks } from './walks.js';

/** Devices in every instance of every kind of area; equal ones have the same number. */
export interface Endpoints {
  readonly id: number;
  readonly perKind: readonly Float64Array[];
}

/** A server of a joint plan. */
export interface JointServer {
  readonly server: SharedServer;
  readonly state: ServerState;
  /** The same number: the same state of the same server. */
  readonly stateId: number;
  readonly isOneStation: boolean;
  /** Those of its links that are in use. */
  readonly links: readonly SharedLink[];
}

export interface Joint {
  readonly servers: readonly JointServer[];
  /** Of each bundle of parts; the same object wherever it is the same. */
  readonly latencies: readonly BundleLatencies[];
}

interface NumberedState {
  readonly id: number;
  readonly state: ServerState;
}

/** A server while the bundles of one plan are gone through. */
interface Use {
  readonly server: SharedServer;
  readonly stations: JoinedStation[];
  /** Links in the order in which they are met, and by their index who used each first. */
  readonly links: SharedLink[];
  readonly first: (StationLink | undefined)[];
}

export class JointClosedForm {
  readonly network = new SharedNetwork();
  readonly #time: PlanTime;
  readonly #areas: Pick<AreaTable, 'instances' | 'parent'>;
  readonly #times = new KnownTimes();
  readonly #walks = new Walks(new Interned(), this.#times);
  readonly #traffic = new KnownTraffic();
  #parts = 0;
  readonly #stations = new JoinedStations();
  readonly #paths: PathDelays;
  /**
   * By server, classes, field end and what crosses it: that bundles put the same on a server is frequent where they go
   * on by different ways behind it. Of a city's 948 profiles 660 states in place of 3,190 by bundle.
   */
  readonly #states = new KnownLists<NumberedState>();
  #stateCount = 0;
  /** By bundle and the states of its servers. */
  readonly #latencies = new KnownLists<BundleLatencies>();
  readonly #list = new Int32Array(4096);
  /** State of each server of the plan being joined, by the server's id. */
  readonly #now: NumberedState[] = [];

  /** @param time, @param areas of all parts */
  constructor(time: PlanTime, areas: Pick<AreaTable, 'instances' | 'parent'>) {
    this.#time = time;
    this.#areas = areas;
    this.#paths = new PathDelays(areas.parent);
  }

  /** Opens a plan of some flows as a part. */
  open(plan: Plan, use: LinkUse): Part {
    const shared = { network: this.network, times: this.#times, walks: this.#walks, traffic: this.#traffic };
    return openPart(this.#parts++, plan, use, shared);
  }

  /**
   * The closed form of the plan of each list of parts, one after the other.
   * @throws NoSharedNetwork when two parts of a plan have a name for different servers
   */
  *join(plans: readonly { readonly parts: readonly Part[]; readonly endpoints: Endpoints }[]): Generator<Joint> {
    const bundles = bundled(
      plans.map(({ parts }) => parts),
      this.#stations,
    );
    for (const [i, { endpoints }] of plans.entries()) yield this.#joint(bundles[i], endpoints);
  }

  #joint(bundles: readonly Bundle[], endpoints: Endpoints): Joint {
    const classes = classesOf(bundles);
    const servers = usesOf(bundles).map((use): JointServer => {
      const isOneStation = use.links.every(({ index }) => use.first[index]!.isStation);
      const numbered = this.#stateOf(use, classes, isOneStation, endpoints);
      this.#now[use.server.id] = numbered;
      return {
        server: use.server,
        state: numbered.state,
        stateId: numbered.id,
        isOneStation,
        links: use.links,
      };
    });
    return { servers, latencies: bundles.map((bundle) => this.#latenciesOf(bundle)) };
  }

  #stateOf(
    { server, stations }: Use,
    classes: { readonly bits: number; readonly all: readonly number[] },
    isOneStation: boolean,
    endpoints: Endpoints,
  ): NumberedState {
    const list = this.#list;
    list[0] = server.id;
    list[1] = classes.bits;
    // Of pipes it does not matter who is at their ends.
    list[2] = server.medium === undefined ? 0 : 1 + Number(isOneStation);
    list[3] = server.medium === undefined ? 0 : endpoints.id;
    let length = 4;
    for (const { content } of stations) list[length++] = content;
    const known = this.#states.get(list, length);
    if (known !== undefined) return known;
    const fieldEnd = { isOneStation, endpoints: endpoints.perKind[server.kind] };
    const instances = this.#areas.instances[server.kind];
    const state = new ServerState(server, stations, instances, this.#time, classes.all, fieldEnd);
    const made = { id: this.#stateCount++, state };
    this.#states.set(list, length, made);
    return made;
  }

  #latenciesOf({ id, stations, flows }: Bundle): BundleLatencies {
    const list = this.#list;
    let length = 1;
    list[0] = id;
    for (const { joined } of stations) list[length++] = this.#now[joined.server.id].id;
    const known = this.#latencies.get(list, length);
    if (known !== undefined) return known;
    const now: NumberedState[] = [];
    for (const { joined } of stations) now[joined.server.id] = this.#now[joined.server.id];
    const made = new BundleLatencies(flows, this.#paths, now);
    this.#latencies.set(list, length, made);
    return made;
  }
}

/** Servers that bundles use. @throws NoSharedNetwork when two of them have one name */
function usesOf(bundles: readonly Bundle[]): Use[] {
  const uses: Use[] = [];
  const byName: (Use | undefined)[] = [];
  for (const { stations } of bundles) {
    for (const { joined, links } of stations) {
      const { server } = joined;
      let use = byName[server.nameId];
      if (use === undefined) {
        use = { server, stations: [], links: [], first: new Array(server.links.length) };
        byName[server.nameId] = use;
        uses.push(use);
      }
      if (use.server !== server) throw new NoSharedNetwork(`${server.name} differs between parts`);
      for (const own of links) {
        const first = use.first[own.link.index];
        if (first === undefined) use.links.push(own.link);
        if (first === undefined || own.rank < first.rank) use.first[own.link.index] = own;
      }
      if (joined.isCrossed) use.stations.push(joined);
    }
  }
  return uses;
}

/** Priorities in use, the most urgent first. */
function classesOf(bundles: readonly Bundle[]): { bits: number; all: number[] } {
  let bits = 0;
  for (const { priorities } of bundles) bits |= priorities;
  const all: number[] = [];
  for (let priority = 0; priority < 32; priority++) if ((bits >>> priority) & 1) all.push(priority);
  return { bits, all };
}
