/**
 * Part of the build: runs a small first look with the bundled program and keeps the code that V8 made of it (base/code-cache.ts).
 * All in one thread, as on one core: what another drew would not be kept.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { parseDocument } from 'yaml';
import { bundledFile } from '../base/bundled-file.js';
import { CODE_FOLDER, saveCode } from '../base/code-cache.js';
import { packageRoot } from '../base/files.js';
import { scenarioValidator } from '../scenarios/validators.js';

rmSync(CODE_FOLDER, { recursive: true, force: true });
const folder = mkdtempSync(join(tmpdir(), 'fanplan-code-'));
os.availableParallelism = () => 1;
syncBuiltinESMExports();
try {
  const scenario = parseDocument(readFileSync(join(packageRoot, 'scenarios', 'first-look.yaml'), 'utf8'));
  scenario.set('duration', '1 hour');
  const file = join(folder, 'hour.yaml');
  writeFileSync(file, scenario.toString());
  const program = bundledFile<typeof import('../cli/program.js')>('program.cjs'); // without other flags
  setFlagsFromString('--no-flush-bytecode'); // of what ran at first as well
  await program.main(['run', file, '-q', '-o', join(folder, 'results')]);
  setFlagsFromString('--flush-bytecode'); // what is kept holds for these flags
  program.saveCode(); // of libraries
  scenarioValidator('technologies')({}); // the other is of the scenario
  saveCode(); // of the program itself
} finally {
  rmSync(folder, { recursive: true, force: true });
}
