/**
 * The first of the numbers 0 .. count - 1 for which `holds` is true, for a predicate that stays true once it is true.
 * @returns `count` when it holds for none. O(log count) calls.
 */
export function firstThat(count: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
