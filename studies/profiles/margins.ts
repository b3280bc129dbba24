/** Latency margins and reliability of flows. */
import type { Holds } from '../../sim/closed-form.js';
import type { LatencyMargin, LatencyMargins, LeastReliability } from './types.js';
import { Worst } from './worst.js';

/** Flows in closed form, row by row of a flow table. */
export interface FlowsInClosedForm {
  readonly table: {
    readonly name: readonly string[];
    readonly catalogueFlow: readonly string[];
    readonly useCase: readonly string[];
    readonly payload: readonly string[];
    readonly budgetS: Float64Array;
    readonly requiredReliability: Float64Array;
  };
  readonly meanS: Float64Array;
  readonly reliability: Float64Array;
  p95S(flow: number): number;
  /** Bounds of the 95th percentiles. */
  readonly leastP95S: Float64Array;
  readonly mostP95S: Float64Array;
  isP95Above(flow: number, limitS: number): boolean;
  holds(flow: number): Holds;
  /** Mean seconds on each link of the way, by its name. */
  delayByLink(flow: number): ReadonlyMap<string, number>;
}

/** Percentiles are found to 1e-6, see `delayQuantile`. */
const PERCENTILE_TIE = 2e-6;

interface Place {
  readonly flows: FlowsInClosedForm;
  readonly flow: number;
}

/** What some flows have of margins; those of several groups of flows can be put together. */
export class Margins {
  judged = 0;
  missesMean = 0;
  missesP95 = 0;
  valid = 0;
  withShare = 0;
  missesShare = 0;
  readonly byMean = new Worst<Place>();
  /** Groups of flows, each with the least that the margins after the 95th percentile can be, and of all the most that it can. */
  readonly #groups: { readonly flows: FlowsInClosedForm; readonly least: number }[] = [];
  #most = Number.POSITIVE_INFINITY;
  readonly byShare = new Worst<Place>();

  /** Flows without messages, whose latency is NaN, do not count. */
  static of(flows: FlowsInClosedForm): Margins {
    const found = new Margins();
    let least = Number.POSITIVE_INFINITY;
    const { name, budgetS, requiredReliability } = flows.table;
    for (let flow = 0; flow < name.length; flow++) {
      const place = { flows, flow };
      const required = requiredReliability[flow]!;
      if (!Number.isNaN(required) && !Number.isNaN(flows.reliability[flow]!)) {
        found.withShare++;
        if (flows.reliability[flow]! < required) found.missesShare++;
        found.byShare.offer(flows.reliability[flow]! - required, name[flow]!, place);
      }
      const budget = budgetS[flow]!;
      if (Number.isNaN(budget) || Number.isNaN(flows.meanS[flow]!)) continue;
      found.judged++;
      if (flows.holds(flow) === 'valid') found.valid++;
      if (flows.meanS[flow]! > budget) found.missesMean++;
      if (flows.isP95Above(flow, budget)) found.missesP95++;
      found.byMean.offer(marginOf(budget, flows.meanS[flow]!), name[flow]!, place);
      least = Math.min(least, marginOf(budget, flows.mostP95S[flow]!));
      found.#most = Math.min(found.#most, marginOf(budget, flows.leastP95S[flow]!));
    }
    if (least < Number.POSITIVE_INFINITY || Number.isNaN(least)) found.#groups.push({ flows, least });
    return found;
  }

  add(other: Margins): void {
    this.judged += other.judged;
    this.missesMean += other.missesMean;
    this.missesP95 += other.missesP95;
    this.valid += other.valid;
    this.withShare += other.withShare;
    this.missesShare += other.missesShare;
    this.#groups.push(...other.#groups);
    this.#most = Math.min(this.#most, other.#most);
    for (const by of ['byMean', 'byShare'] as const) {
      const { item, least } = other[by];
      if (item !== undefined) this[by].offer(least, item.flows.table.name[item.flow]!, item);
    }
  }

  latency(): LatencyMargins {
    const { judged, missesMean, missesP95, valid } = this;
    const worstMean = marginRow(this.byMean.item, byMean, ({ flows, flow }) => flows.meanS[flow]!);
    const worstP95 = marginRow(this.#worstP95(), byP95, ({ flows, flow }) => flows.p95S(flow));
    return { judged, missesMean, missesP95, valid, worstMean, worstP95 };
  }

  /** Percentiles are searched for, so only those are that may be the worst by their bounds. */
  #worstP95(): Place | undefined {
    const worst = new Worst<Place>(PERCENTILE_TIE);
    const near = this.#most + PERCENTILE_TIE * Math.abs(this.#most);
    const limit = Number.isFinite(near) ? near : this.#most;
    for (const { flows, least } of this.#groups) {
      if (least > limit) continue;
      const { name, budgetS } = flows.table;
      for (let flow = 0; flow < name.length; flow++) {
        if (Number.isNaN(budgetS[flow]!) || Number.isNaN(flows.meanS[flow]!)) continue;
        if (marginOf(budgetS[flow]!, flows.mostP95S[flow]!) > limit) continue;
        worst.offer(marginOf(budgetS[flow]!, flows.p95S(flow)), name[flow]!, { flows, flow });
      }
    }
    return worst.item;
  }

  reliability(): LeastReliability | null {
    const { item } = this.byShare;
    if (item === undefined) return null;
    const { flows, flow } = item;
    const { name, payload, requiredReliability } = flows.table;
    return {
      judged: this.withShare,
      misses: this.missesShare,
      flow: name[flow]!,
      payload: payload[flow]!,
      share: flows.reliability[flow]!,
      required: requiredReliability[flow]!,
    };
  }
}

/** Share of the budget that is left. */
function marginOf(budgetS: number, latencyS: number): number {
  return (budgetS - latencyS) / budgetS;
}

/** Flow by flow after the mean and after the 95th percentile: many profiles have the same worst flow in the same state. */
type KnownRows = Map<number, LatencyMargin>;
const byMean = new WeakMap<FlowsInClosedForm, KnownRows>();
const byP95 = new WeakMap<FlowsInClosedForm, KnownRows>();

function marginRow(
  place: Place | undefined,
  known: WeakMap<FlowsInClosedForm, KnownRows>,
  latencyOf: (place: Place) => number,
): LatencyMargin | null {
  if (place === undefined) return null;
  let rows = known.get(place.flows);
  if (rows === undefined) {
    rows = new Map();
    known.set(place.flows, rows);
  }
  const row = rows.get(place.flow) ?? newRow(place, latencyOf);
  rows.set(place.flow, row);
  return row;
}

function newRow(place: Place, latencyOf: (place: Place) => number): LatencyMargin {
  const { flows, flow } = place;
  const { table } = flows;
  const [budgetS, latencyS] = [table.budgetS[flow]!, latencyOf(place)];
  return {
    flow: table.name[flow]!,
    catalogueFlow: table.catalogueFlow[flow]!,
    useCase: table.useCase[flow]!,
    payload: table.payload[flow]!,
    latencyS,
    budgetS,
    marginS: budgetS - latencyS,
    margin: marginOf(budgetS, latencyS),
    holds: flows.holds(flow),
    slowest: slowestOf(flows.delayByLink(flow)),
  };
}

function slowestOf(delays: ReadonlyMap<string, number>): LatencyMargin['slowest'] {
  const slowest = new Worst<LatencyMargin['slowest']>();
  for (const [link, delayS] of delays) slowest.offer(-delayS, link, { link, delayS });
  return slowest.item ?? { link: '', delayS: Number.NaN };
}
