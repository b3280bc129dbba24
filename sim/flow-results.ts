/** Rows of flow results from the replications of a run, or from the closed form alone. */
import type { Latencies } from './closed-form.js';
import { histogramEnd, histogramQuantile, mergeHistograms } from './histogram-quantile.js';
import type { Plan } from './plan.js';
import { reliability } from './reliability.js';
import type { ReplicationStats } from './replication.js';
import type { FlowResult } from './results.js';
import { meanHalfWidth } from './student-t.js';
import type { JudgedTier } from './tier-results.js';
import { type Judgement, judgeMean, judgeShare, together } from './verdict.js';
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
  tiers: readonly JudgedTier[],
): FlowResult[] {
  const tiersOf = (flow: number) => tiers.filter((tier) => tier.flow === flow).map(({ judgement }) => judgement);
  return plan.flows.name.map((_, flow) => {
    const known = identity(plan, flow, expected, latencies);
    const told =
      replications.length === 0 ? closedForm(plan, flow, known) : measured(plan, flow, replications, tiersOf(flow));
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
    closedFormP95S: latencies.p95S[flow],
    closedFormReliability: latencies.reliability[flow],
    closedFormHolds: latencies.holds[flow],
    closedFormReason: latencies.reason[flow],
    budgetS: flows.budgetS[flow],
    requiredReliability: flows.requiredReliability[flow],
    deadlineS: flows.deadlineS[flow],
  };
}

function measured(
  plan: Plan,
  flow: number,
  replications: readonly ReplicationStats[],
  tiers: readonly Judgement[],
): Measured {
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
  const halfWidth = (q: number) =>
    quantileHalfWidth(
      stats.map((one) => one.histogram[flow]),
      q,
    );
  const latencyMeanS = delivered > 0 ? sum((of) => of.latencySumS) / delivered : NaN;
  const share = reliability(
    stats.map((one) => ({
      inTime: one.delivered[flow] - one.lateDelivered[flow],
      known: one.delivered[flow] + one.lost[flow] + one.inFlightLate[flow],
    })),
  );
  const required = requirement(plan, flow, sent);
  // Where the source demands shares of devices within windows and no share of messages, the windows are what is judged.
  const ofMessages =
    tiers.length > 0 && Number.isNaN(required.requiredReliability) ? [] : [judgeShare(required, share)];
  const deadline = deadlineOf(plan, flow, stats, sent);
  const { verdict, reason, evidence } = together([...ofMessages, ...deadline.judgements, ...tiers]);
  return {
    sent,
    delivered,
    late: sum((of) => of.lateDelivered) + sum((of) => of.inFlightLate),
    lost: sum((of) => of.lost),
    resent: sum((of) => of.resent),
    duplicates: sum((of) => of.duplicates),
    inFlightStart: sum((of) => of.inFlightStart),
    inFlightEnd: sum((of) => of.inFlightEnd),
    latencyMeanS,
    latencyMeanHalfWidthS: meanHalfWidth(withDeliveries.map((one) => one.latencySumS[flow] / one.delivered[flow])),
    latencyP50S: quantile(0.5),
    latencyP50HalfWidthS: halfWidth(0.5),
    latencyP95S,
    latencyP95HalfWidthS: halfWidth(0.95),
    latencyP99S: quantile(0.99),
    latencyP99HalfWidthS: halfWidth(0.99),
    latencyP999S: quantile(0.999),
    latencyP999HalfWidthS: halfWidth(0.999),
    latencyMaxS,
    reliability: share.share,
    reliabilityLow: share.low,
    reliabilityHigh: share.high,
    ...deadline.columns,
    verdict,
    verdictReason: reason,
    evidence,
    margin: margin(plan, flow, Number.isNaN(latencyP95S) ? latencyMeanS : latencyP95S),
  };
}

/** NaN unless every replication has messages enough for the percentile. */
function quantileHalfWidth(histograms: Parameters<typeof mergeHistograms>[0], q: number): number {
  return meanHalfWidth(histograms.map((histogram) => histogramQuantile(histogram, q)));
}

/** Messages by their deadline after the event that began them. */
function deadlineOf(plan: Plan, flow: number, stats: readonly ReplicationStats['flows'][], sent: number) {
  const deadlineS = plan.flows.deadlineS[flow];
  const sinceEvent = stats.map((one) => one.sinceEvent[flow]);
  const histogram = mergeHistograms(sinceEvent);
  const columns = {
    deadlineShare: NaN,
    deadlineShareLow: NaN,
    deadlineShareHigh: NaN,
    sinceEventP50S: histogramQuantile(histogram, 0.5),
    sinceEventP50HalfWidthS: quantileHalfWidth(sinceEvent, 0.5),
    sinceEventP95S: histogramQuantile(histogram, 0.95),
    sinceEventP95HalfWidthS: quantileHalfWidth(sinceEvent, 0.95),
    sinceEventLastS: histogramEnd(histogram),
  };
  if (Number.isNaN(deadlineS)) return { columns, judgements: [] };
  const share = reliability(
    stats.map((one) => ({
      inTime: one.delivered[flow] - one.deadlineMissed[flow],
      known: one.delivered[flow] + one.lost[flow] + one.inFlightLate[flow],
    })),
  );
  const required = { ...requirement(plan, flow, sent), budgetS: deadlineS };
  const judgement = judgeShare(required, share);
  const reason = `${Number(deadlineS.toPrecision(6))} s after the event: ${judgement.reason}`;
  const known = { deadlineShare: share.share, deadlineShareLow: share.low, deadlineShareHigh: share.high };
  return { columns: { ...columns, ...known }, judgements: [{ ...judgement, reason }] };
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
    resent: NaN,
    duplicates: NaN,
    inFlightStart: NaN,
    inFlightEnd: NaN,
    latencyMeanS: NaN,
    latencyMeanHalfWidthS: NaN,
    latencyP50S: NaN,
    latencyP50HalfWidthS: NaN,
    latencyP95S: NaN,
    latencyP95HalfWidthS: NaN,
    latencyP99S: NaN,
    latencyP99HalfWidthS: NaN,
    latencyP999S: NaN,
    latencyP999HalfWidthS: NaN,
    latencyMaxS: NaN,
    reliability: NaN,
    reliabilityLow: NaN,
    reliabilityHigh: NaN,
    deadlineShare: NaN,
    deadlineShareLow: NaN,
    deadlineShareHigh: NaN,
    sinceEventP50S: NaN,
    sinceEventP50HalfWidthS: NaN,
    sinceEventP95S: NaN,
    sinceEventP95HalfWidthS: NaN,
    sinceEventLastS: NaN,
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
    sent,
  };
}

/** Share of the budget that is left. */
function margin(plan: Plan, flow: number, latencyS: number): number {
  const budgetS = plan.flows.budgetS[flow];
  return (budgetS - latencyS) / budgetS;
}
