/** The cheapest network where steps have a price: technologies and gateways. */
import { compile } from '../../pipeline.js';
import { openCatalogues } from '../../scenarios/catalogues.js';
import { linksCost, linksInUse } from '../cost.js';
import { firstThat } from '../search/bisect.js';
import type { VariantSetting } from '../variants/variants.js';
import type { Ladder } from './ladders.js';
import type { NetworkTrials } from './network-trials.js';
import { type Found, settingsOf, smallestNetwork } from './search.js';

/** More combinations are not looked through one by one. */
const MOST_COMBINATIONS = 200;

export interface Priced {
  readonly capexUsd: number;
  readonly opexUsdPerYear: number;
  /** Over the years, without interest. */
  readonly totalUsd: number;
  /** Networks that cost something unknown, since they have no technology. */
  readonly unknown: readonly string[];
}

export interface Candidate {
  readonly name: string;
  readonly closedForm: Priced;
  /** Undefined: not simulated, since even its closed form costs more than what was found. */
  readonly found: Found | undefined;
  readonly simulated: Priced | undefined;
}

export function priceOf(settings: readonly VariantSetting[], trials: NetworkTrials, years: number): Priced {
  const scenario = trials.scenario(settings);
  const plan = compile(scenario);
  const cost = linksCost(linksInUse(plan), plan.areas, scenario, openCatalogues(scenario.catalogues).model);
  const { capexUsd = 0, opexUsdPerYear = 0, unknown = [...new Set(plan.links.network)] } = cost ?? {};
  return { capexUsd, opexUsdPerYear, totalUsd: capexUsd + years * opexUsdPerYear, unknown };
}

/** Whether a ladder changes what the library has a price for. */
export function isPriced({ steps, network }: Ladder, hasTechnology: boolean): boolean {
  return steps[0]?.path[2] === 'technology' || (network === '' && hasTechnology);
}

/**
 * Every combination of the shorter priced ladders, with the longest one as small as the closed form allows, by cost;
 * simulated from the cheapest on until what is left costs more, even by closed form, than the best that was found.
 * @returns undefined when there are more than 200 combinations
 */
export async function cheapestNetwork(
  ladders: readonly Ladder[],
  priced: readonly boolean[],
  trials: NetworkTrials,
  years: number,
): Promise<
  { readonly best: Found; readonly ladders: readonly Ladder[]; readonly candidates: readonly Candidate[] } | undefined
> {
  const indices = ladders.map((_, i) => i).filter((i) => priced[i]);
  const longest = indices.reduce((best, i) => (ladders[i]!.steps.length > ladders[best]!.steps.length ? i : best));
  const listed = indices.filter((i) => i !== longest);
  if (listed.reduce((product, i) => product * ladders[i]!.steps.length, 1) > MOST_COMBINATIONS) return undefined;
  let combinations: number[][] = [[]];
  for (const i of listed)
    combinations = combinations.flatMap((own) => ladders[i]!.steps.map((_, step) => [...own, step]));

  const open = combinations.map((combination) => {
    const fixed = ladders.map((ladder, i) => {
      const at = listed.indexOf(i);
      return at < 0 ? ladder : { ...ladder, steps: [ladder.steps[combination[at]!]!] };
    });
    const stepsAt = (step: number) => fixed.map(({ steps }, i) => (i === longest ? step : steps.length - 1));
    const least = firstThat(
      ladders[longest]!.steps.length,
      (step) => trials.closedForm(settingsOf(stepsAt(step), fixed)).outcome === 'pass',
    );
    const settings = settingsOf(stepsAt(Math.min(least, ladders[longest]!.steps.length - 1)), fixed);
    const name = [...listed, longest].map((i) => `${settings[i]!.key}=${settings[i]!.text}`).join(', ');
    return { name, fixed, closedForm: priceOf(settings, trials, years) };
  });
  open.sort((a, b) => a.closedForm.totalUsd - b.closedForm.totalUsd || (a.name < b.name ? -1 : 1));

  let best: { found: Found; ladders: readonly Ladder[]; totalUsd: number } | undefined;
  let largest: { found: Found; ladders: readonly Ladder[] } | undefined;
  const candidates: Candidate[] = [];
  for (const { name, fixed, closedForm } of open) {
    if (best !== undefined && closedForm.totalUsd >= best.totalUsd) {
      candidates.push({ name, closedForm, found: undefined, simulated: undefined });
      continue;
    }
    const found = await smallestNetwork(fixed, trials);
    largest ??= { found, ladders: fixed };
    const simulated = found.steps === undefined ? undefined : priceOf(found.tried.settings, trials, years);
    candidates.push({ name, closedForm, found, simulated });
    if (simulated !== undefined && (best === undefined || simulated.totalUsd < best.totalUsd)) {
      best = { found, ladders: fixed, totalUsd: simulated.totalUsd };
    }
  }
  const chosen = best ?? largest!;
  return { best: chosen.found, ladders: chosen.ladders, candidates };
}
