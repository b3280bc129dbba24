/** Part of the build: writes the SG-Network catalogue as JSON beside the compiled loader, so that starting is quick. */
import { writeFileSync } from 'node:fs';
import { InputError } from '../base/diagnostics.js';
import { PRECOMPILED_FILE, SG_NETWORK_FOLDER } from '../payloads/catalogue.js';
import { loadCatalogue } from '../payloads/load.js';

try {
  writeFileSync(PRECOMPILED_FILE, JSON.stringify(loadCatalogue(SG_NETWORK_FOLDER)));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(`the SG-Network catalogue has ${error.diagnostics.length} problems\n\n${error.message}`);
  process.exitCode = 1;
}
