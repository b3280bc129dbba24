import { contextOf } from '../pipeline.js';
import { readCandidates } from '../studies/compare/candidates.js';
import { planOf } from '../studies/compare/compare.js';
import { simulateCandidates } from '../studies/compare/simulation.js';
import { casesOf } from '../studies/n-1/cases.js';
import { nMinusOneReport } from '../studies/n-1/report.js';
import { type StudyWords, studySession } from './study-session.js';

export interface NMinusOneWords extends StudyWords {
  readonly set?: readonly string[];
}

/** `fanplan n-1`: every class of links and every gateway out in turn, by simulation. */
export async function nMinusOne(file: string, words: NMinusOneWords): Promise<void> {
  const { all, bases } = readCandidates({ scenarios: [file], set: words.set });
  const { scenario, source } = bases[0]!;
  const plan = planOf(all[0]!, words.seed);
  const cases = casesOf(source, scenario, plan, contextOf(scenario.catalogues));
  await studySession('n-1', bases, words, async (session) => {
    session.progress('simulating');
    const members = await simulateCandidates(cases, session.wanted(scenario.replications), words.seed, session.runner);
    const info = session.info({
      scenarios: [{ name: scenario.name, file: scenario.file, hash: scenario.hash }],
      catalogueHash: plan.catalogueHash,
      seed: words.seed ?? scenario.seed,
      replications: Math.max(...members.map(({ outcome }) => outcome.replications)),
    });
    return nMinusOneReport(scenario.name, cases, members, plan.assumptions, info);
  });
}
