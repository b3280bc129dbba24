/** The report of N-1: what still meets its budget. */
import { formatShare, formatUnit, plural } from '../../reports/format.js';
import { type RankedItem, ranked, type StudyReport, type StudyTable } from '../../reports/index.js';
import type { Assumption } from '../../sim/plan.js';
import type { FlowResult, Verdict } from '../../sim/results.js';
import { estimateOf } from '../compare/pictures.js';
import type { Member } from '../compare/simulation.js';
import { categoryColumn, estimateColumns, numberColumn, textColumn } from '../measures/columns.js';
import { type Difference, jointConfidence, pairedDifference } from '../measures/paired.js';
import { flowKey, overReplications } from '../measures/simulated.js';
import type { Case } from './cases.js';

interface Outcome {
  readonly one: Case;
  readonly member: Member;
  /** Flows that met their requirements with nothing out, and still do, do no longer, or cannot be told. */
  readonly still: number;
  readonly lost: readonly FlowResult[];
  readonly open: number;
  readonly difference: Difference;
}

export function nMinusOneReport(
  scenario: string,
  cases: readonly Case[],
  members: readonly Member[],
  assumptions: readonly Assumption[],
  info: StudyReport['info'],
): StudyReport {
  const [base, ...others] = members;
  const confidence = jointConfidence(others.length);
  const outcomes = others.map((member, i) => outcomeOf(cases[i + 1]!, base!, member, confidence));
  const met = base!.flows.filter(({ verdict }) => verdict === 'pass').length;
  const worst = [...outcomes].sort((a, b) => b.lost.length - a.lost.length);
  const robust = outcomes.filter(({ lost, open }) => lost.length === 0 && open === 0).length;
  return {
    info,
    title: `${scenario}: one thing out at a time`,
    facts: [
      { name: 'Scenario', value: scenario },
      { name: 'Cases', value: String(outcomes.length) },
      { name: 'Flows that meet their requirements with nothing out', value: `${met} of ${base!.flows.length}` },
      { name: 'Messages within their budget with nothing out', value: inTimeText(base!) },
    ],
    answer: {
      verdict: 'none',
      text: `Of ${plural(outcomes.length, 'case')}, ${robust} ${robust === 1 ? 'leaves' : 'leave'} all ${met} flows that meet their requirements as they are${
        worst[0] === undefined || worst[0].lost.length === 0
          ? ''
          : `; the worst is that ${worst[0].one.name}: ${plural(worst[0].lost.length, 'flow')} no longer ${worst[0].lost.length === 1 ? 'does' : 'do'}`
      }.`,
    },
    findings: worst.map(findingOf),
    binding: [],
    pictures: [
      (layout) =>
        ranked(
          {
            name: 'in-time',
            title: 'Messages within their budget',
            description:
              'With one thing out for the whole run at a time; means over replications with their 95 % intervals.',
            value: { title: 'messages within their budget', unit: '1' },
            items: [base!, ...worst.map(({ member }) => member)].map(
              (member): RankedItem => ({ label: member.name, value: estimateOf(member.values.get('inTime')) }),
            ),
          },
          layout,
        ),
    ],
    tables: [caseTable(base!, met, outcomes, confidence), flowTable(base!, outcomes)],
    assumptions: [
      ...assumptions,
      {
        kind: 'choice',
        key: 'n-1: outage',
        value: 'the whole run',
        unit: '',
        reason: 'what is out does not come back within the run; shorter outages are events of a scenario',
        source: 'assumption',
      },
    ],
    method: [
      'Each case is the scenario with the links of one network, or all links of one gateway, out from the start to the end; a backhaul with a fallback is out with its DAPs on the other. Gateways of the same size are alike and one of them stands for all; where all differ, the five largest are tried.',
      'All cases are simulated with the same seed. A flow still meets its requirements when its verdict is pass as with nothing out; differences of messages in time are paired by replication (Student’s t, Bonferroni over all cases).',
    ],
  };
}

function outcomeOf(one: Case, base: Member, member: Member, confidence: number): Outcome {
  const now = new Map(member.flows.map((flow) => [flowKey(flow), flow]));
  const met = base.flows.filter(({ verdict }) => verdict === 'pass');
  const verdictOf = (flow: FlowResult): Verdict | undefined => now.get(flowKey(flow))?.verdict;
  const lost = met.filter((flow) => verdictOf(flow) === 'fail' || verdictOf(flow) === undefined);
  const still = met.filter((flow) => verdictOf(flow) === 'pass').length;
  return {
    one,
    member,
    still,
    lost,
    open: met.length - still - lost.length,
    difference: pairedDifference(base.values.get('inTime')!, member.values.get('inTime')!, confidence),
  };
}

function inTimeText(member: Member): string {
  const { value, halfWidth, samples } = overReplications(member.values.get('inTime'));
  return `${formatShare(value)}${Number.isNaN(halfWidth) ? '' : ` ± ${formatUnit(halfWidth, '1')}`} (n = ${samples})`;
}

const MOST_NAMED = 5;

function findingOf({ one, still, lost, open, member }: Outcome): StudyReport['findings'][number] {
  const names = [...new Set(lost.map(({ payload }) => payload))];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const places = one.places === 1 ? '' : `, as each of ${one.places} alike`;
  return {
    verdict: lost.length > 0 ? 'fail' : open > 0 ? 'undecided' : 'pass',
    text: `${one.name}${places}: ${still} of ${still + lost.length + open} flows still meet their requirements; messages in time ${inTimeText(member)}`,
    ...(names.length === 0 ? {} : { detail: `no longer: ${names.slice(0, MOST_NAMED).join(', ')}${more}` }),
  };
}

function caseTable(base: Member, met: number, outcomes: readonly Outcome[], confidence: number): StudyTable {
  const first = overReplications(base.values.get('inTime'));
  return {
    name: 'cases',
    title: 'Cases',
    description:
      'One thing out at a time, and what is left of the flows that meet their requirements with nothing out.',
    columns: [
      textColumn('case', 'case', 'what is out'),
      categoryColumn('kind', 'kind', 'links of a network, a gateway, or a backhaul with a fallback'),
      numberColumn('places', '', 'places', 'places that the case stands for'),
      numberColumn('still', '', 'still', 'flows that met their requirements and still do'),
      numberColumn('lost', '', 'no longer', 'flows that met them and now fail, or have no way'),
      numberColumn('open', '', 'not told', 'flows that met them and now are undecided or not exercised'),
      ...estimateColumns('inTime', '1', 'in time', 'messages within their budget, mean over replications'),
      ...estimateColumns(
        'difference',
        '1',
        'difference',
        'to nothing out, paired by replication',
        `${Number((100 * confidence).toFixed(3))} %`,
      ),
      categoryColumn('significant', 'significant', 'yes: the interval of the difference leaves out zero'),
      numberColumn('replications', '', 'n', 'replications'),
    ],
    rows: [
      {
        case: base.name,
        kind: 'nothing',
        places: 1,
        still: met,
        lost: 0,
        open: 0,
        inTime: first.value,
        inTimeHalfWidth: first.halfWidth,
        difference: Number.NaN,
        differenceHalfWidth: Number.NaN,
        significant: '',
        replications: first.samples,
      },
      ...outcomes.map(({ one, member, still, lost, open, difference }) => {
        const inTime = overReplications(member.values.get('inTime'));
        return {
          case: one.name,
          kind: one.kind,
          places: one.places,
          still,
          lost: lost.length,
          open,
          inTime: inTime.value,
          inTimeHalfWidth: inTime.halfWidth,
          difference: difference.difference,
          differenceHalfWidth: difference.halfWidth,
          significant: difference.significant ? 'yes' : 'no',
          replications: difference.replications,
        };
      }),
    ],
  };
}

function flowTable(base: Member, outcomes: readonly Outcome[]): StudyTable {
  const met = new Map(base.flows.map((flow) => [flowKey(flow), flow.verdict]));
  return {
    name: 'flows',
    title: 'Flows that are worse off',
    description: 'Every flow whose verdict changes when something is out.',
    columns: [
      textColumn('flow', 'flow', 'payload of the catalogue, sender and receiver'),
      textColumn('case', 'case', 'what is out'),
      categoryColumn('before', 'nothing out', 'verdict with nothing out'),
      categoryColumn('after', 'verdict', 'verdict in the case'),
      numberColumn('reliability', '1', 'in time', 'share delivered within the budget, all replications'),
      numberColumn('reliabilityLow', '1', 'in time, low', 'lower end of its 95 % interval'),
      numberColumn('reliabilityHigh', '1', 'in time, high', 'upper end of its 95 % interval'),
      textColumn('reason', 'why', 'why the verdict is what it is'),
    ],
    rows: outcomes.flatMap(({ one, member }) =>
      member.flows.flatMap((flow) => {
        const before = met.get(flowKey(flow)) ?? 'no way';
        if (before === flow.verdict) return [];
        const { reliability, reliabilityLow, reliabilityHigh, verdict, verdictReason } = flow;
        return [
          {
            flow: flowKey(flow),
            case: one.name,
            before,
            after: verdict,
            reliability,
            reliabilityLow,
            reliabilityHigh,
            reason: verdictReason,
          },
        ];
      }),
    ),
  };
}
