/** What the results say in short: counts of verdicts, what fails, how close the rest comes, which links are busiest. */
import type { EngineName, FlowResult, LinkResult, Results, Verdict } from '../sim/results.js';

/** Worst first; the order of every list of verdicts. */
export const verdictOrder: readonly Verdict[] = [
  'fail',
  'undecided',
  'pass',
  'not judged',
  'not exercised',
  'no budget',
];

const rank = new Map(verdictOrder.map((verdict, i) => [verdict, i]));

export interface Findings {
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Flows that pass on few messages: all in time, but too few to show the required share by their number. */
  readonly fewMessages: number;
  readonly failing: readonly FlowResult[];
  readonly undecided: readonly FlowResult[];
  /** Flows that pass, smallest margin first. */
  readonly tightest: readonly FlowResult[];
  /** The link with the highest busy-hour utilisation of each network and direction, most utilised first. */
  readonly busiest: readonly LinkResult[];
}

/** O(n log n) in flows and links. */
export function findings(results: Results): Findings {
  const counts: Record<Verdict, number> = {
    fail: 0,
    undecided: 0,
    pass: 0,
    'not judged': 0,
    'not exercised': 0,
    'no budget': 0,
  };
  for (const flow of results.flows) counts[flow.verdict]++;
  const ranked = [...results.flows].sort(worstFirst);
  return {
    counts,
    fewMessages: results.flows.filter((flow) => flow.verdict === 'pass' && flow.evidence === 'few').length,
    failing: ranked.filter((flow) => flow.verdict === 'fail'),
    undecided: ranked.filter((flow) => flow.verdict === 'undecided'),
    tightest: ranked.filter((flow) => flow.verdict === 'pass' && !Number.isNaN(flow.margin)),
    busiest: busiestLinks(results.links),
  };
}

/** By verdict, then by margin (none last), then by name. */
export function worstFirst(a: FlowResult, b: FlowResult): number {
  return rank.get(a.verdict)! - rank.get(b.verdict)! || byMargin(a, b);
}

export function byMargin(a: FlowResult, b: FlowResult): number {
  return ascending(a.margin, b.margin) || compareText(a.flow, b.flow);
}

/** Ascending with NaN last. */
function ascending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By code unit, so that the order is the same under every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** From here on queues grow steeply: at 70 % the mean wait of an M/M/1 queue is 2.3 service times. */
export const highUtilisation = 0.7;

/** Links with a finite rate, highest busy-hour utilisation first. */
export function rankedLinks(links: readonly LinkResult[]): LinkResult[] {
  return links
    .filter((link) => Number.isFinite(link.rateBps) && Number.isFinite(link.busyHourUtilisation))
    .sort(
      (a, b) =>
        b.busyHourUtilisation - a.busyHourUtilisation || compareText(a.link, b.link) || compareText(a.area, b.area),
    );
}

function busiestLinks(links: readonly LinkResult[]): LinkResult[] {
  const seen = new Set<string>();
  return rankedLinks(links).filter((link) => {
    const key = `${link.network} ${link.direction}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * The latency by which a flow is measured first: p95, or the mean where messages are too few for it; the closed form's
 * mean where nothing was simulated. NaN when nothing was sent, Infinity on an overloaded link.
 */
export function typicalLatencyS(flow: FlowResult, engine: EngineName): number {
  if (engine === 'closed-form') return flow.verdict === 'not exercised' ? Number.NaN : flow.closedFormLatencyS;
  return Number.isNaN(flow.latencyP95S) ? flow.latencyMeanS : flow.latencyP95S;
}

/** `NAN up, dap 4`; the name alone for a link that stands once. */
export function linkLabel(link: LinkResult): string {
  return link.area === '' || link.area === 'centre' ? link.link : `${link.link}, ${link.area}`;
}

/** Networks in the order in which the results first name them. */
export function networksOf(results: Results): string[] {
  return [...new Set([...results.hours.map((hour) => hour.network), ...results.links.map((link) => link.network)])];
}
