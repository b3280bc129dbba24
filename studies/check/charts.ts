/** Pictures of a check. */
import { type Chart, figureColumns, type Layout, layoutWidth, type PictureMaker } from '../../reports/charts/chart.js';
import { categorical, emptySpec, frame, ink, orange, verdictColour } from '../../reports/charts/theme.js';
import { formatNumber } from '../../reports/format.js';
import type { TechnologyRow } from './rows.js';

const VERDICTS = ['fail', 'undecided', 'pass', 'other'] as const;

/** How many flows pass, side by side. */
export function verdictsChart(rows: readonly TechnologyRow[]): PictureMaker {
  return (layout: Layout): Chart => {
    const title = 'Verdicts by technology';
    const description =
      'Flows by verdict for the endpoints asked for; other: not exercised, not judged or without a budget.';
    const shown = rows.filter(({ loadCase }) => loadCase !== '');
    const values = shown.flatMap(({ technology, loadCase, failing, undecided, passing, other }) =>
      [failing, undecided, passing, other].map((flows, i) => ({
        of: `${technology}, ${loadCase}`,
        verdict: VERDICTS[i]!,
        order: i,
        flows,
      })),
    );
    const head = {
      name: 'verdicts',
      title,
      description,
      figures: {
        columns: figureColumns('technology', 'load case', '#fail', '#undecided', '#pass', '#other'),
        rows: shown.map((row) => [
          row.technology,
          row.loadCase,
          ...[row.failing, row.undecided, row.passing, row.other].map(String),
        ]),
      },
    };
    if (values.length === 0)
      return { ...head, spec: emptySpec(title, description, 'No technology could be tried.', layout) };
    return {
      ...head,
      spec: {
        ...frame(title, description),
        width: layoutWidth[layout],
        height: 26 * shown.length + 10,
        autosize: { type: 'fit-x', contains: 'padding' },
        data: { values },
        mark: { type: 'bar', height: 18 },
        encoding: {
          y: {
            field: 'of',
            type: 'nominal',
            sort: null,
            title: null,
            axis: { labelColor: ink, ticks: false, domain: false, labelLimit: layout === 'wide' ? 280 : 140 },
          },
          x: { field: 'flows', type: 'quantitative', title: 'flows', axis: { grid: false } },
          order: { field: 'order', type: 'quantitative' },
          color: {
            field: 'verdict',
            type: 'nominal',
            scale: {
              domain: [...VERDICTS],
              range: VERDICTS.map((verdict) =>
                verdict === 'other' ? verdictColour['not exercised'] : verdictColour[verdict],
              ),
            },
            legend: { title: null, columns: layout === 'wide' ? 4 : 2, symbolType: 'square' },
          },
        },
      },
    };
  };
}

/** The most endpoints of a gateway, side by side, with the number asked for. */
export function largestChart(rows: readonly TechnologyRow[], asked: number): PictureMaker {
  return (layout: Layout): Chart => {
    const title = 'Most endpoints of a gateway';
    const description =
      'The largest number with which no payload fails, by technology and load case (~: not everything can be shown to pass); the dashed line is the number asked for.';
    const values = rows
      .filter(({ largest }) => !Number.isNaN(largest))
      .map(({ technology, loadCase, largest, largestVerdict }) => ({
        of: `${technology}, ${loadCase}`,
        technology,
        loadCase,
        endpoints: largest,
        label: `${largestVerdict === 'undecided' ? '~ ' : ''}${formatNumber(largest)}`,
      }));
    const head = {
      name: 'most-endpoints',
      title,
      description,
      figures: {
        columns: figureColumns('technology', 'load case', '#endpoints'),
        rows: values.map(({ technology, loadCase, label }) => [technology, loadCase, label]),
      },
    };
    if (values.length === 0)
      return { ...head, spec: emptySpec(title, description, 'The largest number was not searched.', layout) };
    const cases = [...new Set(values.map(({ loadCase }) => loadCase))];
    const y = {
      field: 'of',
      type: 'nominal',
      sort: null,
      title: null,
      axis: { labelColor: ink, ticks: false, domain: false, labelLimit: layout === 'wide' ? 280 : 140 },
    } as const;
    const x = { field: 'endpoints', type: 'quantitative', title: 'endpoints' } as const;
    return {
      ...head,
      spec: {
        ...frame(title, description),
        width: layoutWidth[layout],
        height: 26 * values.length + 10,
        autosize: { type: 'fit-x', contains: 'padding' },
        data: { values },
        layer: [
          {
            mark: { type: 'bar', height: 18 },
            encoding: {
              x,
              y,
              color: {
                field: 'loadCase',
                type: 'nominal',
                scale: { domain: cases, range: [...categorical] },
                legend: { title: null, columns: layout === 'wide' ? 4 : 2, symbolType: 'square' },
              },
            },
          },
          {
            mark: { type: 'text', align: 'left', dx: 4, color: ink },
            encoding: { x, y, text: { field: 'label', type: 'nominal' } },
          },
          ...(Number.isNaN(asked)
            ? []
            : [
                {
                  data: { values: [{ asked }] },
                  mark: { type: 'rule' as const, color: orange, strokeDash: [6, 4], strokeWidth: 1.5 },
                  encoding: { x: { field: 'asked', type: 'quantitative' as const } },
                },
              ]),
        ],
      },
    };
  };
}
