/** Items of rows, one row after the other: where those of each begin. */

/** Running sums of `length(row)`: one element more than rows. */
export function startsOf(rows: number, length: (row: number) => number): Uint32Array {
  const start = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) start[row + 1] = start[row] + length(row);
  return start;
}

/** The inverse of `startsOf`: for every item its row. */
export function rowOf(start: Uint32Array, items: number): Uint32Array {
  const row = new Uint32Array(items);
  for (let r = 0; r + 1 < start.length; r++) row.fill(r, start[r], start[r + 1]);
  return row;
}
