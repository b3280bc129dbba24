/** Latency margins and reliability of flows, one after the other. */
import type { Holds } from '../../sim/closed-form.js';
import type { LatencyMargin, LatencyMargins, LeastReliability } from './types.js';

/** Relative difference below which two flows are equally bad, so that rounding does not pick one. */
const TIE = 1e-9;

/** A row of the flow table in closed form. */
export interface JudgedFlow {
  readonly flow: string;
  readonly catalogueFlow: string;
  readonly useCase: string;
  readonly payload: string;
  readonly budgetS: number;
  readonly required: number;
  readonly meanS: number;
  readonly p95S: number;
  readonly reliability: number;
  readonly holds: Holds;
  /** Where most of its mean is spent; asked of the worst only. */
  readonly slowest: () => LatencyMargin['slowest'];
}

/** Whether `margin` is worse than the worst so far by more than rounding. */
export function isWorse(margin: number, worst: number): boolean {
  return margin < worst && !(worst - margin <= TIE * Math.max(1, Math.abs(worst)));
}

/** Worst first come: of equally bad flows the first one stands. Flows without messages, whose latency is NaN, do not count. */
export function latencyMargins(flows: Iterable<JudgedFlow>): LatencyMargins {
  let [judged, missesMean, missesP95, valid] = [0, 0, 0, 0];
  let [leastMean, leastP95] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let worstMean: JudgedFlow | undefined;
  let worstP95: JudgedFlow | undefined;
  for (const one of flows) {
    if (Number.isNaN(one.budgetS) || Number.isNaN(one.meanS)) continue;
    judged++;
    if (one.holds === 'valid') valid++;
    if (one.meanS > one.budgetS) missesMean++;
    if (one.p95S > one.budgetS) missesP95++;
    const [byMean, byP95] = [marginOf(one.budgetS, one.meanS), marginOf(one.budgetS, one.p95S)];
    if (worstMean === undefined || isWorse(byMean, leastMean)) [worstMean, leastMean] = [one, byMean];
    if (worstP95 === undefined || isWorse(byP95, leastP95)) [worstP95, leastP95] = [one, byP95];
  }
  return {
    judged,
    missesMean,
    missesP95,
    valid,
    worstMean: worstMean === undefined ? null : marginRow(worstMean, worstMean.meanS),
    worstP95: worstP95 === undefined ? null : marginRow(worstP95, worstP95.p95S),
  };
}

/** Share of the budget that is left. */
function marginOf(budgetS: number, latencyS: number): number {
  return (budgetS - latencyS) / budgetS;
}

function marginRow(one: JudgedFlow, latencyS: number): LatencyMargin {
  const { flow, catalogueFlow, useCase, payload, budgetS, holds } = one;
  const margin = marginOf(budgetS, latencyS);
  const named = { flow, catalogueFlow, useCase, payload };
  return { ...named, latencyS, budgetS, marginS: budgetS - latencyS, margin, holds, slowest: one.slowest() };
}

/** The flow with the least to spare; null: no flow with messages has a required share. */
export function leastReliability(flows: Iterable<JudgedFlow>): LeastReliability | null {
  let [judged, misses] = [0, 0];
  let least: JudgedFlow | undefined;
  for (const one of flows) {
    if (Number.isNaN(one.required) || Number.isNaN(one.reliability)) continue;
    judged++;
    if (one.reliability < one.required) misses++;
    if (least === undefined || isWorse(slack(one), slack(least))) least = one;
  }
  if (least === undefined) return null;
  const { flow, payload, reliability: share, required } = least;
  return { judged, misses, flow, payload, share, required };
}

function slack({ reliability, required }: JudgedFlow): number {
  return reliability - required;
}
