/**
 * The simulator's public functions. It knows the plan only: whatever the plan is about, plan in, results out.
 *
 * ```
 * plan ─┬─> volumetrics ──> closedFormLatency ──┐
 *       └─> simulateReplications ───────────────┴─> summarise ──> rows of results
 * ```
 */
export { closedFormLatency, type Holds, type Latencies } from './closed-form.js';
export { makeUp } from './make-up.js';
export * from './plan.js';
export type { LatencyHistogram, ReplicationStats } from './replication.js';
export { type ReplicationOptions, simulateReplications } from './replications.js';
export * from './results.js';
export { Interrupted, simulateReplication } from './simulate.js';
export { summarise } from './summary.js';
export { type Volumetrics, volumetrics } from './volumetrics.js';
