/** `fanplan check`: whether a technology, or a network, meets the requirements of a profile, and for how many endpoints. */
import { InputError } from '../../base/diagnostics.js';
import { compile, contextOf } from '../../pipeline.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import type { Technology } from '../../topologies/technology-types.js';
import { inTurns } from '../runner/in-turns.js';
import type { Outcome } from '../search/bracket.js';
import { type Coverage, coverageOf, type Density, endpointsPerPremise } from '../trial/coverage.js';
import { bindingOf, type Finding } from '../trial/findings.js';
import { type LoadCase, loadCases } from '../trial/load-cases.js';
import { withRareEvents } from '../trial/rare-events.js';
import { type Simulate, type SimulatedTrial, simulatedTrial } from '../trial/simulated-trial.js';
import { loadVariant, type VariantSetting } from '../variants/variants.js';
import { type Completeness, completeness } from './completeness.js';
import { type Largest, largestOf } from './largest.js';
import { endpointSteps, type Subject, technologySettings } from './subject.js';

export interface CheckOptions {
  readonly loads: readonly string[] | undefined;
  readonly headroom: number;
  readonly replications: number;
  readonly mostReplications: number;
  /** At most, of each number of endpoints that is tried while the most are searched. */
  readonly searchReplications: number;
  /** Cases that are under way at once. */
  readonly atOnce: number;
  readonly densities: readonly Density[];
  /** False: only the verdict. */
  readonly largest: boolean;
  readonly simulate: Simulate;
  readonly adapt: (scenario: Scenario) => Scenario;
  readonly say?: (line: string) => void;
  /** Told when a case is done: so many of so many. */
  readonly onCase?: (done: number, of: number) => void;
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
 * Each technology under each load case, `atOnce` at a time: the verdict for the endpoints asked for, then the most that pass.
 * @param technologies undefined in the place of one: as the scenario has it
 * @throws InputError when nothing can be tried, StudyInterrupted
 */
export async function checkStudy(
  subject: Subject,
  technologies: readonly (Technology | undefined)[],
  options: CheckOptions,
): Promise<TechnologyResult[]> {
  const tasks = technologies.map((technology) => tasksOf(subject, technology, options));
  const open = tasks.flatMap((own) => (own instanceof InputError ? [] : own));
  let done = 0;
  const told = open.map((task) => async () => {
    const result = await ifInput(task);
    options.onCase?.(++done, open.length);
    return result;
  });
  const left = await inTurns(told, options.atOnce);
  const problems: InputError[] = [];
  const results = technologies.map((technology, i) => {
    const own = tasks[i]!;
    const parts = own instanceof InputError ? [own] : left.splice(0, own.length);
    const problem = parts.find((one) => one instanceof InputError);
    if (problem === undefined) return tried(subject, technology, parts as CaseResult[], options);
    problems.push(problem);
    return untried(technology, problem);
  });
  if (problems.length === results.length) throw problems[0]!;
  return results;
}

/** The name of a network with no technology put in its place. */
export const AS_IS = 'as the scenario has it';

const nameOf = (technology: Technology | undefined): string => technology?.name ?? AS_IS;

/** What is thrown for input is a result: other technologies are tried all the same. */
async function ifInput<T>(task: () => Promise<T>): Promise<T | InputError> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** The cases of a technology, compiled; InputError when it does not fit the scenario, or a case has nothing for the network. */
function tasksOf(
  subject: Subject,
  technology: Technology | undefined,
  options: CheckOptions,
): (() => Promise<CaseResult>)[] | InputError {
  const settings = technology === undefined ? [] : technologySettings(subject.network, technology);
  try {
    const scenario = options.adapt(scenarioOf(subject, settings));
    return loadCases(scenario, options.loads).map((loadCase) => {
      const compiled = compile(loadCase.of(scenario));
      if (!compiled.links.network.includes(subject.network)) throw carriesNothing(subject.network, scenario, loadCase);
      const say = (line: string) => options.say?.(`${nameOf(technology)}, ${loadCase.name}: ${line}`);
      return () => checkCase(subject, technology, settings, scenario, loadCase, compiled, { ...options, say });
    });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function untried(technology: Technology | undefined, { diagnostics: [first] }: InputError): TechnologyResult {
  const problem = [first?.message, first?.found].filter((part) => part !== undefined).join(': ');
  return { name: nameOf(technology), technology, problem, cases: [], coverage: [] };
}

function tried(
  { network }: Subject,
  technology: Technology | undefined,
  cases: readonly CaseResult[],
  { densities }: CheckOptions,
): TechnologyResult {
  const { scenario } = cases[0]!;
  const perPremise = endpointsPerPremise(scenario.deployment);
  const own = technology ?? scenario.links[network]?.medium?.technology;
  const isCounted = own !== undefined && network === 'NAN';
  const coverage = isCounted ? densities.map((density) => coverageOf(own, density, perPremise)) : [];
  return { name: nameOf(technology), technology: own, problem: '', cases, coverage };
}

async function checkCase(
  subject: Subject,
  technology: Technology | undefined,
  settings: readonly VariantSetting[],
  scenario: Scenario,
  loadCase: LoadCase,
  compiled: Plan,
  options: CheckOptions,
): Promise<CaseResult> {
  const allowed = 1 - options.headroom;
  const plan = withRareEvents(compiled, subject.network);
  const trial = await simulatedTrial(plan, loadCase.name, { ...options, allowed });
  options.say?.(`${trial.outcome.padEnd(9)} ${askedText(subject)}`);
  const binding = bindingOf(trial.findings);
  const { endpointSettings } = subject;
  const largest =
    options.largest && endpointSettings !== undefined
      ? await largestOf(
          endpointSteps(subject, technology ?? scenario.links[subject.network]?.medium?.technology),
          (count) => [...settings, ...endpointSettings(count)],
          subject,
          loadCase,
          { outcome: trial.outcome, binding },
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

function askedText({ endpoints }: Subject): string {
  return Number.isNaN(endpoints) ? 'as the scenario has it' : `${endpoints} endpoints, the number asked for`;
}

function carriesNothing(network: string, { profile }: Scenario, { name }: LoadCase): InputError {
  return new InputError([
    {
      code: 'CONFLICT',
      file: '--network',
      path: '',
      message: `nothing crosses the ${network} under profile ${profile} at ${name}`,
      found: network,
      allowed:
        'a network that carries something under every --load; fanplan profiles explains the profile, --profile takes another',
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
