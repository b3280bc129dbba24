/** Whole devices spread over equal or weighted areas, and runs of equal areas. */

/** A run of instances `first .. first + count - 1` that hold `devices` each. */
export interface InstanceRange {
  readonly first: number;
  readonly count: number;
  readonly devices: number;
}

/**
 * Splits `total` whole units over weights by largest remainder (Hamilton's method; ties go to the earlier part), so that
 * the parts add up exactly. Weights need not be normalised; all zero gives everything to the first part. O(n log n).
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (weights.length === 0) return [];
  if (sum <= 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  let left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder) {
    if (left <= 0) break;
    parts[i]!++;
    left--;
  }
  return parts;
}

/** Joins neighbours of equal size; instances without devices are left out. */
export function toRanges(perInstance: readonly number[]): InstanceRange[] {
  const ranges: InstanceRange[] = [];
  for (let i = 0; i < perInstance.length; ) {
    let end = i + 1;
    while (end < perInstance.length && perInstance[end] === perInstance[i]) end++;
    if (perInstance[i]! > 0) ranges.push({ first: i, count: end - i, devices: perInstance[i]! });
    i = end;
  }
  return ranges;
}

/** The parts of `ranges` that lie in `first .. first + count - 1`. */
export function clipRanges(ranges: readonly InstanceRange[], first: number, count: number): InstanceRange[] {
  return ranges.flatMap((range) => {
    const from = Math.max(range.first, first);
    const to = Math.min(range.first + range.count, first + count);
    return to > from ? [{ first: from, count: to - from, devices: range.devices }] : [];
  });
}
