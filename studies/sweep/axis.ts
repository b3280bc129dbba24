/** Values of a varied key as numbers on an axis. */

import type { Quantity } from '../../reports/index.js';
import { BadValue } from '../../scenarios/bad-value.js';
import { type Dimension, parseQuantity } from '../../scenarios/quantity.js';
import type { Variation } from '../variants/variants.js';

export interface Axis {
  readonly quantity: Quantity & { readonly logarithmic?: boolean };
  /** By the text of the value. */
  readonly at: ReadonlyMap<string, number>;
}

const UNITS: readonly (readonly [Dimension, Quantity['unit']])[] = [
  ['number', ''],
  ['rate', 'bit/s'],
  ['time', 's'],
  ['size', 'B'],
  ['share', '1'],
];
/** A range that spans more than this is drawn on a logarithmic axis. */
const WIDE = 30;

/** Undefined where the values are no quantities of one dimension: names, lists. */
export function axisOf({ key, values }: Variation): Axis | undefined {
  for (const [dimension, unit] of UNITS) {
    const numbers = values.map(({ value }) => quantityOf(value, dimension));
    if (numbers.some((number) => number === undefined)) continue;
    const at = new Map(values.map(({ text }, i) => [text, numbers[i]!]));
    const [least, most] = [Math.min(...at.values()), Math.max(...at.values())];
    return { quantity: { title: key, unit, ...(least > 0 && most / least > WIDE ? { logarithmic: true } : {}) }, at };
  }
  return undefined;
}

function quantityOf(value: unknown, dimension: Dimension): number | undefined {
  if (typeof value === 'number') return dimension === 'number' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  try {
    const number = parseQuantity(value, dimension);
    return Number.isFinite(number) ? number : undefined;
  } catch (error) {
    if (error instanceof BadValue) return undefined;
    throw error;
  }
}
