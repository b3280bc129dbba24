/** What no other candidate beats in everything. */

/**
 * Indices of the points that are on the Pareto front: no other point is at least as good in every objective and better in
 * one. Equal points stand together. O(points² x objectives).
 * @param points by objective, smaller is better; no NaN
 */
export function paretoFront(points: readonly (readonly number[])[]): Set<number> {
  const front = new Set<number>();
  points.forEach((point, i) => {
    if (!points.some((other) => dominates(other, point))) front.add(i);
  });
  return front;
}

function dominates(a: readonly number[], b: readonly number[]): boolean {
  let isBetter = false;
  for (let k = 0; k < b.length; k++) {
    if (a[k]! > b[k]!) return false;
    if (a[k]! < b[k]!) isBetter = true;
  }
  return isBetter;
}
