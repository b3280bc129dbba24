import type { DeploymentProfile } from '../../topologies/types.js';
import type { Deployment, Scenario } from '../types.js';
import type { TopologyView } from './context.js';

/**
 * The deployment without what the profile and the use cases have no place for: devices, gateways and enrolments that
 * nobody could reach count nothing. Meters stay under every profile, since they count the customers too.
 */
export function deploymentInPlay(
  { deployment, useCases }: Scenario,
  profile: DeploymentProfile,
  topology: TopologyView,
): Deployment {
  const { han, feeder, fanGateways, programmes, rep } = deployment;
  const has = (actor: string) => topology.absence(actor) === undefined;
  return {
    ...deployment,
    daps: has('DAPjm') ? deployment.daps : 0,
    han: profile.ami?.han ? han : noneOf(han),
    feeder: profile.da ? feeder : noneOf(feeder),
    fanGateways: {
      substation: has('FAN gateway - sub') ? fanGateways.substation : 0,
      field: has('FAN gateway - field') ? fanGateways.field : 0,
    },
    programmes: { ...programmes, prepay: useCases.includes('prepay') ? programmes.prepay : 0 },
    rep: profile.ami?.rep ? rep : noneOf(rep),
  };
}

function noneOf<T extends Readonly<Record<string, number>>>(counts: T): T {
  return Object.fromEntries(Object.keys(counts).map((key) => [key, 0])) as T;
}

/** Feeder line devices and breakers; fault detectors are sensors. */
export function feederDevices({ feeder }: Deployment): number {
  return (
    feeder.capBanks +
    feeder.circuitBreakers +
    feeder.reclosers +
    feeder.regulators +
    feeder.sensors +
    feeder.sectionalizers +
    feeder.switches +
    feeder.storage +
    feeder.generation
  );
}

export function allMeters({ meters }: Deployment): number {
  return meters.electric.total + meters.gas.total + meters.water.total;
}
