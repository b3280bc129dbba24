/** What the verbs that run many plans have in common: folder, replications that are kept, signals, progress, the end. */
import { basename } from 'node:path';
import { InputError } from '../base/diagnostics.js';
import { checkTarget, commandLine, type ExtraFormat, type StudyInfo, type StudyReport } from '../reports/index.js';
import type { PrecisionNames } from '../studies/runner/precision-text.js';
import { type RunnerOptions, StudyInterrupted, type Wanted } from '../studies/runner/runner.js';
import { Workplace } from '../studies/runner/workplace.js';
import { InterruptedError } from './exit.js';
import { interrupted } from './interrupted.js';
import { progressOf } from './progress.js';
import { replicationOptions } from './replication-options.js';
import { finishStudy } from './study-output.js';

export interface StudyWords {
  readonly output?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly replications?: number;
  readonly until?: string;
  readonly seed?: string;
  readonly workers?: number;
  readonly format?: readonly ExtraFormat[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A scenario that a study begins with. */
export interface StudyBase {
  readonly scenario: { readonly file: string };
  readonly context: PrecisionNames;
}

export interface StudySession {
  readonly runner: RunnerOptions;
  readonly signal: AbortSignal;
  /** @param replications of the scenario, where the command line says nothing */
  wanted(replications: number): Wanted;
  /** Begins to tell how far a part of the work is. */
  progress(label: string): (fraction: number) => void;
  /** What is the same of every study of the session; `replications` is 0 in closed form. */
  info(more: Pick<StudyInfo, 'scenarios' | 'catalogueHash' | 'seed' | 'replications'>): StudyInfo;
}

/**
 * Makes a study and writes it. Ctrl-C and SIGTERM stop the simulations; what is finished is kept beside the folder, and the
 * same command goes on from there.
 */
export async function studySession(
  verb: string,
  bases: readonly StudyBase[],
  words: StudyWords,
  make: (session: StudySession) => Promise<StudyReport | undefined>,
): Promise<void> {
  const files = bases.map(({ scenario }) => scenarioName(scenario.file));
  const folder = words.output ?? `results/${verb}-${files.join('-')}`.slice(0, LONGEST_FOLDER);
  const replace = words.force === true || words.resume === true;
  checkTarget(folder, replace);
  const { until } = replicationOptions(
    words,
    bases.map(({ context }) => context),
  );
  const workplace = new Workplace(folder, words.resume === true);
  const isQuiet = words.quiet === true || words.json === true;
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const startedAt = new Date();
  let progress = progressOf(verb, true);
  const found = workplace.found;
  if (found > 0 && !isQuiet) console.error(`${found} finished replications are taken over`);
  const session: StudySession = {
    runner: {
      store: workplace,
      signal: abort.signal,
      onProgress: (fraction) => progress.update(fraction),
      ...(words.workers === undefined ? {} : { workers: words.workers }),
    },
    signal: abort.signal,
    wanted(replications) {
      if (until !== undefined) return { until: until.precision, least: until.least, most: until.most };
      const count = words.replications ?? replications;
      return { numbers: Array.from({ length: count }, (_, i) => i + 1) };
    },
    progress(label) {
      progress.stop();
      progress = progressOf(label, isQuiet);
      return progress.update;
    },
    info: (more) => ({
      verb,
      command: commandLine(['fanplan', ...reproducible(process.argv.slice(2))]),
      ...more,
      engine: more.replications === 0 ? 'closed-form' : 'simulation',
      exit: 'done',
      timing: { startedAt: startedAt.toISOString(), wallS: (Date.now() - startedAt.getTime()) / 1000 },
    }),
  };
  try {
    // The signals stay caught until the folder is written: what is finished is not lost by a late Ctrl-C.
    const study = await make(session);
    if (study === undefined) throw new InterruptedError('interrupted in closed form; nothing is written');
    progress.stop();
    const files = new Map([...(study.files ?? []), ...workplace.files()]);
    await finishStudy(folder, { ...study, files }, { ...words, force: replace }, false);
    workplace.close();
  } catch (error) {
    if (!(error instanceof StudyInterrupted)) throw error;
    throw interrupted(workplace, `${error.finished} of ${error.expected} replications`);
  } finally {
    progress.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

const LONGEST_FOLDER = 120;
/** Options that say where, how loud and how fast, and change no result. */
const OF_THE_CALL = new Set(['-f', '--force', '--resume', '--json', '-q', '--quiet']);
const OF_THE_CALL_WITH_VALUE = new Set(['-o', '--output', '-w', '--workers']);

/** Words of the command line without those that change no result. */
function reproducible(words: readonly string[]): string[] {
  return words.filter((word, i) => {
    const [option] = word.split('=');
    return (
      !OF_THE_CALL.has(word) &&
      !OF_THE_CALL_WITH_VALUE.has(option!) &&
      !(i > 0 && OF_THE_CALL_WITH_VALUE.has(words[i - 1]!))
    );
  });
}

export function scenarioName(file: string): string {
  return file === '-' || file === '<stdin>' ? 'stdin' : basename(file).replace(/\.ya?ml$/i, '');
}

/** Standard input can be read once. @throws InputError */
export function refuseSeveralInputs(files: readonly string[]): void {
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice === undefined) return;
  throw new InputError([
    { code: 'DUPLICATE', file: twice, path: '', message: 'the same scenario is named twice', allowed: 'each once' },
  ]);
}
