import type { PlanLabels } from '../../sim/plan.js';
import type { Deployment } from '../types.js';
import { feederDevices } from './deployment-in-play.js';

/** What a deployment has, in the words of a report's head; what it has none of is left out. */
export function deploymentLabels(deployment: Deployment): PlanLabels['deployment'] {
  const { meters, feeder, han } = deployment;
  const entries: [string, number][] = [
    ['electric meters', meters.electric.total],
    ['gas meters', meters.gas.total],
    ['water meters', meters.water.total],
    ['DAPs', deployment.daps],
    ['substations', deployment.substations],
    ['feeders', deployment.feeders],
    ['feeder devices', feederDevices(deployment) - feeder.storage - feeder.generation],
    ['distributed storage units', feeder.storage],
    ['distributed generation units', feeder.generation],
    ['HAN premises', han.premises],
    ['HAN devices', han.devices],
  ];
  return entries.filter(([, count]) => count > 0).map(([name, count]) => ({ name, count }));
}
