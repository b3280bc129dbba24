/** What every chart is: a pure function of the results to a Vega-Lite specification and the figures behind it. */
import type { TopLevelSpec } from 'vega-lite';
import type { Results } from '../../sim/results.js';

/** `wide` for desks and paper, `narrow` for phones. */
export type Layout = 'wide' | 'narrow';

/** Pixels of the whole picture. */
export const layoutWidth: Record<Layout, number> = { wide: 960, narrow: 350 };

export interface Chart {
  /** Name of its files without the ending. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences that say how to read it. */
  readonly description: string;
  readonly spec: TopLevelSpec;
  /** The figures, for those who cannot see the picture. */
  readonly figures: Figures;
}

export interface Figures {
  readonly columns: readonly { readonly heading: string; readonly numeric: boolean }[];
  /** Texts ready to be shown; one per column. */
  readonly rows: readonly (readonly string[])[];
}

export type ChartMaker = (results: Results, layout: Layout) => Chart;

/** Columns of figures from headings; those that start with `#` are numeric. */
export function figureColumns(...headings: string[]): Figures['columns'] {
  return headings.map((heading) => ({ heading: heading.replace(/^#/, ''), numeric: heading.startsWith('#') }));
}
