/** Pictures of a sizing study. */

import { percentLabels } from '../../reports/charts/axes.js';
import { type Chart, figureColumns, type Layout, layoutWidth, type PictureMaker } from '../../reports/charts/chart.js';
import { categorical, emptySpec, frame, grid, ink, muted, orange, verdictColour } from '../../reports/charts/theme.js';
import { formatShare } from '../../reports/format.js';
import type { Ladder } from './ladders.js';
import type { YearRow } from './run-out.js';
import type { Found } from './search.js';

const OUTCOMES = ['pass', 'undecided', 'fail'] as const;

/** What was tried on every ladder, from the smallest step to the largest. */
export function stepsChart(ladders: readonly Ladder[], found: Found): PictureMaker {
  return (layout: Layout): Chart => {
    const title = 'Steps tried by simulation';
    const description =
      'For each thing that varies the steps that were simulated with the others as found, the smallest network on the left; the step found is framed.';
    const values = found.brackets.flatMap((own, i) =>
      [...own.tried].map(([step, outcome], at) => ({
        ladder: ladders[i]!.key,
        at,
        step: ladders[i]!.steps[step]!.text,
        outcome,
        isFound: step === found.steps?.[i],
      })),
    );
    const head = {
      name: 'steps',
      title,
      description,
      figures: {
        columns: figureColumns('varies', 'step', 'outcome', 'found'),
        rows: values.map(({ ladder, step, outcome, isFound }) => [ladder, step, outcome, isFound ? 'found' : '']),
      },
    };
    if (values.length === 0)
      return { ...head, spec: emptySpec(title, description, 'Nothing was found to try around.', layout) };
    const y = {
      field: 'ladder',
      type: 'nominal',
      title: null,
      sort: null,
      axis: { labelColor: ink, ticks: false, domain: false },
    } as const;
    const x = { field: 'at', type: 'ordinal', axis: null } as const;
    return {
      ...head,
      spec: {
        ...frame(title, description),
        width: layoutWidth[layout],
        height: 34 * found.brackets.length + 10,
        autosize: { type: 'fit-x', contains: 'padding' },
        data: { values },
        layer: [
          {
            mark: { type: 'rect', height: 24 },
            encoding: {
              x,
              y,
              color: {
                field: 'outcome',
                type: 'nominal',
                scale: { domain: [...OUTCOMES], range: OUTCOMES.map((outcome) => verdictColour[outcome]) },
                legend: { title: null },
              },
              stroke: { condition: { test: 'datum.isFound', value: ink }, value: grid },
              strokeWidth: { condition: { test: 'datum.isFound', value: 2 }, value: 0.5 },
            },
          },
          {
            mark: { type: 'text', color: ink, fontSize: layout === 'wide' ? 11 : 8 },
            encoding: { x, y, text: { field: 'step', type: 'nominal' } },
          },
        ],
      },
    };
  };
}

/** Utilisation of the busiest link of each class over the years. */
export function growthChart(of: string, name: string, rows: readonly YearRow[]): PictureMaker {
  return (layout: Layout): Chart => {
    const title = `Busy hours over the years, ${of}`;
    const description =
      'Utilisation of the most utilised link of each class in its busy hour, by closed form; the dashed line is what headroom leaves, marks are years in which a class runs out.';
    const used = [...new Set(rows.map(({ network }) => network))]
      .map((network) => ({
        network,
        most: Math.max(...rows.filter((row) => row.network === network).map(({ utilisation }) => utilisation)),
      }))
      .sort((a, b) => b.most - a.most)
      .slice(0, categorical.length)
      .map(({ network }) => network);
    const values = rows
      .filter(({ network }) => used.includes(network))
      .map((row) => ({ ...row, utilisation: Math.min(row.utilisation, 1.5) }));
    const years = [...new Set(rows.map(({ year }) => year))];
    const head = {
      name,
      title,
      description,
      figures: {
        columns: figureColumns(
          'link class',
          ...[years[0]!, years[Math.floor(years.length / 2)]!, years[years.length - 1]!].map((year) => `#${year}`),
        ),
        rows: used.map((network) => [
          network,
          ...[years[0]!, years[Math.floor(years.length / 2)]!, years[years.length - 1]!].map((year) =>
            formatShare(rows.find((row) => row.network === network && row.year === year)!.utilisation),
          ),
        ]),
      },
    };
    if (values.length === 0)
      return { ...head, spec: emptySpec(title, description, 'No link carries anything.', layout) };
    const x = {
      field: 'year',
      type: 'quantitative',
      title: null,
      axis: { format: 'd', tickMinStep: 1, grid: false },
      scale: { zero: false, nice: false },
    } as const;
    const y = {
      field: 'utilisation',
      type: 'quantitative',
      title: 'busy hour',
      axis: { labelExpr: percentLabels },
    } as const;
    const color = {
      field: 'network',
      type: 'nominal',
      scale: { domain: used, range: [...categorical] },
      legend: { title: null },
    } as const;
    return {
      ...head,
      spec: {
        ...frame(title, description),
        width: layoutWidth[layout],
        height: 260,
        autosize: { type: 'fit-x', contains: 'padding' },
        data: { values },
        layer: [
          { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } },
          {
            mark: { type: 'point', filled: true, size: 40, shape: 'triangle-up' },
            encoding: {
              x,
              y,
              color,
              opacity: { condition: { test: "datum.holds === 'runs out'", value: 1 }, value: 0 },
            },
          },
          {
            data: { values: [{ allowed: rows[0]!.allowed }] },
            mark: { type: 'rule', color: orange, strokeDash: [6, 4], strokeWidth: 1.5 },
            encoding: { y: { field: 'allowed', type: 'quantitative' } },
          },
          {
            data: { values: [{ allowed: rows[0]!.allowed, text: `${formatShare(rows[0]!.allowed)} allowed` }] },
            mark: { type: 'text', color: muted, align: 'left', dy: 10, x: 4 },
            encoding: { y: { field: 'allowed', type: 'quantitative' }, text: { field: 'text' } },
          },
        ],
      },
    };
  };
}
