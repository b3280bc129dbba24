/** Rows of profiles computed together against the ordinary door. */
import { ordinaryRow } from '../../studies/profiles/ordinary.js';
import { closedFormOfProfiles, scenarioUnder } from '../../studies/profiles/profiles.js';
import { canShare } from '../../studies/profiles/shared.js';
import type { ProfileRow } from '../../studies/profiles/types.js';
import { decodeProfile } from '../../topologies/index.js';

/** The same but for the rounding of sums; percentiles are found by a search to 1e-6. */
const ROUNDING = 1e-9;
const SEARCH = 3e-6;

/** Where two rows differ, as `code.latency.worstMean.latencyS: 1, not 2`. */
export function* unequal(actual: unknown, expected: unknown, tolerance: number, at: string): Generator<string> {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const isSame = Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.abs(expected);
    if (!isSame && actual !== expected) yield `${at}: ${actual}, not ${expected}`;
  } else if (actual !== null && expected !== null && typeof actual === 'object' && typeof expected === 'object') {
    const [own, other] = [Object.keys(actual).join(), Object.keys(expected).join()];
    if (own !== other) yield `${at}: ${own}, not ${other}`;
    for (const [key, value] of Object.entries(expected)) {
      const within = key === 'worstP95' ? SEARCH : tolerance;
      yield* unequal((actual as Record<string, unknown>)[key], value, within, `${at}.${key}`);
    }
  } else if (actual !== expected) {
    yield `${at}: ${String(actual)}, not ${String(expected)}`;
  }
}

/**
 * Rows through what profiles share, and every place where one differs from the ordinary door.
 * @throws Error when the scenario shares nothing, so that nothing would be compared; some 0.1 s for each code of a city
 */
export function againstOrdinaryDoor(
  text: string,
  file: string,
  codes: readonly string[],
): { readonly rows: readonly ProfileRow[]; readonly differences: readonly string[] } {
  const source = { text, file };
  if (!canShare(scenarioUnder(source, codes[0]!))) throw new Error(`${file} shares nothing`);
  const rows = closedFormOfProfiles(source, codes);
  const differences = rows.length === codes.length ? [] : [`${rows.length} rows of ${codes.length}`];
  rows.forEach((row, i) => {
    const code = codes[i]!;
    const expected = ordinaryRow(scenarioUnder(source, code), decodeProfile(code));
    differences.push(...unequal(row, expected, ROUNDING, `${file} ${code}`));
  });
  return { rows, differences };
}

/** Every nth code, from one on. */
export function every(codes: readonly string[], nth: number, from = 0): string[] {
  return codes.filter((_, i) => i % nth === from);
}
