/**
 * The least step of a ladder that passes, by trials that cost much and may be undecided: from a guess up or down in
 * growing strides until a pass stands above something that does not pass, then by halves.
 *
 *   step     0    1    2    3    4    5    6    7
 *   trial              fail fail PASS pass           found: 4; its bracket: 3 does not pass
 *                           ^guess
 */

/** What a trial says. An undecided one is no pass. */
export type Outcome = 'pass' | 'fail' | 'undecided';

export interface Bracket {
  /** The least step that passes with one below it that does not; -1: none passes. */
  readonly found: number;
  /** Every step that was tried, ascending. */
  readonly tried: ReadonlyMap<number, Outcome>;
  /** Pairs that more of the same should not give: `pass` passes although `notPass`, a larger step, does not. */
  readonly violations: readonly { readonly pass: number; readonly notPass: number }[];
}

/**
 * @param count      steps of the ladder, the weakest first
 * @param guess      where to begin, e.g. what a closed form says
 * @param trial      outcome of a step; asked once for each
 * @param neighbours so many steps beyond the bracket are tried on each side: more of a resource helps a lone queue
 *                   always, but finite buffers, priorities and contention may break it
 * @throws what `trial` throws. O(log count) trials around a good guess.
 */
export async function bracket(
  count: number,
  guess: number,
  trial: (step: number) => Promise<Outcome>,
  neighbours = 1,
): Promise<Bracket> {
  const outcomes = new Map<number, Outcome>();
  const passes = async (step: number): Promise<boolean> => {
    const outcome = outcomes.get(step) ?? (await trial(step));
    outcomes.set(step, outcome);
    return outcome === 'pass';
  };
  const [below, above] = await around(count, Math.min(Math.max(guess, 0), count - 1), passes);
  let [low, high] = [below, above];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (await passes(middle)) high = middle;
    else low = middle;
  }
  const found = high < count ? high : -1;
  for (let i = 1; found >= 0 && i <= neighbours; i++) {
    if (found + i < count) await passes(found + i);
    if (found - 1 - i >= 0) await passes(found - 1 - i);
  }
  const tried = new Map([...outcomes].sort(([a], [b]) => a - b));
  return { found, tried, violations: violationsOf(tried) };
}

/** A step that does not pass (-1: below the ladder) and one above it that does (count: none). */
async function around(
  count: number,
  guess: number,
  passes: (step: number) => Promise<boolean>,
): Promise<readonly [number, number]> {
  if (await passes(guess)) {
    let above = guess;
    for (let stride = 1; above > 0; stride *= 2) {
      const next = Math.max(0, above - stride);
      if (!(await passes(next))) return [next, above];
      above = next;
    }
    return [-1, above];
  }
  let below = guess;
  for (let stride = 1; below < count - 1; stride *= 2) {
    const next = Math.min(count - 1, below + stride);
    if (await passes(next)) return [below, next];
    below = next;
  }
  return [below, count];
}

/** A failure above a pass. Undecided ones break no rule: they may be either. */
function violationsOf(tried: ReadonlyMap<number, Outcome>): Bracket['violations'] {
  const violations: { pass: number; notPass: number }[] = [];
  for (const [pass, outcome] of tried) {
    if (outcome !== 'pass') continue;
    for (const [notPass, other] of tried) if (notPass > pass && other === 'fail') violations.push({ pass, notPass });
  }
  return violations;
}
