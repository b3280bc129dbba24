/** Latency of a part's flows while its servers are in given states. */
import { type Holds, holdsFor, roundsThatDoNotFit } from '../closed-form.js';
import type { Plan } from '../plan.js';
import { type DelayPart, delayCdf, delayQuantile } from '../queueing/delay-quantile.js';
import type { DeliveredWay, Part, Path } from './part.js';
import { addByLink } from './path-by-link.js';
import type { PathDelay } from './path-delay.js';
import type { ServerState } from './server-state.js';

const PERCENTILE = 0.95;
/** A share this near to the percentile is decided by the percentile itself, which is found to 1e-6. */
const CLOSE = 1e-5;

/** As `Latencies`, row by row of the part's flow table; percentiles on demand. */
export class PartLatencies {
  /** The part's flows. */
  readonly table: Plan['flows'];
  readonly meanS: Float64Array;
  readonly reliability: Float64Array;
  /** Bounds of the 95th percentiles. */
  readonly leastP95S: Float64Array;
  readonly mostP95S: Float64Array;
  readonly #delays: readonly PathDelay[]; // per way
  readonly #p95S: Float64Array;
  readonly #backlogS: Float64Array;
  readonly #isOutside: Uint8Array;
  readonly #isOverloaded: Uint8Array;
  readonly #part: Part;
  readonly #statesOf: (path: Path) => readonly ServerState[];

  /** @param delays of each way of the part; @param statesOf states of a path's servers */
  constructor(part: Part, delays: readonly PathDelay[], statesOf: (path: Path) => readonly ServerState[]) {
    const flows = part.plan.flows.name.length;
    this.#part = part;
    this.table = part.plan.flows;
    this.#delays = delays;
    this.#statesOf = statesOf;
    this.#backlogS = new Float64Array(flows);
    this.#isOutside = new Uint8Array(flows);
    this.#isOverloaded = new Uint8Array(flows);
    this.#p95S = new Float64Array(flows).fill(-1);
    this.leastP95S = new Float64Array(flows).fill(Infinity);
    this.mostP95S = new Float64Array(flows);
    this.meanS = new Float64Array(flows);
    this.reliability = new Float64Array(flows);
    const [sent, weight] = [new Float64Array(flows), new Float64Array(flows)];
    part.ways.forEach(({ flow, path: { segments }, deliveries, heard }, w) => {
      const delay = delays[w];
      sent[flow] += deliveries * segments[segments.length - 1].count;
      weight[flow] += deliveries * heard * delay.weight;
      this.meanS[flow] += deliveries * heard * delay.weightedS;
      if (delay.backlogS > this.#backlogS[flow]) this.#backlogS[flow] = delay.backlogS;
      if (delay.isOutside) this.#isOutside[flow] = 1;
      if (delay.isOverloaded) this.#isOverloaded[flow] = 1;
      this.leastP95S[flow] = Math.min(this.leastP95S[flow], delay.leastP95S);
      this.mostP95S[flow] = Math.max(this.mostP95S[flow], delay.mostP95S);
    });
    for (let flow = 0; flow < flows; flow++) {
      this.meanS[flow] /= weight[flow];
      this.reliability[flow] = weight[flow] / sent[flow];
    }
    if (part.asks) {
      roundsThatDoNotFit(part.plan, this.meanS).forEach((isLate, flow) => {
        this.#isOverloaded[flow] |= isLate;
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
    const sums = new Map<string, number>();
    const endless = new Set<string>();
    const { parent } = this.#part.plan.areas;
    let weight = 0;
    for (const { path, deliveries } of this.#waysOf(flow)) {
      weight += addByLink(path, deliveries, this.#statesOf(path), parent, sums, endless);
    }
    const means = new Map([...sums].map(([link, sum]) => [link, sum / weight]));
    for (const link of endless) means.set(link, Infinity);
    return means;
  }

  #waysOf(flow: number): DeliveredWay[] {
    return this.#part.ways.filter((way) => way.flow === flow);
  }

  #partsOf(flow: number): DelayPart[] {
    return this.#part.ways.flatMap((way, w) =>
      way.flow === flow
        ? this.#delays[w].parts.map((one) => ({ ...one, weight: one.weight * way.deliveries * way.heard }))
        : [],
    );
  }
}
