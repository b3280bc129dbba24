/** Deployment profiles of one scenario side by side, in closed form. */
import { optimiseLittle } from '../../base/optimising.js';
import { loadScenario } from '../../pipeline.js';
import { readScenarioText, type ScenarioSource } from '../../scenarios/load.js';
import type { Backhaul, Scenario } from '../../scenarios/types.js';
import { NoSharedNetwork } from '../../sim/parts/shared-network.js';
import { allProfiles, decodeProfile } from '../../topologies/index.js';
import type { DeploymentProfile } from '../../topologies/types.js';
import { ordinaryRow } from './ordinary.js';
import { canShare, groupKey, SharedProfiles } from './shared.js';
import type { ProfileRow } from './types.js';

/**
 * A row for each profile, in the order of the codes. Backhaul shares and fallbacks of the scenario belong to its own
 * profile and are left out, as when the profile is set on the command line; all else is the scenario's.
 *
 * What profiles have in common is computed once: for all 948 of a city under 3 s, where each by itself takes 0.07 s. The
 * numbers are those of the ordinary door but for the rounding of sums. Scenarios with forwarding or persistent sessions, or
 * with a backhaul that a setting shares out, go through the ordinary door.
 * @param codes default: all 948
 * @throws InputError for a scenario that is wrong, or a code that no profile has
 */
export function closedFormOfProfiles(source: ScenarioSource, codes: readonly string[] = allCodes()): ProfileRow[] {
  optimiseLittle();
  const scenarioOf = scenariosUnder(source);
  const keyOf = kept(groupKey);
  const groups = new Map<string, Wanted[]>();
  codes.forEach((code, place) => {
    const profile = decodeProfile(code);
    const scenario = scenarioOf(profile);
    const key = keyOf(scenario);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ place, profile, scenario }]);
    else group.push({ place, profile, scenario });
  });
  const rows = new Array<ProfileRow>(codes.length);
  for (const group of groups.values()) {
    const own = rowsOf(group);
    group.forEach(({ place }, i) => {
      rows[place] = own[i]!;
    });
  }
  return rows;
}

/** A profile, its scenario, and where its row stands. */
interface Wanted {
  readonly place: number;
  readonly profile: DeploymentProfile;
  readonly scenario: Scenario;
}

/** Together where they share what matters, else each by itself. */
function rowsOf(group: readonly Wanted[]): ProfileRow[] {
  const [{ scenario: any }] = group as [Wanted];
  if (canShare(any) && group.every(isOnOwnBackhaul)) {
    try {
      return new SharedProfiles(any).rows(group);
    } catch (error) {
      if (!(error instanceof NoSharedNetwork)) throw error;
    }
  }
  return group.map(({ scenario, profile }) => ordinaryRow({ ...scenario, profile: profile.code }, profile));
}

/** Whether all DAPs are on the profile's backhaul, as they are unless a setting says otherwise. */
function isOnOwnBackhaul({ scenario: { backhaulShares }, profile: { ami } }: Wanted): boolean {
  const used = Object.keys(backhaulShares);
  return ami === undefined ? used.length === 0 : used.length === 1 && used[0] === ami.backhaul;
}

/** Codes of all profiles: 72 AMI, 12 DA, then their combinations. */
export function allCodes(): string[] {
  return allProfiles().map(({ code }) => code);
}

/** The scenario with another profile set, by the ordinary loader. @throws InputError */
export function scenarioUnder(source: ScenarioSource, code: string): Scenario {
  const { settings = [], ...text } = readScenarioText(source);
  const own = { path: ['profile'], value: code, origin: `profile ${code}` };
  return loadScenario({ ...text, settings: [...settings, own] });
}

/**
 * Of a scenario a profile decides the backhaul, and whether there are home area networks and retail energy providers:
 * profiles that agree in these share one object, with the code of the first of them. Where no setting says otherwise
 * all DAPs are on the profile's backhaul, so that scenarios which differ in it only are loaded once.
 */
function scenariosUnder(source: ScenarioSource): (profile: DeploymentProfile) => Scenario {
  const text = readScenarioText(source);
  const loaded = kept((_: string, code: string) => scenarioUnder(text, code));
  const onBackhaul = kept((_: string, scenario: Scenario, backhaul: Backhaul) => ({
    ...scenario,
    backhaulShares: { [backhaul]: 1 },
  }));
  const isSet = (text.settings ?? []).some(({ path: [root] }) => root === 'backhaul' || root === 'fallback');
  return ({ code, ami }) => {
    if (ami === undefined) return loaded('none', code);
    const key = `${ami.rep} ${ami.han}`;
    const own = `${key} ${ami.backhaul}`;
    return isSet ? loaded(own, code) : onBackhaul(own, loaded(key, code), ami.backhaul);
  };
}

/** What was found for a key before, else what `find` finds. */
function kept<K, A extends unknown[], V>(find: (key: K, ...others: A) => V): (key: K, ...others: A) => V {
  const known = new Map<K, V>();
  return (key, ...others) => {
    if (!known.has(key)) known.set(key, find(key, ...others));
    return known.get(key)!;
  };
}
