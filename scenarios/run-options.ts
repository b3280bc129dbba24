import type { Scenario } from './types.js';

/** What the command line may say instead of the file. */
export interface RunOverrides {
  readonly seed?: string | undefined;
  readonly replications?: number | undefined;
}

/** The scenario with a seed or number of replications of its own; what is given is no default any more. */
export function withOverrides(scenario: Scenario, overrides: RunOverrides): Scenario {
  const { seed, replications } = overrides;
  const given = { seed: seed !== undefined, replications: replications !== undefined };
  return {
    ...scenario,
    seed: seed ?? scenario.seed,
    replications: replications ?? scenario.replications,
    defaults: scenario.defaults.filter(({ key }) => given[key as keyof typeof given] !== true),
  };
}
