import type { Catalogue, CatalogueFlow, CatalogueRow } from '../payloads/types.js';
import type { DeploymentProfile } from '../topologies/types.js';
import type { TopologyView } from './compile/context.js';
import { isProfileNeed, unmetProfileNeed } from './compile/scope.js';

export interface RowScope {
  readonly row: CatalogueRow;
  /** Why no flow of the row can run under the profile; undefined when one can. */
  readonly reason: string | undefined;
}

/**
 * Which rows of a catalogue a deployment profile can carry, and why not the others. Rows without flows of their own
 * (printed copies, payloads that are only listed) are left out. O(rows x actor pairs).
 */
export function rowsUnder(catalogue: Catalogue, profile: DeploymentProfile, topology: TopologyView): RowScope[] {
  return catalogue.rows
    .filter((row) => row.flows.length > 0)
    .map((row) => {
      const reasons = row.flows.map((flow) => flowReason(flow, profile, topology));
      return { row, reason: reasons.includes(undefined) ? undefined : reasons[0] };
    });
}

/** Why a flow cannot run under a profile: a decision that it needs, or no route between any of its ends. */
function flowReason(flow: CatalogueFlow, profile: DeploymentProfile, topology: TopologyView): string | undefined {
  for (const need of flow.needs ?? []) {
    const reason = isProfileNeed(need) ? unmetProfileNeed(need, profile) : undefined;
    if (reason !== undefined) return reason;
  }
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
