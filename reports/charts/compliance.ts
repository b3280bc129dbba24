import type { Results, Verdict } from '../../sim/results.js';
import { formatNumber } from '../format.js';
import { textWidth } from '../text-width.js';
import { networksOf, verdictOrder } from '../verdicts.js';
import { labelsByPlace } from './axes.js';
import { type Chart, figureColumns, type Layout, layoutWidth } from './chart.js';
import { emptySpec, fittedFrame, ink, slantedPadding, verdictColour } from './theme.js';

const NAME = 'compliance';
const TITLE = 'Verdicts by use case and network';

const FONT_SIZE = 12;

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
    'give the worst verdict of a cell and how many of its flows have it; flows that are open were not exercised or not judged.';
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
  const labelLimit = wide ? 260 : 130;
  const labelPx = Math.min(labelLimit, Math.max(...useCases.map((useCase) => textWidth(useCase, FONT_SIZE))));
  const cellPx = (layoutWidth[layout] - labelPx - 40) / networks.length - 8;
  const wording = fittingWording(cells, cellPx);
  const slanted = networks.some((network) => textWidth(network, FONT_SIZE) > cellPx);
  const values = cells.map((cell) => ({
    row: useCases.indexOf(cell.useCase),
    column: networks.indexOf(cell.network),
    worst: cell.worst,
    text: wording(cell),
  }));
  return {
    ...base,
    spec: {
      ...fittedFrame(TITLE, description, layout, useCases.length * 30),
      ...(slanted ? { padding: slantedPadding } : {}),
      data: { values },
      encoding: {
        x: {
          field: 'column',
          type: 'ordinal',
          title: null,
          axis: {
            orient: 'top',
            labelExpr: labelsByPlace(networks),
            labelAngle: slanted ? -40 : 0,
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
            labelLimit,
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
              legend: {
                labelExpr: wording === wordings[0] ? 'datum.value' : signedVerdicts,
                columns: wide ? verdicts.length : 1,
                symbolType: 'square',
                symbolSize: 160,
              },
            },
          },
        },
        {
          mark: { type: 'text', color: ink, fontSize: FONT_SIZE },
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

/** Stands for a verdict where a word does not fit. */
const sign: Readonly<Record<Verdict, string>> = {
  fail: '✗',
  undecided: '?',
  pass: '✓',
  'not judged': '–',
  'not exercised': '○',
  'no budget': '·',
};

/** For the legend: `✗ fail`. */
const signedVerdicts = `${JSON.stringify(Object.fromEntries(verdictOrder.map((verdict) => [verdict, `${sign[verdict]} ${verdict}`])))}[datum.value]`;

/** From the longest to the shortest: `3 of 12 fail` or `1 pass, 7 open`; `✗ 3/12`; `✗`. */
const wordings: readonly ((cell: MatrixCell) => string)[] = [
  ({ worst, counts, flows }) => {
    if (counts[worst] === flows) return `${flows} ${worst}`;
    if (worst === 'pass') return `${counts.pass} pass, ${flows - counts.pass} open`;
    return `${counts[worst]} of ${flows} ${worst}`;
  },
  ({ worst, counts, flows }) => `${sign[worst]} ${counts[worst] === flows ? flows : `${counts[worst]}/${flows}`}`,
  ({ worst }) => sign[worst],
];

/** The longest wording that fits into every cell. */
function fittingWording(cells: readonly MatrixCell[], roomPx: number): (cell: MatrixCell) => string {
  const fits = wordings.find((wording) => cells.every((cell) => textWidth(wording(cell), FONT_SIZE) <= roomPx));
  return fits ?? wordings.at(-1)!;
}
