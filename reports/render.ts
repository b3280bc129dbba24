import * as vega from 'vega';
import { compile } from 'vega-lite';
import type { Chart } from './charts/chart.js';
import { darkRules, groundRules } from './charts/theme.js';
import { textWidth } from './text-width.js';

/** Vega asks this object for the width of every label; its types leave it out. */
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
};
textMetrics.width = (item, text) => textWidth(String(text), item.fontSize ?? 11);

/**
 * Every warning of Vega is a fault of a specification of ours: it throws, so that no chart is drawn from a guess.
 * Vega prints nothing by itself with such a logger.
 */
const strictLogger = {
  level(): never {
    return strictLogger as never;
  },
  error(...parts: readonly unknown[]): never {
    throw new Error(`chart: ${parts.join(' ')}`);
  },
  warn(...parts: readonly unknown[]): never {
    throw new Error(`chart: ${parts.join(' ')}`);
  },
  info: () => strictLogger,
  debug: () => strictLogger,
};

export interface SvgOptions {
  /**
   * `alone`: a file of its own, with its title drawn, a ground and the colours for a dark one. Else part of a page that has
   * a heading, a description and the colours (`darkRules`); `id` makes the names inside it unique in the page.
   */
  readonly use: 'alone' | { readonly id: string };
}

/** Draws a chart without a browser. The same chart gives the same text. About 20 ms each. */
export async function renderSvg(chart: Chart, options: SvgOptions): Promise<string> {
  const { title: _title, ...untitled } = chart.spec;
  const alone = options.use === 'alone';
  const { spec } = compile((alone ? chart.spec : untitled) as Chart['spec'], { logger: strictLogger });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logger: strictLogger });
  const svg = await view.toSVG();
  view.finalize();
  return options.use === 'alone' ? dressAlone(svg, chart) : dressForPage(svg, chart, options.use.id);
}

function dressAlone(svg: string, chart: Chart): string {
  return withHead(svg, 'role="img"', `${names(chart, '')}<style>${groundRules('svg')}${darkRules('svg')}</style>`);
}

function dressForPage(svg: string, chart: Chart, id: string): string {
  const unique = svg.replace(/\bid="([^"]+)"/g, `id="${id}-$1"`).replace(/url\(#([^)]+)\)/g, `url(#${id}-$1)`);
  return withHead(unique, `role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc"`, names(chart, id));
}

function names(chart: Chart, id: string): string {
  const attribute = (part: string): string => (id === '' ? '' : ` id="${id}-${part}"`);
  return `<title${attribute('title')}>${escapeXml(chart.title)}</title><desc${attribute('desc')}>${escapeXml(chart.description)}</desc>`;
}

function withHead(svg: string, attributes: string, head: string): string {
  return svg.replace(/^<svg ([^>]*)>/, (_, own: string) => `<svg ${attributes} ${own}>${head}`);
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
