/** Routes whose parts fail and come back: exact probabilities of their states. */

/** Part of a route: parts of one name are one and the same, and fail together. Others fail independently. */
export interface Part {
  readonly name: string;
  /** Share of the time in which it is up: MTBF / (MTBF + MTTR). */
  readonly up: number;
}

/**
 * Probability that each route is the one in use: up, and every one before it in the list down. What is missing to 1 is the
 * probability that none is up.
 *
 * Shared parts count once: P(route k up, none before) is the sum over all sets S of earlier routes of
 * (-1)^|S| times the product over the parts of k and of S together (inclusion and exclusion; e.g. Ross, Introduction to
 * Probability Models, section 9.3). O(2^routes x parts): for a few routes.
 */
export function routeProbabilities(routes: readonly (readonly Part[])[]): number[] {
  return routes.map((route, k) => {
    let probability = 0;
    for (let set = 0; set < 2 ** k; set++) {
      const chosen = routes.slice(0, k).filter((_, r) => (set >> r) & 1);
      const sign = chosen.length % 2 === 0 ? 1 : -1;
      probability += sign * allUp([route, ...chosen].flat());
    }
    return Math.max(0, probability); // rounding of what cancels
  });
}

/** Probability that all parts are up, each counted once. */
function allUp(parts: readonly Part[]): number {
  let up = 1;
  for (const share of new Map(parts.map((part) => [part.name, part.up])).values()) up *= share;
  return up;
}
