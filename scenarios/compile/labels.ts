import { CHAINS, chainFigures } from '../../payloads/chains.js';
import type { Catalogue } from '../../payloads/types.js';
import type { ChainLabel, PlanLabels } from '../../sim/plan.js';
import type { CompileContext } from './context.js';
import { feederDevices } from './deployment-in-play.js';

/** What a deployment has, in the words of a report's head; what it has none of is left out. */
export function deploymentLabels({
  deployment,
  catalogue,
}: Pick<CompileContext, 'deployment' | 'catalogue'>): PlanLabels['deployment'] {
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
    ...catalogue.counts
      .filter(({ kind }) => kind === 'count')
      .map(({ name, unit }): [string, number] => [unit === '' ? name : unit, deployment.counts[name] ?? 0]),
  ];
  return entries.filter(([, count]) => count > 0).map(([name, count]) => ({ name, count }));
}

/** Chains of the catalogue of which every leg has a flow in the run. */
export function chainLabels(catalogue: Catalogue, isCompiled: (flow: string) => boolean): ChainLabel[] {
  const bytes = (sizeB: { readonly least: number; readonly most: number }) => ({
    leastB: sizeB.least,
    mostB: sizeB.most,
  });
  return CHAINS.filter(({ legs }) => legs.every((flows) => flows.some(isCompiled))).map((chain) => {
    const { name, section, legs, budgetS, reliability, sizeB, printed } = chainFigures(chain, catalogue);
    return {
      name,
      section,
      legs: legs.map((leg) => ({
        flows: leg.flows.filter(isCompiled),
        budgetS: leg.budgetS,
        reliability: leg.reliability,
        ...bytes(leg.sizeB),
      })),
      budgetS,
      reliability,
      ...bytes(sizeB),
      printed: printed.map(({ text, legs: covered }) => ({ text, legs: covered })),
    };
  });
}
