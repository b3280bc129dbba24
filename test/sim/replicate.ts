import quantile from '@stdlib/stats-base-dists-t-quantile';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';

/** Replications 1, 2, ... n. */
export function replicate(plan: Plan, n: number): ReplicationStats[] {
  return Array.from({ length: n }, (_, i) => simulateReplication(plan, i + 1));
}

export function meanLatencyS({ flows }: ReplicationStats, flow: number): number {
  return flows.latencySumS[flow]! / flows.delivered[flow]!;
}

/**
 * Asserts that the mean of independent values is `expected`: within the 99.9% interval of Student's t, which must be no
 * wider than `precision` of the expectation, so that the test can fail.
 */
export function assertMean(values: readonly number[], expected: number, precision: number): void {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const halfWidth = quantile(0.9995, n - 1) * Math.sqrt(variance / n);
  assert.ok(halfWidth <= precision * expected, `${mean} ± ${halfWidth} is too vague to test ${expected}`);
  assert.ok(Math.abs(mean - expected) <= halfWidth, `${mean} ± ${halfWidth}, not ${expected}`);
}
