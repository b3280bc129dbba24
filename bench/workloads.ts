import type { Workload } from './sample.js';
import { amiDayWorkloads } from './workloads/ami-day.js';
import { growthWorkloads } from './workloads/growth.js';
import { kernelWorkloads } from './workloads/kernel.js';
import { profileWorkloads } from './workloads/profiles.js';
import { scenarioWorkloads } from './workloads/scenarios.js';
import { startUpWorkloads } from './workloads/start-up.js';

/** All workloads, in the order of the table. */
export function workloads(): Workload[] {
  return [
    ...kernelWorkloads(),
    ...amiDayWorkloads(),
    ...scenarioWorkloads(),
    ...growthWorkloads(),
    ...profileWorkloads(),
    ...startUpWorkloads(),
  ];
}
