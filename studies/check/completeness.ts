/**
 * Whether a statement may be made. Section 4.20.2: no picking of use cases and payloads, and then a claim to support the
 * requirements as a whole. What is missing is named.
 */

import { formatShare, plural } from '../../reports/format.js';
import type { PayloadOverride, Scenario } from '../../scenarios/types.js';
import type { OutOfScope, Plan } from '../../sim/plan.js';
import type { FlowResult } from '../../sim/results.js';
import { decodeProfile } from '../../topologies/index.js';
import { anythingFails } from '../availability.js';
import { isImplausible, type LoweredValue, loweredText, loweredValues } from './open-values.js';

export interface Completeness {
  /** True: the statement may be made. */
  readonly isWhole: boolean;
  readonly flows: number;
  readonly payloads: number;
  /** One line each, with the number of flows; empty when whole. */
  readonly missing: readonly string[];
  /** Values that the source leaves open, taken below the library's: the statement says so in its own sentence. */
  readonly lowered: readonly LoweredValue[];
}

/** Overrides that change what the source requires. */
const REQUIREMENTS: readonly (keyof PayloadOverride)[] = [
  'perDay',
  'sizeB',
  'latencyS',
  'reliability',
  'when',
  'range',
];

/**
 * Profile, load case and alternatives leave out what they must: the statement names them. Whatever else is not there, or
 * does not pass, forbids it: use cases and payloads left out by the user, devices that the deployment lacks, requirements
 * changed by hand, values that the source leaves open below a tenth of the library's, DAPs on another backhaul, parts that may fail (every link is up here), and flows that fail, are undecided,
 * not exercised or not judged. Where the source requires nothing
 * (no latency, no reliability) nothing can be missing.
 */
export function completeness(plan: Plan, scenario: Scenario, flows: readonly FlowResult[]): Completeness {
  const lowered = loweredValues(plan, scenario);
  const missing = [
    ...(scenario.profile === '' ? ['the scenario has no deployment profile'] : []),
    ...(scenario.catalogues.includes('sg-network') ? [] : ['the catalogue sg-network is not in the scenario']),
    ...leftOut(plan.outOfScope),
    ...changed(scenario),
    ...lowered
      .filter(isImplausible)
      .map((value) => `${loweredText(value)} is below a tenth of it, which asks next to nothing of the network`),
    ...otherBackhaul(scenario),
    ...(anythingFails(scenario)
      ? ['what may fail by the scenario (availability) is not weighed here but by fanplan run']
      : []),
    ...(['fail', 'undecided', 'not exercised', 'not judged'] as const).flatMap((verdict) => {
      const own = flows.filter((flow) => flow.verdict === verdict && !requiresNothing(flow));
      return own.length === 0
        ? []
        : [
            `${plural(own.length, 'flow')} ${wordsOf[verdict][own.length === 1 ? 0 : 1]}: ${namesOf(own.map(({ payload }) => payload))}`,
          ];
    }),
  ];
  return {
    isWhole: missing.length === 0,
    flows: flows.length,
    payloads: new Set(flows.map(({ payload }) => payload)).size,
    missing,
    lowered,
  };
}

const wordsOf = {
  fail: ['fails', 'fail'],
  undecided: ['is undecided', 'are undecided'],
  'not exercised': ['was not exercised', 'were not exercised'],
  'not judged': ['was not judged', 'were not judged'],
} as const;

function requiresNothing({ budgetS, requiredReliability, verdict, verdictReason }: FlowResult): boolean {
  return (
    verdict === 'not judged' &&
    Number.isNaN(requiredReliability) &&
    /source states no/.test(verdictReason) &&
    !Number.isNaN(budgetS)
  );
}

function leftOut(outOfScope: readonly OutOfScope[]): string[] {
  const groups = new Map<string, OutOfScope[]>();
  for (const row of outOfScope) {
    if (row.by !== 'user' && row.by !== 'deployment') continue;
    groups.set(row.reason, [...(groups.get(row.reason) ?? []), row]);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([reason, rows]) =>
        `${plural(rows.length, 'flow')} left out, ${reason}: ${namesOf(rows.map(({ payload }) => payload))}`,
    );
}

function changed({ payloads }: Scenario): string[] {
  return Object.entries(payloads).flatMap(([name, override]) => {
    const keys = REQUIREMENTS.filter((key) => override[key] !== undefined);
    return keys.length === 0 ? [] : [`the requirement of ${name} is changed by the scenario: ${keys.join(', ')}`];
  });
}

/** DAPs that the scenario puts on another backhaul than that of the profile. */
function otherBackhaul({ profile, backhaulShares }: Scenario): string[] {
  const own = profile === '' ? undefined : decodeProfile(profile).ami?.backhaul;
  if (own === undefined) return [];
  return Object.entries(backhaulShares).flatMap(([backhaul, share]) =>
    backhaul === own || share === 0
      ? []
      : [`${formatShare(share)} of the DAPs are on backhaul ${backhaul}, which is not that of the profile, ${own}`],
  );
}

const MOST_NAMES = 6;

function namesOf(payloads: readonly string[]): string {
  const names = [...new Set(payloads)];
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Alternatives that hold, for the terms of the statement. */
export function alternatives({ assumptions }: Plan): string[] {
  return assumptions
    .filter(({ key }) => key.startsWith('choices.'))
    .map(({ key, value }) => `${key.slice('choices.'.length)}: ${value}`);
}

/** The networks that a profile has at all: what may be checked without a scenario. */
export function defaultProfile(network: string): string {
  const profile = ['FAN', 'SubLAN'].includes(network) ? 'DCSIRsF' : 'AHEM3CvIW';
  return decodeProfile(profile).code;
}
