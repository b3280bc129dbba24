import { formatUnit } from '../format.js';
import { type PlaneQuantity, quantityAxis } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { type Estimate, estimateText, type Limit, placed } from './estimate.js';
import { limitLayers } from './limit.js';
import { MOST_SERIES, seriesEncodings } from './series.js';
import { emptySpec, fittedFrame } from './theme.js';
import { type Words, withScope } from './words.js';

export interface SweepInput extends Words {
  /** What is varied, and what follows from it. */
  readonly x: PlaneQuantity;
  readonly y: PlaneQuantity;
  /** At most eight are drawn. */
  readonly series: readonly SweepSeries[];
  /** Of y: a budget, a headroom. */
  readonly limit?: Limit;
}

export interface SweepSeries {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: Estimate }[];
}

/** Lines over what is varied, with the interval of each point. */
export function sweep(input: SweepInput, layout: Layout): Chart {
  const { x, y, limit } = input;
  const series = input.series.slice(0, MOST_SERIES);
  const values = series.flatMap(({ label, points }) =>
    points.map((point) => ({
      series: label,
      x: placed(point.x, x.logarithmic),
      y: placed(point.y.value, y.logarithmic),
      low: placed(point.y.low, y.logarithmic),
      high: placed(point.y.high, y.logarithmic),
    })),
  );
  const drawn = values.filter((v) => v.x !== null && v.y !== null);
  const lost = values.length - drawn.length;
  const description =
    withScope(input.description, series.length, input.series.length, 'first lines') +
    (lost === 0 ? '' : ` ${lost === 1 ? 'A point' : `${lost} points`} without a finite value cannot be drawn.`);
  const head = {
    name: input.name,
    title: input.title,
    description,
    figures: {
      columns: figureColumns('line', `#${x.title}`, `#${y.title}`),
      rows: series.flatMap(({ label, points }) =>
        points.map((point) => [label, formatUnit(point.x, x.unit), estimateText(point.y, y.unit)]),
      ),
    },
  };
  if (drawn.length === 0) {
    return { ...head, spec: emptySpec(input.title, description, 'No value to draw.', layout) };
  }
  const wide = layout === 'wide';
  const { line, point } = seriesEncodings(
    'series',
    series.map(({ label }) => label),
    wide ? 4 : 1,
  );
  const yPlaces = [
    ...drawn.flatMap((v) => [v.y!, v.low ?? v.y!, v.high ?? v.y!]),
    ...(limit === undefined ? [] : [limit.value]),
  ];
  const xAxis = {
    ...quantityAxis(
      x,
      wide ? 6 : 3,
      drawn.map((v) => v.x!),
    ),
    field: 'x',
  };
  const yAxis = quantityAxis(y, 6, yPlaces);
  return {
    ...head,
    spec: {
      ...fittedFrame(input.title, description, layout, wide ? 320 : 260),
      data: { values: drawn },
      encoding: { x: xAxis },
      layer: [
        { mark: { type: 'line', strokeWidth: 2 }, encoding: { y: { ...yAxis, field: 'y' }, ...line } },
        {
          mark: { type: 'point', filled: true, size: 60, opacity: 1 },
          encoding: { y: { ...yAxis, field: 'y' }, ...point },
        },
        ...(errorBars({ values: drawn, along: 'y', low: 'low', high: 'high', axis: yAxis }) as []),
        ...(limit === undefined ? [] : (limitLayers('y', yAxis, limit) as [])),
      ],
    },
  };
}
