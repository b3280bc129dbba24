/** Tables of a sizing study. */
import { columns } from '../../reports/columns.js';
import type { Coverage } from '../trial/coverage.js';
import type { Finding } from '../trial/findings.js';
import type { Tried } from './network-trials.js';
import type { RunOut, YearRow } from './run-out.js';
import type { SizeResult } from './size.js';
import { placeText } from './words.js';

/** One network under one load case. */
export interface TriedRow {
  readonly network: string;
  readonly role: string;
  readonly outcome: string;
  readonly loadCase: string;
  readonly caseOutcome: string;
  readonly replications: number;
  readonly failing: number;
  readonly undecided: number;
  readonly binds: string;
  readonly where: string;
  readonly hour: string;
  readonly slack: number;
  readonly reason: string;
}

export function triedRows({ tried, found }: SizeResult): TriedRow[] {
  const less = new Set(found?.less);
  const roleOf = (one: Tried) =>
    found?.steps !== undefined && one === found.tried ? 'found' : less.has(one) ? 'one step less' : '';
  return tried.flatMap((one) =>
    one.cases.map((own) => {
      const binding = worst(own.findings);
      return {
        network: one.name,
        role: roleOf(one),
        outcome: one.outcome,
        loadCase: own.loadCase,
        caseOutcome: own.outcome,
        replications: own.replications,
        failing: count(own.findings, 'fail'),
        undecided: count(own.findings, 'undecided'),
        binds: binding === undefined ? '' : binding.kind === 'headroom' ? 'headroom' : binding.payload,
        where: binding === undefined ? '' : placeText(binding),
        hour: binding?.hour ?? '',
        slack: binding?.slack ?? Number.NaN,
        reason: binding?.reason ?? '',
      };
    }),
  );
}

const count = (findings: readonly Finding[], outcome: Finding['outcome']): number =>
  findings.filter((one) => one.outcome === outcome).length;

function worst(findings: readonly Finding[]): Finding | undefined {
  const order = ['fail', 'undecided', 'pass'];
  return [...findings].sort(
    (a, b) =>
      order.indexOf(a.outcome) - order.indexOf(b.outcome) ||
      (Number.isNaN(a.slack) ? 1 : a.slack) - (Number.isNaN(b.slack) ? 1 : b.slack),
  )[0];
}

export const triedColumns = columns<TriedRow>({
  network: ['text', '', 'network', 'settings that were tried'],
  role: ['category', '', 'role', 'found, or one step less on one of what varies'],
  outcome: ['category', '', 'outcome', 'over all load cases'],
  loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
  caseOutcome: ['category', '', 'in it', 'outcome in the load case'],
  replications: ['int32', '', 'replications', 'replications of the simulation'],
  failing: ['int32', '', 'failing', 'requirements and links that fail'],
  undecided: ['int32', '', 'undecided', 'requirements and links that are undecided'],
  binds: ['category', '', 'binds', 'the payload with the least slack, or headroom'],
  where: ['text', '', 'where', 'link and area; of a payload the most utilised of its route'],
  hour: ['category', '', 'hour', 'busy hour of the link'],
  slack: ['float64', '1', 'slack', 'what is left of the latency budget or the allowed utilisation; negative: missed'],
  reason: ['text', '', 'reason', 'the figures'],
});

/** A link of the network found. */
export interface FoundLinkRow {
  readonly link: string;
  readonly area: string;
  readonly network: string;
  readonly loadCase: string;
  readonly hour: string;
  readonly rateBps: number;
  readonly utilisation: number;
  readonly utilisationHalfWidth: number;
  readonly allowed: number;
}

export function foundLinks({ found }: SizeResult, allowed: number): FoundLinkRow[] {
  const rows = (found?.tried.cases ?? []).flatMap((own) =>
    own.links.flatMap((link) =>
      link.offeredB === 0
        ? []
        : [
            {
              link: link.link,
              area: link.area,
              network: link.network,
              loadCase: own.loadCase,
              hour: link.busyHour,
              rateBps: link.rateBps,
              utilisation: link.busyHourUtilisation,
              utilisationHalfWidth: link.busyHourUtilisationHalfWidth,
              allowed,
            },
          ],
    ),
  );
  return rows.sort((a, b) => b.utilisation - a.utilisation);
}

export const foundLinkColumns = columns<FoundLinkRow>(
  {
    link: ['text', '', 'link', 'name of the link'],
    area: ['text', '', 'area', 'where it stands'],
    network: ['category', '', 'network', 'network of the reference diagram'],
    loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
    hour: ['category', '', 'busy hour', 'clock hour with the most bytes'],
    rateBps: ['float64', 'bit/s', 'rate', 'bits per second of the link'],
    utilisation: ['float64', '1', 'utilisation', 'of its transmitter in the busy hour, mean of the replications'],
    utilisationHalfWidth: ['float64', '1', '± utilisation', 'half width of its 95 % interval'],
    allowed: ['float64', '1', 'allowed', 'what headroom leaves'],
  },
  { utilisation: { halfWidth: 'utilisationHalfWidth' } },
);

/** A requirement in the network found. */
export interface FoundFlowRow {
  readonly flow: string;
  readonly payload: string;
  readonly networks: string;
  readonly loadCase: string;
  readonly verdict: string;
  readonly evidence: string;
  readonly budgetS: number;
  readonly latencyP95S: number;
  readonly requiredReliability: number;
  readonly reliability: number;
  readonly reliabilityLow: number;
  readonly reliabilityHigh: number;
  readonly margin: number;
  readonly reason: string;
}

export function foundFlows({ found }: SizeResult): FoundFlowRow[] {
  const order = ['fail', 'undecided', 'pass'];
  return (found?.tried.cases ?? [])
    .flatMap((own) =>
      own.flows.map((flow) => ({
        flow: flow.flow,
        payload: flow.payload,
        networks: flow.networks,
        loadCase: own.loadCase,
        verdict: flow.verdict as string,
        evidence: flow.evidence as string,
        budgetS: flow.budgetS,
        latencyP95S: flow.latencyP95S,
        requiredReliability: flow.requiredReliability,
        reliability: flow.reliability,
        reliabilityLow: flow.reliabilityLow,
        reliabilityHigh: flow.reliabilityHigh,
        margin: flow.margin,
        reason: flow.verdictReason,
      })),
    )
    .sort(
      (a, b) =>
        rank(order, a.verdict) - rank(order, b.verdict) ||
        (Number.isNaN(a.margin) ? 1 : a.margin) - (Number.isNaN(b.margin) ? 1 : b.margin),
    );
}

const rank = (order: readonly string[], verdict: string): number => {
  const at = order.indexOf(verdict);
  return at < 0 ? order.length : at;
};

export const foundFlowColumns = columns<FoundFlowRow>(
  {
    flow: ['text', '', 'flow', 'catalogue flow, sender and receiver'],
    payload: ['category', '', 'payload', 'name of the payload'],
    networks: ['category', '', 'networks', 'networks of the route'],
    loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
    verdict: ['category', '', 'verdict', 'of latency, reliability, deadline and windows together'],
    evidence: ['category', '', 'evidence', 'enough messages to show it by their number, or few'],
    budgetS: ['float64', 's', 'budget', 'latency budget'],
    latencyP95S: ['float64', 's', 'p95', '95th percentile of the latency'],
    requiredReliability: ['float64', '1', 'required', 'required share within the budget'],
    reliability: ['float64', '1', 'in time', 'share within the budget'],
    reliabilityLow: ['float64', '1', 'in time, low', 'lower end of its 95 % interval'],
    reliabilityHigh: ['float64', '1', 'in time, high', 'upper end of its 95 % interval'],
    margin: ['float64', '1', 'margin', 'share of the budget that is left'],
    reason: ['text', '', 'reason', 'why the verdict is what it is'],
  },
  { reliability: { low: 'reliabilityLow', high: 'reliabilityHigh' } },
);

export interface CoverageRow {
  readonly place: string;
  readonly premisesPerKm2: number;
  readonly reachM: number;
  readonly radiusM: number;
  readonly endpoints: number;
  readonly source: string;
}

export const coverageRows = (coverage: readonly Coverage[]): CoverageRow[] =>
  coverage.map(({ density, reachM, radiusM, endpoints }) => ({
    place: density.name,
    premisesPerKm2: density.premisesPerKm2,
    reachM,
    radiusM,
    endpoints,
    source: density.source,
  }));

export const coverageColumns = columns<CoverageRow>({
  place: ['category', '', 'place', 'urban, suburban or rural'],
  premisesPerKm2: ['float64', 'per km²', 'premises', 'premises per square kilometre'],
  reachM: ['float64', 'm', 'reach', 'of one hop, as the technology library says'],
  radiusM: ['float64', 'm', 'radius', 'of the area of one gateway'],
  endpoints: ['float64', '', 'endpoints', 'endpoints within it'],
  source: ['text', '', 'source', 'where the density comes from'],
});

export interface CandidateRow {
  readonly network: string;
  readonly leastUsd: number;
  readonly outcome: string;
  readonly simulated: string;
  readonly capexUsd: number;
  readonly opexUsdPerYear: number;
  readonly totalUsd: number;
}

export const candidateRows = ({ candidates }: SizeResult): CandidateRow[] =>
  candidates.map(({ name, least, outcome, tried, price }) => ({
    network: name,
    leastUsd: least.totalUsd,
    outcome,
    simulated: tried,
    capexUsd: price?.capexUsd ?? Number.NaN,
    opexUsdPerYear: price?.opexUsdPerYear ?? Number.NaN,
    totalUsd: price?.totalUsd ?? Number.NaN,
  }));

export const candidateColumns = columns<CandidateRow>({
  network: ['text', '', 'combination', 'technologies, and values that were given'],
  leastUsd: [
    'float64',
    'USD',
    'at least',
    'cost with the fewest gateways that the closed form does not find overloaded',
  ],
  outcome: [
    'category',
    '',
    'outcome',
    'what the simulation says; too dear: nothing of it that passes costs less than the best found',
  ],
  simulated: ['text', '', 'simulated', 'the cheapest of the combination that passes; else what was tried last'],
  capexUsd: ['float64', 'USD', 'to build', 'of the one that passes'],
  opexUsdPerYear: ['float64', 'USD/year', 'to run', 'of the one that passes'],
  totalUsd: ['float64', 'USD', 'cost', 'building and operation over the years counted'],
});

/** Years are names, not amounts. */
export type WithYears<Row extends { readonly year: number }> = Omit<Row, 'year' | 'closedFormYear'> & {
  readonly of: string;
  readonly year: string;
};

export const yearText = (year: number): string => (Number.isNaN(year) ? '' : String(year));

export const yearColumns = columns<WithYears<YearRow>>({
  of: ['category', '', 'network', 'the scenario’s own, or the one found'],
  network: ['category', '', 'link class', 'network of the reference diagram'],
  year: ['category', '', 'year', 'year of the forecast'],
  utilisation: ['float64', '1', 'utilisation', 'of the most utilised link in its busy hour, by closed form'],
  allowed: ['float64', '1', 'allowed', 'what headroom leaves'],
  link: ['text', '', 'link', 'the most utilised'],
  area: ['text', '', 'area', 'where it stands'],
  hour: ['category', '', 'hour', 'its busy hour'],
  loadCase: ['category', '', 'load case', 'in which it is most utilised'],
  missed: ['int32', '', 'missed', 'requirements that the closed form sees missed'],
  holds: ['category', '', 'closed form', 'holds, or runs out'],
});

export const runOutColumns = columns<WithYears<RunOut> & { readonly closedFormYear: string }>({
  of: ['category', '', 'network', 'the scenario’s own, or the one found'],
  network: ['category', '', 'link class', 'network of the reference diagram'],
  year: ['category', '', 'runs out', 'first year in which it does not hold; empty: beyond the forecast'],
  closedFormYear: ['category', '', 'by closed form', 'the same by closed form alone'],
  lastHeld: ['text', '', 'last that holds', 'simulation of the last year that holds'],
  firstNot: ['text', '', 'first that does not', 'simulation of the year in which it runs out'],
  why: ['text', '', 'why', 'what then fails'],
  violations: ['text', '', 'out of order', 'years that fare better than earlier ones'],
});
