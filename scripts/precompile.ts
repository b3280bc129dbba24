/**
 * Part of the build: checks the reference architecture, what systems add to it, the catalogues, whose rows may name those
 * actors only, the link technologies, which may name its networks only, and the overhead layers, and writes each as JSON beside its
 * compiled loader, and the schema of scenarios as a program, so that starting is quick.
 */
import { writeFileSync } from 'node:fs';
import { InputError } from '../base/diagnostics.js';
import { compiledSource } from '../base/schema-errors.js';
import { builtInCatalogues, precompiledFile } from '../payloads/catalogue.js';
import { readBuiltIn } from '../scenarios/catalogues.js';
import { validatorFile, validatorNames, validatorSchema } from '../scenarios/validators.js';
import { loadModel } from '../topologies/load.js';
import { PRECOMPILED_LAYERS_FILE, readLayers } from '../topologies/overhead/layers.js';
import { modelTexts, PRECOMPILED_MODEL_FILE } from '../topologies/reference.js';
import { PRECOMPILED_SYSTEMS_FILE, readSystems } from '../topologies/systems.js';
import { PRECOMPILED_TECHNOLOGIES_FILE, readTechnologies } from '../topologies/technologies.js';

try {
  const model = loadModel(modelTexts());
  const systems = readSystems(model);
  const catalogues = builtInCatalogues().map((id) => [id, readBuiltIn(id, model, systems[id])] as const);
  for (const id of Object.keys(systems)) {
    if (!builtInCatalogues().includes(id)) throw new Error(`topologies/systems/${id}.yaml belongs to no catalogue`);
  }
  const technologies = readTechnologies(model.networks.map((network) => network.name));
  const layers = readLayers();
  writeFileSync(PRECOMPILED_MODEL_FILE, JSON.stringify(model));
  writeFileSync(PRECOMPILED_SYSTEMS_FILE, JSON.stringify(systems));
  for (const [id, catalogue] of catalogues) writeFileSync(precompiledFile(id), JSON.stringify(catalogue));
  writeFileSync(PRECOMPILED_TECHNOLOGIES_FILE, JSON.stringify(technologies));
  writeFileSync(PRECOMPILED_LAYERS_FILE, JSON.stringify(layers));
  for (const name of validatorNames) writeFileSync(validatorFile(name), compiledSource(validatorSchema(name)));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(`the data of the package has ${error.diagnostics.length} problems\n\n${error.message}`);
  process.exitCode = 1;
}
