/** Replications become rows of results. */
import { chainResults } from './chain-results.js';
import type { Latencies } from './closed-form.js';
import { flowResults } from './flow-results.js';
import { hourResults, linkResults } from './link-results.js';
import { makeUp } from './make-up.js';
import { offeredPerBin } from './offered.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import type { EngineName, Results } from './results.js';
import { systemLoads } from './system-loads.js';
import { tierResults } from './tier-results.js';
import type { Volumetrics } from './volumetrics.js';

/**
 * Rows of a run's results: flows and link instances in the order of the plan, networks by direction and bin, and what is
 * expected to make up their busy hours. The order of the replications matters to the last bit of sums only.
 *
 * The engine `closed-form` has no replications: expectations stand for measurements, and what only a simulation can tell
 * is NaN. O(flows x replications x buckets + link instances x bins x replications).
 * @throws Error for the closed form with replications, and for another engine without any.
 */
export function summarise(
  plan: Plan,
  replications: readonly ReplicationStats[],
  expected: Volumetrics,
  latencies: Latencies,
  engine: EngineName,
): Pick<Results, 'flows' | 'tiers' | 'chains' | 'links' | 'hours' | 'busyHours' | 'systems'> {
  if ((engine === 'closed-form') !== (replications.length === 0)) {
    throw new Error(`summarise: ${replications.length} replications of the engine ${engine}`);
  }
  const offered = offeredPerBin(plan, replications, expected);
  const tiers = tierResults(plan, replications);
  const flows = flowResults(plan, replications, expected, latencies, tiers);
  return {
    flows,
    tiers: tiers.map(({ row }) => row),
    chains: chainResults(plan, flows),
    links: linkResults(plan, replications, expected, offered),
    hours: hourResults(plan, replications, expected, offered),
    busyHours: makeUp(plan, expected),
    systems: systemLoads(plan, expected),
  };
}
