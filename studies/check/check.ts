/** `fanplan check`: whether a technology, or a network, meets the requirements of a profile, and for how many endpoints. */
import { InputError } from '../../base/diagnostics.js';
import { compile, contextOf } from '../../pipeline.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import type { Technology } from '../../topologies/technology-types.js';
import { firstThat } from '../search/bisect.js';
import { bracket, type Outcome } from '../search/bracket.js';
import { NetworkTrials, type Tried } from '../size/network-trials.js';
import { type Coverage, coverageOf, type Density, endpointsPerPremise } from '../trial/coverage.js';
import { bindingOf, type Finding } from '../trial/findings.js';
import { type LoadCase, loadCases } from '../trial/load-cases.js';
import { withRareEvents } from '../trial/rare-events.js';
import { type Simulate, type SimulatedTrial, simulatedTrial } from '../trial/simulated-trial.js';
import { loadVariant, type VariantSetting } from '../variants/variants.js';
import { type Completeness, completeness } from './completeness.js';
import { endpointSteps, type Subject, technologySettings } from './subject.js';

export interface CheckOptions {
  readonly loads: readonly string[] | undefined;
  readonly headroom: number;
  readonly replications: number;
  readonly mostReplications: number;
  /** At most, while the most endpoints are searched; those found are looked at as closely as the ones asked for. */
  readonly searchReplications: number;
  readonly densities: readonly Density[];
  /** False: only the verdict. */
  readonly largest: boolean;
  readonly simulate: Simulate;
  readonly adapt: (scenario: Scenario) => Scenario;
  readonly say?: (line: string) => void;
}

/** The most endpoints of one gateway that do not fail. */
export interface Largest {
  /** 0: even the fewest fail. */
  readonly endpoints: number;
  /** What a close look says of them; undecided is no pass. */
  readonly outcome: Outcome;
  /** Nothing larger was tried: the technology, or the design, ends here. */
  readonly isMost: boolean;
  /** What fails with the next larger number, and how many those are. */
  readonly next: number;
  readonly nextOutcome: Outcome | '';
  readonly binding: Finding | undefined;
  readonly violations: string;
}

/** A technology under a load case. */
export interface CaseResult {
  readonly loadCase: LoadCase;
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly trial: SimulatedTrial;
  readonly outcome: Outcome;
  readonly binding: Finding | undefined;
  readonly completeness: Completeness;
  readonly largest: Largest | undefined;
}

export interface TechnologyResult {
  /** As the scenario has it, where none was named. */
  readonly name: string;
  readonly technology: Technology | undefined;
  /** Why it cannot be tried at all; the rest is empty then. */
  readonly problem: string;
  readonly cases: readonly CaseResult[];
  readonly coverage: readonly Coverage[];
}

/**
 * Each technology in turn, under each load case: the verdict for the endpoints asked for, then the most that pass.
 * @param technologies undefined in the place of one: as the scenario has it
 * @throws InputError when nothing can be tried, StudyInterrupted
 */
export async function checkStudy(
  subject: Subject,
  technologies: readonly (Technology | undefined)[],
  options: CheckOptions,
): Promise<TechnologyResult[]> {
  const results: TechnologyResult[] = [];
  const problems: InputError[] = [];
  for (const technology of technologies) {
    try {
      results.push(await checkOne(subject, technology, options));
    } catch (error) {
      if (!(error instanceof InputError) || technologies.length === 1) throw error;
      problems.push(error);
      const [first] = error.diagnostics;
      const problem = [first?.message, first?.found].filter((part) => part !== undefined).join(': ');
      results.push({ name: nameOf(technology), technology, problem, cases: [], coverage: [] });
    }
  }
  if (problems.length === technologies.length) throw problems[0]!;
  return results;
}

/** The name of a network with no technology put in its place. */
export const AS_IS = 'as the scenario has it';

const nameOf = (technology: Technology | undefined): string => technology?.name ?? AS_IS;

async function checkOne(
  subject: Subject,
  technology: Technology | undefined,
  options: CheckOptions,
): Promise<TechnologyResult> {
  const settings = technology === undefined ? [] : technologySettings(subject.network, technology);
  const scenario = options.adapt(scenarioOf(subject, settings));
  const cases: CaseResult[] = [];
  for (const loadCase of loadCases(scenario, options.loads)) {
    options.say?.(`${nameOf(technology)}, ${loadCase.name}`);
    cases.push(await checkCase(subject, technology, settings, scenario, loadCase, options));
  }
  const perPremise = endpointsPerPremise(scenario.deployment);
  const own = technology ?? scenario.links[subject.network]?.medium?.technology;
  const isCounted = own !== undefined && subject.network === 'NAN';
  const coverage = isCounted ? options.densities.map((density) => coverageOf(own, density, perPremise)) : [];
  return { name: nameOf(technology), technology: own, problem: '', cases, coverage };
}

async function checkCase(
  subject: Subject,
  technology: Technology | undefined,
  settings: readonly VariantSetting[],
  scenario: Scenario,
  loadCase: LoadCase,
  options: CheckOptions,
): Promise<CaseResult> {
  const allowed = 1 - options.headroom;
  const compiled = compile(loadCase.of(scenario));
  if (!compiled.links.network.includes(subject.network)) throw carriesNothing(subject.network, scenario.profile);
  const plan = withRareEvents(compiled, subject.network);
  const trial = await simulatedTrial(plan, loadCase.name, { ...options, allowed });
  const binding = bindingOf(trial.findings);
  const { endpointSettings } = subject;
  const largest =
    options.largest && endpointSettings !== undefined
      ? await largestOf(
          endpointSteps(subject, technology ?? scenario.links[subject.network]?.medium?.technology),
          (count) => [...settings, ...endpointSettings(count)],
          subject,
          loadCase,
          trial.outcome,
          options,
        )
      : undefined;
  return {
    loadCase,
    scenario,
    plan,
    trial,
    outcome: trial.outcome,
    binding,
    completeness: completeness(plan, scenario, trial.flows),
    largest,
  };
}

/** A link that the closed form has so far above what is allowed is overloaded in any simulation. */
const HOPELESS_SLACK = -0.5;

/**
 * Simulations of many endpoints cost most, so that the search comes from below: from the number asked for, or from what the
 * closed form says where that is less, up by growing strides; what the closed form finds overloaded by half is not
 * simulated. Where the number asked for fails, the fewest are tried first: what fails with them fails with any.
 */
async function largestOf(
  steps: readonly number[],
  settingsOf: (endpoints: number) => VariantSetting[],
  { source, network, endpoints: asked }: Subject,
  loadCase: LoadCase,
  askedOutcome: Outcome,
  options: CheckOptions,
): Promise<Largest> {
  const { searchReplications: most } = options;
  const input = {
    source,
    name: source.file,
    cases: [loadCase],
    adapt: options.adapt,
    adaptPlan: (plan: Plan) => withRareEvents(plan, network),
    onTried: ({ settings, outcome }: Tried) =>
      options.say?.(
        `${outcome.padEnd(9)} ${settings.find(({ key }) => key.startsWith('endpoints'))?.text ?? ''} endpoints`,
      ),
  };
  const trials = new NetworkTrials({
    ...input,
    options: {
      ...options,
      allowed: 1 - options.headroom,
      replications: Math.min(options.replications, most),
      mostReplications: most,
    },
  });
  const at = (step: number) => settingsOf(steps[step]!);
  const look = async (step: number): Promise<Pick<Tried, 'outcome' | 'binding'>> => {
    const overloaded = trials
      .closedForm(at(step))
      .findings.filter(({ kind, slack }) => kind === 'headroom' && slack < HOPELESS_SLACK);
    return overloaded.length > 0
      ? { outcome: 'fail', binding: bindingOf(overloaded) }
      : await trials.simulated(at(step));
  };
  // Rare payloads leave much undecided whatever the number is; where failure begins says more of the network.
  const holds = async (step: number) => ((await look(step)).outcome === 'fail' ? 'fail' : 'pass');
  const fewest = steps.length - 1;
  const isHopeless = askedOutcome === 'fail' && (await holds(fewest)) === 'fail';
  const guess = firstThat(steps.length, (step) => trials.closedForm(at(step)).outcome !== 'fail');
  const own = steps.findIndex((count) => count <= asked);
  const start = own < 0 ? guess : Math.max(guess, askedOutcome === 'fail' ? own + 1 : own);
  const { found, violations } = isHopeless
    ? { found: -1, violations: [] }
    : await bracket(steps.length, start, holds, 1);
  const closer = new NetworkTrials({ ...input, options: { ...options, allowed: 1 - options.headroom } });
  let step = found < 0 ? steps.length : found;
  let outcome: Outcome = 'fail';
  let next = found <= 0 ? undefined : await look(found - 1);
  for (; step < steps.length; step++) {
    const close = await closer.simulated(at(step));
    outcome = close.outcome;
    if (outcome !== 'fail') break;
    next = close;
  }
  if (step === steps.length) next ??= await look(fewest);
  return {
    endpoints: steps[step] ?? 0,
    outcome,
    isMost: step === 0,
    next: step === 0 ? Number.NaN : steps[step - 1]!,
    nextOutcome: next?.outcome ?? '',
    binding: next?.binding,
    violations: violations.map(({ pass, notPass }) => `${steps[notPass]!} fail, ${steps[pass]!} do not`).join('; '),
  };
}

function carriesNothing(network: string, profile: string): InputError {
  return new InputError([
    {
      code: 'CONFLICT',
      file: '--network',
      path: '',
      message: `nothing crosses the ${network} under profile ${profile}`,
      found: network,
      allowed: 'a network of the profile; fanplan profiles explains it, --profile takes another',
    },
  ]);
}

function scenarioOf({ source }: Subject, settings: readonly VariantSetting[]): Scenario {
  return loadVariant({ name: source.file, source, settings }, contextOf);
}

/** Of all technologies and load cases the worst; what could not be tried fails. */
export function totalOutcome(results: readonly TechnologyResult[]): Outcome {
  const outcomes = results.flatMap(({ cases, problem }) =>
    problem === '' ? cases.map(({ outcome }) => outcome) : ['fail' as const],
  );
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('undecided') ? 'undecided' : 'pass';
}
