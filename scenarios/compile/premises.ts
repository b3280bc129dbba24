import type { RouteHop } from '../../topologies/types.js';
import { type AreaKind, DAP } from './areas.js';
import type { CompileContext } from './context.js';

/** Premises of every DAP area that have their own medium of a network. */
export function premisesOf(network: string, { deployment, areas }: CompileContext): readonly number[] {
  const premises = network === 'HAN' ? deployment.han.premises : deployment.meters.electric.total;
  return areas.spread(premises, DAP, 'premise');
}

/** Members of an actor at an end of a hop in every area of a kind: those whom the deployment counts. */
export function membersOf(
  hop: RouteHop,
  kind: AreaKind,
  { topology, count, areas }: CompileContext,
): readonly number[] {
  const actor = [hop.to, hop.from].find((name) => topology.countOf(name) !== undefined);
  if (actor === undefined) return [];
  return areas.spread(Math.round(count(topology.countOf(actor)!)), kind, topology.siteOf(actor));
}
