/** `fanplan size`: the smallest network that meets every requirement in scope, and how long it will. */
import { InputError } from '../../base/diagnostics.js';
import { compile, contextOf, loadScenario } from '../../pipeline.js';
import type { ScenarioText } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import { type Coverage, coverageOf, type Density, endpointsPerPremise, metersOf } from '../trial/coverage.js';
import { type LoadCase, loadCases } from '../trial/load-cases.js';
import type { Simulate, TrialOptions } from '../trial/simulated-trial.js';
import type { VariantSetting } from '../variants/variants.js';
import { type Candidate, cheapestNetwork, combinationsOf, type FitsOf, MOST_COMBINATIONS } from './cheapest.js';
import { type Growth, readGrowth } from './growth.js';
import { allLinkLadders, type Ladder, readLadder } from './ladders.js';
import { NetworkTrials, type Tried } from './network-trials.js';
import { isPriced, type Priced, priceOf } from './price.js';
import { type GrowthResult, growthOf } from './run-out.js';
import { type Found, smallestNetwork } from './search.js';

export interface SizeOptions {
  /** Empty: every link class with a rate or a technology; `none`: only the growth. */
  readonly vary: readonly string[];
  /** Undefined: the scenario as it is. */
  readonly loads: readonly string[] | undefined;
  /** Share of a link's busy hour that stays free, 0..1. */
  readonly headroom: number;
  /** To begin with, and at most. */
  readonly replications: number;
  readonly mostReplications: number;
  readonly densities: readonly Density[];
  /** Bounds endpoints per DAP by what the NAN's technology reaches there; undefined: coverage is only told. */
  readonly density: Density | undefined;
  readonly growthFile: string | undefined;
  /** Of operation that count with the cost of building. */
  readonly years: number;
  readonly simulate: Simulate;
  readonly adapt?: (scenario: Scenario) => Scenario;
  readonly onStart?: (name: string) => void;
  readonly onTried?: (tried: Tried) => void;
}

export interface SizeResult {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly cases: readonly LoadCase[];
  /** As they were asked for. */
  readonly varied: readonly Ladder[];
  /** As `found` counts their steps: those that cost decides have one. */
  readonly ladders: readonly Ladder[];
  /** Undefined: nothing was varied. */
  readonly found: Found | undefined;
  readonly tried: readonly Tried[];
  readonly closedFormCount: number;
  /** How many a gateway of the NAN's technology reaches; empty without one. */
  readonly coverage: readonly Coverage[];
  /** Undefined where nothing has a price. */
  readonly price: Priced | undefined;
  /** Empty when cost decided nothing. */
  readonly candidates: readonly Candidate[];
  /** Why cost decided nothing although what varies has a price; empty otherwise. */
  readonly noCost: string;
  readonly growth: Growth | undefined;
  /** How long the scenario's own network lasts, and the one found. */
  readonly lasts: readonly { readonly of: string; readonly result: GrowthResult }[];
}

/**
 * @throws InputError for what cannot be varied, StudyInterrupted
 */
export async function sizeStudy(source: ScenarioText, options: SizeOptions): Promise<SizeResult> {
  const adapt = options.adapt ?? ((one: Scenario) => one);
  const scenario = adapt(loadScenario(source));
  const context = contextOf(scenario.catalogues);
  const cases = loadCases(scenario, options.loads);
  const growth = readGrowth(options.growthFile, source, scenario, context);
  const allowed = 1 - options.headroom;
  const trialOptions: TrialOptions = { allowed, ...options };
  const input = { source, name: scenario.name, cases, options: trialOptions, adapt };
  const plans = cases.map((one) => compile(one.of(scenario)));
  plans.forEach((plan, i) => {
    if (plan.flows.name.length === 0) throw nothingSent(scenario, cases[i]!.name);
  });
  const reach = (of: Scenario): Reach => reachOf(of, options);
  const networks = new Set(plans.flatMap((plan) => plan.links.network));
  const variesTechnology = options.vary.some((text) => /^NAN(\.technology)?(=|$)/.test(text));
  const bounds = { mostEndpoints: variesTechnology ? Infinity : reach(scenario).mostEndpoints };
  const ladders = laddersOf(options.vary, scenario, networks, bounds);

  const { onStart, onTried } = options;
  const trials = new NetworkTrials({ ...input, ...(onStart && { onStart }), ...(onTried && { onTried }) });
  const priceAt = (settings: readonly VariantSetting[]) => priceOf(trials.scenario(settings), options.years);
  const fitsOf: FitsOf = (technologies) => {
    const { mostEndpoints } = reach(trials.scenario(technologies));
    return ({ path, value }) =>
      (path[1] === 'metersPerDap'
        ? Number(value)
        : path[1] === 'daps'
          ? metersOf(scenario.deployment) / Number(value)
          : 0) <= mostEndpoints;
  };
  let found: Found | undefined;
  let chosen: readonly Ladder[] = ladders;
  let candidates: readonly Candidate[] = [];
  let noCost = '';
  const hasTechnology =
    ladders.some(({ steps }) => steps[0]!.path[2] === 'technology') ||
    [...Object.values(scenario.links), ...Object.values(scenario.dataFlows)].some(({ medium }) => medium !== undefined);
  const priced = ladders.map((ladder) => isPriced(ladder, hasTechnology));
  // Of gateways alone the fewest are the cheapest, so that the ordinary search finds them.
  const isByCost = ladders.length > 1 ? priced.includes(true) : ladders[0]?.steps[0]?.path[2] === 'technology';
  if (isByCost) {
    const combinations = combinationsOf(ladders, priced);
    if (combinations > MOST_COMBINATIONS) {
      noCost = `${combinations} combinations are more than the ${MOST_COMBINATIONS} that are looked through; name fewer values`;
    } else
      ({ best: found, ladders: chosen, candidates } = await cheapestNetwork(ladders, priced, trials, priceAt, fitsOf));
  }
  if (ladders.length > 0) found ??= await smallestNetwork(ladders, trials);

  const lasts: { of: string; result: GrowthResult }[] = [];
  if (growth !== undefined) {
    const everyCase = new NetworkTrials({ ...input, everyCase: true, ...(onStart && { onStart }) });
    lasts.push({ of: 'as the scenario has it', result: await growthOf(growth, [], everyCase, allowed) });
    if (found?.steps !== undefined) {
      lasts.push({ of: 'as found', result: await growthOf(growth, found.tried.settings, everyCase, allowed) });
    }
  }
  const price = hasTechnology ? priceAt(found?.tried.settings ?? []) : undefined;
  return {
    scenario,
    plan: plans[0]!,
    cases,
    varied: ladders,
    ladders: chosen,
    found,
    tried: trials.tried,
    closedFormCount: trials.closedFormCount,
    coverage: reach(found === undefined ? scenario : trials.scenario(found.tried.settings)).coverage,
    price,
    candidates,
    noCost,
    growth,
    lasts,
  };
}

interface Reach {
  readonly coverage: readonly Coverage[];
  /** Of one gateway: what the NAN's technology takes, and reaches at the density asked for. */
  readonly mostEndpoints: number;
}

function reachOf({ links, deployment }: Scenario, { densities, density }: SizeOptions): Reach {
  const technology = links['NAN']?.medium?.technology;
  if (technology === undefined) return { coverage: [], mostEndpoints: Infinity };
  const perPremise = endpointsPerPremise(deployment);
  const coverage = densities.map((one) => coverageOf(technology, one, perPremise));
  const reached = coverage.find((one) => one.density.name === density?.name)?.endpoints;
  return { coverage, mostEndpoints: Math.min(technology.endpoints.most, reached ?? Infinity) };
}

function nothingSent({ file, profile }: Scenario, loadCase: string): InputError {
  return new InputError([
    {
      code: 'CONFLICT',
      file,
      path: '',
      message: `nothing is sent at ${loadCase} under profile ${profile}, so that there is nothing to size`,
      allowed: 'a load case, use cases and a deployment with traffic; fanplan plan says what is left out and why',
    },
  ]);
}

function laddersOf(
  vary: readonly string[],
  scenario: Scenario,
  networks: ReadonlySet<string>,
  bounds: { readonly mostEndpoints: number },
): Ladder[] {
  const context = contextOf(scenario.catalogues);
  if (vary.length === 1 && vary[0] === 'none') return [];
  if (vary.length === 0) return allLinkLadders(scenario, context, networks);
  return vary.map((text) => readLadder(text, scenario, context, bounds));
}
