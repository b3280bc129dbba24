/** What networks carry whose servers are in given states: once per list of states, however many profiles have it. */
import { binCount } from '../../sim/bins.js';
import type { JointServer } from '../../sim/parts/joint.js';
import { KnownLists } from '../../sim/parts/known-lists.js';
import type { SharedLink } from '../../sim/parts/shared-network.js';
import type { PlanTime } from '../../sim/plan.js';
import type { StateLoads } from './joint-loads.js';
import { NetworkLoads } from './network-loads.js';
import type { NetworkLoad } from './types.js';

/** A link in use, and its server. */
interface Use {
  readonly joint: JointServer;
  readonly link: SharedLink;
}

export class JointNetworks {
  readonly #time: PlanTime;
  readonly #loads: StateLoads;
  readonly #order: readonly string[];
  readonly #numberOf: ReadonlyMap<string, number>;
  readonly #nothing: Float64Array;
  /** By network, and the states and links of its servers in their order: sums have the same last digit. */
  readonly #known = new KnownLists<readonly NetworkLoad[]>();
  #list = new Int32Array(256);

  /** @param order of the networks */
  constructor(time: PlanTime, loads: StateLoads, order: readonly string[]) {
    this.#time = time;
    this.#loads = loads;
    this.#order = order;
    this.#numberOf = new Map(order.map((network, number) => [network, number]));
    this.#nothing = new Float64Array(binCount(time));
  }

  /** O(links) where all is known, else O(link instances x bins). */
  rows(servers: readonly JointServer[]): NetworkLoad[] {
    const uses: Use[][] = this.#order.map(() => []);
    for (const joint of servers) {
      for (const link of joint.links) {
        const number = this.#numberOf.get(link.network);
        if (number !== undefined) uses[number]!.push({ joint, link });
      }
    }
    return uses.flatMap((own, number) => this.#rowsOf(number, own));
  }

  /** The row of a network, if it has one. */
  #rowsOf(number: number, uses: readonly Use[]): readonly NetworkLoad[] {
    if (1 + 2 * uses.length > this.#list.length) this.#list = new Int32Array(4 * uses.length);
    const list = this.#list;
    let length = 0;
    list[length++] = number;
    for (const { joint, link } of uses) {
      list[length++] = joint.stateId;
      list[length++] = link.index;
    }
    const known = this.#known.get(list, length);
    if (known !== undefined) return known;
    const found = new NetworkLoads(this.#time);
    for (const { joint, link } of uses) {
      const { server, state } = joint;
      // A link over which nothing ever goes may be younger than the state.
      const perBin = state.totalB[link.index] ?? this.#nothing;
      found.add(link.network, link.direction, perBin, this.#loads.busiest(server, state)[link.index]);
    }
    const rows = found.rows([this.#order[number]!]);
    this.#known.set(list, length, rows);
    return rows;
  }
}
