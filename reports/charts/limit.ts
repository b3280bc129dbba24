import type { Limit } from './estimate.js';
import { muted, orange } from './theme.js';

/** A dashed line across the picture where something ends, with its name at the far end. */
export function limitLayers(along: 'x' | 'y', axis: object, limit: Limit): object[] {
  const at = { ...axis, datum: limit.value };
  const vertical = along === 'x';
  return [
    {
      mark: { type: 'rule', color: orange, strokeDash: [4, 3], size: 1.5 },
      encoding: vertical
        ? { x: at, y: { value: 0 }, y2: { value: 'height' } }
        : { y: at, x: { value: 0 }, x2: { value: 'width' } },
    },
    {
      data: { values: [{ label: limit.label }] },
      mark: {
        type: 'text',
        align: vertical ? 'right' : 'left',
        baseline: 'bottom',
        dx: vertical ? -4 : 4,
        dy: -3,
        color: muted,
      },
      encoding: {
        ...(vertical ? { x: at, y: { value: 0 } } : { y: at, x: { value: 0 } }),
        text: { field: 'label', type: 'nominal' },
      },
    },
  ];
}
