/** `fanplan size`: the smallest network that meets every requirement in scope, and how long it will. */
import { InputError } from '../../base/diagnostics.js';
import { compile, contextOf, loadScenario } from '../../pipeline.js';
import type { ScenarioText } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import { type Coverage, coverageOf, type Density, endpointsPerPremise } from '../trial/coverage.js';
import { type LoadCase, loadCases } from '../trial/load-cases.js';
import type { Simulate, TrialOptions } from '../trial/simulated-trial.js';
import { type Candidate, cheapestNetwork, isPriced, type Priced, priceOf } from './cheapest.js';
import { type Growth, readGrowth } from './growth.js';
import { allLinkLadders, type Ladder, readLadder } from './ladders.js';
import { NetworkTrials, type Tried } from './network-trials.js';
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
  const technology = scenario.links['NAN']?.medium?.technology;
  const perPremise = endpointsPerPremise(scenario.deployment);
  const coverage =
    technology === undefined ? [] : options.densities.map((density) => coverageOf(technology, density, perPremise));
  const reached = coverage.find(({ density }) => density.name === options.density?.name)?.endpoints;
  const bounds = { mostEndpoints: Math.min(technology?.endpoints.most ?? Infinity, reached ?? Infinity) };
  const ladders = laddersOf(options.vary, scenario, new Set(plans.flatMap((plan) => plan.links.network)), bounds);

  const { onStart, onTried } = options;
  const trials = new NetworkTrials({ ...input, ...(onStart && { onStart }), ...(onTried && { onTried }) });
  let found: Found | undefined;
  let chosen: readonly Ladder[] = ladders;
  let candidates: readonly Candidate[] = [];
  const hasTechnology = Object.values(scenario.links).some(({ medium }) => medium !== undefined);
  const priced = ladders.map((ladder) => isPriced(ladder, hasTechnology));
  if (ladders.length > 1 && priced.filter(Boolean).length > 0) {
    const cheapest = await cheapestNetwork(ladders, priced, trials, options.years);
    if (cheapest !== undefined) ({ best: found, ladders: chosen, candidates } = cheapest);
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
  const price = hasTechnology ? priceOf(found?.tried.settings ?? [], trials, options.years) : undefined;
  return {
    scenario,
    plan: plans[0]!,
    cases,
    ladders: chosen,
    found,
    tried: trials.tried,
    closedFormCount: trials.closedFormCount,
    coverage,
    price,
    candidates,
    growth,
    lasts,
  };
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
