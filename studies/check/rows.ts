/** Tables of a check. */
import { columns } from '../../reports/columns.js';
import type { FlowResult, Verdict } from '../../sim/results.js';
import { placeText } from '../size/words.js';
import type { CaseResult, TechnologyResult } from './check.js';

/** A technology under a load case. */
export interface TechnologyRow {
  readonly technology: string;
  readonly loadCase: string;
  readonly endpoints: number;
  readonly verdict: string;
  readonly replications: number;
  readonly passing: number;
  readonly failing: number;
  readonly undecided: number;
  readonly other: number;
  readonly busyHourUtilisation: number;
  readonly largest: number;
  readonly largestVerdict: string;
  readonly nextLarger: number;
  readonly nextVerdict: string;
  readonly binds: string;
  readonly where: string;
  readonly hour: string;
  readonly reason: string;
  readonly statement: string;
}

export function technologyRows(
  results: readonly TechnologyResult[],
  network: string,
  endpoints: number,
): TechnologyRow[] {
  return results.flatMap(({ name, problem, cases }) =>
    problem === ''
      ? cases.map((own) => technologyRow(name, network, endpoints, own))
      : [{ ...NOTHING, technology: name, endpoints, verdict: 'fail', reason: problem, statement: 'no' }],
  );
}

const NOTHING: TechnologyRow = {
  technology: '',
  loadCase: '',
  endpoints: Number.NaN,
  verdict: '',
  replications: 0,
  passing: 0,
  failing: 0,
  undecided: 0,
  other: 0,
  busyHourUtilisation: Number.NaN,
  largest: Number.NaN,
  largestVerdict: '',
  nextLarger: Number.NaN,
  nextVerdict: '',
  binds: '',
  where: '',
  hour: '',
  reason: '',
  statement: '',
};

function technologyRow(technology: string, network: string, endpoints: number, own: CaseResult): TechnologyRow {
  const { trial, binding, largest } = own;
  const count = (verdict: Verdict) => trial.flows.filter((flow) => flow.verdict === verdict).length;
  const [passing, failing, undecided] = [count('pass'), count('fail'), count('undecided')];
  // What limits the endpoints is more telling than what is closest at the number asked for.
  const shown = own.outcome === 'pass' ? (largest?.binding ?? binding) : binding;
  return {
    technology,
    loadCase: own.loadCase.name,
    endpoints,
    verdict: own.outcome,
    replications: trial.replications,
    passing,
    failing,
    undecided,
    other: trial.flows.length - passing - failing - undecided,
    busyHourUtilisation: Math.max(
      0,
      ...trial.links.filter((link) => link.network === network).map((link) => link.busyHourUtilisation),
    ),
    largest: largest?.endpoints ?? Number.NaN,
    largestVerdict: largest?.outcome ?? '',
    nextLarger: largest?.next ?? Number.NaN,
    nextVerdict: largest?.nextOutcome ?? '',
    binds: shown === undefined ? '' : shown.kind === 'headroom' ? 'headroom' : shown.payload,
    where: shown === undefined ? '' : placeText(shown),
    hour: shown?.hour ?? '',
    reason: shown?.reason ?? '',
    statement: own.completeness.isWhole && own.outcome === 'pass' ? 'yes' : 'no',
  };
}

export const technologyColumns = columns<TechnologyRow>({
  technology: ['category', '', 'technology', 'of the network under test'],
  loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
  endpoints: ['float64', '', 'endpoints', 'of one gateway, for which the verdict is'],
  verdict: ['category', '', 'verdict', 'over all payloads'],
  replications: ['int32', '', 'replications', 'replications of the simulation'],
  passing: ['int32', '', 'pass', 'flows that pass'],
  failing: ['int32', '', 'fail', 'flows that fail'],
  undecided: ['int32', '', 'undecided', 'flows whose interval contains what is required'],
  other: ['int32', '', 'other', 'flows not exercised, not judged, or without a budget'],
  busyHourUtilisation: ['float64', '1', 'busy hour', 'utilisation of the network under test in its busy hour'],
  largest: ['float64', '', 'most endpoints', 'of one gateway with which nothing fails; 0: even the fewest fail'],
  largestVerdict: [
    'category',
    '',
    'of them',
    'pass, or undecided: nothing fails, and not everything can be shown to pass',
  ],
  nextLarger: ['float64', '', 'next', 'the next larger number that was tried'],
  nextVerdict: ['category', '', 'with it', 'verdict of the next larger number'],
  binds: ['category', '', 'binds', 'the payload that fails first, or headroom'],
  where: ['text', '', 'where', 'link and area; of a payload the most utilised of its route'],
  hour: ['category', '', 'hour', 'busy hour of the link'],
  reason: ['text', '', 'why', 'the figures'],
  statement: [
    'category',
    '',
    'statement',
    'whether `meets the requirements` may be said: nothing left out, everything passes',
  ],
});

/** A payload under a technology and load case: the worst of its flows. */
export interface PayloadRow {
  readonly technology: string;
  readonly loadCase: string;
  readonly payload: string;
  readonly useCase: string;
  readonly verdict: Verdict;
  readonly flows: number;
  readonly margin: number;
  readonly budgetS: number;
  readonly latencyP95S: number;
  readonly requiredReliability: number;
  readonly reliability: number;
  readonly reliabilityLow: number;
  readonly reliabilityHigh: number;
  readonly evidence: string;
  readonly flow: string;
  readonly reason: string;
}

const SEVERITY: readonly Verdict[] = ['fail', 'undecided', 'not exercised', 'not judged', 'pass', 'no budget'];

/** The worst first, of every technology and load case; alike they stay in the order of these. */
export function payloadRows(results: readonly TechnologyResult[]): PayloadRow[] {
  const rows = results.flatMap(({ name, cases }) =>
    cases.flatMap(({ loadCase, trial }) => {
      const groups = new Map<string, FlowResult[]>();
      for (const flow of trial.flows) groups.set(flow.payload, [...(groups.get(flow.payload) ?? []), flow]);
      return [...groups.values()]
        .map((flows) => ({ flows, worst: [...flows].sort(byVerdict)[0]! }))
        .sort((a, b) => byVerdict(a.worst, b.worst))
        .map(
          ({ flows, worst }): PayloadRow => ({
            technology: name,
            loadCase: loadCase.name,
            payload: worst.payload,
            useCase: worst.useCase,
            verdict: worst.verdict,
            flows: flows.length,
            margin: worst.margin,
            budgetS: worst.budgetS,
            latencyP95S: worst.latencyP95S,
            requiredReliability: worst.requiredReliability,
            reliability: worst.reliability,
            reliabilityLow: worst.reliabilityLow,
            reliabilityHigh: worst.reliabilityHigh,
            evidence: worst.evidence,
            flow: worst.flow,
            reason: worst.verdictReason,
          }),
        );
    }),
  );
  return rows.sort(byVerdict);
}

type Judged = Pick<FlowResult, 'verdict' | 'margin'>;

function byVerdict(a: Judged, b: Judged): number {
  const margin = ({ margin: of }: Judged) => (Number.isNaN(of) ? Infinity : of);
  const difference = SEVERITY.indexOf(a.verdict) - SEVERITY.indexOf(b.verdict);
  if (difference !== 0) return difference;
  const [left, right] = [margin(a), margin(b)];
  return left === right ? 0 : left - right;
}

export const payloadColumns = columns<PayloadRow>(
  {
    technology: ['category', '', 'technology', 'of the network under test'],
    loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
    payload: ['category', '', 'payload', 'name of the payload'],
    useCase: ['category', '', 'use case', 'id of the use case'],
    verdict: ['category', '', 'verdict', 'the worst of its flows'],
    flows: ['int32', '', 'flows', 'flows of the payload'],
    margin: ['float64', '1', 'margin', 'share of the latency budget that is left, of the worst flow'],
    budgetS: ['float64', 's', 'budget', 'latency budget of the worst flow'],
    latencyP95S: ['float64', 's', 'p95', '95th percentile of its latency'],
    requiredReliability: ['float64', '1', 'required', 'required share within the budget'],
    reliability: ['float64', '1', 'in time', 'share within the budget'],
    reliabilityLow: ['float64', '1', 'in time, low', 'lower end of its 95 % interval'],
    reliabilityHigh: ['float64', '1', 'in time, high', 'upper end of its 95 % interval'],
    evidence: ['category', '', 'evidence', 'enough messages to show it by their number, or few'],
    flow: ['text', '', 'flow', 'the worst flow'],
    reason: ['text', '', 'why', 'why the verdict is what it is'],
  },
  { reliability: { low: 'reliabilityLow', high: 'reliabilityHigh' } },
);

/** Endpoints of a gateway in a place. */
export interface PlaceRow {
  readonly technology: string;
  readonly place: string;
  readonly premisesPerKm2: number;
  readonly reachM: number;
  readonly radiusM: number;
  readonly withinReach: number;
  readonly loadCase: string;
  readonly capacity: number;
  readonly endpoints: number;
  readonly decidedBy: string;
  readonly asked: string;
  readonly source: string;
}

export function placeRows(results: readonly TechnologyResult[], asked: number): PlaceRow[] {
  return results.flatMap(({ name, coverage, cases }) =>
    coverage.flatMap(({ density, reachM, radiusM, endpoints: withinReach }) =>
      cases.map(({ loadCase, largest }): PlaceRow => {
        const capacity = largest?.endpoints ?? Number.NaN;
        return {
          technology: name,
          place: density.name,
          premisesPerKm2: density.premisesPerKm2,
          reachM,
          radiusM,
          withinReach,
          loadCase: loadCase.name,
          capacity,
          endpoints: Number.isNaN(capacity) ? withinReach : Math.min(capacity, withinReach),
          decidedBy: Number.isNaN(capacity) || withinReach < capacity ? 'reach' : 'capacity',
          asked: Number.isNaN(asked) ? '' : asked <= withinReach ? 'within reach' : 'out of reach',
          source: density.source,
        };
      }),
    ),
  );
}

export const placeColumns = columns<PlaceRow>({
  technology: ['category', '', 'technology', 'of the network under test'],
  place: ['category', '', 'place', 'urban, suburban or rural'],
  premisesPerKm2: ['float64', 'per km²', 'premises', 'premises per square kilometre'],
  reachM: ['float64', 'm', 'reach', 'of one hop, as the technology library says'],
  radiusM: ['float64', 'm', 'radius', 'of the area of one gateway'],
  withinReach: ['float64', '', 'within reach', 'endpoints within it'],
  loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
  capacity: ['float64', '', 'capacity', 'most endpoints with which nothing fails'],
  endpoints: ['float64', '', 'endpoints', 'of one gateway: the smaller of both'],
  decidedBy: ['category', '', 'decided by', 'capacity or reach'],
  asked: ['category', '', 'asked for', 'whether the endpoints asked for are within reach'],
  source: ['text', '', 'source', 'where the density comes from'],
});

/** What forbids the statement. */
export interface MissingRow {
  readonly technology: string;
  readonly loadCase: string;
  readonly missing: string;
}

export const missingRows = (results: readonly TechnologyResult[]): MissingRow[] =>
  results.flatMap(({ name, cases }) =>
    cases.flatMap(({ loadCase, completeness }) =>
      completeness.missing.map((missing) => ({ technology: name, loadCase: loadCase.name, missing })),
    ),
  );

export const missingColumns = columns<MissingRow>({
  technology: ['category', '', 'technology', 'of the network under test'],
  loadCase: ['category', '', 'load case', 'baseload, highload or an event'],
  missing: ['text', '', 'missing', 'what is not there, or does not pass'],
});
