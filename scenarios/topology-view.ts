import {
  type DeploymentProfile,
  type ReferenceModel,
  type RouteResult,
  referenceModel,
  routerOf,
} from '../topologies/index.js';
import type { TopologyView } from './compile/context.js';
import type { Backhaul } from './types.js';

/**
 * The reference architecture under one profile, as the compiler asks it. Answers are kept: a compilation asks for some
 * hundred pairs of actors some ten thousand times.
 */
export function openTopology(profile: DeploymentProfile, model: ReferenceModel = referenceModel()): TopologyView {
  const router = routerOf(model);
  const routes = new Map<string, RouteResult>();
  return {
    network: kept((name) => model.network(name)),
    siteOf: kept((actor) => router.siteOf(actor, profile)),
    absence: kept((actor) => router.absence(actor, profile)),
    countOf: kept((actor) => model.actor(actor).count),
    standing: kept((actor) => {
      const { domain, depth = -1 } = model.actor(actor);
      return { domain, depth };
    }),
    routes: (from: string, to: string, backhaul: Backhaul | undefined) => {
      const key = `${from}|${to}|${backhaul}`;
      let found = routes.get(key);
      if (found === undefined) {
        found = router.findRoutes(from, to, profile, backhaul === undefined ? {} : { backhaul });
        routes.set(key, found);
      }
      return found;
    },
    reconstructed: kept((ref) => {
      const { from, to, network, basis } = model.dataFlow(ref);
      return basis === undefined ? undefined : { ends: `${from} - ${to} over ${network}`, basis };
    }),
  };
}

function kept<T>(find: (name: string) => T): (name: string) => T {
  const found = new Map<string, T>();
  return (name) => {
    if (!found.has(name)) found.set(name, find(name));
    return found.get(name)!;
  };
}
