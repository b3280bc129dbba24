import { formatShare } from '../format.js';
import { percentLabels } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { type Estimate, estimateText, placed } from './estimate.js';
import { limitLayers } from './limit.js';
import { MOST_SERIES, seriesEncodings } from './series.js';
import { emptySpec, fittedFrame, ink, orange } from './theme.js';
import { type Words, withScope } from './words.js';

export interface GrowthInput extends Words {
  /** Busy-hour utilisation up to which a link is said to suffice, 0..1. */
  readonly headroom: number;
  /** One per link class, in the order of the legend; at most eight are drawn. */
  readonly classes: readonly GrowthClass[];
}

export interface GrowthClass {
  readonly label: string;
  readonly years: readonly { readonly year: number; readonly utilisation: Estimate }[];
  /** The first year in which it does not suffice; absent: not within the forecast. */
  readonly exhausted?: number;
}

/** Busy-hour utilisation of link classes over the years, and the year in which each runs out. */
export function growth(input: GrowthInput, layout: Layout): Chart {
  const classes = input.classes.slice(0, MOST_SERIES);
  const description = withScope(input.description, classes.length, input.classes.length, 'first link classes');
  const head = {
    name: input.name,
    title: input.title,
    description,
    figures: {
      columns: figureColumns('links', '#year', '#busy-hour utilisation', 'runs out'),
      rows: classes.flatMap(({ label, years, exhausted }) =>
        years.map(({ year, utilisation }) => [
          label,
          String(year),
          estimateText(utilisation, '1'),
          exhausted === undefined ? 'not in the forecast' : String(exhausted),
        ]),
      ),
    },
  };
  const values = classes
    .flatMap(({ label, years, exhausted }) =>
      years.map(({ year, utilisation }) => ({
        series: label,
        year,
        utilisation: placed(utilisation.value),
        low: placed(utilisation.low),
        high: placed(utilisation.high),
        exhausted: year === exhausted ? String(year) : '',
      })),
    )
    .filter(({ utilisation }) => utilisation !== null);
  if (values.length === 0) {
    return { ...head, spec: emptySpec(input.title, description, 'No link has a finite utilisation.', layout) };
  }
  const wide = layout === 'wide';
  const { line, point } = seriesEncodings(
    'series',
    classes.map(({ label }) => label),
    wide ? 4 : 1,
  );
  const years = [...new Set(values.map(({ year }) => year))].sort((a, b) => a - b);
  const most = Math.max(1.05, input.headroom, ...values.map((v) => v.high ?? v.utilisation!));
  const y = {
    type: 'quantitative' as const,
    title: 'utilisation in the busy hour',
    scale: { domain: [0, most * 1.05], nice: false },
    axis: { labelExpr: percentLabels, tickCount: 6 },
  };
  const out = values.filter(({ exhausted }) => exhausted !== '');
  return {
    ...head,
    spec: {
      ...fittedFrame(input.title, description, layout, wide ? 320 : 260),
      data: { values },
      encoding: {
        x: {
          field: 'year',
          type: 'quantitative',
          title: null,
          scale: { domain: [years[0]!, years.at(-1)! + (years.length === 1 ? 1 : 0)], nice: false, zero: false },
          axis: { values: yearTicks(years, wide ? 12 : 5), format: 'd', grid: false },
        },
      },
      layer: [
        { mark: { type: 'line', strokeWidth: 2 }, encoding: { y: { ...y, field: 'utilisation' }, ...line } },
        {
          mark: { type: 'point', filled: true, size: 40, opacity: 1 },
          encoding: { y: { ...y, field: 'utilisation' }, ...point },
        },
        ...(errorBars({ values, along: 'y', low: 'low', high: 'high', axis: y, cap: 6 }) as []),
        ...(limitLayers('y', y, { label: `headroom, ${formatShare(input.headroom)}`, value: input.headroom }) as []),
        ...(input.headroom === 1 ? [] : (limitLayers('y', y, { label: 'the whole rate', value: 1 }) as [])),
        ...(out.length === 0
          ? []
          : [
              {
                data: { values: out },
                mark: {
                  type: 'point' as const,
                  shape: 'circle' as const,
                  size: 200,
                  filled: false,
                  stroke: orange,
                  strokeWidth: 2,
                  opacity: 1,
                },
                encoding: { y: { ...y, field: 'utilisation' } },
              },
              {
                data: { values: out },
                mark: {
                  type: 'text' as const,
                  baseline: 'bottom' as const,
                  dy: -10,
                  color: ink,
                  fontWeight: 'bold' as const,
                },
                encoding: { y: { ...y, field: 'utilisation' }, text: { field: 'exhausted', type: 'nominal' as const } },
              },
            ]),
      ],
    },
  };
}

/** Every year, or every second, third … where they are too many. */
function yearTicks(years: readonly number[], most: number): number[] {
  const step = Math.ceil(years.length / most);
  return years.filter((_, i) => i % step === 0);
}
