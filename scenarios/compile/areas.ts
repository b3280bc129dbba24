import type { AreaTable } from '../../sim/plan.js';
import type { RouteHop, Site } from '../../topologies/types.js';
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

/** A link stands where its more distributed end stands: a DAP's backhaul once per DAP. */
export function kindOfHop(hop: RouteHop, siteOf: (actor: string) => Site): AreaKind {
  const [from, to] = [kindOfSite(siteOf(hop.from)), kindOfSite(siteOf(hop.to))];
  if (from === DAP || to === DAP) return DAP;
  return from === SUBSTATION || to === SUBSTATION ? SUBSTATION : CENTRE;
}

/** Areas of a deployment: how many of each kind, how devices spread over them, and which serves which. */
export class Areas {
  readonly instances: readonly number[];
  /** Endpoints of each DAP; empty: all alike. */
  readonly #dapSizes: readonly number[];
  readonly #spreads = new Map<string, readonly number[]>();

  constructor(deployment: Deployment) {
    const { dapSizes, daps, substations } = deployment;
    this.instances = [1, dapSizes.length > 0 ? dapSizes.length : Math.max(1, daps), Math.max(1, substations)];
    this.#dapSizes = dapSizes;
  }

  /**
   * Devices per instance of a kind. As equal as whole numbers allow; what stands in premises, or has no place in areas of
   * this kind, is in proportion to the DAPs' sizes where they differ. Kept, since many flows have the same population.
   */
  spread(count: number, kind: AreaKind, site: Site): readonly number[] {
    const bySize = kind === DAP && site !== 'dap' && this.#dapSizes.length > 0;
    const key = `${count} ${kind} ${bySize}`;
    let spread = this.#spreads.get(key);
    if (spread === undefined) {
      spread = apportion(count, bySize ? this.#dapSizes : new Array<number>(this.instances[kind]!).fill(1));
      this.#spreads.set(key, spread);
    }
    return spread;
  }

  /** DAPs and substations cover the same ground: neighbouring instances map onto each other in order. */
  table(endpoints: readonly Float64Array[]): AreaTable {
    const map = (from: AreaKind, to: AreaKind) =>
      Uint32Array.from({ length: this.instances[from]! }, (_, i) =>
        Math.floor((i * this.instances[to]!) / this.instances[from]!),
      );
    const none = new Uint32Array(0);
    return {
      kind: AREA_KINDS,
      instances: new Uint32Array(this.instances),
      endpoints,
      parent: [
        [none, none, none],
        [none, none, map(DAP, SUBSTATION)],
        [none, map(SUBSTATION, DAP), none],
      ],
    };
  }
}
