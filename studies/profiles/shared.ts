/** Rows of many profiles of a scenario, each thing that they have in common computed once. */
import { openCatalogues } from '../../scenarios/catalogues.js';
import { FamilyCompiler } from '../../scenarios/families/family-compiler.js';
import type { FamilyPlan } from '../../scenarios/families/family-plan.js';
import type { LinkSettings, Scenario } from '../../scenarios/types.js';
import type { BundleLatencies } from '../../sim/parts/bundle-latency.js';
import { type Joint, JointClosedForm } from '../../sim/parts/joint.js';
import type { Part } from '../../sim/parts/part.js';
import type { ReferenceModel } from '../../topologies/index.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import { type LinkInUse, linksCost } from '../cost.js';
import { leastAvailability, routesUp } from './availability.js';
import { StateLoads } from './joint-loads.js';
import { JointNetworks } from './joint-networks.js';
import { Margins } from './margins.js';
import { identityOf } from './ordinary.js';
import type { LeastAvailability, ProfileRow } from './types.js';
import { Worst } from './worst.js';

/** Whether flows of the scenario meet in links only: what waits for others, and sessions of all, are of no single family. */
export function canShare({ forwarding, links, dataFlows }: Scenario): boolean {
  const persists = ({ medium }: LinkSettings) => medium?.sessions === 'persistent';
  return (
    Object.keys(forwarding).length === 0 &&
    !Object.values(links).some(persists) &&
    !Object.values(dataFlows).some(persists)
  );
}

/** What of a scenario must be the same under all profiles whose parts are shared. */
export function groupKey(scenario: Scenario): string {
  const {
    profile: _p,
    deployment,
    backhaulShares,
    missing: _m,
    defaults: _d,
    set: _s,
    hash: _h,
    pulledIn: _u,
    ...rest
  } = scenario;
  const { daps, dapSizes, substations } = deployment;
  const backhauls = Object.keys(backhaulShares).length;
  return JSON.stringify([rest, daps, dapSizes, substations, backhauls <= 1], (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** A family of flows as profiles have it. */
interface SharedFamily {
  readonly flowsInScope: number;
  readonly flowsOutOfScope: number;
  /** Undefined where it uses no link. */
  readonly part: Part | undefined;
  readonly availability: LeastAvailability | null;
}

export class SharedProfiles {
  readonly #compiler: FamilyCompiler<SharedFamily>;
  readonly #joint: JointClosedForm;
  readonly #model: ReferenceModel;
  readonly #routesUp: ReturnType<typeof routesUp>;
  readonly #networks: JointNetworks;
  readonly #margins = new Map<BundleLatencies, Margins>();

  /** @param scenario under any of the profiles, see `groupKey` */
  constructor(scenario: Scenario) {
    const { catalogue, model } = openCatalogues(scenario.catalogues);
    this.#model = model;
    this.#compiler = new FamilyCompiler(scenario, catalogue, model, (plan) => this.#familyOf(plan));
    const { time, areas } = this.#compiler;
    this.#joint = new JointClosedForm(time, areas);
    const order = model.networks.map(({ name }) => name);
    this.#networks = new JointNetworks(time, new StateLoads(time, areas), order);
    this.#routesUp = routesUp(scenario);
  }

  /**
   * Rows of profiles, in their order.
   * @throws NoSharedNetwork when a profile has one name for two links: then each has to be compiled by itself
   */
  rows(profiles: readonly { readonly scenario: Scenario; readonly profile: DeploymentProfile }[]): ProfileRow[] {
    const compiled = profiles.map(({ scenario, profile }) => {
      const { families, endpoints } = this.#compiler.compile(scenario, profile);
      return { endpoints, ...together(families) };
    });
    const rows: ProfileRow[] = [];
    for (const joint of this.#joint.join(compiled)) {
      const { scenario, profile } = profiles[rows.length]!;
      const { flowsInScope, flowsOutOfScope, availability, endpoints } = compiled[rows.length]!;
      const margins = new Margins();
      for (const latencies of joint.latencies) margins.add(this.#marginsOf(latencies));
      const areas = { ...this.#compiler.areas, endpoints: endpoints.perKind };
      rows.push({
        ...identityOf(profile),
        flowsInScope,
        flowsOutOfScope,
        networks: this.#networks.rows(joint.servers),
        latency: margins.latency(),
        reliability: margins.reliability(),
        availability,
        cost: linksCost(linksOf(joint), areas, scenario, this.#model),
      });
    }
    return rows;
  }

  #familyOf({ plan, routes, links, flowsInScope, flowsOutOfScope }: FamilyPlan): SharedFamily {
    if (links.length === 0) return { flowsInScope, flowsOutOfScope, part: undefined, availability: null };
    const { name, payload } = plan.flows;
    const flows = routes.map((route, i) => ({ flow: name[i]!, payload: payload[i]!, route }));
    const availability = leastAvailability(flows, this.#routesUp);
    return { flowsInScope, flowsOutOfScope, part: this.#joint.open(plan, links), availability };
  }

  #marginsOf(latencies: BundleLatencies): Margins {
    let margins = this.#margins.get(latencies);
    if (margins === undefined) {
      margins = Margins.of(latencies);
      this.#margins.set(latencies, margins);
    }
    return margins;
  }
}

/** What families have together. */
function together(families: readonly SharedFamily[]) {
  const parts: Part[] = [];
  let [flowsInScope, flowsOutOfScope] = [0, 0];
  const least = new Worst<LeastAvailability>();
  for (const family of families) {
    flowsInScope += family.flowsInScope;
    flowsOutOfScope += family.flowsOutOfScope;
    const { part, availability } = family;
    if (part !== undefined) parts.push(part);
    if (availability !== null) least.offer(availability.share, availability.flow, availability);
  }
  return { parts, flowsInScope, flowsOutOfScope, availability: least.item ?? null };
}

function* linksOf({ servers }: Joint): Generator<LinkInUse> {
  for (const { server, isOneStation, links } of servers) {
    const { kind, copies } = server;
    for (const { name, network, dataFlow } of links) yield { name, network, dataFlow, kind, copies, isOneStation };
  }
}
