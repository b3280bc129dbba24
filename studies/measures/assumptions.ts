/** Assumptions of a study that has many plans. */
import type { Assumption } from '../../sim/plan.js';

/** Those that all plans share stand once, others with the candidate for which they hold. */
export function assumptionsOf(
  plans: readonly { readonly name: string; readonly assumptions: readonly Assumption[] }[],
): Assumption[] {
  const known = new Map<string, { readonly assumption: Assumption; readonly names: string[] }>();
  for (const { name, assumptions } of plans) {
    for (const assumption of assumptions) {
      const key = JSON.stringify(assumption);
      const entry = known.get(key) ?? { assumption, names: [] };
      known.set(key, entry);
      if (!entry.names.includes(name)) entry.names.push(name);
    }
  }
  return [...known.values()].map(({ assumption, names }) =>
    names.length === plans.length
      ? assumption
      : { ...assumption, reason: `${assumption.reason} (${names.join('; ')})` },
  );
}
