/** Rows of flow results from the replications of a run, or from the closed form alone. */
import type { Latencies } from './closed-form.js';
import { histogramQuantile, mergeHistograms } from './histogram-quantile.js';
import type { Plan } from './plan.js';
import { reliability } from './reliability.js';
import type { ReplicationStats } from './replication.js';
import type { FlowResult } from './results.js';
import { meanHalfWidth } from './student-t.js';
import { judgeMean, judgeShare } from './verdict.js';
import type { Volumetrics } from './volumetrics.js';

/** What only a run can tell: everything but identity, requirement and closed form. */
type Measured = Omit<FlowResult, keyof ReturnType<typeof identity>>;

/**
 * One row per flow of the plan. Without replications the counts are those expected, what only a simulation can tell is
 * NaN, and the mean of the busy hour is judged. O(flows x replications x buckets).
 */
export function flowResults(
  plan: Plan,
  replications: readonly ReplicationStats[],
  expected: Volumetrics,
  latencies: Latencies,
): FlowResult[] {
  return plan.flows.name.map((_, flow) => {
    const known = identity(plan, flow, expected, latencies);
    const told = replications.length === 0 ? closedForm(plan, flow, known) : measured(plan, flow, replications);
    return { ...known, ...told };
  });
}

function identity(plan: Plan, flow: number, expected: Volumetrics, latencies: Latencies) {
  const { flows } = plan;
  return {
    flow: flows.name[flow],
    catalogueFlow: flows.catalogueFlow[flow],
    useCase: flows.useCase[flow],
    businessScenario: flows.businessScenario[flow],
    section: flows.section[flow],
    payload: flows.payload[flow],
    type: flows.type[flow],
    from: flows.from[flow],
    to: flows.to[flow],
    route: flows.route[flow],
    networks: flows.networks[flow],
    howOften: flows.howOften[flow],
    mode: flows.mode[flow],
    sizeB: flows.sizeB[flow],
    priority: flows.priority[flow],
    expectedSent: expected.flows.delivered[flow],
    closedFormLatencyS: latencies.meanS[flow],
    budgetS: flows.budgetS[flow],
    requiredReliability: flows.requiredReliability[flow],
  };
}

function measured(plan: Plan, flow: number, replications: readonly ReplicationStats[]): Measured {
  const stats = replications.map((one) => one.flows);
  const sum = (column: (of: ReplicationStats['flows']) => Float64Array) =>
    stats.reduce((total, one) => total + column(one)[flow], 0);
  const sent = sum((of) => of.sent);
  const delivered = sum((of) => of.delivered);
  const withDeliveries = stats.filter((one) => one.delivered[flow] > 0);
  const latencyMaxS =
    withDeliveries.length === 0 ? NaN : Math.max(...withDeliveries.map((one) => one.latencyMaxS[flow]));
  const histogram = mergeHistograms(stats.map((one) => one.histogram[flow]));
  // A bucket's edge may lie beyond the largest latency, which is known exactly.
  const quantile = (q: number) => Math.min(histogramQuantile(histogram, q), latencyMaxS);
  const latencyP95S = quantile(0.95);
  const latencyMeanS = delivered > 0 ? sum((of) => of.latencySumS) / delivered : NaN;
  const share = reliability(
    stats.map((one) => ({
      inTime: one.delivered[flow] - one.lateDelivered[flow],
      known: one.delivered[flow] + one.lost[flow] + one.inFlightLate[flow],
    })),
  );
  const { verdict, reason, evidence } = judgeShare(requirement(plan, flow, sent), share);
  return {
    sent,
    delivered,
    late: sum((of) => of.lateDelivered) + sum((of) => of.inFlightLate),
    lost: sum((of) => of.lost),
    inFlightStart: sum((of) => of.inFlightStart),
    inFlightEnd: sum((of) => of.inFlightEnd),
    latencyMeanS,
    latencyMeanHalfWidthS: meanHalfWidth(withDeliveries.map((one) => one.latencySumS[flow] / one.delivered[flow])),
    latencyP50S: quantile(0.5),
    latencyP95S,
    latencyP95HalfWidthS: meanHalfWidth(stats.map((one) => histogramQuantile(one.histogram[flow], 0.95))),
    latencyP99S: quantile(0.99),
    latencyP999S: quantile(0.999),
    latencyMaxS,
    reliability: share.share,
    reliabilityLow: share.low,
    reliabilityHigh: share.high,
    verdict,
    verdictReason: reason,
    evidence,
    margin: margin(plan, flow, Number.isNaN(latencyP95S) ? latencyMeanS : latencyP95S),
  };
}

function closedForm(
  plan: Plan,
  flow: number,
  known: { readonly expectedSent: number; readonly closedFormLatencyS: number },
): Measured {
  const { verdict, reason, evidence } = judgeMean(
    requirement(plan, flow, known.expectedSent),
    known.closedFormLatencyS,
  );
  return {
    sent: known.expectedSent,
    delivered: NaN,
    late: NaN,
    lost: NaN,
    inFlightStart: NaN,
    inFlightEnd: NaN,
    latencyMeanS: NaN,
    latencyMeanHalfWidthS: NaN,
    latencyP50S: NaN,
    latencyP95S: NaN,
    latencyP95HalfWidthS: NaN,
    latencyP99S: NaN,
    latencyP999S: NaN,
    latencyMaxS: NaN,
    reliability: NaN,
    reliabilityLow: NaN,
    reliabilityHigh: NaN,
    verdict,
    verdictReason: reason,
    evidence,
    margin: margin(plan, flow, known.closedFormLatencyS),
  };
}

function requirement(plan: Plan, flow: number, sent: number) {
  return {
    budgetS: plan.flows.budgetS[flow],
    requiredReliability: plan.flows.requiredReliability[flow],
    reliabilityWindowS: plan.flows.reliabilityWindowS[flow],
    horizonS: plan.time.horizonS,
    sent,
  };
}

/** Share of the budget that is left. */
function margin(plan: Plan, flow: number, latencyS: number): number {
  const budgetS = plan.flows.budgetS[flow];
  return (budgetS - latencyS) / budgetS;
}
