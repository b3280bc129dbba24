import type { Quantity, Range } from '../../payloads/types.js';
import type { RangeChoice } from '../types.js';

/**
 * One value of a range of the source. `most` is the most demanding end: the larger one for counts and sizes, the shorter
 * one for latencies (`demandingIsLeast`).
 */
export function resolveRange(range: Range, choice: RangeChoice, demandingIsLeast = false): number {
  if (choice === 'mid') return (range.least + range.most) / 2;
  return (choice === 'most') !== demandingIsLeast ? range.most : range.least;
}

/** A quantity that may be missing in the source; missing ones come from `values` by name. */
export function resolveQuantity(
  quantity: Quantity,
  choice: RangeChoice,
  values: Readonly<Record<string, number>>,
  used: (name: string) => void,
): number {
  if (!('missing' in quantity)) return resolveRange(quantity, choice);
  const value = values[quantity.missing];
  if (value === undefined) throw new Error(`no value for the missing quantity ${quantity.missing}`);
  used(quantity.missing);
  return value;
}
