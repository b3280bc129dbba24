/** Columns of the plan. */

type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

/**
 * A column of `type` with a number of each row: as its `from`, which goes through an iterator and takes four times as long
 * for a few rows.
 */
export function column<C extends Column, R>(
  type: new (length: number) => C,
  rows: readonly R[],
  of: (row: R, place: number) => number,
): C {
  const made = new type(rows.length);
  for (let i = 0; i < rows.length; i++) made[i] = of(rows[i]!, i);
  return made;
}
