import type { AreaTable } from '../../sim/plan.js';
import type { Site } from '../../topologies/types.js';
import type { Deployment } from '../types.js';
import { apportion } from './spread.js';

export const CENTRE = 0;
export const DAP = 1;
export const SUBSTATION = 2;
export type AreaKind = typeof CENTRE | typeof DAP | typeof SUBSTATION;
export const AREA_KINDS = ['centre', 'dap', 'substation'] as const;

/** The area kind in which an actor of a site stands. */
export function kindOfSite(site: Site): AreaKind {
  if (site === 'dap' || site === 'premise') return DAP;
  if (site === 'substation' || site === 'feeder') return SUBSTATION;
  return CENTRE;
}

/** Areas of a deployment: how many of each kind, how devices spread over them, and which serves which. */
export class Areas {
  readonly instances: readonly number[];
  readonly #dapWeights: readonly number[];

  constructor(deployment: Deployment) {
    const daps = deployment.dapSizes.length > 0 ? deployment.dapSizes.length : Math.max(1, deployment.daps);
    this.instances = [1, daps, Math.max(1, deployment.substations)];
    this.#dapWeights = deployment.dapSizes.length > 0 ? deployment.dapSizes : new Array<number>(daps).fill(1);
  }

  /** Devices per instance of a kind: equal as whole numbers allow, or in proportion to the DAP sizes. */
  spread(count: number, kind: AreaKind): number[] {
    const weights = kind === DAP ? this.#dapWeights : new Array<number>(this.instances[kind]!).fill(1);
    return apportion(count, weights);
  }

  /** DAPs and substations cover the same ground: neighbouring instances map onto each other in order. */
  table(): AreaTable {
    const map = (from: AreaKind, to: AreaKind) =>
      Uint32Array.from({ length: this.instances[from]! }, (_, i) =>
        Math.floor((i * this.instances[to]!) / this.instances[from]!),
      );
    const none = new Uint32Array(0);
    return {
      kind: AREA_KINDS,
      instances: Uint32Array.from(this.instances),
      parent: [
        [none, none, none],
        [none, none, map(DAP, SUBSTATION)],
        [none, map(SUBSTATION, DAP), none],
      ],
    };
  }
}
