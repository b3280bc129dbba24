import type { Decisions, DeploymentProfile } from '../types.js';

/** Backhaul of a distribution profile that uses AMI head-end and DAPs without saying how they are joined. */
const UNSTATED_BACKHAUL = 'W';

/**
 * The decisions of a profile as actors and data flows name them (decisions.yaml).
 * @param backhaul instead of the profile's, for the DAPs that have another; ignored where there are no DAPs
 */
export function decisionsOf(profile: DeploymentProfile, backhaul?: 'W' | 'IW' | 'IIW'): Decisions {
  const { ami, da } = profile;
  const meterNetwork = ami !== undefined || da?.management === 'ami';
  return {
    ami: yesNo(ami !== undefined),
    da: yesNo(da !== undefined),
    meterNetwork: yesNo(meterNetwork),
    rep: yesNo(ami?.rep ?? false),
    han: yesNo(ami?.han ?? false),
    esi: ami?.esi ?? 'none',
    cis: ami?.cis ?? 'none',
    backhaul: meterNetwork ? (backhaul ?? ami?.backhaul ?? UNSTATED_BACKHAUL) : 'none',
    control: da?.control ?? 'none',
    scada: da?.scada ?? 'none',
    management: da?.management ?? 'none',
    path: da?.path ?? 'none',
  };
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
