/** What a trial of a network finds: every requirement and every link against its headroom, and which of them binds. */

import type { linksOnPaths } from '../../sim/paths.js';
import type { BusyHourShare, FlowResult, LinkResult } from '../../sim/results.js';
import type { Outcome } from '../search/bracket.js';

export type { Outcome };

export interface Finding {
  /** `requirement`: a flow against its latency and reliability; `headroom`: a link against the allowed utilisation. */
  readonly kind: 'requirement' | 'headroom';
  readonly outcome: Outcome;
  readonly loadCase: string;
  /** Empty for headroom. */
  readonly flow: string;
  /** Of a requirement its own; of a link the one with the largest share of its busy hour. */
  readonly payload: string;
  /** The link; of a requirement the most utilised one on its path. */
  readonly link: string;
  readonly area: string;
  readonly network: string;
  /** Data flows of the link. */
  readonly dataFlows: readonly string[];
  /** Busy hour of the link, `07:00`; empty without load. */
  readonly hour: string;
  /** What is left, as a share of what is allowed (budget, or utilisation); negative where it is missed; NaN: unknown. */
  readonly slack: number;
  /** One short sentence with the figures. */
  readonly reason: string;
}

/** Share of the requirement that says `by how much`, for a flow of a simulation. */
export function requirementFinding(
  flow: FlowResult,
  outcome: Outcome,
  loadCase: string,
  links: readonly LinkResult[],
  paths: Paths,
): Finding {
  return {
    kind: 'requirement',
    outcome,
    loadCase,
    flow: flow.flow,
    payload: flow.payload,
    ...placeOf(busiestOf(flow, links, paths)),
    slack: slackOf(flow, outcome),
    reason: `${flow.verdictReason}${outcome === 'pass' ? '' : missesText(flow)}`,
  };
}

/** What became of the messages that were not in time, and how long the others took. */
function missesText({ sent, lost, late, latencyP95S, budgetS }: FlowResult): string {
  const misses = [
    ...(lost > 0 ? [`${lost} lost on the way`] : []),
    ...(late > 0 ? [`${late} late`] : []),
    ...(latencyP95S > budgetS ? [`95 % within ${short(latencyP95S)} s, budget ${short(budgetS)} s`] : []),
  ];
  return misses.length === 0 ? '' : ` (of ${sent} messages ${misses.join(', ')})`;
}

const short = (value: number): number => Number(value.toPrecision(3));

/**
 * Latency that is left. Where the share in time decides and latency does not show it, what is missing of the share, or,
 * where few must be in time, what is more than enough of it.
 */
function slackOf({ margin, reliability, requiredReliability }: FlowResult, outcome: Outcome): number {
  const isShown = outcome === 'fail' ? margin < 0 : outcome !== 'pass' || !(margin < 0);
  if (isShown) return margin;
  return (reliability - requiredReliability) / requiredReliability;
}

/** Names of the links on the path of each flow, sim/paths.ts. */
export type Paths = ReturnType<typeof linksOnPaths>;

/** The most utilised link on a flow's path, in the direction in which the flow crosses it. */
export function busiestOf(
  { flow }: Pick<FlowResult, 'flow'>,
  links: readonly LinkResult[],
  paths: Paths,
): LinkResult | undefined {
  const path = paths.get(flow);
  let busiest: LinkResult | undefined;
  for (const link of links) {
    if (path?.has(link.link) !== true) continue;
    if (busiest === undefined || link.busyHourUtilisation > busiest.busyHourUtilisation) busiest = link;
  }
  return busiest;
}

export function placeOf(
  link: LinkResult | undefined,
): Pick<Finding, 'link' | 'area' | 'network' | 'dataFlows' | 'hour'> {
  if (link === undefined) return { link: '', area: '', network: '', dataFlows: [], hour: '' };
  const { link: name, area, network, dataFlow, busyHour: hour } = link;
  return { link: name, area, network, dataFlows: dataFlow.split(' '), hour };
}

/** @param halfWidth of the 95 % interval of the utilisation; 0 where it is exact; NaN: one replication */
export function headroomFinding(
  link: LinkResult,
  utilisation: number,
  halfWidth: number,
  allowed: number,
  loadCase: string,
  busyHours: readonly BusyHourShare[],
): Finding {
  const half = Number.isNaN(halfWidth) ? Infinity : halfWidth;
  const outcome = utilisation + half <= allowed ? 'pass' : utilisation - half > allowed ? 'fail' : 'undecided';
  const top = busyHours.find(({ network, direction }) => network === link.network && direction === link.direction);
  const interval = Number.isFinite(half) && half > 0 ? ` ± ${percent(half)}` : '';
  return {
    kind: 'headroom',
    outcome,
    loadCase,
    flow: '',
    payload: top?.payload ?? '',
    ...placeOf(link),
    slack: (allowed - utilisation) / allowed,
    reason: `${percent(utilisation)}${interval} busy in the busy hour, ${percent(allowed)} allowed`,
  };
}

/** Fail before undecided before pass. */
export function outcomeOf(findings: readonly Finding[]): Outcome {
  if (findings.some(({ outcome }) => outcome === 'fail')) return 'fail';
  return findings.some(({ outcome }) => outcome === 'undecided') ? 'undecided' : 'pass';
}

const SEVERITY: readonly Outcome[] = ['fail', 'undecided', 'pass'];

/** The finding that decides: of the worst outcome the one with the least slack. Undefined without any. */
export function bindingOf(findings: readonly Finding[]): Finding | undefined {
  const slack = (finding: Finding) => (Number.isNaN(finding.slack) ? Infinity : finding.slack);
  let binding: Finding | undefined;
  for (const finding of findings) {
    if (binding === undefined) {
      binding = finding;
      continue;
    }
    const [own, best] = [SEVERITY.indexOf(finding.outcome), SEVERITY.indexOf(binding.outcome)];
    if (own < best || (own === best && slack(finding) < slack(binding))) binding = finding;
  }
  return binding;
}

/** 7.25 %; small shares keep three digits. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
