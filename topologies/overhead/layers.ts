import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../base/files.js';
import { documentsOfPackage } from '../figures/documents.js';
import { loadLayers } from './layer-load.js';
import type { LayerLibrary } from './layer-types.js';

/** Written beside this module by the build; checking the YAML takes longer. */
export const PRECOMPILED_LAYERS_FILE: string = join(dirname(fileURLToPath(import.meta.url)), 'layer-library.json');

let library: LayerLibrary | undefined;

/** The layers of overhead stacks: what the build precompiled, or else the YAML. The same object each time. */
export function layerLibrary(): LayerLibrary {
  library ??= existsSync(PRECOMPILED_LAYERS_FILE)
    ? (JSON.parse(readFileSync(PRECOMPILED_LAYERS_FILE, 'utf8')) as LayerLibrary)
    : readLayers();
  return library;
}

/** Reads the YAML of the package. @throws InputError when it is wrong */
export function readLayers(): LayerLibrary {
  return loadLayers(layersText(), documentsOfPackage());
}

export function layersText(): string {
  return readFileSync(join(packageRoot, 'topologies', 'overhead', 'layers.yaml'), 'utf8');
}
