/** What every chart is: a pure function of results to a picture and the figures behind it. */
import type { TopLevelSpec } from 'vega-lite';
import type { Results } from '../../sim/results.js';

/** `wide` for desks and paper, `narrow` for phones. */
export type Layout = 'wide' | 'narrow';

/** Pixels of the whole picture. */
export const layoutWidth: Record<Layout, number> = { wide: 960, narrow: 350 };

/** A picture with its words and the figures behind it. */
export interface PictureHead {
  /** Name of its files without the ending: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences that say how to read it. */
  readonly description: string;
  /** The figures, for those who cannot see the picture. */
  readonly figures: Figures;
}

/** A picture that Vega draws. */
export interface Chart extends PictureHead {
  readonly spec: TopLevelSpec;
}

/** A picture drawn by hand. */
export interface Drawing extends PictureHead {
  /** Draws it: `<svg …>` in the colours of theme.ts, without a title of its own. */
  readonly svg: () => string;
  /** Not shrunk to the width of the page but moved sideways within it. */
  readonly keepsSize?: boolean;
}

export type Picture = Chart | Drawing;

export interface Figures {
  readonly columns: readonly { readonly heading: string; readonly numeric: boolean }[];
  /** Texts ready to be shown; one per column. */
  readonly rows: readonly (readonly string[])[];
}

export type PictureMaker = (layout: Layout) => Picture;

/** A chart of a run. */
export type ChartMaker = (results: Results, layout: Layout) => Chart;

/** Columns of figures from headings; those that start with `#` are numeric. */
export function figureColumns(...headings: string[]): Figures['columns'] {
  return headings.map((heading) => ({ heading: heading.replace(/^#/, ''), numeric: heading.startsWith('#') }));
}
