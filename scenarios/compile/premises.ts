import { DAP } from './areas.js';
import type { CompileContext } from './context.js';

/** Premises of every DAP area that have their own medium of a network. */
export function premisesOf(network: string, { deployment, areas }: CompileContext): readonly number[] {
  const premises = network === 'HAN' ? deployment.han.premises : deployment.meters.electric.total;
  return areas.spread(premises, DAP, 'premise');
}
