/** What every verb that makes a study does with it: folder, summary, JSON, exit code. */
import {
  type ExtraFormat,
  type StudyReport,
  studySummary,
  studySummaryText,
  studyTables,
  writeStudy,
} from '../reports/index.js';
import { ExitCode } from './exit.js';
import { terminalStyle } from './style.js';

export interface StudyOutput {
  readonly force?: boolean;
  readonly format?: readonly ExtraFormat[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Writes the study into the folder and says what was found. Sets the exit code: 130 when the study was interrupted, 1 when
 * it fails and `judges`.
 */
export async function finishStudy(
  folder: string,
  study: StudyReport,
  options: StudyOutput,
  judges: boolean,
): Promise<void> {
  await writeStudy(folder, study, { formats: options.format ?? [], force: options.force === true });
  if (options.json === true) console.log(studyJson(folder, study));
  else if (options.quiet !== true) console.log(studySummaryText(study, folder, terminalStyle(process.stdout)));
  if (study.info.exit === 'interrupted') process.exitCode = ExitCode.interrupted;
  else if (judges && study.answer.verdict === 'fail') process.exitCode = ExitCode.failed;
}

/** The summary and every table; what is missing or infinite is null. */
function studyJson(folder: string, study: StudyReport): string {
  const tables = Object.fromEntries(studyTables(study).map(({ name, rows }) => [name, rows]));
  return JSON.stringify({ folder, ...studySummary(study), tables }, null, 2);
}
