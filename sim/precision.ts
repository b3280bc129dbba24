/** How precise a result must be: a bound on the width of confidence intervals relative to what they are about. */
import { histogramQuantile } from './histogram-quantile.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { mean, meanHalfWidth } from './student-t.js';

/** `ci(p95) < 5%`: the half width of the 95 % interval of every flow's 95th percentile is below 5 % of it. */
export interface Precision {
  readonly text: string;
  readonly statistic: Statistic;
  /** Payloads, flows of the catalogue or of the plan; empty: all. */
  readonly names: readonly string[];
  /** Above 0. */
  readonly share: number;
}

export type Statistic = 'mean' | 'p50' | 'p95' | 'p99' | 'p99.9';

export const QUANTILE: Readonly<Record<Exclude<Statistic, 'mean'>, number>> = {
  p50: 0.5,
  p95: 0.95,
  p99: 0.99,
  'p99.9': 0.999,
};
/** Fewer deliveries in a replication make no mean that is worth an interval. */
const LEAST_FOR_MEAN = 10;

/** The statistic of each flow in one replication; NaN where too few messages tell it. */
export function measuresOf(stats: ReplicationStats, statistic: Statistic): Float64Array {
  const { delivered, latencySumS, histogram } = stats.flows;
  if (statistic !== 'mean') {
    return Float64Array.from(histogram, (one) => histogramQuantile(one, QUANTILE[statistic]));
  }
  return delivered.map((count, flow) => (count < LEAST_FOR_MEAN ? NaN : latencySumS[flow] / count));
}

export interface Reached {
  readonly reached: boolean;
  /** The largest relative half width of the flows that are judged; NaN when there are none. */
  readonly widest: number;
  /** Index of its flow; -1. */
  readonly flow: number;
  /** Flows with a value in every replication. */
  readonly judged: number;
}

/**
 * Whether replications are enough. Flows that have no value in some replication are not judged: too rare for the
 * statistic; a plan in which no selected flow can be judged has nothing to wait for.
 * @param measures of each replication, see `measuresOf`; at least two
 */
export function precisionReached(plan: Plan, precision: Precision, measures: readonly Float64Array[]): Reached {
  let [widest, worst, judged] = [NaN, -1, 0];
  for (let flow = 0; flow < plan.flows.name.length; flow++) {
    if (!isSelected(plan, precision, flow)) continue;
    const values = measures.map((one) => one[flow]);
    if (values.some((value) => Number.isNaN(value))) continue;
    judged++;
    const half = meanHalfWidth(values);
    const relative = half === 0 ? 0 : half / mean(values);
    if (relative <= widest) continue;
    [widest, worst] = [relative, flow];
  }
  return { reached: judged === 0 || widest < precision.share, widest, flow: worst, judged };
}

function isSelected({ flows }: Plan, { names }: Precision, flow: number): boolean {
  return (
    names.length === 0 ||
    names.some((name) => [flows.payload, flows.catalogueFlow, flows.name].some((column) => column[flow] === name))
  );
}
