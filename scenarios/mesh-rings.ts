/** Steps of bisection: more than a double has bits. */
const STEPS = 200;

/**
 * Shares of the endpoints of a mesh that are 1, 2, ... `most` hops away: the truncated geometric distribution
 * p(k) ~ q^(k - least) over least .. most whose mean is `typical`. Of all distributions with that range and mean it has
 * the largest entropy, so that it assumes nothing else (Jaynes, Information Theory and Statistical Mechanics, 1957).
 * @param least   1 <= least <= typical <= most, whole numbers but for `typical`
 * @returns shares of rings 1 .. `most` (fewer where the outer ones are empty) that add up to 1. O(most).
 * Leaves out: geometry. Rings of an even disc would grow with their distance, those of a street would be alike.
 */
export function ringShares(least: number, typical: number, most: number): number[] {
  if (typical <= least) return only(least);
  if (typical >= most) return only(most);
  let [low, high] = [0, 1]; // of s: q = s / (1 - s) rises from 0 to infinity
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (mean(shares(least, most, middle)) < typical) low = middle;
    else high = middle;
  }
  return shares(least, most, (low + high) / 2);
}

/** Weights s^(k - least) (1 - s)^(most - k), which are q^(k - least) without its overflow. */
function shares(least: number, most: number, s: number): number[] {
  const weights = Array.from({ length: most }, (_, i) =>
    i + 1 < least ? 0 : s ** (i + 1 - least) * (1 - s) ** (most - i - 1),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function mean(parts: readonly number[]): number {
  return parts.reduce((total, part, i) => total + part * (i + 1), 0);
}

function only(ring: number): number[] {
  return Array.from({ length: ring }, (_, i) => (i + 1 === ring ? 1 : 0));
}
