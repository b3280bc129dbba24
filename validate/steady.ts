/** Plans in a steady state, and what is read from their statistics. */
import { histogramQuantile } from '../sim/histogram-quantile.js';
import type { Plan } from '../sim/plan.js';
import type { ReplicationStats } from '../sim/replication.js';
import { buildPlan, type PlanLiteral } from '../test/sim/plan-builder.js';
import type { Claim, MeasuredRow } from './case.js';

/** Relative width of a histogram's buckets, at most. */
const BUCKET = 2 ** -7;

/**
 * A plan that runs for `warmUpS` before it is measured for about `measuredS`, in days of `warmUpS`. The warm-up should
 * be many relaxation times of the slowest queue: for M/M/1 one is 1 / (1 - sqrt(load))^2 services.
 */
export function steady(warmUpS: number, measuredS: number, literal: Omit<PlanLiteral, 'horizonS'>): Plan {
  const days = Math.max(1, Math.round(measuredS / warmUpS));
  const horizonS = days * warmUpS;
  return buildPlan({ ...literal, horizonS, binS: horizonS, dayLengthS: [warmUpS], warmUpDays: 1 });
}

export const flowOf = (plan: Plan, flow: string): number => {
  const f = plan.flows.name.indexOf(flow);
  if (f < 0) throw new Error(`no flow ${flow} in the plan ${plan.name}`);
  return f;
};

export function meanLatencyS({ flows }: ReplicationStats, plan: Plan, flow: string): number {
  const f = flowOf(plan, flow);
  return flows.latencySumS[f]! / flows.delivered[f]!;
}

export function meanRow(flow: string, claim: Claim, quantity = 'mean sojourn'): MeasuredRow {
  return { quantity, unit: 's', claim, measure: (stats, plan) => meanLatencyS(stats, plan, flow) };
}

/** Percentiles of a flow, as results report them. */
export function quantileRow(flow: string, q: number, exactS: number): MeasuredRow {
  return {
    quantity: `p${100 * q} of the sojourn`,
    unit: 's',
    claim: { exact: exactS, from: exactS, to: exactS * (1 + BUCKET) },
    measure: (stats, plan) => histogramQuantile(stats.flows.histogram[flowOf(plan, flow)]!, q),
  };
}

/** Share of sent messages of a flow in a column of the statistics. */
export function shareRow(
  flow: string,
  column: 'lost' | 'delivered' | 'lateDelivered',
  claim: Claim,
  quantity: string,
): MeasuredRow {
  return {
    quantity,
    unit: '',
    claim,
    measure: ({ flows }, plan) => flows[column][flowOf(plan, flow)]! / flows.sent[flowOf(plan, flow)]!,
  };
}
