import { type DeploymentProfile, findRoutes, referenceModel, siteOf } from '../topologies/index.js';
import type { TopologyView } from './compile/context.js';

/** The reference architecture under one profile, as the compiler asks it. */
export function openTopology(profile: DeploymentProfile): TopologyView {
  const model = referenceModel();
  const networks = new Map(model.networks.map((network) => [network.name, network]));
  const basis = new Map(
    model.dataFlows.map((flow) => [flow.ref, flow.origin === 'printed' ? 'printed' : (flow.basis ?? '')]),
  );
  return {
    network: (name) => {
      const network = networks.get(name);
      if (network === undefined) throw new Error(`the reference model has no network ${name}`);
      return network;
    },
    siteOf: (actor) => siteOf(actor, profile),
    routes: (from, to, backhaul) => findRoutes(from, to, profile, backhaul === undefined ? {} : { backhaul }),
    basis: (ref) => basis.get(ref) ?? 'no entry',
  };
}
