/** What a network of a sizing study costs. */
import { compile } from '../../pipeline.js';
import { openCatalogues } from '../../scenarios/catalogues.js';
import type { Scenario } from '../../scenarios/types.js';
import { linksCost, linksInUse } from '../cost.js';
import type { Ladder } from './ladders.js';

export interface Priced {
  readonly capexUsd: number;
  readonly opexUsdPerYear: number;
  /** Over the years, without interest. */
  readonly totalUsd: number;
  /** Networks that cost something unknown, since they have no technology. */
  readonly unknown: readonly string[];
}

/** @param years of operation that count */
export function priceOf(scenario: Scenario, years: number): Priced {
  const plan = compile(scenario);
  const cost = linksCost(linksInUse(plan), plan.areas, scenario, openCatalogues(scenario.catalogues).model);
  const { capexUsd = 0, opexUsdPerYear = 0, unknown = [...new Set(plan.links.network)] } = cost ?? {};
  return { capexUsd, opexUsdPerYear, totalUsd: capexUsd + years * opexUsdPerYear, unknown };
}

/** Whether a ladder changes what the library has a price for. */
export function isPriced({ steps, network }: Ladder, hasTechnology: boolean): boolean {
  return steps[0]?.path[2] === 'technology' || (network === '' && hasTechnology);
}
