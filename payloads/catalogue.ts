import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../base/files.js';
import { loadCatalogue } from './load.js';
import { CATALOGUE_VERSION, type Catalogue } from './types.js';

const FOLDER = join(packageRoot, 'payloads');
/** The catalogue of a scenario that names none. */
export const DEFAULT_CATALOGUE = 'sg-network';

/** Written beside this module by the build; parsing the YAML takes some ten times as long. */
export function precompiledFile(id: string): string {
  return join(dirname(fileURLToPath(import.meta.url)), `${id}.json`);
}

/** The folder of the YAML of one of the package's catalogues. */
export function catalogueFolder(id: string): string {
  return join(FOLDER, id);
}

let names: readonly string[] | undefined;

/** The package's own catalogues: the folders beside this module that list populations. */
export function builtInCatalogues(): readonly string[] {
  names ??= readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'populations.yaml')))
    .sort();
  return names;
}

const loaded = new Map<string, Catalogue>();

/**
 * One of the package's catalogues: what the build precompiled, or else (not built, or of another version) the YAML.
 * The same object each time. @throws InputError when the YAML is wrong.
 */
export function builtInCatalogue(id: string): Catalogue {
  const catalogue = loaded.get(id) ?? precompiled(id) ?? loadCatalogue(catalogueFolder(id));
  loaded.set(id, catalogue);
  return catalogue;
}

/** The SG-Network catalogue. */
export function sgNetwork(): Catalogue {
  return builtInCatalogue(DEFAULT_CATALOGUE);
}

function precompiled(id: string): Catalogue | undefined {
  const file = precompiledFile(id);
  if (!existsSync(file)) return undefined;
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
  return catalogue.version === CATALOGUE_VERSION ? catalogue : undefined;
}
