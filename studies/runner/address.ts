/** What a replication's result depends on, as a hash: results are kept under it and found again. */
import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { modulesHash } from '../../base/program-hash.js';
import type { Plan } from '../../sim/plan.js';

/** What engines do not read: names, labels and texts for reports. */
type ForReports =
  | 'name'
  | 'scenarioHash'
  | 'catalogueHash'
  | 'profile'
  | 'load'
  | 'replications'
  | 'labels'
  | 'outOfScope'
  | 'assumptions';

let program: string | undefined;

/**
 * SHA-256 of everything that engines read of a plan, of the simulator's code, and of Node's major version (whose `Math.log`
 * it uses). Two variants that differ only in texts have one address. O(size of the plan).
 */
export function addressOf(plan: Plan, engine: string): string {
  program ??= modulesHash('sim');
  const read: Omit<Plan, ForReports> & Partial<Pick<Plan, ForReports>> = { ...plan };
  for (const key of FOR_REPORTS) delete (read as Partial<Record<ForReports, unknown>>)[key];
  const [node] = process.versions.node.split('.');
  return createHash('sha256').update(`${program} ${node} ${engine} `).update(serialize(read)).digest('hex');
}

const FOR_REPORTS: readonly ForReports[] = [
  'name',
  'scenarioHash',
  'catalogueHash',
  'profile',
  'load',
  'replications',
  'labels',
  'outOfScope',
  'assumptions',
];
