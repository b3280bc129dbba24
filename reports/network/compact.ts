/** Narrows a layered drawing: what stands in a row keeps its order and its room, and moves towards what it is joined to. */

export interface Item {
  x: number;
  /** Room that it needs, spacing included. */
  readonly width: number;
  /** Items of other rows that it should stand below or above, and how much that matters. */
  readonly ties: { readonly to: Item; readonly weight: number }[];
}

const ROUNDS = 100;
/** How much items hold to their place in the drawing as it was, scaled. */
const HOME_WEIGHT = 4;

/**
 * Moves the items of rows within `width`, or within the widest row where that is wider. Each row in turn takes the places
 * nearest to what its items want, in least squares, that keep order and room (pool adjacent violators: Barlow et al. 1972).
 * @param rows from the top, each from left to right. O(rounds x items).
 * @param drawnWidth of the drawing as it is
 */
export function compact(rows: readonly (readonly Item[])[], drawnWidth: number, width: number): number {
  const needed = rows.map((row) => row.reduce((sum, item) => sum + item.width, 0));
  const limit = Math.max(width, ...needed);
  const homes = new Map(rows.flat().map((item) => [item, (item.x * limit) / drawnWidth]));
  for (const row of rows)
    place(
      row,
      row.map((item) => homes.get(item)!),
      limit,
    );
  const wanted = (item: Item): number => {
    const weight = item.ties.reduce((sum, tie) => sum + tie.weight, HOME_WEIGHT);
    return item.ties.reduce((sum, tie) => sum + tie.weight * tie.to.x, HOME_WEIGHT * homes.get(item)!) / weight;
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : [...rows].reverse()) place(row, row.map(wanted), limit);
  }
  return limit;
}

function place(row: readonly Item[], places: readonly number[], limit: number): void {
  // Without the room that its predecessors need, an item may stand anywhere not before them.
  let used = 0;
  const offsets = row.map(({ width }) => {
    const middle = used + width / 2;
    used += width;
    return middle;
  });
  const free = monotone(places.map((x, i) => x - offsets[i]!));
  row.forEach((item, i) => {
    item.x = offsets[i]! + Math.min(Math.max(free[i]!, 0), limit - used);
  });
}

/** The non-decreasing values nearest to the given ones in least squares. */
function monotone(values: readonly number[]): number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const value of values) {
    blocks.push({ sum: value, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)!) > mean(blocks.at(-1)!)) {
      const last = blocks.pop()!;
      blocks[blocks.length - 1]!.sum += last.sum;
      blocks[blocks.length - 1]!.count += last.count;
    }
  }
  return blocks.flatMap((block) => new Array<number>(block.count).fill(mean(block)));
}

function mean({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}
