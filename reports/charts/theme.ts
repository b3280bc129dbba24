/**
 * One look for all charts. Colours tell apart under the common colour deficiencies (Okabe and Ito 2008, and tints of
 * them); no chart says anything by colour alone. Every colour has its counterpart on a dark ground: a picture is drawn
 * once in the light colours, and CSS rules by attribute exchange them where the reader prefers dark.
 */
import type { Config, TopLevelSpec } from 'vega-lite';
import type { Verdict } from '../../sim/results.js';
import { type Layout, layoutWidth } from './chart.js';

export const ink = '#1f2328';
export const muted = '#59636e';
export const grid = '#dfe3e8';
export const ground = '#ffffff';
export const blue = '#0072b2';
export const orange = '#d55e00';
export const green = '#009e73';
export const amber = '#e69f00';
export const paleBlue = '#b9d9ec';

/** For parts of a whole, most important first; the last is for the rest. */
export const categorical: readonly string[] = [blue, amber, green, '#cc79a7', '#56b4e9', orange, '#94862b', '#b4bbc3'];

/** Tints that carry dark text. */
export const verdictColour: Readonly<Record<Verdict, string>> = {
  fail: '#f7c4a5',
  undecided: '#fbe2a6',
  pass: '#bde4d5',
  'not judged': '#d3e6f5',
  'not exercised': '#e4e7eb',
  'no budget': '#eff1f3',
};

const darkOf: readonly (readonly [light: string, dark: string])[] = [
  [ink, '#e6eaef'],
  [muted, '#a3adb8'],
  [grid, '#343b44'],
  [ground, '#15181c'],
  [blue, '#4aa8e0'],
  [orange, '#f0803c'],
  [green, '#2fbf96'],
  [amber, '#e9ad2d'],
  [paleBlue, '#1f4d6b'],
  ['#cc79a7', '#d98db7'],
  ['#56b4e9', '#8ccdf3'],
  ['#94862b', '#b5a64a'],
  ['#b4bbc3', '#626b75'],
  [verdictColour.fail, '#7d3410'],
  [verdictColour.undecided, '#664a05'],
  [verdictColour.pass, '#14503e'],
  [verdictColour['not judged'], '#1d405c'],
  [verdictColour['not exercised'], '#363d46'],
  [verdictColour['no budget'], '#242a31'],
];

/** CSS that exchanges the colours of pictures below `scope` for those of a dark ground. */
export function darkRules(scope: string): string {
  const rules = darkOf.map(
    ([light, dark]) => `${scope} [fill="${light}"]{fill:${dark}}${scope} [stroke="${light}"]{stroke:${dark}}`,
  );
  return `@media screen and (prefers-color-scheme:dark){${rules.join('')}}`;
}

/** CSS that gives a picture that stands alone its own ground, since it cannot know on which it will be shown. */
export function groundRules(scope: string): string {
  const dark = darkOf.find(([light]) => light === ground)![1];
  return `${scope}{background:${ground}}@media screen and (prefers-color-scheme:dark){${scope}{background:${dark}}}`;
}

export const font = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';

/** Pixels around every chart. */
const PADDING = 4;

/** The title of a chart that stands alone, pixels; `offset` from what is below it. */
const title = { color: ink, fontSize: 15, offset: 12 } as const;

/** How much higher a chart is with its title. */
export const TITLE_HEIGHT: number = title.fontSize + title.offset;

/** The title as Vega would draw it above a chart. @param text escaped */
export function titleMark(text: string): string {
  const top = PADDING + 0.8 * title.fontSize; // Vega takes four fifths of a size for the part above the base line
  return `<text transform="translate(${PADDING},${top})" font-family="${font}" font-size="${title.fontSize}px" font-weight="bold" fill="${title.color}">${text}</text>`;
}

const config: Config = {
  aria: false,
  background: 'transparent',
  font,
  view: { stroke: null },
  axis: {
    labelColor: muted,
    titleColor: muted,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    domainColor: grid,
    tickColor: grid,
    gridColor: grid,
    labelLimit: 320,
    labelPadding: 5,
  },
  legend: {
    labelColor: ink,
    titleColor: muted,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    orient: 'top',
    symbolStrokeWidth: 0,
  },
  header: { labelColor: ink, labelFontSize: 13, labelFontWeight: 'bold', labelAnchor: 'start', title: null },
  title: { color: title.color, fontSize: title.fontSize, anchor: 'start', offset: title.offset },
  text: { color: ink, fontSize: 12 },
  tick: { opacity: 1 },
};

type Frame = Pick<TopLevelSpec, '$schema' | 'title' | 'description' | 'config' | 'padding'>;

interface FittedFrame extends Frame {
  readonly width: number;
  readonly height: number;
  readonly autosize: { readonly type: 'fit-x'; readonly contains: 'padding' };
}

/** The part that every specification has; the title is drawn only where a picture stands alone. */
export function frame(title: string, description: string): Frame {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title,
    description,
    config,
    padding: PADDING,
  };
}

/** `frame` of a chart that is as wide as its layout, labels and legends included. @param height of the plot, pixels */
export function fittedFrame(title: string, description: string, layout: Layout, height: number): FittedFrame {
  return {
    ...frame(title, description),
    width: layoutWidth[layout],
    height,
    autosize: { type: 'fit-x', contains: 'padding' },
  };
}

/** Room on the right for slanted labels, which do not count when a picture is fitted. */
export const slantedPadding = { left: 4, top: 4, right: 24, bottom: 4 } as const;

/** A picture that says why there is nothing to see, rather than an empty frame. */
export function emptySpec(title: string, description: string, why: string, layout: Layout): TopLevelSpec {
  return {
    ...frame(title, description),
    width: layoutWidth[layout] - 10,
    height: 40,
    data: { values: [{ why }] },
    mark: { type: 'text', color: muted, fontSize: 14, limit: layoutWidth[layout] - 20 },
    encoding: { text: { field: 'why', type: 'nominal' } },
  };
}
