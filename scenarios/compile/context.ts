import type { Catalogue, CatalogueFlow, CatalogueRow, EventKind, Population } from '../../payloads/types.js';
import type { DeploymentProfile, Network, Route, Site } from '../../topologies/types.js';
import type { Scenario } from '../types.js';
import type { Areas } from './areas.js';
import type { Assumptions } from './assumptions.js';
import type { Windows } from './windows.js';

export type Backhaul = 'W' | 'IW' | 'IIW';

/** The topology as the compiler asks it. */
export interface TopologyView {
  readonly network: (name: string) => Network;
  readonly siteOf: (actor: string) => Site;
  /** Route options between two actors under the scenario's profile and a backhaul, or why there is none. */
  readonly routes: (
    from: string,
    to: string,
    backhaul: Backhaul | undefined,
  ) => { readonly routes: readonly Route[] } | { readonly reason: string };
  /** Why a data flow stands on the graph: `printed`, or how it was reconstructed. */
  readonly basis: (ref: string) => string;
}

/** What every phase of the compilation reads; only `assumptions` and `windows` grow. */
export interface CompileContext {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  readonly profile: DeploymentProfile;
  readonly topology: TopologyView;
  readonly areas: Areas;
  readonly windows: Windows;
  readonly assumptions: Assumptions;
  readonly population: (name: string) => Population;
  readonly event: (name: string) => EventKind;
}

/** A catalogue flow together with the row that it belongs to. */
export interface RowFlow {
  readonly row: CatalogueRow;
  readonly flow: CatalogueFlow;
}
