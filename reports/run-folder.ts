/** The folder of a run. */
import type { Results } from '../sim/results.js';
import { runPictures } from './charts/all.js';
import { startDrawing } from './drawing.js';
import { pictureFiles, tableFiles } from './files.js';
import { checkTarget, type Files, writeFolder } from './folder.js';
import type { ExtraFormat, WriteOptions } from './formats.js';
import { reportPage } from './html/page.js';
import { REPORT_FILE, RUN_FILE } from './own-files.js';
import { resultTables } from './tables.js';

/**
 * Writes everything that DESIGN.md lists, and what the extra formats ask for, as one folder in one step.
 * @returns paths of the files within the folder, sorted.
 * @throws what writeFolder throws
 */
export async function writeResults(
  folder: string,
  results: Results,
  options: WriteOptions & { /** Replications to be kept. */ readonly kept?: Files },
): Promise<string[]> {
  checkTarget(folder, options.force);
  const files = new Map([...(await resultFiles(results, options.formats)), ...(options.kept ?? [])]);
  return writeFolder(folder, files, options.force);
}

async function resultFiles(results: Results, formats: readonly ExtraFormat[]): Promise<Files> {
  const drawing = startDrawing(runPictures(results));
  const tables = await tableFiles(resultTables(results), formats);
  const page = await reportPage(results, drawing);
  return new Map([
    ...tables,
    ...(await pictureFiles(await drawing.finish(), formats)),
    [REPORT_FILE, page],
    [RUN_FILE, `${JSON.stringify(results.run, null, 2)}\n`],
  ]);
}
