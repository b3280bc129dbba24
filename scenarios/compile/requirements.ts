import type { CatalogueFlow, Latency, ReliabilityTier } from '../../payloads/types.js';
import type { RangeChoice } from '../types.js';
import type { CompileContext, RowFlow } from './context.js';
import { missingValue } from './missing.js';
import { resolveRange } from './ranges.js';
import { overrideOf } from './scope.js';

export interface Requirement {
  /** NaN: none. */
  readonly budgetS: number;
  /** Share within the budget, 0..1; NaN: none. */
  readonly reliability: number;
  /** Window of the tier, seconds; 0: per message. */
  readonly windowS: number;
}

/**
 * Latency budget and the reliability tier that the run can judge: the strictest tier whose window fits into it; when none
 * fits, the tier with the shortest window, which leaves the flow not judged.
 * @param devices of the population: a budget for 100,000 devices is one for the whole job and scales with their number
 * @param scheduled the scenario says when the flow's event happens: then it concerns many at once
 */
export function requirementOf(
  item: RowFlow,
  devices: number,
  scheduled: boolean,
  context: CompileContext,
): Requirement {
  const { scenario } = context;
  const override = overrideOf(item, context);
  const range = override.range ?? scenario.range;
  const budgetS = override.latencyS ?? budgetOf(item.flow.latency, devices, range);
  if (override.reliability !== undefined) return { budgetS, reliability: override.reliability, windowS: 0 };
  const tiers = tiersThatApply(item.flow, scheduled, context).map((tier) => ({
    share: typeof tier.share === 'number' ? tier.share : missingValue(tier.share.missing, context),
    windowS: tier.windowS === undefined ? 0 : resolveRange(tier.windowS, range, true),
  }));
  const fitting = tiers.filter((tier) => tier.windowS <= scenario.time.durationS).sort((a, b) => b.share - a.share);
  const chosen = fitting[0] ?? [...tiers].sort((a, b) => a.windowS - b.windowS)[0];
  return { budgetS, reliability: chosen?.share ?? Number.NaN, windowS: chosen?.windowS ?? 0 };
}

function budgetOf({ budgetS, perDevices }: Latency, devices: number, range: RangeChoice): number {
  const printedS = resolveRange(budgetS, range, true);
  return perDevices !== undefined && perDevices > 1 ? (printedS * Math.max(1, devices)) / perDevices : printedS;
}

/** Of tiers for large and for small outages those of the outages that the run has. */
function tiersThatApply(
  flow: CatalogueFlow,
  scheduled: boolean,
  { assumptions }: CompileContext,
): readonly ReliabilityTier[] {
  const { tiers } = flow.reliability;
  if (!tiers.some((tier) => tier.condition !== undefined)) return tiers;
  const condition = scheduled ? 'large outage' : 'small outage';
  assumptions.add({
    kind: 'choice',
    key: flow.id,
    value: condition,
    reason: 'outages that the scenario schedules are large ones, those that come at their rate are small',
  });
  return tiers.filter((tier) => tier.condition === undefined || tier.condition === condition);
}
