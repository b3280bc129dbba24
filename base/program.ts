import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the compiled program stands: the folder above this module's. */
const HOME = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * SHA-256 over the compiled modules of some folders of the program (`['sim']`), names included: two programs with the same
 * hash compute the same. Some milliseconds.
 */
export function programHash(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of [...folders].sort()) {
    const files = readdirSync(join(HOME, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.js')).sort()) {
      hash.update(`${folder}/${file.replaceAll('\\', '/')}\n`).update(readFileSync(join(HOME, folder, file)));
    }
  }
  return hash.digest('hex');
}
