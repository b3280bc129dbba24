/** The folder of a study, written as that of a run is. */
import { version } from '../../base/version.js';
import { startDrawing } from '../drawing.js';
import { pictureFiles, tableFiles } from '../files.js';
import { checkTarget, type Files, writeFolder } from '../folder.js';
import type { ExtraFormat, WriteOptions } from '../formats.js';
import { REPORT_FILE, STUDY_FILE } from '../own-files.js';
import { studyPage } from './page.js';
import { STUDY_VERSION, type StudyReport } from './study.js';
import { studyTables } from './tables.js';

/**
 * Writes report, tables, charts, the study's own files and study.json as one folder in one step. Call `checkTarget`
 * before the work starts, so that nothing is computed for a folder that cannot be written.
 * @returns paths of the files within the folder, sorted.
 * @throws what writeFolder throws
 */
export async function writeStudy(folder: string, study: StudyReport, options: WriteOptions): Promise<string[]> {
  checkTarget(folder, options.force);
  return writeFolder(folder, await studyFiles(study, options.formats), options.force);
}

async function studyFiles(study: StudyReport, formats: readonly ExtraFormat[]): Promise<Files> {
  const drawing = startDrawing(study.pictures);
  const tables = await tableFiles(studyTables(study), formats);
  const page = await studyPage(study, drawing);
  const files = new Map([
    ...(study.files ?? []),
    ...tables,
    ...(await pictureFiles(await drawing.finish(), formats)),
    [REPORT_FILE, page],
  ] as const);
  const summary = { ...studySummary(study), files: [...files.keys()].sort() };
  return new Map([...files, [STUDY_FILE, `${JSON.stringify(summary, null, 2)}\n`]]);
}

/** What the study found and how it was made, as JSON has it; the tables are in their own files. */
export function studySummary(study: StudyReport) {
  const { info, title, facts, answer, findings, binding } = study;
  return {
    fanplan: version(),
    node: process.version,
    studyVersion: STUDY_VERSION,
    ...info,
    title,
    facts,
    answer,
    findings,
    binding,
  };
}
