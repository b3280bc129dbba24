/** Columns of the plan. */

type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

/** Columns without rows, by type: there is nothing in them to be changed. */
const empty = new Map<new (length: number) => Column, Column>();

/**
 * A column of `type` with a number of each row: as its `from`, which goes through an iterator and takes four times as long
 * for a few rows.
 */
export function column<C extends Column, R>(
  type: new (length: number) => C,
  rows: readonly R[],
  of: (row: R, place: number) => number,
): C {
  if (rows.length === 0) return emptyOf(type);
  const made = new type(rows.length);
  for (let i = 0; i < rows.length; i++) made[i] = of(rows[i]!, i);
  return made;
}

/** One for all plans: of the columns of families (families/family-plan.ts) half are empty, 87,000 for all profiles of a city. */
function emptyOf<C extends Column>(type: new (length: number) => C): C {
  let known = empty.get(type) as C | undefined;
  if (known === undefined) {
    known = new type(0);
    empty.set(type, known);
  }
  return known;
}
