import { oneFileBuild } from '../base/one-file-build.js';
import type { Chart, Picture } from './charts/chart.js';
import { darkRules, groundRules } from './charts/theme.js';
import { textWidth } from './text-width.js';

const vega = oneFileBuild<typeof import('vega')>('vega', 'vega.min.js');
const { compile } = oneFileBuild<typeof import('vega-lite')>('vega-lite', 'vega-lite.min.js', { vega });

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

/** Draws a picture without a browser. The same picture gives the same text. About 20 ms each. */
export async function renderSvg(picture: Picture, options: SvgOptions): Promise<string> {
  const svg = 'svg' in picture ? picture.svg : await drawChart(picture, options.use === 'alone');
  return options.use === 'alone' ? dressAlone(svg, picture) : dressForPage(svg, picture, options.use.id);
}

async function drawChart(chart: Chart, titled: boolean): Promise<string> {
  const { title: _title, ...untitled } = chart.spec;
  const { spec } = compile((titled ? chart.spec : untitled) as Chart['spec'], { logger: strictLogger });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logger: strictLogger });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

function dressAlone(svg: string, picture: Picture): string {
  return withHead(svg, 'role="img"', `${names(picture, '')}<style>${groundRules('svg')}${darkRules('svg')}</style>`);
}

function dressForPage(svg: string, picture: Picture, id: string): string {
  const unique = svg.replace(/\bid="([^"]+)"/g, `id="${id}-$1"`).replace(/url\(#([^)]+)\)/g, `url(#${id}-$1)`);
  return withHead(unique, `role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc"`, names(picture, id));
}

function names(picture: Picture, id: string): string {
  const attribute = (part: string): string => (id === '' ? '' : ` id="${id}-${part}"`);
  return `<title${attribute('title')}>${escapeXml(picture.title)}</title><desc${attribute('desc')}>${escapeXml(picture.description)}</desc>`;
}

function withHead(svg: string, attributes: string, head: string): string {
  return svg.replace(/^<svg ([^>]*)>/, (_, own: string) => `<svg ${attributes} ${own}>${head}`);
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
