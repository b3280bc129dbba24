import type { CatalogueFlow, Latency, ReliabilityTier } from '../../payloads/types.js';
import type { RangeChoice } from '../types.js';
import type { CompileContext, RowFlow } from './context.js';
import { missingValue } from './missing.js';
import type { Occurrence } from './occurrences.js';
import { resolveRange } from './ranges.js';
import { overrideOf } from './scope.js';

export interface Requirement {
  /** NaN: none. */
  readonly budgetS: number;
  /** Share of messages within the budget, 0..1; NaN: none. */
  readonly reliability: number;
  /** Shares of devices captured in each window. */
  readonly tiers: readonly { readonly windowS: number; readonly share: number; readonly text: string }[];
}

/**
 * Latency budget, the share of messages that must keep it, and the shares of devices to be captured within windows.
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
  if (override.reliability !== undefined) return { budgetS, reliability: override.reliability, tiers: [] };
  const tiers = tiersThatApply(item.flow, scheduled, context).map((tier) => {
    const share = typeof tier.share === 'number' ? tier.share : missingValue(tier.share.missing, context);
    const windowS = tier.windowS === undefined ? 0 : resolveRange(tier.windowS, range, true);
    return { share, windowS, text: `${Number((100 * share).toFixed(3))}% over ${duration(windowS)}` };
  });
  const perMessage = tiers.filter((tier) => tier.windowS === 0).map((tier) => tier.share);
  return {
    budgetS,
    reliability: perMessage.length === 0 ? Number.NaN : Math.max(...perMessage),
    tiers: tiers.filter((tier) => tier.windowS > 0),
  };
}

/**
 * Seconds after a scheduled event by which a message must be there: as printed (`within < 3 min of fault event`); for
 * a campaign, the budget of the whole job (`< 7 day per 100,000 mtrs`), its own or that of another way to update the same
 * devices, scaled to their number. NaN: none.
 */
export function deadlineOf(
  item: RowFlow,
  devices: number,
  scheduled: readonly Occurrence[],
  context: CompileContext,
): number {
  const { flow, row } = item;
  if (flow.when.kind === 'deadline') return flow.when.withinS;
  if (!scheduled.some(({ campaign }) => campaign !== undefined)) return Number.NaN;
  const siblings = context.catalogue.rows
    .filter(({ section }) => section === row.section)
    .flatMap(({ flows }) => flows);
  const job = [flow, ...siblings].find(({ latency: { perDevices } }) => perDevices !== undefined && perDevices > 1);
  if (job === undefined) return Number.NaN;
  const share = Math.max(...scheduled.map((occurrence) => occurrence.share));
  const deadlineS = budgetOf(job.latency, Math.round(share * devices), context.scenario.range);
  context.assumptions.add({
    kind: 'choice',
    key: flow.id,
    value: `${Number((deadlineS / 3600).toFixed(2))}`,
    unit: 'h after the start',
    reason: `the campaign is to be over within the budget for many devices of ${job.id}: ${job.latency.text}`,
    source: 'catalogue',
  });
  return deadlineS;
}

/** `4 h`, `2 days` */
function duration(seconds: number): string {
  const days = seconds / 86_400;
  return days >= 1
    ? `${Number(days.toFixed(2))} ${days === 1 ? 'day' : 'days'}`
    : `${Number((seconds / 3600).toFixed(2))} h`;
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
