/** A bracket where order may be broken on either side: what is found stands beyond everything that was seen to fail. */
import { bracket } from './bracket.js';

export interface BelowFailures {
  /** The first step that holds with no failing one after it, among those looked at; the step before it fails. -1: the last step fails. */
  readonly found: number;
  /** Whether each step that was looked at fails. */
  readonly fails: ReadonlyMap<number, boolean>;
}

/**
 * `bracket` for steps of which a user takes all from the one found on, e.g. numbers of endpoints, the most first: where a
 * step after the one found turns out to fail, the search goes on beyond it.
 *
 *   endpoints   510  470  430  390  360  330
 *   fails         x    x         x              bracketed first: 430, with 390 its neighbour; found: 360
 *
 * @param count steps, the most demanding first
 * @param guess where to begin
 * @param fails of a step; asked once for each
 * @param neighbours as of `bracket`
 * @param first      steps before it are known to be out of the question, and are not looked at
 * @throws what `fails` throws. O(log count) looks in order, more where it is broken.
 */
export async function belowFailures(
  count: number,
  guess: number,
  fails: (step: number) => Promise<boolean>,
  neighbours = 1,
  first = 0,
): Promise<BelowFailures> {
  const seen = new Map<number, boolean>();
  const look = async (step: number, least: number) => {
    if (step < least) return 'fail';
    const known = seen.get(step) ?? (await fails(step));
    seen.set(step, known);
    return known ? 'fail' : 'pass';
  };
  for (let least = first; ; ) {
    const from = least;
    const { found } = await bracket(count, Math.max(guess, from), (step) => look(step, from), neighbours);
    const lastFailing = Math.max(-1, ...[...seen].filter(([, isFailing]) => isFailing).map(([step]) => step));
    if (lastFailing === count - 1) return { found: -1, fails: seen };
    if (found > lastFailing) return { found, fails: seen };
    least = lastFailing + 1;
  }
}
