import { InputError } from '../base/diagnostics.js';
import { readCandidates } from '../studies/compare/candidates.js';
import { sweepReport } from '../studies/sweep/report.js';
import { sweepGrid } from '../studies/sweep/sweep.js';
import { type StudyWords, studySession } from './study-session.js';

export interface SweepWords extends StudyWords {
  readonly vary?: readonly string[];
  readonly set?: readonly string[];
  readonly engine: 'simulation' | 'closed-form';
}

/** `fanplan sweep`: a grid of keys, every point in closed form and by simulation. */
export async function sweep(file: string, words: SweepWords): Promise<void> {
  if (words.vary === undefined) {
    const allowed = "--vary 'NAN.rate=20,50,100 kbit/s', --vary deployment.meters=1000..10000:1000";
    throw new InputError([
      { code: 'MISSING_KEY', file: 'fanplan sweep', path: '--vary', message: 'nothing is varied', allowed },
    ]);
  }
  const candidates = readCandidates({ scenarios: [file], vary: words.vary, set: words.set });
  await studySession('sweep', candidates.bases, words, async (session) => {
    const simulates = words.engine === 'simulation';
    const result = await sweepGrid(candidates, { simulates, seed: words.seed, ...session });
    if (result === undefined) return undefined;
    const { scenario } = candidates.bases[0]!;
    const info = session.info({
      scenarios: [{ name: scenario.name, file: scenario.file, hash: scenario.hash }],
      catalogueHash: result.catalogueHash,
      seed: words.seed ?? scenario.seed,
      replications: Math.max(0, ...result.points.map(({ member }) => member?.outcome.replications ?? 0)),
    });
    return sweepReport(result, info);
  });
}
