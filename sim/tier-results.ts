/** Tiers of reliability: shares of originating devices captured within each window. */
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import type { TierResult } from './results.js';
import { mean, meanHalfWidth } from './student-t.js';
import { type Judgement, judgeTier } from './verdict.js';

/** A row of results with its judgement, and the flow that it belongs to. */
export interface JudgedTier {
  readonly flow: number;
  readonly row: TierResult;
  readonly judgement: Judgement;
}

/**
 * One row per tier of the plan. The worst window of each replication is judged, by Student's t over the replications; where
 * all are alike the interval has no width. O(tiers x replications).
 */
export function tierResults(plan: Plan, replications: readonly ReplicationStats[]): JudgedTier[] {
  const { tiers, flows, time } = plan;
  return Array.from(tiers.flow, (flow, tier): JudgedTier => {
    const told = replications.map((one) => one.tiers).filter((one) => one.devices[tier] > 0);
    const worst = told.map((one) => one.leastShare[tier]);
    const all = told.map((one) => one.captured[tier] / one.devices[tier]);
    const worstShare = told.length === 0 ? NaN : mean(worst);
    const half = new Set(worst).size === 1 ? 0 : meanHalfWidth(worst);
    const [low, high] = [Math.max(0, worstShare - half), Math.min(1, worstShare + half)];
    const windows = Math.max(1, told[0]?.windows[tier] ?? 1);
    const devices = told.length === 0 ? 0 : mean(told.map((one) => one.devices[tier])) / windows;
    const requirement = { windowS: tiers.windowS[tier], share: tiers.share[tier], horizonS: time.horizonS, devices };
    const judgement = judgeTier(requirement, { low, high, replications: told.length });
    const row = {
      flow: flows.name[flow],
      catalogueFlow: flows.catalogueFlow[flow],
      payload: flows.payload[flow],
      tier: tiers.text[tier],
      windowS: tiers.windowS[tier],
      requiredShare: tiers.share[tier],
      windows: told[0]?.windows[tier] ?? Math.floor(time.horizonS / tiers.windowS[tier]),
      devices,
      capturedShare: told.length === 0 ? NaN : mean(all),
      worstShare,
      worstShareLow: low,
      worstShareHigh: high,
      verdict: judgement.verdict,
      verdictReason: judgement.reason,
    };
    return { flow, row, judgement };
  });
}
