/** What servers carry in a given state: once per state, however many profiles have it. */
import { binCount } from '../../sim/bins.js';
import { areaLabel } from '../../sim/link-results.js';
import type { ServerState } from '../../sim/parts/server-state.js';
import type { SharedServer } from '../../sim/parts/shared-network.js';
import type { AreaTable, Plan, PlanTime } from '../../sim/plan.js';
import { busiestInstance } from './network-loads.js';
import type { BusiestLink } from './types.js';
import { Worst } from './worst.js';

/** Per link of the server. */
export type BusiestOfLinks = readonly (BusiestLink | undefined)[];

export class StateLoads {
  readonly #known = new WeakMap<ServerState, BusiestOfLinks>();
  readonly #time: PlanTime;
  readonly #areas: AreaTable;

  constructor(time: PlanTime, areas: AreaTable) {
    this.#time = time;
    this.#areas = areas;
  }

  /** The most utilised instance of each link. O(links x runs x bins). */
  busiest(server: SharedServer, state: ServerState): BusiestOfLinks {
    let known = this.#known.get(state);
    if (known === undefined) {
      known = server.links.map((_, link) => this.#busiestOf(server, state, link));
      this.#known.set(state, known);
    }
    return known;
  }

  #busiestOf({ links, kind }: SharedServer, { runEnd, bins: volumes, load }: ServerState, link: number) {
    const bins = binCount(this.#time);
    const busiest = new Worst<BusiestLink>();
    for (let run = 0; run < runEnd.length; run++) {
      const row = (link * runEnd.length + run) * bins;
      const bytes = volumes.bytes.subarray(row, row + bins);
      const own = busiestInstance(this.#time, bytes, load.subarray(run * bins, (run + 1) * bins));
      if (own === undefined) continue;
      const first = run === 0 ? 0 : runEnd[run - 1]!;
      const area = areaLabel({ areas: this.#areas } as Plan, kind, first);
      busiest.offer(-own.utilisation, '', { ...own, link: links[link]!.name, area });
    }
    return busiest.item;
  }
}
