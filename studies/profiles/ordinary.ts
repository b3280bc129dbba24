/** One profile by the ordinary door: compiled by itself, volumetrics and closed-form latency of its own plan. */
import { compileState } from '../../pipeline.js';
import type { PlanWithRoutes } from '../../scenarios/compile/compile.js';
import type { Scenario } from '../../scenarios/types.js';
import { closedFormLatency, type Latencies } from '../../sim/closed-form.js';
import type { Plan } from '../../sim/plan.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { decisionsOf } from '../../topologies/index.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import { planCost } from '../cost.js';
import { leastAvailability, routesUp } from './availability.js';
import { type JudgedFlow, latencyMargins, leastReliability } from './margins.js';
import { networkLoads } from './network-loads.js';
import type { LatencyMargin, ProfileCost, ProfileRow } from './types.js';

/** The row of the profile that a scenario has. Some 0.1 s for a city. */
export function ordinaryRow(scenario: Scenario, profile: DeploymentProfile): ProfileRow {
  const state = compileState(scenario);
  const { plan } = state;
  const volumes = volumetrics(plan);
  const latencies = closedFormLatency(plan, volumes);
  const flows = judgedFlows(plan, latencies);
  const inScope = new Set(plan.flows.catalogueFlow).size;
  return {
    ...identityOf(profile),
    flowsInScope: inScope,
    flowsOutOfScope: plan.outOfScope.length,
    networks: networkLoads(plan, volumes),
    latency: latencyMargins(flows),
    reliability: leastReliability(flows),
    availability: leastAvailability(routesOfFlows(state), routesUp(scenario)),
    cost: costOf(plan, scenario),
  };
}

/** What a row says of its profile. */
export function identityOf(profile: DeploymentProfile): Pick<ProfileRow, 'profile' | 'kind' | 'printed' | 'decisions'> {
  const { code, kind, printed } = profile;
  return { profile: code, kind, printed, decisions: decisionsOf(profile) };
}

function judgedFlows(plan: Plan, latencies: Latencies): JudgedFlow[] {
  const { flows } = plan;
  return flows.name.map((flow, row) => ({
    flow,
    catalogueFlow: flows.catalogueFlow[row]!,
    useCase: flows.useCase[row]!,
    payload: flows.payload[row]!,
    budgetS: flows.budgetS[row]!,
    required: flows.requiredReliability[row]!,
    meanS: latencies.meanS[row]!,
    p95S: latencies.p95S[row]!,
    reliability: latencies.reliability[row]!,
    holds: latencies.holds[row]!,
    slowest: () => slowestOf(latencies.delayByLink(row), plan.links.name),
  }));
}

/** The link with the largest delay; of equal ones the first on the way. */
export function slowestOf(delays: ReadonlyMap<number, number>, links: readonly string[]): LatencyMargin['slowest'] {
  let slowest = { link: '', delayS: Number.NEGATIVE_INFINITY };
  for (const [link, delayS] of delays) {
    if (slowest.link === '' || delayS > slowest.delayS * (1 + 1e-9)) slowest = { link: links[link]!, delayS };
  }
  return slowest;
}

function* routesOfFlows({ plan, routes }: PlanWithRoutes) {
  const { name, payload } = plan.flows;
  for (let row = 0; row < name.length; row++) {
    yield { flow: name[row]!, payload: payload[row]!, route: routes[row]! };
  }
}

function costOf(plan: Plan, scenario: Scenario): ProfileCost | null {
  const { networks, unknown } = planCost(plan, scenario);
  if (networks.length === 0) return null;
  const sum = (key: 'capexUsd' | 'opexUsdPerYear') => networks.reduce((total, one) => total + one[key], 0);
  return { capexUsd: sum('capexUsd'), opexUsdPerYear: sum('opexUsdPerYear'), networks, unknown };
}
