/** Which unknown drives a result: one at a time, or all at once by Latin hypercube. */

import type { ScenarioContext, ScenarioText } from '../../scenarios/load.js';
import type { Assumption } from '../../sim/plan.js';
import type { Candidate } from '../compare/candidates.js';
import { closedForms } from '../compare/closed-form.js';
import { simulateCandidates } from '../compare/simulation.js';
import type { Measure } from '../measures/measures.js';
import type { RunnerOptions, Wanted } from '../runner/runner.js';
import { loadVariant, type VariantSetting } from '../variants/variants.js';
import type { Factor } from './factors.js';
import { latinHypercube } from './latin-hypercube.js';

export interface SensitivityOptions {
  readonly measure: Measure;
  readonly method: 'one-at-a-time' | 'latin-hypercube';
  /** Of the Latin hypercube. */
  readonly samples: number;
  readonly simulates: boolean;
  readonly seed: string;
  readonly wanted: (replications: number) => Wanted;
  readonly replications: number;
  readonly runner: RunnerOptions;
  readonly progress: (label: string) => (fraction: number) => void;
}

/** The result of one variant: a value for each replication, one value in closed form. */
export type Values = readonly number[];

export interface Swing {
  readonly factor: Factor;
  readonly least: Values;
  readonly most: Values;
}

export interface Sample {
  readonly settings: readonly VariantSetting[];
  /** By factor, the share of its range. */
  readonly shares: readonly number[];
  readonly values: Values;
}

export interface SensitivityResult {
  readonly base: Values;
  readonly swings: readonly Swing[];
  readonly samples: readonly Sample[];
  readonly assumptions: readonly Assumption[];
}

/** @returns undefined when it was aborted in closed form; @throws InputError, StudyInterrupted */
export async function sensitivity(
  source: ScenarioText,
  context: ScenarioContext,
  factors: readonly Factor[],
  options: SensitivityOptions,
): Promise<Omit<SensitivityResult, 'assumptions'> | undefined> {
  const variants: VariantSetting[][] = [[]];
  const isHypercube = options.method === 'latin-hypercube';
  const shares = isHypercube
    ? latinHypercube(
        factors.map(({ name }) => name),
        options.samples,
        options.seed,
      )
    : [];
  if (isHypercube) {
    for (let i = 0; i < options.samples; i++) variants.push(factors.map((factor, f) => factor.at(shares[f]![i]!)));
  } else {
    for (const { least, most } of factors) variants.push([least], [most]);
  }
  const results = await evaluate(source, context, variants, options);
  if (results === undefined) return undefined;
  const [base, ...rest] = results;
  return {
    base: base!,
    swings: isHypercube ? [] : factors.map((factor, f) => ({ factor, least: rest[2 * f]!, most: rest[2 * f + 1]! })),
    samples: isHypercube
      ? rest.map((values, i) => ({ settings: variants[i + 1]!, shares: shares.map((own) => own[i]!), values }))
      : [],
  };
}

async function evaluate(
  source: ScenarioText,
  context: ScenarioContext,
  variants: readonly VariantSetting[][],
  options: SensitivityOptions,
): Promise<Values[] | undefined> {
  const { measure, runner } = options;
  const candidates = variants.map((settings, i): Candidate => {
    const variant = { name: `variant ${i}`, source, settings };
    return { name: variant.name, variant, load: () => loadVariant(variant, context) };
  });
  if (options.simulates) {
    options.progress('simulating');
    const members = await simulateCandidates(candidates, options.wanted(options.replications), options.seed, runner, [
      measure,
    ]);
    return members.map(({ values }) => values.get(measure.id)!);
  }
  const onProgress = options.progress('closed form');
  const { signal } = runner;
  const computed = await closedForms(candidates, {
    mayLeaveOut: false,
    onProgress,
    ...(signal === undefined ? {} : { signal }),
  });
  return computed?.computed.map(({ row }) => [measure.closedForm!(row)]);
}
