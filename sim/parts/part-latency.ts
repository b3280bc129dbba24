/** Latency of a part's flows while its servers are in given states. */
import { type Holds, holdsFor, roundsThatDoNotFit } from '../closed-form.js';
import { Deliveries, meanOf } from '../deliveries.js';
import { type Plan, Process } from '../plan.js';
import { type DelayPart, delayCdf, delayQuantile } from '../queueing/delay-quantile.js';
import type { DeliveredWay, Part, Segment, WayHop } from './part.js';
import type { DelayPerRun, ServerState } from './server-state.js';

const PERCENTILE = 0.95;
const CENTRE = 0;
/** A share this near to the percentile is decided by the percentile itself, which is found to 1e-6. */
const CLOSE = 1e-5;

/** A message on its way, in one instance or in the mean of several. */
interface At {
  fixedS: number;
  randomS: number;
  varS2: number;
  idle: number;
  through: number;
  backlogS: number;
}

/** As `Latencies`, row by row of the part's flow table; percentiles on demand. */
export class PartLatencies {
  readonly meanS: Float64Array;
  readonly reliability: Float64Array;
  /** The part's flows. */
  readonly table: Plan['flows'];
  readonly #parts: DelayPart[][];
  readonly #p95S: Float64Array;
  readonly #backlogS: Float64Array;
  readonly #isOutside: Uint8Array;
  readonly #isOverloaded: Uint8Array;
  readonly #part: Part;
  readonly #states: readonly ServerState[];

  /** @param states of the part's stations */
  constructor(part: Part, states: readonly ServerState[]) {
    const flows = part.plan.flows.name.length;
    this.#part = part;
    this.table = part.plan.flows;
    this.#states = states;
    this.#parts = Array.from({ length: flows }, () => []);
    this.#backlogS = new Float64Array(flows);
    this.#isOutside = new Uint8Array(flows);
    this.#isOverloaded = new Uint8Array(flows);
    this.#p95S = new Float64Array(flows).fill(-1);
    const sent = new Float64Array(flows);
    for (const way of part.ways) {
      this.#follow(way);
      sent[way.flow] += way.deliveries * way.segments[way.segments.length - 1].count;
    }
    this.meanS = Float64Array.from(this.#parts, meanOf);
    this.reliability = Float64Array.from(
      this.#parts,
      (own, flow) => own.reduce((sum, { weight }) => sum + weight, 0) / sent[flow],
    );
    if (part.plan.sources.process.includes(Process.asked)) {
      roundsThatDoNotFit(part.plan, this.meanS).forEach((isLate, flow) => {
        this.#isOverloaded[flow] |= isLate;
      });
    }
  }

  p95S(flow: number): number {
    if (this.#p95S[flow] === -1) this.#p95S[flow] = delayQuantile(this.#parts[flow], PERCENTILE);
    return this.#p95S[flow];
  }

  /** Whether the 95th percentile is above a limit: one look at the distribution instead of a search. */
  isP95Above(flow: number, limitS: number): boolean {
    if (this.#p95S[flow] !== -1) return this.#p95S[flow] > limitS;
    let [within, total] = [0, 0];
    for (const part of this.#parts[flow]) {
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

  #follow({ flow, segments, deliveries, heard, retryS, retries }: DeliveredWay): void {
    let start: At = { fixedS: 0, randomS: 0, varS2: 0, idle: 1, through: 1, backlogS: 0 };
    for (const segment of segments) this.#note(flow, segment);
    for (const segment of segments.slice(0, -1)) start = this.#meanOver(segment, start);
    const last = segments[segments.length - 1];
    const gathered = new Deliveries();
    this.#each(last, start, (count, at) => {
      gathered.add(count, at.through, at.fixedS, at.randomS, at.varS2, at.idle);
      if (at.backlogS > this.#backlogS[flow]) this.#backlogS[flow] = at.backlogS;
    });
    gathered.end(deliveries * heard, last.count, retryS, retries, this.#parts[flow]);
  }

  /** Servers on the way, wherever its messages are on them, that are overloaded or outside the range of a formula. */
  #note(flow: number, { hops, kind }: Segment): void {
    for (const hop of hops) {
      const state = this.#states[hop.station];
      const delay = state.delayOf(hop);
      if (!delay.isEndless && !state.isOutside) continue;
      for (let i = hop.first; i < hop.first + hop.count; i++) {
        const run = state.runOf[this.#serving(kind, hop, i)];
        if (delay.randomS[run] === Infinity) this.#isOverloaded[flow] = 1;
        if (state.delays.outside[run] !== '') this.#isOutside[flow] = 1;
      }
    }
  }

  #meanOver(segment: Segment, start: At): At {
    const mean: At = { fixedS: 0, randomS: 0, varS2: 0, idle: 0, through: 0, backlogS: 0 };
    this.#each(segment, start, (count, at) => {
      const share = count / segment.count;
      mean.fixedS += share * at.fixedS;
      mean.randomS += share * at.randomS;
      mean.varS2 += share * at.varS2;
      mean.idle += share * at.idle;
      mean.through += share * at.through;
      mean.backlogS += share * at.backlogS;
    });
    return mean;
  }

  /** Calls `visit` for runs of instances in which all delays of a segment are the same. */
  #each({ kind, first, count, hops }: Segment, start: At, visit: (count: number, at: At) => void): void {
    const end = first + count;
    const states = hops.map((hop) => this.#states[hop.station]);
    const delays: DelayPerRun[] = hops.map((hop, h) => states[h].delayOf(hop));
    const at = { ...start };
    for (let i = first; i < end; ) {
      let next = end;
      Object.assign(at, start);
      for (let h = 0; h < hops.length; h++) {
        const [state, delay, hop] = [states[h], delays[h], hops[h]];
        const run = state.runOf[this.#serving(kind, hop, i)];
        if (hop.kind === kind) next = Math.min(next, state.runEnd[run]);
        else if (hop.kind !== CENTRE) next = i + 1;
        at.fixedS += delay.fixedS - hop.savedS;
        at.randomS += delay.randomS[run];
        at.varS2 += delay.varS2[run];
        at.idle *= delay.idle[run];
        at.through *= 1 - delay.lost[run];
        if (state.hasBacklog) at.backlogS += state.loads.backlogS[run];
      }
      visit(next - i, at);
      i = next;
    }
  }

  /** Mean seconds on each link of a flow's way, by the link's name; see `delayByLink`. */
  delayByLink(flow: number): Map<string, number> {
    const sums = new Map<string, number>();
    const endless = new Set<string>();
    let weight = 0;
    for (const way of this.#part.ways) {
      if (way.flow === flow) weight += this.#addByLink(way, sums, endless);
    }
    const means = new Map([...sums].map(([link, sum]) => [link, sum / weight]));
    for (const link of endless) means.set(link, Infinity);
    return means;
  }

  #addByLink({ segments, deliveries }: DeliveredWay, sums: Map<string, number>, endless: Set<string>): number {
    const last = segments[segments.length - 1];
    /** Of the segments before the last: what messages spent there on average, and the share not lost. */
    const before: { readonly link: string; readonly delayS: number }[] = [];
    let through = 1;
    for (const segment of segments.slice(0, -1)) {
      let kept = 0;
      const perHop = new Float64Array(segment.hops.length);
      this.#eachByHop(segment, (count, delays, share) => {
        kept += (count / segment.count) * share;
        for (let h = 0; h < perHop.length; h++) perHop[h] += (count / segment.count) * delays[h];
      });
      perHop.forEach((delayS, h) => {
        before.push({ link: segment.hops[h].link.name, delayS });
      });
      through *= kept;
    }
    let weight = 0;
    this.#eachByHop(last, (count, delays, share) => {
      const all = [...before, ...last.hops.map(({ link }, h) => ({ link: link.name, delayS: delays[h] }))];
      const never = all.find(({ delayS }) => delayS === Infinity);
      if (never !== undefined) {
        endless.add(never.link);
        return;
      }
      const own = count * deliveries * through * share;
      weight += own;
      for (const { link, delayS } of all) sums.set(link, (sums.get(link) ?? 0) + own * delayS);
    });
    return weight;
  }

  #eachByHop(
    { kind, first, count, hops }: Segment,
    visit: (count: number, delays: Float64Array, through: number) => void,
  ): void {
    const delays = new Float64Array(hops.length);
    for (let i = first; i < first + count; i++) {
      let through = 1;
      hops.forEach((hop, h) => {
        const state = this.#states[hop.station];
        const delay = state.delayOf(hop);
        const run = state.runOf[this.#serving(kind, hop, i)];
        delays[h] = delay.fixedS + delay.randomS[run] - hop.savedS;
        through *= 1 - delay.lost[run];
      });
      visit(1, delays, through);
    }
  }

  /** Instance of a hop's link that serves instance `i` of a range. */
  #serving(kind: number, hop: WayHop, i: number): number {
    if (hop.kind === kind) return i;
    return hop.kind === CENTRE ? 0 : this.#part.plan.areas.parent[kind][hop.kind][i];
  }
}
