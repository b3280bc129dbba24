import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../base/files.js';
import { loadModel, type ModelTexts } from './load.js';
import { MODEL_VERSION, type ModelData, ReferenceModel } from './model.js';

/** Written beside this module by the build: `JSON.stringify(loadModel(modelTexts()))`; checking the YAML takes longer. */
export const PRECOMPILED_MODEL_FILE: string = join(dirname(fileURLToPath(import.meta.url)), 'reference-model.json');

let data: ModelData | undefined;
let reference: ReferenceModel | undefined;

/** The reference architecture: what the build precompiled, or else this folder's YAML. The same object each time. */
export function referenceModel(): ReferenceModel {
  reference ??= new ReferenceModel(referenceData());
  return reference;
}

/** As `referenceModel`, as plain data. */
export function referenceData(): ModelData {
  data ??= precompiled() ?? loadModel(modelTexts());
  return data;
}

/** The texts of this folder's YAML files. */
export function modelTexts(): ModelTexts {
  const read = (name: string) => readFileSync(join(packageRoot, 'topologies', name), 'utf8');
  return {
    decisions: read('decisions.yaml'),
    networks: read('networks.yaml'),
    actors: read('actors.yaml'),
    dataFlows: read('data-flows.yaml'),
  };
}

function precompiled(): ModelData | undefined {
  if (!existsSync(PRECOMPILED_MODEL_FILE)) return undefined;
  const read = JSON.parse(readFileSync(PRECOMPILED_MODEL_FILE, 'utf8')) as ModelData;
  return read.version === MODEL_VERSION ? read : undefined;
}
