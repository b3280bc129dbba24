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
  const left = total - parts.reduce((a, b) => a + b, 0);
  if (left === 0) return parts;
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) parts[i]!++;
  return parts;
}

/** Places `total` whole units into instance after instance, each up to what it holds. O(n). */
export function fill(total: number, holds: readonly number[]): number[] {
  let left = total;
  return holds.map((most) => {
    const part = Math.min(most, left);
    left -= part;
    return part;
  });
}

/**
 * Joins neighbouring instances that are equal in every column; instances without devices, the first column, are left out.
 * What a range has in another column is the column's value at `first`.
 */
export function toRanges(devices: readonly number[], ...columns: readonly (readonly number[])[]): InstanceRange[] {
  const ranges: InstanceRange[] = [];
  for (let i = 0; i < devices.length; ) {
    let end = i + 1;
    while (end < devices.length && devices[i] === devices[end] && areAlike(columns, i, end)) end++;
    if (devices[i]! > 0) ranges.push({ first: i, count: end - i, devices: devices[i]! });
    i = end;
  }
  return ranges;
}

function areAlike(columns: readonly (readonly number[])[], i: number, j: number): boolean {
  for (const column of columns) if (column[i] !== column[j]) return false;
  return true;
}
