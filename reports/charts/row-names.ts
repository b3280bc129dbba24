/** Names of rows: beside them where there is room, above them on a phone, so that long ones are not cut. */
import { labelsByPlace } from './axes.js';
import type { Layout } from './chart.js';
import { ink } from './theme.js';

const rowStep: Record<Layout, number> = { wide: 22, narrow: 36 };

/**
 * @returns `height` of all rows in pixels; `yOffset`, by which marks are shifted to leave room for the name; `y`, the
 * encoding by the field `row`; `layers` to be drawn last, with the names above the rows from the field `name`.
 */
export function namedRows(names: readonly string[], layout: Layout) {
  const beside = layout === 'wide';
  return {
    height: names.length * rowStep[layout],
    yOffset: beside ? 0 : 8,
    y: {
      field: 'row',
      type: 'ordinal' as const,
      title: null,
      axis: beside
        ? { labelExpr: labelsByPlace(names), labelColor: ink, labelLimit: 400, ticks: false, domain: false }
        : null,
    },
    layers: beside ? [] : [namesAbove],
  };
}

const namesAbove = {
  mark: { type: 'text', align: 'left', baseline: 'middle', dy: -8, color: ink, limit: 330, fontSize: 12 },
  encoding: { x: { value: 0 }, text: { field: 'name', type: 'nominal' } },
} as const;
