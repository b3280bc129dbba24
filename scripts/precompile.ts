/**
 * Part of the build: checks the reference architecture, the SG-Network catalogue, whose rows may name its actors only,
 * the link technologies, which may name its networks only, and the overhead layers, and writes each as JSON beside its
 * compiled loader, so that starting is quick.
 */
import { writeFileSync } from 'node:fs';
import { InputError } from '../base/diagnostics.js';
import { PRECOMPILED_FILE, SG_NETWORK_FOLDER } from '../payloads/catalogue.js';
import { loadCatalogue } from '../payloads/load.js';
import { loadModel } from '../topologies/load.js';
import { PRECOMPILED_LAYERS_FILE, readLayers } from '../topologies/overhead/layers.js';
import { modelTexts, PRECOMPILED_MODEL_FILE } from '../topologies/reference.js';
import { PRECOMPILED_TECHNOLOGIES_FILE, readTechnologies } from '../topologies/technologies.js';

try {
  const model = loadModel(modelTexts());
  const actors = model.actors.filter((actor) => actor.node !== true).map((actor) => actor.name);
  const catalogue = loadCatalogue(SG_NETWORK_FOLDER, { actors });
  const technologies = readTechnologies(model.networks.map((network) => network.name));
  const layers = readLayers();
  writeFileSync(PRECOMPILED_MODEL_FILE, JSON.stringify(model));
  writeFileSync(PRECOMPILED_FILE, JSON.stringify(catalogue));
  writeFileSync(PRECOMPILED_TECHNOLOGIES_FILE, JSON.stringify(technologies));
  writeFileSync(PRECOMPILED_LAYERS_FILE, JSON.stringify(layers));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(`the data of the package has ${error.diagnostics.length} problems\n\n${error.message}`);
  process.exitCode = 1;
}
