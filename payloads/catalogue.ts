import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../base/files.js';
import { loadCatalogue } from './load.js';
import { CATALOGUE_VERSION, type Catalogue } from './types.js';

/** Written beside this module by the build; parsing the YAML takes some ten times as long. */
export const PRECOMPILED_FILE: string = join(dirname(fileURLToPath(import.meta.url)), 'sg-network.json');

/** The folder of the SG-Network catalogue's YAML. */
export const SG_NETWORK_FOLDER: string = join(packageRoot, 'payloads', 'sg-network');

let loaded: Catalogue | undefined;

/**
 * The SG-Network catalogue: what the build precompiled, or else (not built, or of another version) the YAML.
 * The same object each time. @throws InputError when the YAML is wrong.
 */
export function sgNetwork(): Catalogue {
  loaded ??= precompiled() ?? loadCatalogue(SG_NETWORK_FOLDER);
  return loaded;
}

function precompiled(): Catalogue | undefined {
  if (!existsSync(PRECOMPILED_FILE)) return undefined;
  const catalogue = JSON.parse(readFileSync(PRECOMPILED_FILE, 'utf8')) as Catalogue;
  return catalogue.version === CATALOGUE_VERSION ? catalogue : undefined;
}
