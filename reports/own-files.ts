/** Which files of a folder fanplan wrote: what is not among them is the user's and never touched. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartNames } from './charts/all.js';
import { tableNames } from './tables.js';

export const RUN_FILE = 'run.json';
export const STUDY_FILE = 'study.json';
export const IMPORT_FILE = 'import.json';
export const REPORT_FILE = 'report.html';
export const WORKBOOK_FILE = 'tables.xlsx';
export const CHART_FOLDER = 'charts';
export const REPLICATION_FOLDER = 'replications';

/**
 * Paths of the files that fanplan writes into a folder, from its `run.json`, `study.json` or `import.json`.
 * @returns undefined when the folder holds no results of fanplan
 */
export function ownFiles(target: string): ReadonlySet<string> | undefined {
  const run = readObject(join(target, RUN_FILE));
  if (typeof run?.['fanplan'] === 'string' && typeof run['resultsVersion'] === 'number') {
    return new Set([...runFiles, ...keptReplications(target)]);
  }
  return listedFiles(target, STUDY_FILE, 'studyVersion') ?? listedFiles(target, IMPORT_FILE, 'importVersion');
}

/** Files that a file of its own lists, which says which version wrote it. */
function listedFiles(target: string, name: string, version: string): ReadonlySet<string> | undefined {
  const value = readObject(join(target, name));
  if (typeof value?.['fanplan'] !== 'string' || typeof value[version] !== 'number') return undefined;
  const files = Array.isArray(value['files']) ? value['files'] : [];
  return new Set([name, ...files.filter((file) => typeof file === 'string')]);
}

/** Every file of a run under any options. */
const runFiles: ReadonlySet<string> = new Set([
  RUN_FILE,
  REPORT_FILE,
  WORKBOOK_FILE,
  ...tableNames.flatMap((table) => ['arrow', 'csv', 'parquet'].map((ending) => `${table}.${ending}`)),
  ...chartNames.flatMap((name) => ['vl.json', 'svg', 'png'].map((ending) => join(CHART_FOLDER, `${name}.${ending}`))),
]);

/** Replications that a run keeps, so that it can be extended. */
function keptReplications(target: string): string[] {
  try {
    const names = readdirSync(join(target, REPLICATION_FOLDER));
    return names
      .filter((name) => /^[0-9a-f]+-\d+\.replication$/.test(name))
      .map((name) => join(REPLICATION_FOLDER, name));
  } catch {
    return [];
  }
}

function readObject(file: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
