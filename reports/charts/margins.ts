import { percentLabels } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { type Estimate, estimateText, placed } from './estimate.js';
import { limitLayers } from './limit.js';
import { namedRows } from './row-names.js';
import { MOST_SERIES, seriesEncodings } from './series.js';
import { emptySpec, fittedFrame } from './theme.js';
import { type Words, withScope } from './words.js';

export interface MarginsInput extends Words {
  /** What is compared: technologies, profiles. At most eight are drawn. */
  readonly candidates: readonly string[];
  /** In the order in which they are to be drawn, the tightest first. */
  readonly rows: readonly MarginRow[];
  /** Most rows drawn; default 25. */
  readonly most?: number;
}

export interface MarginRow {
  /** A payload, or a payload and a load case. */
  readonly label: string;
  /** Part of the budget that is left, by candidate in their order; negative when missed. NaN: nothing to tell. */
  readonly margins: readonly Estimate[];
}

/** Worse margins than this are drawn at the edge. */
const WORST = -1;

/** Margins of the same payloads under several candidates, side by side; left of zero the budget is missed. */
export function margins(input: MarginsInput, layout: Layout): Chart {
  const candidates = input.candidates.slice(0, MOST_SERIES);
  const known = input.rows.filter((row) => row.margins.some(({ value }) => !Number.isNaN(value)));
  const rows = known.slice(0, input.most ?? 25);
  const description = withScope(input.description, rows.length, known.length, 'first');
  const head = {
    name: input.name,
    title: input.title,
    description,
    figures: {
      columns: figureColumns('payload', ...candidates.map((name) => `#${name}`)),
      rows: rows.map((row) => [row.label, ...candidates.map((_, i) => estimateText(row.margins[i]!, '1'))]),
    },
  };
  const values = rows.flatMap(({ label, margins: own }, row) =>
    candidates.flatMap((candidate, i) => {
      const { value, low, high } = own[i]!;
      if (Number.isNaN(value)) return [];
      const edge = (margin: number | undefined): number | null =>
        margin === undefined || Number.isNaN(margin) ? null : Math.max(margin, WORST);
      return [
        {
          row,
          name: label,
          candidate,
          margin: edge(value),
          low: placed(edge(low) ?? undefined),
          high: placed(edge(high) ?? undefined),
        },
      ];
    }),
  );
  if (values.length === 0) {
    return { ...head, spec: emptySpec(input.title, description, 'No payload has a margin.', layout) };
  }
  const wide = layout === 'wide';
  const { point } = seriesEncodings('candidate', candidates, wide ? 4 : 1);
  const { height, yOffset, y, layers } = namedRows(
    rows.map(({ label }) => label),
    layout,
  );
  const x = {
    type: 'quantitative' as const,
    title: 'margin, share of the budget that is left',
    scale: { domain: [values.some(({ margin }) => margin! < 0) ? WORST : 0, 1], nice: false },
    axis: {
      labelExpr: `datum.value <= ${WORST} ? '≤ ' + (${percentLabels}) : ${percentLabels}`,
      tickCount: wide ? 5 : 3,
      labelOverlap: 'greedy' as const,
    },
  };
  return {
    ...head,
    spec: {
      ...fittedFrame(input.title, description, layout, height),
      data: { values },
      encoding: { y: { ...y, ...(wide ? { axis: { ...y.axis, grid: true } } : {}) } },
      layer: [
        ...(limitLayers('x', x, { label: '', value: 0 }) as []),
        ...(errorBars({ values, along: 'x', low: 'low', high: 'high', axis: x, yOffset, cap: 6 }) as []),
        {
          mark: { type: 'point', filled: true, size: 90, opacity: 1, yOffset },
          encoding: {
            x: { ...x, field: 'margin' },
            ...point,
          },
        },
        ...layers,
      ],
    },
  };
}
