/** The tables of `fanplan size`: when classes run out, what was tried, the network found, candidates by cost. */
import type { StudyTable } from '../../reports/study/study.js';
import {
  candidateColumns,
  candidateRows,
  coverageColumns,
  coverageRows,
  foundFlowColumns,
  foundFlows,
  foundLinkColumns,
  foundLinks,
  runOutColumns,
  triedColumns,
  triedRows,
  yearColumns,
  yearText,
} from './rows.js';
import type { SizeResult } from './size.js';

/** @param allowed utilisation of a link in its busy hour that leaves the headroom asked for */
export function tables(result: SizeResult, allowed: number): StudyTable[] {
  const of: StudyTable[] = [];
  const { coverage, candidates, lasts } = result;
  if (lasts.length > 0) {
    of.push(
      {
        name: 'run-outs',
        title: 'When link classes run out',
        description:
          'The first year in which a class has less headroom than asked, or misses a requirement; by closed form, decided by simulation around it.',
        columns: runOutColumns,
        rows: lasts.flatMap(({ of: name, result: { runOuts } }) =>
          runOuts.map((row) => ({
            ...row,
            of: name,
            year: yearText(row.year),
            closedFormYear: yearText(row.closedFormYear),
          })),
        ),
      },
      {
        name: 'years',
        title: 'Years of the forecast',
        description: 'The busiest link of each class in each year, by closed form.',
        columns: yearColumns,
        rows: lasts.flatMap(({ of: name, result: { years } }) =>
          years.map((row) => ({ ...row, of: name, year: yearText(row.year) })),
        ),
      },
    );
  }
  if (result.found !== undefined) {
    of.push(
      {
        name: 'tried',
        title: 'Networks tried',
        description:
          'Every network that was simulated, in the order of the search, with what binds. A load case after one that fails is not simulated.',
        columns: triedColumns,
        rows: triedRows(result),
        shown: [
          'network',
          'role',
          'loadCase',
          'caseOutcome',
          'replications',
          'failing',
          'undecided',
          'binds',
          'where',
          'hour',
          'slack',
          'reason',
        ],
        minor: ['failing', 'undecided'],
      },
      {
        name: 'found-links',
        title: 'Links of the network found',
        description: 'Busy hours by simulation, most utilised first.',
        columns: foundLinkColumns,
        rows: foundLinks(result, allowed),
      },
      {
        name: 'found-requirements',
        title: 'Requirements in the network found',
        description: 'Every flow in scope, the closest first.',
        columns: foundFlowColumns,
        rows: foundFlows(result),
        minor: ['flow', 'networks', 'evidence'],
      },
    );
  }
  if (coverage.length > 0) {
    of.push({
      name: 'coverage',
      title: 'Endpoints within reach',
      description: 'Density times the area of a gateway, by the reach of the NAN’s technology.',
      columns: coverageColumns,
      rows: coverageRows(coverage),
    });
  }
  if (candidates.length > 0) {
    of.push({
      name: 'candidates',
      title: 'By cost',
      description:
        'Combinations of what has a price, by the least that they may cost; what costs more than the best found is not simulated.',
      columns: candidateColumns,
      rows: candidateRows(result),
    });
  }
  return of;
}
