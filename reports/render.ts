import type { Picture } from './charts/chart.js';
import { darkRules, groundRules, TITLE_HEIGHT, titleMark } from './charts/theme.js';

export interface SvgOptions {
  /**
   * `alone`: a file of its own, with its title drawn, a ground and the colours for a dark one. Else part of a page that has
   * a heading, a description and the colours (`darkRules`); `id` makes the names inside it unique in the page.
   */
  readonly use: 'alone' | { readonly id: string };
}

/** Draws a picture without a browser. The same picture gives the same text. About 20 ms each. */
export async function renderSvg(picture: Picture, options: SvgOptions): Promise<string> {
  const svg = 'svg' in picture ? picture.svg() : await (await import('./vega.js')).chartSvg(picture.spec);
  return options.use === 'alone' ? dressAlone(svg, picture) : dressForPage(svg, picture, options.use.id);
}

/** A drawing as a file of its own. @param svg of the picture, untitled */
export function dressAlone(svg: string, picture: Picture): string {
  const titled = 'spec' in picture ? withTitle(svg, picture.title) : svg;
  return withHead(titled, 'role="img"', `${names(picture, '')}<style>${groundRules('svg')}${darkRules('svg')}</style>`);
}

/** Vega would draw it with the chart, but take as long for that as for the chart without it, which a page needs as well. */
function withTitle(svg: string, title: string): string {
  return svg
    .replace(
      /^(<svg [^>]*?)height="([\d.]+)" viewBox="0 0 ([\d.]+) [\d.]+">/,
      (_, before: string, height: string, width: string) =>
        `${before}height="${Number(height) + TITLE_HEIGHT}" viewBox="0 0 ${width} ${Number(height) + TITLE_HEIGHT}">${titleMark(escapeXml(title))}<g transform="translate(0,${TITLE_HEIGHT})">`,
    )
    .replace(/<\/svg>$/, '</g></svg>');
}

/** A drawing as a part of a page. @param id makes the names inside it unique in the page */
export function dressForPage(svg: string, picture: Picture, id: string): string {
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
