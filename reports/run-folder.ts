/** The folder of a run. */
import type { Results } from '../sim/results.js';
import { runPictures } from './charts/all.js';
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
export async function writeResults(folder: string, results: Results, options: WriteOptions): Promise<string[]> {
  checkTarget(folder, options.force);
  return writeFolder(folder, await resultFiles(results, options.formats), options.force);
}

async function resultFiles(results: Results, formats: readonly ExtraFormat[]): Promise<Files> {
  return new Map([
    ...(await tableFiles(resultTables(results), formats)),
    ...(await pictureFiles(runPictures(results))),
    [REPORT_FILE, await reportPage(results)],
    [RUN_FILE, `${JSON.stringify(results.run, null, 2)}\n`],
  ]);
}
