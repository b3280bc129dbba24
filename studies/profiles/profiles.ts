/** Deployment profiles of one scenario side by side, in closed form. */
import { scenarioContext } from '../../pipeline.js';
import { loadScenario, readScenarioText, type ScenarioSource } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';
import { allProfiles, decodeProfile } from '../../topologies/index.js';
import { ordinaryRow } from './ordinary.js';
import type { ProfileRow } from './types.js';

/**
 * A row for each profile, in the order of the codes. Backhaul shares and fallbacks of the scenario belong to its own
 * profile and are left out, as when the profile is set on the command line; all else is the scenario's.
 * @param codes default: all 948
 * @throws InputError for a scenario that is wrong, or a code that no profile has
 */
export function closedFormOfProfiles(source: ScenarioSource, codes: readonly string[] = allCodes()): ProfileRow[] {
  const scenarioOf = scenariosUnderProfiles(source);
  return codes.map((code) => ordinaryRow(scenarioOf(code), decodeProfile(code)));
}

/** Codes of all profiles: 72 AMI, 12 DA, then their combinations. */
export function allCodes(): string[] {
  return allProfiles().map(({ code }) => code);
}

/** Loads a scenario under other profiles. @returns the scenario of a code, @throws InputError */
export function scenariosUnderProfiles(source: ScenarioSource): (code: string) => Scenario {
  const { settings = [], ...text } = readScenarioText(source);
  const context = scenarioContext();
  return (code) => {
    const own = { path: ['profile'], value: code, origin: `profile ${code}` };
    return loadScenario({ ...text, settings: [...settings, own] }, context);
  };
}
