/** One profile by the ordinary door: compiled by itself, volumetrics and closed-form latency of its own plan. */
import { compileState } from '../../pipeline.js';
import { openCatalogues } from '../../scenarios/catalogues.js';
import type { PlanWithRoutes } from '../../scenarios/compile/compile.js';
import type { Scenario } from '../../scenarios/types.js';
import { closedFormLatency } from '../../sim/closed-form.js';
import type { Plan } from '../../sim/plan.js';
import { type Volumetrics, volumetrics } from '../../sim/volumetrics.js';
import { decisionsOf } from '../../topologies/index.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import { linksCost, linksInUse } from '../cost.js';
import { leastAvailability, routesUp } from './availability.js';
import { type FlowsInClosedForm, Margins } from './margins.js';
import { networkLoads } from './network-loads.js';
import type { ProfileRow } from './types.js';

/** The row of the profile that a scenario has. Some 0.1 s for a city. */
export function ordinaryRow(scenario: Scenario, profile: DeploymentProfile): ProfileRow {
  const state = compileState(scenario);
  const { plan } = state;
  const { model } = openCatalogues(scenario.catalogues);
  const volumes = volumetrics(plan);
  const margins = Margins.of(flowsOf(plan, volumes));
  return {
    ...identityOf(profile),
    flowsInScope: new Set(plan.flows.catalogueFlow).size,
    flowsOutOfScope: plan.outOfScope.length,
    networks: networkLoads(
      plan,
      volumes,
      model.networks.map(({ name }) => name),
    ),
    latency: margins.latency(),
    reliability: margins.reliability(),
    availability: leastAvailability(routesOfFlows(state), routesUp(scenario)),
    cost: linksCost(linksInUse(plan), plan.areas, scenario, model),
  };
}

/** What a row says of its profile. */
export function identityOf(profile: DeploymentProfile): Pick<ProfileRow, 'profile' | 'kind' | 'printed' | 'decisions'> {
  const { code, kind, printed } = profile;
  return { profile: code, kind, printed, decisions: decisionsOf(profile) };
}

function flowsOf(plan: Plan, volumes: Volumetrics): FlowsInClosedForm {
  const { meanS, reliability, p95S, holds, delayByLink } = closedFormLatency(plan, volumes);
  return {
    table: plan.flows,
    meanS,
    reliability,
    p95S: (flow) => p95S[flow]!,
    leastP95S: p95S,
    mostP95S: p95S,
    isP95Above: (flow, limitS) => p95S[flow]! > limitS,
    holds: (flow) => holds[flow]!,
    delayByLink: (flow) => new Map([...delayByLink(flow)].map(([link, delayS]) => [plan.links.name[link]!, delayS])),
  };
}

function* routesOfFlows({ plan, routes }: PlanWithRoutes) {
  const { name, payload } = plan.flows;
  for (let row = 0; row < name.length; row++) {
    yield { flow: name[row]!, payload: payload[row]!, route: routes[row]! };
  }
}
