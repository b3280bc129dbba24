/** Candidates in closed form: a row each. */
import { InputError } from '../../base/diagnostics.js';
import type { Scenario } from '../../scenarios/types.js';
import { decodeProfile, NO_PROFILE } from '../../topologies/index.js';
import { ordinaryRow } from '../profiles/ordinary.js';
import { closedFormOfProfiles } from '../profiles/profiles.js';
import type { ProfileRow } from '../profiles/types.js';
import type { VariantSetting } from '../variants/variants.js';
import type { Candidate } from './candidates.js';

export interface Computed {
  readonly candidate: Candidate;
  readonly row: ProfileRow;
}

export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export interface ClosedFormOptions {
  /** Candidates that do not load are left out with their reason, as long as one loads; else the first one's problems are thrown. */
  readonly mayLeaveOut: boolean;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** From so many profiles of one network on, they are computed together. */
const MANY_PROFILES = 8;

/**
 * Rows in the order of the candidates. Profiles of one scenario are computed together, which takes a tenth of the time.
 * @throws InputError; undefined when `signal` aborts
 */
export async function closedForms(
  candidates: readonly Candidate[],
  options: ClosedFormOptions,
): Promise<{ computed: Computed[]; leftOut: LeftOut[] } | undefined> {
  const rows = rowsOfProfiles(candidates);
  const computed: Computed[] = [];
  const leftOut: LeftOut[] = [];
  let fault: InputError | undefined;
  for (const [i, candidate] of candidates.entries()) {
    const known = rows.get(candidate);
    if (known === undefined) {
      await new Promise((resolve) => setImmediate(resolve)); // signals are heard between candidates
      if (options.signal?.aborted === true) return undefined;
    }
    try {
      const row = known ?? rowOf(candidate.load());
      computed.push({ candidate, row });
    } catch (error) {
      if (!(error instanceof InputError) || !options.mayLeaveOut) throw error;
      fault ??= error;
      const [first] = error.diagnostics;
      leftOut.push({
        name: candidate.name,
        reason: `${first!.message}${first!.found === undefined ? '' : `: ${first!.found}`}`,
      });
    }
    options.onProgress?.((i + 1) / candidates.length);
  }
  if (computed.length === 0 && fault !== undefined) throw fault;
  return { computed, leftOut };
}

function rowOf(scenario: Scenario): ProfileRow {
  return ordinaryRow(scenario, decodeProfile(scenario.profile));
}

/** Rows of candidates that differ in nothing but the profile, where there are many. */
function rowsOfProfiles(candidates: readonly Candidate[]): Map<Candidate, ProfileRow> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { source, settings } = candidate.variant;
    const profile = settings.find(isProfile);
    if (profile === undefined || profile.value === NO_PROFILE) continue;
    const key = JSON.stringify([
      source.file,
      settings.filter((one) => !isProfile(one)).map(({ path, value }) => [path, value]),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  const rows = new Map<Candidate, ProfileRow>();
  for (const group of groups.values()) {
    if (group.length < MANY_PROFILES) continue;
    const { source, settings } = group[0]!.variant;
    const others = [...(source.settings ?? []), ...settings.filter((one) => !isProfile(one))];
    const codes = group.map(({ variant }) => String(variant.settings.find(isProfile)!.value));
    for (const [i, row] of closedFormOfProfiles({ ...source, settings: others }, codes).entries()) {
      rows.set(group[i]!, row);
    }
  }
  return rows;
}

function isProfile({ path }: VariantSetting): boolean {
  return path.length === 1 && path[0] === 'profile';
}
