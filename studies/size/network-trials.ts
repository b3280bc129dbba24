/** Networks of a study by their steps: compiled, judged under every load case, each once. */
import { compile, contextOf } from '../../pipeline.js';
import type { ScenarioText } from '../../scenarios/load.js';
import type { Scenario } from '../../scenarios/types.js';
import type { Plan } from '../../sim/plan.js';
import { closedFormTrial } from '../trial/closed-form-trial.js';
import { bindingOf, type Finding, type Outcome, outcomeOf } from '../trial/findings.js';
import type { LoadCase } from '../trial/load-cases.js';
import { type SimulatedTrial, simulatedTrial, type TrialOptions } from '../trial/simulated-trial.js';
import { loadVariant, nameOf, type VariantSetting } from '../variants/variants.js';

/** A network that was simulated under every load case, until one of them failed. */
export interface Tried {
  readonly name: string;
  readonly settings: readonly VariantSetting[];
  readonly outcome: Outcome;
  readonly binding: Finding | undefined;
  readonly cases: readonly SimulatedTrial[];
}

export interface ClosedFormTried {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly binding: Finding | undefined;
  readonly doubtful: number;
  readonly doubt: string;
}

export interface TrialsInput {
  readonly source: ScenarioText;
  readonly name: string;
  readonly cases: readonly LoadCase[];
  readonly options: TrialOptions;
  /** Changes every scenario before it is compiled, e.g. counts of a year. */
  readonly adapt?: (scenario: Scenario) => Scenario;
  /** Changes every plan before it is judged, e.g. rare events forced into the busy hour. */
  readonly adaptPlan?: (plan: Plan) => Plan;
  /** Simulate every load case even when one has failed. */
  readonly everyCase?: boolean;
  readonly onTried?: (tried: Tried) => void;
  readonly onStart?: (name: string) => void;
}

export class NetworkTrials {
  readonly #input: TrialsInput;
  readonly #simulated = new Map<string, Tried>();
  readonly #closedForm = new Map<string, ClosedFormTried>();

  constructor(input: TrialsInput) {
    this.#input = input;
  }

  /** Every network that was simulated, in the order of the search. */
  get tried(): readonly Tried[] {
    return [...this.#simulated.values()];
  }

  get closedFormCount(): number {
    return this.#closedForm.size;
  }

  scenario(settings: readonly VariantSetting[]): Scenario {
    const { source, name, adapt = (one) => one } = this.#input;
    return adapt(loadVariant({ name, source, settings }, contextOf));
  }

  /** @throws InputError when the settings do not fit the scenario */
  closedForm(settings: readonly VariantSetting[]): ClosedFormTried {
    const key = nameOf(settings);
    const known = this.#closedForm.get(key);
    if (known !== undefined) return known;
    const { cases, options } = this.#input;
    const trials = this.#plans(settings).map((plan, i) => closedFormTrial(plan, options.allowed, cases[i]!.name));
    const findings = trials.flatMap((trial) => trial.findings);
    const tried: ClosedFormTried = {
      outcome: outcomeOf(findings),
      findings,
      binding: bindingOf(findings),
      doubtful: trials.reduce((sum, { doubtful }) => sum + doubtful, 0),
      doubt: trials.find(({ doubt }) => doubt !== '')?.doubt ?? '',
    };
    this.#closedForm.set(key, tried);
    return tried;
  }

  /** Load cases one after the other; the first that fails decides. @throws TrialInterrupted */
  async simulated(settings: readonly VariantSetting[]): Promise<Tried> {
    const key = nameOf(settings);
    const known = this.#simulated.get(key);
    if (known !== undefined) return known;
    const { cases, options, name, everyCase, onStart, onTried } = this.#input;
    onStart?.(key || name);
    const trials: SimulatedTrial[] = [];
    for (const [i, plan] of this.#plans(settings).entries()) {
      const trial = await simulatedTrial(plan, cases[i]!.name, options);
      trials.push(trial);
      if (trial.outcome === 'fail' && everyCase !== true) break;
    }
    const findings = trials.flatMap((trial) => trial.findings);
    const tried: Tried = {
      name: key || name,
      settings,
      outcome: outcomeOf(findings),
      binding: bindingOf(findings),
      cases: trials,
    };
    this.#simulated.set(key, tried);
    onTried?.(tried);
    return tried;
  }

  #plans(settings: readonly VariantSetting[]): Plan[] {
    const scenario = this.scenario(settings);
    const { cases, adaptPlan = (plan) => plan } = this.#input;
    return cases.map((one) => adaptPlan(compile(one.of(scenario))));
  }
}
