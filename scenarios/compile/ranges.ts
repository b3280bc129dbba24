import type { Range } from '../../payloads/types.js';
import type { RangeChoice } from '../types.js';

/**
 * One value of a range of the source. `most` is the most demanding end: the larger one for counts and sizes, the shorter
 * one for latencies (`demandingIsLeast`).
 */
export function resolveRange(range: Range, choice: RangeChoice, demandingIsLeast = false): number {
  if (choice === 'mid') return (range.least + range.most) / 2;
  return (choice === 'most') !== demandingIsLeast ? range.most : range.least;
}
