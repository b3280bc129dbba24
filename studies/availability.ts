/**
 * Links and nodes that fail. Months between failures do not fit into a simulated day: the network is simulated in each
 * state that matters, on its ordinary routes and on its fallback routes, and the shares in time are weighted by the exact
 * probabilities of the states.
 *
 * In the fallback state all DAPs of a backhaul are on their fallback at once, as after a failure of the carrier: the
 * demanding case for the links that take over. A flow whose route is down, fallback included, is lost.
 */

import { type Component, componentsOf } from '../scenarios/compile/components.js';
import type { Scenario } from '../scenarios/types.js';
import { type Part, routeProbabilities } from '../sim/availability.js';
import type { Plan } from '../sim/plan.js';
import type { AvailabilityResult, FlowResult, Verdict } from '../sim/results.js';
import type { Route } from '../topologies/types.js';

/** A state of the network: its plan, the route of every flow, and what became of the flows in it. */
export interface State {
  readonly plan: Plan;
  readonly routes: readonly Route[];
  readonly flows: readonly FlowResult[];
}

/** Availability of a data flow's link as its technology has it; undefined where there is none. */
export type OfTechnology = (dataFlow: string, network: string) => number | undefined;

/** Whether the scenario says of anything that it fails. */
export function anythingFails({ availability }: Scenario): boolean {
  const { ofTechnologies, networks, dataFlows, nodes } = availability;
  return ofTechnologies || [networks, dataFlows, nodes].some((entries) => Object.keys(entries).length > 0);
}

/**
 * One row per flow whose route has a part that may fail.
 * @param fallback the same network on its fallback routes; undefined: there are none
 */
export function availabilityRows(
  scenario: Scenario,
  ordinary: State,
  fallback: State | undefined,
  ofTechnology: OfTechnology,
): AvailabilityResult[] {
  const others = new Map(fallback?.plan.flows.name.map((_, flow) => [identity(fallback.plan, flow), flow]));
  return ordinary.flows.flatMap((told, flow) => {
    const own = componentsOf(ordinary.routes[flow]!, scenario, ofTechnology);
    if (own.length === 0) return [];
    const otherFlow = others.get(identity(ordinary.plan, flow));
    const otherRoute = otherFlow === undefined ? undefined : fallback!.routes[otherFlow]!;
    const differs = otherRoute !== undefined && otherRoute.expression !== ordinary.routes[flow]!.expression;
    const other = differs ? componentsOf(otherRoute, scenario, ofTechnology) : undefined;
    const [up, onFallback = 0] = routeProbabilities([own, ...(other === undefined ? [] : [other])].map(partsOf));
    const toldThere = other === undefined ? undefined : fallback!.flows[otherFlow!]!;
    const weighted = (of: (row: FlowResult) => number) =>
      up! * of(told) + (toldThere === undefined ? 0 : onFallback * of(toldThere));
    const [low, high] = [weighted((row) => row.reliabilityLow), weighted((row) => row.reliabilityHigh)];
    return [
      {
        flow: told.flow,
        catalogueFlow: told.catalogueFlow,
        payload: told.payload,
        components: textOf(own),
        fallbackComponents: other === undefined ? '' : textOf(other),
        up: up!,
        onFallback,
        down: 1 - up! - onFallback,
        reliabilityUp: told.reliability,
        reliabilityOnFallback: toldThere?.reliability ?? Number.NaN,
        reliability: weighted((row) => row.reliability),
        reliabilityLow: low,
        reliabilityHigh: high,
        requiredReliability: told.requiredReliability,
        verdict: verdictOf(told, low, high),
      },
    ];
  });
}

/** A flow in both states: the same sender, receiver and payload of the catalogue, whatever the way. */
function identity({ flows }: Plan, flow: number): string {
  return [flows.catalogueFlow[flow], flows.from[flow], flows.to[flow]].join(' | ');
}

function partsOf(components: readonly Component[]): Part[] {
  return components.map(({ kind, name, upTime }) => ({ name: `${kind} ${name}`, up: upTime.share }));
}

function textOf(components: readonly Component[]): string {
  return components.map(({ name, upTime }) => `${name} ${Number((100 * upTime.share).toFixed(4))} %`).join(', ');
}

function verdictOf(told: FlowResult, low: number, high: number): Verdict {
  if (!['pass', 'fail', 'undecided'].includes(told.verdict) || Number.isNaN(told.requiredReliability))
    return told.verdict;
  if (Number.isNaN(low)) return 'undecided';
  if (low >= told.requiredReliability) return 'pass';
  return high < told.requiredReliability ? 'fail' : 'undecided';
}
