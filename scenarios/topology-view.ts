import { absence, type DeploymentProfile, findRoutes, referenceModel, siteOf } from '../topologies/index.js';
import type { TopologyView } from './compile/context.js';

/** The reference architecture under one profile, as the compiler asks it. */
export function openTopology(profile: DeploymentProfile): TopologyView {
  const model = referenceModel();
  return {
    network: (name) => model.network(name),
    siteOf: (actor) => siteOf(actor, profile),
    absence: (actor) => absence(actor, profile),
    countOf: (actor) => model.actor(actor).count,
    routes: (from, to, backhaul) => findRoutes(from, to, profile, backhaul === undefined ? {} : { backhaul }),
    reconstructed: (ref) => {
      const { from, to, network, basis } = model.dataFlow(ref);
      return basis === undefined ? undefined : { ends: `${from} - ${to} over ${network}`, basis };
    },
  };
}
