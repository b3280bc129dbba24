/** Latency of a bundle's flows while its servers are in given states. */

import { type Holds, holdsFor, roundsThatDoNotFit } from '../closed-form.js';
import { type DelayPart, delayCdf, delayQuantile } from '../queueing/delay-quantile.js';
import { smallColumn } from '../small-columns.js';
import type { BundleFlows } from './bundle-flows.js';
import type { FlowColumns } from './part.js';
import { addByLink } from './path-by-link.js';
import { type PathDelays, type StatesNow, TOLD, Told } from './path-delay.js';

const PERCENTILE = 0.95;
/** A share this near to the percentile is decided by the percentile itself, which is found to 1e-6. */
const CLOSE = 1e-5;

/** As `Latencies`, row by row of the bundle's flow table; percentiles on demand. */
export class BundleLatencies {
  readonly table: FlowColumns;
  readonly meanS: Float64Array;
  readonly reliability: Float64Array;
  /** Bounds of the 95th percentiles. */
  readonly leastP95S: Float64Array;
  readonly mostP95S: Float64Array;
  readonly #delays: PathDelays;
  readonly #p95S: Float64Array;
  readonly #backlogS: Float64Array;
  readonly #isOutside: Uint8Array;
  readonly #isOverloaded: Uint8Array;
  readonly #flows: BundleFlows;
  readonly #now: StatesNow;

  /** @param now kept: states of the servers on the ways of the flows */
  constructor(flows: BundleFlows, delays: PathDelays, now: StatesNow) {
    const { table, paths, wayStart, path, deliveries, heard, sent } = flows;
    const count = table.name.length;
    this.#flows = flows;
    this.#now = now;
    this.table = table;
    this.#delays = delays;
    const rows = paths.map((own) => delays.rowOf(own, now));
    const { numbers } = delays;
    this.#backlogS = smallColumn(count);
    this.#isOutside = new Uint8Array(count);
    this.#isOverloaded = new Uint8Array(count);
    this.#p95S = smallColumn(count).fill(-1);
    this.leastP95S = smallColumn(count);
    this.mostP95S = smallColumn(count);
    this.meanS = smallColumn(count);
    this.reliability = smallColumn(count);
    for (let flow = 0; flow < count; flow++) {
      let [weight, weightedS, least, most, backlogS] = [0, 0, Infinity, 0, 0];
      for (let way = wayStart[flow]; way < wayStart[flow + 1]; way++) {
        const at = TOLD * rows[path[way]];
        const own = deliveries[way] * heard[way];
        weight += own * numbers[at + Told.weight];
        weightedS += own * numbers[at + Told.weightedS];
        least = Math.min(least, numbers[at + Told.leastP95S]);
        most = Math.max(most, numbers[at + Told.mostP95S]);
        if (numbers[at + Told.backlogS] > backlogS) backlogS = numbers[at + Told.backlogS];
        if (numbers[at + Told.isOutside] === 1) this.#isOutside[flow] = 1;
        if (numbers[at + Told.isOverloaded] === 1) this.#isOverloaded[flow] = 1;
      }
      this.meanS[flow] = weightedS / weight;
      this.reliability[flow] = weight / sent[flow];
      this.leastP95S[flow] = least;
      this.mostP95S[flow] = most;
      this.#backlogS[flow] = backlogS;
    }
    for (const { plan, firstFlow } of flows.asking) {
      const own = this.meanS.subarray(firstFlow, firstFlow + plan.flows.name.length);
      roundsThatDoNotFit(plan, own).forEach((isLate, flow) => {
        this.#isOverloaded[firstFlow + flow] |= isLate;
      });
    }
  }

  p95S(flow: number): number {
    if (this.#p95S[flow] === -1) this.#p95S[flow] = delayQuantile(this.#partsOf(flow), PERCENTILE);
    return this.#p95S[flow];
  }

  /** Whether the 95th percentile is above a limit: mostly its bounds tell, else one look at the distribution. */
  isP95Above(flow: number, limitS: number): boolean {
    if (this.leastP95S[flow] > limitS) return true;
    if (this.mostP95S[flow] <= limitS) return false;
    if (this.#p95S[flow] !== -1) return this.#p95S[flow] > limitS;
    let [within, total] = [0, 0];
    for (const part of this.#partsOf(flow)) {
      within += part.weight * delayCdf(part, limitS);
      total += part.weight;
    }
    const share = within / total;
    if (!(Math.abs(share - PERCENTILE) > CLOSE)) return this.p95S(flow) > limitS;
    return share < PERCENTILE;
  }

  holds(flow: number): Holds {
    const backlogS = this.#backlogS[flow];
    const p95S = backlogS > 0 ? this.p95S(flow) : 0;
    return holdsFor(this.#isOutside[flow] === 1, this.#isOverloaded[flow] === 1, backlogS, p95S);
  }

  /** Mean seconds on each link of a flow's way, by the link's name; see `delayByLink`. */
  delayByLink(flow: number): Map<string, number> {
    const { paths, wayStart, path, deliveries } = this.#flows;
    const { parent } = this.#delays;
    const sums = new Map<string, number>();
    const endless = new Set<string>();
    let weight = 0;
    for (let way = wayStart[flow]; way < wayStart[flow + 1]; way++) {
      weight += addByLink(paths[path[way]], deliveries[way], this.#now, parent, sums, endless);
    }
    const means = new Map([...sums].map(([link, sum]) => [link, sum / weight]));
    for (const link of endless) means.set(link, Infinity);
    return means;
  }

  #partsOf(flow: number): DelayPart[] {
    const { paths, wayStart, path, deliveries, heard } = this.#flows;
    const parts: DelayPart[] = [];
    for (let way = wayStart[flow]; way < wayStart[flow + 1]; way++) {
      for (const one of this.#delays.parts(paths[path[way]], this.#now)) {
        parts.push({ ...one, weight: one.weight * deliveries[way] * heard[way] });
      }
    }
    return parts;
  }
}
