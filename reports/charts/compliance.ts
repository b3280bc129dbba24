import type { Results, Verdict } from '../../sim/results.js';
import { formatNumber } from '../format.js';
import { networksOf, verdictOrder } from '../verdicts.js';
import { labelsByPlace } from './axes.js';
import { type Chart, figureColumns, type Layout, layoutWidth } from './chart.js';
import { emptySpec, frame, ink, narrowPadding, verdictColour } from './theme.js';

const NAME = 'compliance';
const TITLE = 'Verdicts by use case and network';

interface MatrixCell {
  readonly useCase: string;
  readonly network: string;
  readonly flows: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly worst: Verdict;
}

/** Use cases by networks; a flow counts in every network that it crosses. Colour and text tell the worst verdict. */
export function compliance(results: Results, layout: Layout): Chart {
  const description =
    'Flows of each use case by the networks that they cross; a flow counts in every network on its way. Colour and text ' +
    'give the worst verdict of a cell and how many of its flows have it; open flows were not exercised or not judged.';
  const networks = networkOrder(results);
  const useCases = [...new Set(results.flows.map((flow) => flow.useCase))];
  const cells = matrix(results, useCases, networks);
  const base = {
    name: NAME,
    title: TITLE,
    description,
    figures: {
      columns: figureColumns('use case', 'network', '#flows', ...verdictOrder.map((verdict) => `#${verdict}`)),
      rows: cells.map((cell) => [
        cell.useCase,
        cell.network,
        formatNumber(cell.flows),
        ...verdictOrder.map((verdict) => formatNumber(cell.counts[verdict])),
      ]),
    },
  };
  if (cells.length === 0) {
    return { ...base, spec: emptySpec(TITLE, description, 'No flow is in this run.', layout) };
  }
  const wide = layout === 'wide';
  const verdicts = verdictOrder.filter((verdict) => cells.some((cell) => cell.worst === verdict));
  const values = cells.map((cell) => ({
    row: useCases.indexOf(cell.useCase),
    column: networks.indexOf(cell.network),
    worst: cell.worst,
    text: cellText(cell, wide),
  }));
  return {
    ...base,
    spec: {
      ...frame(TITLE, description),
      ...(wide ? {} : { padding: narrowPadding }),
      width: layoutWidth[layout],
      height: useCases.length * 30,
      autosize: { type: 'fit-x', contains: 'padding' },
      data: { values },
      encoding: {
        x: {
          field: 'column',
          type: 'ordinal',
          title: null,
          axis: {
            orient: 'top',
            labelExpr: labelsByPlace(networks),
            labelAngle: wide ? 0 : -40,
            labelColor: ink,
            ticks: false,
            domain: false,
          },
          scale: { paddingInner: 0.04, paddingOuter: 0 },
        },
        y: {
          field: 'row',
          type: 'ordinal',
          title: null,
          axis: {
            labelExpr: labelsByPlace(useCases),
            labelColor: ink,
            labelLimit: wide ? 260 : 130,
            ticks: false,
            domain: false,
          },
          scale: { paddingInner: 0.1, paddingOuter: 0 },
        },
      },
      layer: [
        {
          mark: { type: 'rect', cornerRadius: 3 },
          encoding: {
            color: {
              field: 'worst',
              type: 'nominal',
              title: 'worst verdict',
              scale: { domain: verdicts, range: verdicts.map((verdict) => verdictColour[verdict]) },
              legend: { columns: wide ? verdicts.length : 1, symbolType: 'square', symbolSize: 160 },
            },
          },
        },
        {
          mark: { type: 'text', color: ink, fontSize: wide ? 12 : 11 },
          encoding: { text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  };
}

const namesOf = (networks: string): string[] => networks.split(',').map((name) => name.trim());

/** Networks of the results first, in their order; then such as only flows name. */
function networkOrder(results: Results): string[] {
  const crossed = new Set(results.flows.flatMap((flow) => namesOf(flow.networks)));
  const known = networksOf(results).filter((network) => crossed.has(network));
  return [...known, ...[...crossed].filter((network) => !known.includes(network))];
}

/** Cells that have a flow, by use case, then network. O(flows x networks of a flow). */
function matrix(results: Results, useCases: readonly string[], networks: readonly string[]): MatrixCell[] {
  const counts = new Map<string, Record<Verdict, number>>();
  for (const flow of results.flows) {
    for (const network of new Set(namesOf(flow.networks))) {
      const key = JSON.stringify([flow.useCase, network]);
      let own = counts.get(key);
      if (own === undefined) {
        own = { fail: 0, undecided: 0, pass: 0, 'not judged': 0, 'not exercised': 0, 'no budget': 0 };
        counts.set(key, own);
      }
      own[flow.verdict]++;
    }
  }
  return useCases.flatMap((useCase) =>
    networks.flatMap((network) => {
      const own = counts.get(JSON.stringify([useCase, network]));
      if (own === undefined) return [];
      const flows = verdictOrder.reduce((sum, verdict) => sum + own[verdict], 0);
      return [{ useCase, network, flows, counts: own, worst: verdictOrder.find((verdict) => own[verdict] > 0)! }];
    }),
  );
}

/** `12 pass`, `3 of 12 fail`, `1 pass, 7 open`; on a phone `3/12`. */
function cellText(cell: MatrixCell, wide: boolean): string {
  const worst = cell.counts[cell.worst];
  if (!wide) return worst === cell.flows ? String(worst) : `${worst}/${cell.flows}`;
  if (worst === cell.flows) return `${worst} ${cell.worst}`;
  if (cell.worst === 'pass') return `${worst} pass, ${cell.flows - worst} open`;
  return `${worst} of ${cell.flows} ${cell.worst}`;
}
