import { prepareDrawing } from '../reports/index.js';
import { type CandidateWords, readCandidates } from '../studies/compare/candidates.js';
import { compareCandidates } from '../studies/compare/compare.js';
import { comparisonReport } from '../studies/compare/report.js';
import { refuseSeveralInputs, type StudyWords, studySession } from './study-session.js';

export interface CompareWords extends StudyWords, Omit<CandidateWords, 'scenarios'> {
  readonly shortlist: number;
  readonly by?: string;
}

/** `fanplan compare`: scenarios, or variants of one, ranked in closed form; the shortlist simulated and compared in pairs. */
export async function compare(scenarios: readonly string[], words: CompareWords): Promise<void> {
  refuseSeveralInputs(scenarios);
  const candidates = readCandidates({ ...words, scenarios });
  await studySession('compare', candidates.bases, words, async (session) => {
    prepareDrawing();
    const result = await compareCandidates(candidates, { ...words, ...session });
    if (result === undefined) return undefined;
    const { scenario } = candidates.bases[0]!;
    return comparisonReport(
      result,
      session.info({
        scenarios: candidates.bases.map(({ scenario: one }) => ({ name: one.name, file: one.file, hash: one.hash })),
        catalogueHash: result.base.catalogueHash,
        seed: words.seed ?? scenario.seed,
        replications: Math.max(0, ...result.members.map(({ outcome }) => outcome.replications)),
      }),
    );
  });
}
