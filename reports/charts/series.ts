/** Lines that are told apart by colour, by dash and by the shape of their points, so that grey paper does. */
import { categorical } from './theme.js';

const dashes: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [10, 2],
  [4, 4],
  [1, 3],
  [6, 2, 1, 2],
];
const shapes = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
];

/** Most series of a chart. */
export const MOST_SERIES = categorical.length;

/** Encodings of the field that names the series: colour and dash for lines, colour and shape for points; one legend. */
export function seriesEncodings(field: string, names: readonly string[], columns: number) {
  const scale = <T>(range: readonly T[]) => ({
    domain: [...names],
    range: names.map((_, i) => range[i % range.length]!),
  });
  const legend =
    names.length < 2 ? null : { columns, symbolSize: 140, symbolStrokeWidth: 2, symbolDash: [1, 0], labelLimit: 300 };
  const one = { field, type: 'nominal' as const, title: null, legend };
  const color = { ...one, scale: scale(categorical) };
  return {
    line: { color, strokeDash: { ...one, scale: scale(dashes) } },
    point: { color, shape: { ...one, scale: scale(shapes) } },
  };
}
