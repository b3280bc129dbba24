import { InputError } from '../base/diagnostics.js';
import { contextOf } from '../pipeline.js';
import { openCatalogues } from '../scenarios/catalogues.js';
import { readCandidates } from '../studies/compare/candidates.js';
import { planOf } from '../studies/compare/compare.js';
import { measureNamed } from '../studies/compare/ranking.js';
import { loadMeasure, type Measure, utilisationMeasure } from '../studies/measures/measures.js';
import { oneOffAssumption } from '../studies/measures/one-offs.js';
import { factorsOf } from '../studies/sensitivity/factors.js';
import { sensitivityReport } from '../studies/sensitivity/report.js';
import { sensitivity as study } from '../studies/sensitivity/sensitivity.js';
import { loadVariant } from '../studies/variants/variants.js';
import { type StudyWords, studySession } from './study-session.js';

export interface SensitivityWords extends StudyWords {
  readonly measure: string;
  readonly network?: string;
  readonly method: 'one-at-a-time' | 'latin-hypercube';
  readonly samples: number;
  readonly range?: readonly string[];
  readonly set?: readonly string[];
  readonly engine: 'simulation' | 'closed-form';
}

/** `fanplan sensitivity`: which printed range, missing value or key drives a result. */
export async function sensitivity(file: string, words: SensitivityWords): Promise<void> {
  const { all, bases } = readCandidates({ scenarios: [file], set: words.set });
  const { scenario, source } = bases[0]!;
  const context = contextOf(scenario.catalogues);
  const plan = planOf(all[0]!, words.seed);
  const simulates = words.engine === 'simulation';
  const measure = measureOf(words, plan.links.network);
  if ((simulates ? measure.simulated : measure.closedForm) === undefined) {
    throw problem(
      'CONFLICT',
      '--measure',
      `${measure.title} is not measured by the engine`,
      words.measure,
      `another measure, or --engine ${simulates ? 'closed-form' : 'simulation'}`,
    );
  }
  const factors = factorsOf(scenario, plan, openCatalogues(scenario.catalogues).catalogue, context, words.range ?? []);
  if (factors.length === 0) {
    throw problem(
      'EMPTY',
      file,
      'no payload of the scenario has a printed range, and no missing value is in it',
      scenario.name,
      '--range KEY=LEAST..MOST',
    );
  }
  // Bounds of the user are checked before any work.
  for (const { kind, least, most } of factors) {
    if (kind !== 'key') continue;
    for (const end of [least, most]) loadVariant({ name: end.key, source, settings: [end] }, context);
  }
  await studySession('sensitivity', bases, words, async (session) => {
    const seed = words.seed ?? scenario.seed;
    const options = { ...words, ...session, measure, simulates, seed, replications: scenario.replications };
    const result = await study(source, context, factors, options);
    if (result === undefined) return undefined;
    const info = session.info({
      scenarios: [{ name: scenario.name, file: scenario.file, hash: scenario.hash }],
      catalogueHash: plan.catalogueHash,
      seed,
      replications: simulates ? result.base.length : 0,
    });
    const subject = { scenario: scenario.name, measure, factors, simulates };
    return sensitivityReport(
      subject,
      { ...result, assumptions: [...plan.assumptions, ...(simulates ? oneOffAssumption(plan) : [])] },
      info,
    );
  });
}

function measureOf({ measure, network, engine }: SensitivityWords, networks: readonly string[]): Measure {
  if (network !== undefined && !networks.includes(network)) {
    throw problem(
      'UNKNOWN_NAME',
      '--network',
      'the scenario has no such network',
      network,
      [...new Set(networks)].join(', '),
    );
  }
  if (measure === 'load') {
    if (network === undefined)
      throw problem('MISSING_KEY', '--measure load', 'it is not said of which network', measure, '--network NAN');
    return loadMeasure(network);
  }
  if (network === undefined)
    return engine === 'simulation'
      ? measureNamed(measure, '--measure', 'simulated')
      : measureNamed(measure, '--measure', 'closedForm', ['load']);
  if (measure === 'utilisation') return utilisationMeasure(network);
  throw problem(
    'CONFLICT',
    '--network',
    `${measure} is not one of a network`,
    network,
    'utilisation and load with --network',
  );
}

function problem(
  code: 'CONFLICT' | 'EMPTY' | 'UNKNOWN_NAME' | 'MISSING_KEY',
  file: string,
  message: string,
  found: string,
  allowed: string,
): InputError {
  return new InputError([{ code, file, path: '', message, found, allowed }]);
}
