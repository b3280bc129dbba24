import type { Catalogue, CatalogueFlow, CatalogueRow, Population } from '../payloads/types.js';
import type { DeploymentProfile } from '../topologies/types.js';
import type { TopologyView } from './compile/context.js';
import { isProfileNeed, populationAbsence, unmetProfileNeed } from './compile/scope.js';

export interface RowScope {
  readonly row: CatalogueRow;
  /** Why no flow of the row can run under the profile; undefined when one can. */
  readonly reason: string | undefined;
}

/**
 * Which rows of a catalogue a deployment profile can carry, and why not the others. Rows without flows of their own
 * (printed copies, payloads that are only listed) are left out; an answer goes where its command goes.
 * O(rows x actor pairs).
 */
export function rowsUnder(catalogue: Catalogue, profile: DeploymentProfile, topology: TopologyView): RowScope[] {
  const populations = new Map(catalogue.populations.map((population) => [population.name, population]));
  const flows = new Map(catalogue.rows.flatMap((row) => row.flows.map((flow) => [flow.id, flow])));
  const reasonOf = (flow: CatalogueFlow): string | undefined => {
    const command = flow.answers === undefined ? undefined : flows.get(flow.answers.to);
    const population = populations.get(flow.howOften.population)!;
    return flowReason(flow, population, profile, topology) ?? (command === undefined ? undefined : reasonOf(command));
  };
  return catalogue.rows
    .filter((row) => row.flows.length > 0)
    .map((row) => {
      const reasons = row.flows.map(reasonOf);
      return { row, reason: reasons.includes(undefined) ? undefined : reasons[0] };
    });
}

/** Why a flow cannot run under a profile: a decision that it needs, nobody to count, or no route between its ends. */
function flowReason(
  flow: CatalogueFlow,
  population: Population,
  profile: DeploymentProfile,
  topology: TopologyView,
): string | undefined {
  for (const need of [...(flow.needs ?? []), ...(population.needs ?? [])]) {
    const reason = isProfileNeed(need) ? unmetProfileNeed(need, profile) : undefined;
    if (reason !== undefined) return reason;
  }
  const absence = populationAbsence(population, topology);
  if (absence !== undefined) return absence;
  let first: string | undefined;
  for (const from of flow.from) {
    for (const to of flow.to) {
      if (from === to) continue;
      const found = topology.routes(from, to, undefined);
      if ('routes' in found) return undefined;
      first ??= found.reason;
    }
  }
  return first ?? 'the flow has one end only';
}
