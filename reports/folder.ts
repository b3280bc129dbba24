/** A folder of results: written beside its place and moved there in one step, so that a half-written one never has the name. */
import {
  type Dirent,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AccessError, InputError } from '../base/diagnostics.js';
import { ownFiles } from './own-files.js';

/** Content by path within the folder. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

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
    const own = ownFiles(target);
    if (own === undefined) {
      throw conflict(
        folder,
        'the folder holds something else than results of fanplan, and is left alone',
        entries[0]?.name,
      );
    }
    const stranger = foreignEntry(target, folder, own);
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
 * Writes the files as one folder. It is complete before it takes the name; an old one is moved aside first and deleted
 * last, so that at every moment one of the two is whole on the disk.
 * @param files among them the one by which `ownFiles` knows the folder again
 * @param force replace the results of an earlier run
 * @returns paths of the files within the folder, sorted.
 * @throws what checkTarget throws, and AccessError when the disk refuses; finished results are then kept where it says.
 */
export function writeFolder(folder: string, files: Files, force: boolean): string[] {
  checkTarget(folder, force);
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const fresh = sibling(target, 'new');
  accessing(folder, () => {
    mkdirSync(dirname(target), { recursive: true });
    try {
      for (const [name, content] of files) {
        mkdirSync(dirname(join(fresh, name)), { recursive: true });
        writeFileSync(join(fresh, name), content);
      }
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
  });
  moveIntoPlace(fresh, target, folder);
  return [...files.keys()].sort();
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

/** The first entry, by its path within the folder, that is neither a file of fanplan's nor a folder of them. */
function foreignEntry(target: string, folder: string, own: ReadonlySet<string>, below = ''): string | undefined {
  const parents = new Set([...own].map(dirname));
  for (const entry of entriesOf(join(target, below), folder)) {
    const path = join(below, entry.name);
    if (clutter.has(entry.name)) continue;
    if (entry.isDirectory() ? !parents.has(path) : !own.has(path)) return path;
    if (!entry.isDirectory()) continue;
    const foreign = foreignEntry(target, folder, own, path);
    if (foreign !== undefined) return foreign;
  }
  return undefined;
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
  // Tried, not asked: there are places that let a folder be made by their permissions and then do not.
  accessing(folder, () => rmdirSync(mkdtempSync(join(parent, '.fanplan-'))));
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
