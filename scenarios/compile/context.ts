import type { Catalogue, CatalogueFlow, CatalogueRow, EventKind, Population } from '../../payloads/types.js';
import type { DeploymentProfile, Network, Route, Site } from '../../topologies/types.js';
import type { Backhaul, Deployment, Scenario } from '../types.js';
import type { Areas } from './areas.js';
import type { Assumptions } from './assumptions.js';
import type { Windows } from './windows.js';

/** The topology as the compiler asks it. */
export interface TopologyView {
  readonly network: (name: string) => Network;
  readonly siteOf: (actor: string) => Site;
  /** Why the profile has no such actor; undefined when it has. */
  readonly absence: (actor: string) => string | undefined;
  /** Key path of the deployment that counts an actor; undefined: nothing does. */
  readonly countOf: (actor: string) => string | undefined;
  /** Domain of an actor and its distance from the operations centre; -1: it has none. */
  readonly standing: (actor: string) => { readonly domain: string; readonly depth: number };
  /** Route options between two actors under the scenario's profile and a backhaul, or why there is none. */
  readonly routes: (
    from: string,
    to: string,
    backhaul: Backhaul | undefined,
  ) => { readonly routes: readonly Route[] } | { readonly reason: string };
  /** How a data flow that the source does not spell out was reconstructed; undefined for the others. */
  readonly reconstructed: (ref: string) => { readonly ends: string; readonly basis: string } | undefined;
}

/** What every phase of the compilation reads; only `assumptions` and `windows` grow. */
export interface CompileContext {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  readonly profile: DeploymentProfile;
  readonly topology: TopologyView;
  /** The scenario's deployment as far as the profile has a place for it. */
  readonly deployment: Deployment;
  /** Value of a count expression over it, kept. Not rounded. */
  readonly count: (expression: string) => number;
  readonly areas: Areas;
  readonly windows: Windows;
  readonly assumptions: Assumptions;
  /** Nobody reads assumptions and reasons of this compilation: those that ask around to be said are left out. */
  readonly isWordless?: boolean;
  readonly population: (name: string) => Population;
  readonly event: (name: string) => EventKind;
  /** Ids of flows whose chains of answers come to devices in areas, see area-chains.ts. */
  readonly leadingToAreas: ReadonlySet<string>;
}

/** A catalogue flow together with the row that it belongs to. */
export interface RowFlow {
  readonly row: CatalogueRow;
  readonly flow: CatalogueFlow;
}
