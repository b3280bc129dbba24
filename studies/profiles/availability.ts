/** The flow of a profile whose route is up for the least share of the time. */
import { technologyAvailability } from '../../scenarios/availability.js';
import { type Component, componentsOf } from '../../scenarios/compile/components.js';
import type { Scenario } from '../../scenarios/types.js';
import { routeProbabilities } from '../../sim/availability.js';
import type { Route } from '../../topologies/types.js';
import { anythingFails } from '../availability.js';
import type { LeastAvailability } from './types.js';
import { Worst } from './worst.js';

/** Share of the time for which a route is up, and what on it may fail. */
export type RouteUp = (route: Route) => { readonly share: number; readonly components: readonly Component[] };

/**
 * Exact state probabilities of routes, each shared part once, and where they come from; kept by route. What fails is as
 * the scenario says; where it says nothing of anything, every link fails as its technology does.
 */
export function routesUp(scenario: Scenario): { readonly basis: LeastAvailability['basis']; readonly up: RouteUp } {
  const isSaid = anythingFails(scenario);
  const { availability } = scenario;
  const what = isSaid ? { availability } : { availability: { ...availability, ofTechnologies: true } };
  const ofTechnology = technologyAvailability(scenario);
  const known = new Map<Route, ReturnType<RouteUp>>();
  const up: RouteUp = (route) => {
    let found = known.get(route);
    if (found === undefined) {
      const components = componentsOf(route, what, ofTechnology);
      const parts = components.map(({ kind, name, upTime }) => ({ name: `${kind} ${name}`, up: upTime.share }));
      found = { share: routeProbabilities([parts])[0]!, components };
      known.set(route, found);
    }
    return found;
  };
  return { basis: isSaid ? 'scenario' : 'technologies', up };
}

/** null: nothing on the way of any flow may fail. */
export function leastAvailability(
  flows: Iterable<{ readonly flow: string; readonly payload: string; readonly route: Route }>,
  { basis, up }: ReturnType<typeof routesUp>,
): LeastAvailability | null {
  const least = new Worst<LeastAvailability>();
  for (const { flow, payload, route } of flows) {
    const { share, components } = up(route);
    if (components.length > 0)
      least.offer(share, flow, { basis, share, flow, payload, components: textOf(components) });
  }
  return least.item ?? null;
}

function textOf(components: readonly Component[]): string {
  return components.map(({ name, upTime }) => `${name} ${Number((100 * upTime.share).toFixed(4))} %`).join(', ');
}
