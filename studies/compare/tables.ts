/** The tables of a comparison. */
import type { Column, StudyTable } from '../../reports/index.js';
import { categoryColumn, columnName, estimateColumns, numberColumn, textColumn } from '../measures/columns.js';
import { COST_YEARS, loadMeasure, MEASURES, type Measure, utilisationMeasure } from '../measures/measures.js';
import { overReplications } from '../measures/simulated.js';
import type { LeftOut } from './closed-form.js';
import type { Ranked, Ranking } from './ranking.js';
import type { Comparison, Member, Move } from './simulation.js';

/** Every candidate in closed form, best first. */
export function candidateTable({ ranked }: Ranking, chosen: readonly Ranked[]): StudyTable {
  const networks = [...new Set(ranked.flatMap(({ row }) => row.networks.map(({ network }) => network)))];
  const perNetwork = networks.map((network) => {
    const id = columnName({ id: `load ${network}` }).slice('load_'.length);
    return {
      load: { measure: loadMeasure(network), name: `busyHourBps_${id}` },
      utilisation: { measure: utilisationMeasure(network), name: `busyHourUtilisation_${id}` },
      network,
    };
  });
  const own = closedFormMeasures();
  const columns: Column[] = [
    textColumn('candidate', 'candidate', 'what is compared'),
    numberColumn('rank', '', 'rank', 'place among all candidates; equal ones share it'),
    categoryColumn(
      'front',
      'Pareto',
      'front: no other candidate is at least as good in everything and better in something',
    ),
    categoryColumn('simulated', 'simulated', 'yes: on the shortlist'),
    ...own.map((one) => numberColumn(columnName(one), one.unit, one.title, `closed form: ${one.title}`)),
    textColumn('tightest', 'tightest payload', 'the payload with the worst latency margin'),
    textColumn('slowest', 'slowest link', 'where most of the mean latency of that payload is spent'),
    textColumn('busiest', 'busiest link', 'the link with the highest busy-hour utilisation, its area and hour'),
    numberColumn(
      'availability',
      '1',
      'least availability',
      'share of the time for which the least available route is up',
    ),
    numberColumn('capexUsd', 'USD', 'capital cost', 'links, gateways and endpoints of all technologies in use'),
    numberColumn(
      'opexUsdPerYear',
      'USD/year',
      'yearly cost',
      `running cost; ${COST_YEARS} years of it enter the comparison`,
    ),
    numberColumn(
      'flowsInScope',
      '',
      'flows',
      'flows of the catalogue that take part: what carries fewer has less to miss',
    ),
    ...perNetwork.flatMap(({ network, load, utilisation }) => [
      numberColumn(
        load.name,
        'bit/s',
        `${network} busy hour`,
        `offered in the busy hour of the busier direction of ${network}, all its links`,
      ),
      numberColumn(
        utilisation.name,
        '1',
        `${network} utilisation`,
        `busy-hour utilisation of the most utilised link of ${network}`,
      ),
    ]),
  ];
  const rows = ranked.map((one) => {
    const { row } = one;
    const worst = row.latency.worstP95;
    const busiest = row.networks
      .flatMap(({ busiest: link }) => link ?? [])
      .sort((a, b) => b.utilisation - a.utilisation)[0];
    return {
      candidate: one.candidate.name,
      rank: one.rank,
      front: one.front ? 'front' : '',
      simulated: chosen.includes(one) ? 'yes' : '',
      ...Object.fromEntries(own.map((measure) => [columnName(measure), one.values.get(measure.id)!])),
      tightest: worst?.payload ?? '',
      slowest: worst?.slowest.link ?? '',
      busiest: busiest === undefined ? '' : `${busiest.link}, ${busiest.area}, ${busiest.busyHour}`,
      availability: row.availability?.share ?? Number.NaN,
      capexUsd: row.cost?.capexUsd ?? Number.NaN,
      opexUsdPerYear: row.cost?.opexUsdPerYear ?? Number.NaN,
      flowsInScope: row.flowsInScope,
      ...Object.fromEntries(
        perNetwork.flatMap(({ load, utilisation }) => [
          [load.name, load.measure.closedForm!(row)],
          [utilisation.name, utilisation.measure.closedForm!(row)],
        ]),
      ),
    };
  });
  return {
    name: 'candidates',
    title: 'Candidates',
    description: 'Every candidate in closed form, best first.',
    columns,
    rows,
    shown: [
      'candidate',
      'rank',
      'front',
      'flowsInScope',
      ...own.map(columnName),
      'tightest',
      'busiest',
      ...perNetwork.map(({ load }) => load.name),
    ],
    minor: ['busiest'],
  };
}

export function closedFormMeasures(): readonly Measure[] {
  return MEASURES.filter(({ closedForm }) => closedForm !== undefined);
}

export function simulatedMeasuresList(): readonly Measure[] {
  return MEASURES.filter(({ simulated }) => simulated !== undefined);
}

/** The shortlist by simulation. */
export function shortlistTable(members: readonly Member[]): StudyTable {
  const measures = simulatedMeasuresList();
  return {
    name: 'shortlist',
    title: 'Shortlist, simulated',
    description: 'Means over replications with their 95 % intervals, and the verdicts of all replications together.',
    columns: [
      textColumn('candidate', 'candidate', 'what was simulated'),
      numberColumn('replications', '', 'n', 'replications behind every mean'),
      ...measures.flatMap((one) =>
        estimateColumns(columnName(one), one.unit, one.title, `${one.title}, mean over replications`),
      ),
      ...VERDICTS.map((verdict) => numberColumn(verdict, '', verdict, `flows with the verdict ${verdict}`)),
      textColumn('stopped', 'stopped', 'how the number of replications came about'),
    ],
    rows: members.map((member) => ({
      candidate: member.name,
      replications: member.outcome.replications,
      ...Object.fromEntries(
        measures.flatMap((one) => {
          const { value, halfWidth } = overReplications(member.values.get(one.id));
          return [
            [columnName(one), value],
            [`${columnName(one)}HalfWidth`, halfWidth],
          ];
        }),
      ),
      ...Object.fromEntries(VERDICTS.map((verdict) => [verdict, member.verdicts[verdict] ?? 0])),
      stopped: stoppedText(member),
    })),
  };
}

const VERDICTS = ['pass', 'fail', 'undecided'] as const;

function stoppedText({ outcome }: Member): string {
  if (outcome.reached === undefined) return 'as asked';
  const { widest = Number.NaN } = outcome;
  const width = Number.isNaN(widest) ? '' : `, widest ${Number((100 * widest).toPrecision(3))} %`;
  return outcome.reached ? `precision reached${width}` : `limit reached before the precision${width}`;
}

export function differenceTable({ measures, measureConfidence }: Comparison): StudyTable {
  const level = percent(measureConfidence);
  const byId = new Map(MEASURES.map((one) => [one.id as string, one]));
  return {
    name: 'differences',
    title: 'Differences',
    description: `Paired differences to the base, replication by replication. Each interval holds with ${level}, all together with 95 % (Bonferroni). The unit is that of the measure.`,
    columns: [
      textColumn('other', 'candidate', 'what is compared with the base'),
      textColumn('base', 'base', 'the first of the shortlist'),
      textColumn('measure', 'measure', 'what differs'),
      categoryColumn('unit', 'unit', 'of difference and half width; 1 is a share'),
      ...estimateColumns('difference', '', 'difference', 'candidate minus base, mean over replications', level),
      numberColumn('replications', '', 'pairs', 'replications that were paired'),
      categoryColumn('significant', 'significant', 'yes: the interval leaves out zero'),
      categoryColumn('better', 'better', 'which of the two is better, where the difference is significant'),
    ],
    rows: measures.map((row) => {
      const measure = byId.get(row.measure)!;
      const isLess = row.difference < 0;
      return {
        other: row.other,
        base: row.base,
        measure: measure.title,
        unit: measure.unit,
        difference: row.difference,
        differenceHalfWidth: row.halfWidth,
        replications: row.replications,
        significant: yesNo(row.significant, row.difference),
        better: row.significant ? ((measure.better === 'less') === isLess ? 'candidate' : 'base') : '',
      };
    }),
  };
}

export function flowDifferenceTable({ flows, flowConfidence }: Comparison): StudyTable {
  const level = percent(flowConfidence);
  const size = ({ difference, halfWidth }: (typeof flows)[number]) =>
    Math.abs(difference) / (halfWidth || Number.MIN_VALUE);
  const rows = flows
    .filter(({ difference }) => !Number.isNaN(difference))
    .sort(
      (a, b) =>
        Number(b.significant) - Number(a.significant) ||
        Math.abs(b.difference) - Math.abs(a.difference) ||
        size(b) - size(a),
    )
    .map(({ other, base, flow, baseS, otherS, difference, halfWidth, replications, significant }) => ({
      flow,
      other,
      base,
      baseS,
      otherS,
      difference,
      differenceHalfWidth: halfWidth,
      replications,
      significant: yesNo(significant, difference),
    }));
  return {
    name: 'flow-differences',
    title: 'Latencies of flows',
    description: `Mean latency of every flow that both have, paired by replication; each interval holds with ${level}, all together with 95 % (Bonferroni).`,
    columns: [
      textColumn('flow', 'flow', 'payload of the catalogue, sender and receiver'),
      textColumn('other', 'candidate', 'what is compared with the base'),
      textColumn('base', 'base', 'the first of the shortlist'),
      numberColumn('baseS', 's', 'mean, base', 'mean latency in the base'),
      numberColumn('otherS', 's', 'mean, candidate', 'mean latency in the candidate'),
      ...estimateColumns('difference', 's', 'difference', 'candidate minus base', level),
      numberColumn('replications', '', 'pairs', 'replications that were paired'),
      categoryColumn('significant', 'significant', 'yes: the interval leaves out zero'),
    ],
    rows,
  };
}

export function moveTable(moves: readonly Move[]): StudyTable {
  return {
    name: 'moves',
    title: 'What moves where',
    description:
      'Payloads whose bytes on a link differ between the base and a candidate, the largest difference first.',
    columns: [
      textColumn('payload', 'payload', 'name of the payload'),
      categoryColumn('useCase', 'use case', 'id of the use case'),
      textColumn('link', 'link', 'all areas of this link together'),
      categoryColumn('network', 'network', 'network of the link'),
      categoryColumn('direction', 'direction', 'down, up or across'),
      textColumn('base', 'base', 'the first of the shortlist'),
      textColumn('other', 'candidate', 'what is compared with the base'),
      numberColumn('fromBytesPerDay', 'B', 'a day, base', 'expected bytes of 24 hours with overhead in the base'),
      numberColumn(
        'toBytesPerDay',
        'B',
        'a day, candidate',
        'expected bytes of 24 hours with overhead in the candidate',
      ),
    ],
    rows: [...moves],
  };
}

export function leftOutTable(leftOut: readonly LeftOut[]): StudyTable {
  return {
    name: 'left-out',
    title: 'Left out',
    description: 'Candidates that do not fit the scenario, and why.',
    columns: [textColumn('candidate', 'candidate', 'what was left out'), textColumn('reason', 'reason', 'why')],
    rows: leftOut.map(({ name, reason }) => ({ candidate: name, reason })),
  };
}

function yesNo(significant: boolean, difference: number): string {
  if (Number.isNaN(difference)) return 'not known';
  return significant ? 'yes' : 'no';
}

function percent(confidence: number): string {
  return `${Number((100 * confidence).toFixed(3))} %`;
}
