import type { CatalogueFlow } from '../../payloads/types.js';
import type { PayloadOverride, RangeChoice } from '../types.js';
import { resolveRange } from './ranges.js';

export interface Requirement {
  /** NaN: none. */
  readonly budgetS: number;
  /** Share within the budget, 0..1; NaN: none. */
  readonly reliability: number;
  /** Window of the tier, seconds; 0: per message. */
  readonly windowS: number;
}

/**
 * Latency budget and the reliability tier that a run of `horizonS` can judge: the strictest tier whose window fits into
 * the run; when none fits, the tier with the shortest window, which leaves the flow not judged.
 * A budget `per N devices` is for the whole job and scales with the number of devices.
 */
export function requirementOf(
  flow: CatalogueFlow,
  devices: number,
  range: RangeChoice,
  horizonS: number,
  override: PayloadOverride | undefined,
): Requirement {
  const { budgetS: budgets, perDevices } = flow.latency;
  const printedS = resolveRange(budgets, range, true);
  const budgetS =
    perDevices !== undefined && perDevices > 1 ? (printedS * Math.max(1, devices)) / perDevices : printedS;
  const tiers = flow.reliability.tiers
    .filter((tier) => typeof tier.share === 'number')
    .map((tier) => ({
      share: tier.share as number,
      windowS: tier.windowS === undefined ? 0 : resolveRange(tier.windowS, range, true),
    }));
  const fitting = tiers.filter((tier) => tier.windowS <= horizonS).sort((a, b) => b.share - a.share);
  const chosen = fitting[0] ?? [...tiers].sort((a, b) => a.windowS - b.windowS)[0];
  return {
    budgetS: override?.latencyS ?? budgetS,
    reliability: override?.reliability ?? chosen?.share ?? Number.NaN,
    windowS: override?.reliability === undefined ? (chosen?.windowS ?? 0) : 0,
  };
}
