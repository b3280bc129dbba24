/** The folder of a run: written beside its place and moved there in one step, so that a half-written one never has the name. */
import {
  accessSync,
  constants,
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AccessError, InputError } from '../base/diagnostics.js';
import type { Results } from '../sim/results.js';
import { arrowFile } from './arrow.js';
import { chartMakers } from './charts/all.js';
import { csvFile } from './csv.js';
import { reportPage } from './html/page.js';
import { parquetFile } from './parquet.js';
import { renderSvg } from './render.js';
import { type TableName, tableNames } from './tables.js';

/** Formats besides Arrow, which is always written. */
export type ExtraFormat = 'csv' | 'parquet';
export const extraFormats: readonly ExtraFormat[] = ['csv', 'parquet'];

export interface WriteOptions {
  readonly formats: readonly ExtraFormat[];
  /** Replace the results of an earlier run. */
  readonly force: boolean;
}

const RUN_FILE = 'run.json';
const REPORT_FILE = 'report.html';
const CHART_FOLDER = 'charts';
/** What file managers leave behind. */
const clutter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Looks whether results can be written to `folder`; to be called before any work starts. A folder that is absent or empty
 * can; one that holds the results of an earlier run can with `force`; a folder with any other file never can, so that
 * nothing of the user's is ever deleted.
 * @throws InputError (CONFLICT) when something is in the way, with what to do; AccessError when the place cannot be written.
 */
export function checkTarget(folder: string, force: boolean): void {
  const target = resolve(folder);
  if (!existsSync(target)) {
    checkWritable(nearestExisting(dirname(target)), folder);
    return;
  }
  if (!statSync(target).isDirectory()) throw conflict(folder, 'a file of this name is in the way');
  const entries = entriesOf(target, folder).filter((entry) => !clutter.has(entry.name));
  if (entries.length > 0) {
    if (!isResult(target)) {
      throw conflict(
        folder,
        'the folder holds something else than results of fanplan, and is left alone',
        entries[0]?.name,
      );
    }
    const stranger = foreignEntry(target, folder, entries);
    if (stranger !== undefined) {
      throw conflict(
        folder,
        'besides results the folder holds a file that fanplan did not write, and is left alone',
        stranger,
      );
    }
    if (!force) throw conflict(folder, 'the folder holds results of an earlier run; --force replaces them');
  }
  checkWritable(dirname(realpathSync(target)), folder);
}

/**
 * Writes everything that DESIGN.md lists, and tables in the extra formats. The new folder is complete before it takes the
 * name; an old one is moved aside first and deleted last, so that at every moment one of the two is whole on the disk.
 * @returns paths of the files within the folder, sorted.
 * @throws what checkTarget throws, and AccessError when the disk refuses; finished results are then kept where it says.
 */
export async function writeResults(folder: string, results: Results, options: WriteOptions): Promise<string[]> {
  checkTarget(folder, options.force);
  const files = await resultFiles(results, options.formats);
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const fresh = sibling(target, 'new');
  accessing(folder, () => {
    mkdirSync(dirname(target), { recursive: true });
    try {
      mkdirSync(join(fresh, CHART_FOLDER), { recursive: true });
      for (const [name, content] of files) writeFileSync(join(fresh, name), content);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
  });
  moveIntoPlace(fresh, target, folder);
  return [...files.keys()].sort();
}

async function resultFiles(
  results: Results,
  formats: readonly ExtraFormat[],
): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  for (const name of tableNames) {
    files.set(`${name}.arrow`, arrowFile(results, name));
    if (formats.includes('csv')) files.set(`${name}.csv`, csvFile(results, name));
    if (formats.includes('parquet')) files.set(`${name}.parquet`, parquetFile(results, name));
  }
  for (const makeChart of chartMakers) {
    const chart = makeChart(results, 'wide');
    files.set(join(CHART_FOLDER, `${chart.name}.vl.json`), `${JSON.stringify(chart.spec, null, 1)}\n`);
    files.set(join(CHART_FOLDER, `${chart.name}.svg`), await renderSvg(chart, { use: 'alone' }));
  }
  files.set(REPORT_FILE, await reportPage(results));
  files.set(RUN_FILE, `${JSON.stringify(results.run, null, 2)}\n`);
  return files;
}

/** Old away, new in, old deleted; when the new one cannot take the name, the old one gets it back. */
function moveIntoPlace(fresh: string, target: string, folder: string): void {
  const old = existsSync(target) ? sibling(target, 'old') : undefined;
  try {
    if (old !== undefined) renameSync(target, old);
    try {
      renameSync(fresh, target);
    } catch (error) {
      if (old !== undefined) renameSync(old, target);
      throw error;
    }
  } catch (error) {
    throw new AccessError(
      `${folder} cannot be put in place: ${(error as Error).message}; the results are kept in ${fresh}`,
    );
  }
  if (old === undefined) return;
  try {
    rmSync(old, { recursive: true, force: true });
  } catch (error) {
    throw new AccessError(
      `the new results are in ${folder}; the earlier ones are left in ${old}: ${(error as Error).message}`,
    );
  }
}

/** A name beside the target that is not taken: `.results.new-4711`. */
function sibling(target: string, what: 'new' | 'old'): string {
  for (let i = 0; ; i++) {
    const name = `.${basename(target)}.${what}-${process.pid}${i === 0 ? '' : `-${i}`}`;
    const path = join(dirname(target), name);
    if (!existsSync(path)) return path;
  }
}

/** True when run.json is one of fanplan's. */
function isResult(target: string): boolean {
  try {
    const run = JSON.parse(readFileSync(join(target, RUN_FILE), 'utf8')) as Record<string, unknown> | null;
    return typeof run?.['fanplan'] === 'string' && typeof run['resultsVersion'] === 'number';
  } catch {
    return false;
  }
}

/** The first entry whose name is none that fanplan writes. */
function foreignEntry(target: string, folder: string, entries: readonly Dirent[]): string | undefined {
  const endings = ['arrow', ...extraFormats];
  const own = new Set([RUN_FILE, REPORT_FILE, CHART_FOLDER]);
  for (const table of tableNames) for (const ending of endings) own.add(`${table satisfies TableName}.${ending}`);
  const foreign = entries.find(
    (entry) => !own.has(entry.name) || entry.isDirectory() !== (entry.name === CHART_FOLDER),
  );
  if (foreign !== undefined) return foreign.name;
  if (!entries.some((entry) => entry.name === CHART_FOLDER)) return undefined;
  const chart = entriesOf(join(target, CHART_FOLDER), folder).find(
    (entry) => !clutter.has(entry.name) && !/^[a-z-]+\.(vl\.json|svg)$/.test(entry.name),
  );
  return chart === undefined ? undefined : join(CHART_FOLDER, chart.name);
}

function entriesOf(path: string, folder: string): Dirent[] {
  return accessing(folder, () => readdirSync(path, { withFileTypes: true }));
}

function nearestExisting(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestExisting(dirname(path));
}

function checkWritable(parent: string, folder: string): void {
  if (!statSync(parent).isDirectory()) {
    throw new AccessError(`${folder} cannot be written: ${parent} is a file, not a folder; give another folder`);
  }
  accessing(folder, () => accessSync(parent, constants.W_OK | constants.X_OK));
}

function accessing<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new AccessError(`${folder} cannot be written: ${(error as Error).message}`);
  }
}

function conflict(folder: string, message: string, found?: string): InputError {
  return new InputError([
    {
      code: 'CONFLICT',
      file: folder,
      path: '',
      message,
      ...(found === undefined ? {} : { found }),
      allowed: 'a folder that does not exist yet, or an empty one',
    },
  ]);
}
