/** Which failures end a trial before its last look. */
import quantile from '@stdlib/stats-base-dists-t-quantile';
import type { FlowResult, LinkResult, TierResult } from '../../sim/results.js';

const SURE = 0.999;
const ORDINARY = 0.95;

/**
 * How much wider Student's interval at 99.9 % is than at 95 %. An interim look that stops at 95 % stops too often by
 * chance, the more looks there are; at 99.9 % several of them hardly change the level of the last one.
 * Source: Haybittle, Br. J. Radiol. 44 (1971); Peto et al., Br. J. Cancer 34 (1976).
 * @param replications 2 or more
 */
export function widening(replications: number): number {
  return quantile((1 + SURE) / 2, replications - 1) / quantile((1 + ORDINARY) / 2, replications - 1);
}

/** Whether a flow that fails would fail by the wider interval too, and not by a few messages that fared alike. */
export function failsClearly(flow: FlowResult, tiers: readonly TierResult[], replications: number): boolean {
  const wider = widening(replications);
  const isBelow = (share: number, high: number, required: number) => share + wider * (high - share) < required;
  const { evidence, requiredReliability: required } = flow;
  return (
    (evidence !== 'few' &&
      (isBelow(flow.reliability, flow.reliabilityHigh, required) ||
        isBelow(flow.deadlineShare, flow.deadlineShareHigh, required))) ||
    tiers.some(({ worstShare, worstShareHigh, requiredShare }) => isBelow(worstShare, worstShareHigh, requiredShare))
  );
}

/** @param allowed utilisation in the busy hour, 0..1 */
export function isClearlyFull(link: LinkResult, allowed: number, replications: number): boolean {
  return link.busyHourUtilisation - widening(replications) * link.busyHourUtilisationHalfWidth > allowed;
}
