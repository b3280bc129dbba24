import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageRoot } from './files.js';
import { version } from './version.js';

/** What decides the numbers: the compiled program and the data beside it. */
const PARTS: readonly (readonly [folder: string, ending: RegExp])[] = [
  ...['base', 'payloads', 'topologies', 'scenarios', 'sim', 'studies', 'reports', 'cli'].map(
    (folder) => [join('dist', folder), /\.(js|json)$/] as const,
  ),
  ['payloads', /\.yaml$/],
  ['topologies', /\.yaml$/],
];

let known: string | undefined;

/**
 * SHA-256 over the program's version and files, by path and content; the same for a clone and an install of one version.
 * Libraries are not in it: their versions follow from the program's. About 30 ms, once.
 */
export function programHash(): string {
  known ??= hashOf(PARTS.flatMap(([folder, ending]) => filesBelow(folder, ending)));
  return known;
}

/** SHA-256 over the version and the compiled modules of one folder, e.g. `sim`: what only they decide is then the same. */
export function modulesHash(folder: string): string {
  return hashOf(filesBelow(join('dist', folder), /\.js$/));
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256').update(version());
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(packageRoot, file)));
  return hash.digest('hex');
}

/** Paths from the package's root, with slashes, sorted. */
function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path))
    .map((path) => join(folder, path).split(sep).join('/'))
    .sort();
}
