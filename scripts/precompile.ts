/**
 * Part of the build: checks the reference architecture and the SG-Network catalogue, whose rows may name its actors
 * only, and writes both as JSON beside their compiled loaders, so that starting is quick.
 */
import { writeFileSync } from 'node:fs';
import { InputError } from '../base/diagnostics.js';
import { PRECOMPILED_FILE, SG_NETWORK_FOLDER } from '../payloads/catalogue.js';
import { loadCatalogue } from '../payloads/load.js';
import { loadModel } from '../topologies/load.js';
import { modelTexts, PRECOMPILED_MODEL_FILE } from '../topologies/reference.js';

try {
  const model = loadModel(modelTexts());
  const actors = model.actors.filter((actor) => actor.node !== true).map((actor) => actor.name);
  const catalogue = loadCatalogue(SG_NETWORK_FOLDER, { actors });
  writeFileSync(PRECOMPILED_MODEL_FILE, JSON.stringify(model));
  writeFileSync(PRECOMPILED_FILE, JSON.stringify(catalogue));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(`the data of the package has ${error.diagnostics.length} problems\n\n${error.message}`);
  process.exitCode = 1;
}
