/** The network picture as SVG: lanes, strokes by load, boxes, legend. */

import { amber, blue, font, grid, ground, ink, muted, orange } from '../charts/theme.js';
import { formatBps } from '../format.js';
import { escapeHtml } from '../html/template.js';
import { textWidth } from '../text-width.js';
import { FONT_SIZE, LINE_HEIGHT } from './boxes.js';
import { busiestOf, type Joint, type MediumLink } from './graph.js';
import type { Layout, Placed, Point } from './layout.js';

/** Room on the left for the names of the lanes. */
const LANE_NAMES = 96;
const MARGIN = 6;
const SMALL = 11;

/**
 * Width of a link's stroke in pixels by its load: 1 up to 10 bit/s, then 1.5 more for every tenfold, at most 13. It never
 * shrinks as the load grows.
 */
export function strokeWidth(bps: number): number {
  if (!(bps > 10)) return 1;
  return Math.min(13, 1 + 1.5 * Math.log10(bps / 10));
}

/** Room of the picture beside the graph itself, pixels. */
export const FRAME_WIDTH = LANE_NAMES + 2 * MARGIN;

export const loadClasses: readonly (readonly [from: number, name: string, colour: string])[] = [
  [0, 'below 30 %', '#56b4e9'],
  [0.3, '30 % to 70 %', blue],
  [0.7, '70 % to 100 %', amber],
  [1, '100 % and above', orange],
];

function colourOf({ utilisation, busyHourBps }: MediumLink): string {
  if (!(busyHourBps > 0)) return grid;
  return loadClasses.findLast(([from]) => utilisation >= from)?.[2] ?? muted;
}

export function drawNetwork(layout: Layout): string {
  const width = Math.max(Math.ceil(layout.width) + FRAME_WIDTH, LEGEND_WIDTH);
  const legendTop = Math.ceil(layout.height) + 14;
  const height = legendTop + LEGEND_HEIGHT;
  const parts = [
    ...layout.lanes.map((lane) => laneOf(lane, width)),
    `<g transform="translate(${LANE_NAMES + MARGIN},0)">`,
    ...layout.joints.map(({ joint, points }) => jointOf(joint, points)),
    ...layout.media.map((place) => boxOf(place, 'medium', place.medium.links, place.medium.places > 1)),
    ...layout.nodes.map((place) =>
      boxOf(
        place,
        'node',
        [],
        place.node.actors.some(({ count }) => count > 1),
      ),
    ),
    '</g>',
    legend(legendTop),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" class="network" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">${parts.join('')}</svg>`;
}

function laneOf({ name, top, bottom }: Layout['lanes'][number], width: number): string {
  const lines = name.split(' ');
  const first = (top + bottom) / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2;
  return `<rect x="0" y="${r(top)}" width="${width}" height="${r(bottom - top)}" rx="6" fill="${grid}" fill-opacity="0.45"/>${lines
    .map((line, i) => textOf(line, 12, first + i * LINE_HEIGHT, { weight: 'bold', fill: muted }))
    .join('')}`;
}

/** A stroke for each direction, beside one another; what goes across has one. */
function jointOf({ links, node, medium }: Joint, points: readonly Point[]): string {
  const strokes = ['down', 'up', 'across'].flatMap((direction) => {
    const busiest = busiestOf(links.filter((link) => link.direction === direction));
    return busiest === undefined ? [] : [{ direction, busiest, width: strokeWidth(busiest.busyHourBps) }];
  });
  const total = strokes.reduce((sum, { width }) => sum + width, 0) + (strokes.length - 1) * STROKE_GAP;
  let left = -total / 2;
  const drawn = strokes.map(({ direction, busiest, width }) => {
    const shift = left + width / 2;
    left += width + STROKE_GAP;
    const dashed = busiest.busyHourBps > 0 ? '' : ' stroke-dasharray="3,3"';
    return `<path d="${pathOf(points, shift)}" fill="none" stroke="${colourOf(busiest)}" stroke-width="${r(width)}"${dashed} data-direction="${direction}"/>`;
  });
  return `<g class="joint" data-node="${escapeHtml(node)}" data-medium="${escapeHtml(medium)}">${drawn.join('')}</g>`;
}

const STROKE_GAP = 1.5;

/** Curves that leave and arrive upright, from each odd point to the next, and straight lines between. */
function pathOf(points: readonly Point[], shift: number): string {
  const at = points.map(({ x, y }) => ({ x: x + shift, y }));
  let path = `M${r(at[0]!.x)},${r(at[0]!.y)}`;
  for (let i = 1; i < at.length; i++) {
    const [from, to] = [at[i - 1]!, at[i]!];
    const middle = (from.y + to.y) / 2;
    const isStraight = from.x === to.x || i % 2 === 0;
    path += isStraight
      ? `L${r(to.x)},${r(to.y)}`
      : `C${r(from.x)},${r(middle)} ${r(to.x)},${r(middle)} ${r(to.x)},${r(to.y)}`;
  }
  return path;
}

/** Media are rounded, in the colour of their busiest link; what stands more than once has a second box behind it. */
function boxOf(box: Placed, kind: 'node' | 'medium', links: readonly MediumLink[], many: boolean): string {
  const [x, y] = [box.x - box.width / 2, box.y - box.height / 2];
  const radius = kind === 'medium' ? 14 : 3;
  const busiest = busiestOf(links);
  const stroke = busiest === undefined ? muted : colourOf(busiest);
  const rect = (dx: number): string =>
    `<rect x="${r(x + dx)}" y="${r(y - dx)}" width="${r(box.width)}" height="${r(box.height)}" rx="${radius}" fill="${ground}" stroke="${stroke}" stroke-width="${kind === 'medium' ? 2 : 1}"/>`;
  const first = y + (box.height - box.lines.length * LINE_HEIGHT) / 2 + LINE_HEIGHT / 2;
  const lines = box.lines.map(({ text, bold }, i) =>
    textOf(text, box.x, first + i * LINE_HEIGHT, { anchor: 'middle', ...(bold ? { weight: 'bold' } : {}) }),
  );
  const names = links.length === 0 ? '' : ` data-links="${escapeHtml(JSON.stringify(links.map(({ link }) => link)))}"`;
  return `<g class="${kind}"${names}>${many ? rect(3) : ''}${rect(0)}${lines.join('')}</g>`;
}

interface TextStyle {
  readonly anchor?: 'middle';
  readonly weight?: string;
  readonly fill?: string;
  readonly size?: number;
}

function textOf(text: string, x: number, y: number, style: TextStyle = {}): string {
  const { anchor, weight, fill = ink, size = FONT_SIZE } = style;
  return `<text x="${r(x)}" y="${r(y)}" dominant-baseline="central" font-size="${size}"${anchor === undefined ? '' : ` text-anchor="${anchor}"`}${weight === undefined ? '' : ` font-weight="${weight}"`} fill="${fill}">${escapeHtml(text)}</text>`;
}

const LEGEND_WIDTH = 700;
const LEGEND_HEIGHT = 50;

function legend(top: number): string {
  let x = 12;
  const parts: string[] = [];
  const say = (text: string, after: number): void => {
    parts.push(textOf(text, x, top + 10, { fill: muted, size: SMALL }));
    x += textWidth(text, SMALL) + after;
  };
  say('load:', 8);
  for (const bps of [1e3, 1e5, 1e7]) {
    parts.push(`<path d="M${x},${top + 10}h26" stroke="${muted}" stroke-width="${r(strokeWidth(bps))}" fill="none"/>`);
    x += 32;
    say(formatBps(bps), 14);
  }
  x = 12;
  top += 22;
  say('utilisation:', 8);
  for (const [, name, colour] of loadClasses) {
    parts.push(`<path d="M${x},${top + 10}h22" stroke="${colour}" stroke-width="6" fill="none"/>`);
    x += 28;
    say(name, 14);
  }
  return `<g class="legend">${parts.join('')}</g>`;
}

/** Tenths of a pixel. */
function r(value: number): string {
  return String(Math.round(value * 10) / 10);
}
