/** The report of a comparison. */
import { plural } from '../../reports/format.js';
import type { Finding, StudyReport } from '../../reports/index.js';
import { COST_YEARS } from '../measures/measures.js';
import type { CompareResult } from './compare.js';
import {
  candidateTable,
  differenceTable,
  flowDifferenceTable,
  leftOutTable,
  moveTable,
  shortlistTable,
} from './tables.js';
import { answerText, candidateFinding, differenceFindings, moveTexts, scopesOf } from './words.js';

const MOST_RANKED = 10;

export function comparisonReport(result: CompareResult, info: StudyReport['info']): StudyReport {
  const { candidates, ranking, leftOut, chosen, members, comparison, moves, pictures, assumptions } = result;
  const { ranked, by } = ranking;
  const others = [...new Set(moves.map(({ other }) => other))];
  const compared = members.length >= 2;
  const findings: Finding[] = [
    ...ranked.slice(0, MOST_RANKED).map((one) => candidateFinding(one, by)),
    ...(compared ? differenceFindings(comparison) : []),
  ];
  return {
    info,
    title: `${candidates.bases.map(({ scenario }) => scenario.name).join(', ')}: ${plural(ranked.length, 'candidate')} compared`,
    facts: facts(result),
    answer: { verdict: 'none', text: answerText(ranking) },
    findings,
    binding: moveTexts(moves, others),
    bindingTitle: 'What differs',
    pictures,
    tables: [
      candidateTable(ranking, chosen),
      ...(members.length > 0 ? [shortlistTable(members)] : []),
      ...(compared ? [differenceTable(comparison), flowDifferenceTable(comparison)] : []),
      ...(moves.length > 0 ? [moveTable(moves)] : []),
      ...(leftOut.length > 0 ? [leftOutTable(leftOut)] : []),
    ],
    assumptions: [
      ...assumptions,
      {
        kind: 'choice',
        key: 'compare: cost',
        value: String(COST_YEARS),
        unit: 'years of operation',
        reason: 'capital and running cost in one number, without interest; the table has both apart',
        source: 'assumption',
      },
    ],
    method: method(result),
  };
}

function facts({ candidates, ranking, base, members }: CompareResult): StudyReport['facts'] {
  return [
    { name: 'Scenarios', value: candidates.bases.map(({ scenario }) => scenario.name).join(', ') },
    ...candidates.variations.map(({ key, values }) => ({
      name: `Varied: ${key}`,
      value: values.length > 8 ? `${values.length} values` : values.map(({ text }) => text).join(', '),
    })),
    { name: 'Best candidate', value: ranking.ranked[0]?.candidate.name ?? '' },
    { name: 'Load case', value: base.load },
    { name: 'Pareto front', value: plural(ranking.ranked.filter(({ front }) => front).length, 'candidate') },
    { name: 'Simulated', value: members.length === 0 ? 'none: closed form only' : plural(members.length, 'candidate') },
  ];
}

function method({ ranking, equals, members, comparison }: CompareResult): string[] {
  const { ranked, by, unknown, objectives } = ranking;
  const scopes = scopesOf(ranked);
  const names = (measures: typeof by) => measures.map(({ title }) => title).join(', ');
  const twins = [...equals].map(([one, count]) => `${one.candidate.name} (${count})`);
  return [
    `Every candidate was compiled and computed in closed form. They are ranked by ${names(by)}, the first that differs deciding.${
      unknown.length === 0 ? '' : ` Not known of every candidate, and so without a say: ${names(unknown)}.`
    }`,
    ...(scopes.least === scopes.most
      ? []
      : [
          `Candidates carry different parts of the catalogue, from ${scopes.least} to ${scopes.most} flows. One that carries less has less to miss and loads its links less: compare those of one scope before a rank is taken for a merit.`,
        ]),
    `The Pareto front is over ${names(objectives)}.`,
    ...(twins.length === 0
      ? []
      : [
          `Candidates that equal one of the shortlist in everything that the closed form tells are not looked at again: ${twins.join(', ')}.`,
        ]),
    ...(members.length === 0
      ? ['Nothing was simulated: means of the closed form, without intervals.']
      : [
          'The shortlist was simulated with common random numbers: the same seed, and random streams keyed by the names of sources, so that replication k differs between candidates only in what the network does.',
        ]),
    ...(members.length < 2
      ? []
      : [
          `Differences are paired by replication (Student's t over the differences). Intervals are widened so that all ${comparison.measures.length} differences of measures hold together with 95 %, and so do all ${comparison.flows.length} of flows (Bonferroni). A difference is significant when its interval leaves out zero; with few pairs a real difference may not show.`,
        ]),
  ];
}
