import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../base/diagnostics.js';
import { packageRoot } from '../base/files.js';
import { nearestTo } from '../base/nearest.js';
import { documentsOfPackage } from './figures/documents.js';
import { loadTechnologies } from './technology-load.js';
import type { Technology } from './technology-types.js';

/** Written beside this module by the build; checking the YAML takes longer. */
export const PRECOMPILED_TECHNOLOGIES_FILE: string = join(
  dirname(fileURLToPath(import.meta.url)),
  'technology-library.json',
);

let library: readonly Technology[] | undefined;

/** The technology library in the order of its files: what the build precompiled, or else the YAML. The same each time. */
export function technologyLibrary(): readonly Technology[] {
  library ??= existsSync(PRECOMPILED_TECHNOLOGIES_FILE)
    ? (JSON.parse(readFileSync(PRECOMPILED_TECHNOLOGIES_FILE, 'utf8')) as Technology[])
    : readTechnologies();
  return library;
}

/** Reads the YAML of the package. @throws InputError when it is wrong */
export function readTechnologies(networks?: readonly string[]): readonly Technology[] {
  return loadTechnologies(technologyTexts(), documentsOfPackage(), networks);
}

/** The texts of topologies/technologies/*.yaml by file name, sorted. */
export function technologyTexts(): Readonly<Record<string, string>> {
  const folder = join(packageRoot, 'topologies', 'technologies');
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The technology of a name. @throws InputError (UNKNOWN_NAME) with the nearest; `file` and `path` say whose name it is */
export function findTechnology(name: string, file = '<object>', path = 'technology'): Technology {
  const found = technologyLibrary().find((technology) => technology.name === name);
  if (found !== undefined) return found;
  const names = technologyLibrary().map((technology) => technology.name);
  throw new InputError([
    {
      code: 'UNKNOWN_NAME',
      file,
      path,
      message: 'there is no such technology',
      found: name,
      allowed: names.join(', '),
      ...nearestTo(name, names),
    },
  ]);
}
