/** Part of the build: runs an hour of the first look with the bundled program and keeps the code that V8 made of it (base/code-cache.ts). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { CODE_FOLDER, saveCode } from '../base/code-cache.js';
import { packageRoot } from '../base/files.js';
import { bundledProgram } from '../cli/bundled-program.js';

rmSync(CODE_FOLDER, { recursive: true, force: true });
const folder = mkdtempSync(join(tmpdir(), 'fanplan-code-'));
try {
  const scenario = parseDocument(readFileSync(join(packageRoot, 'scenarios', 'first-look.yaml'), 'utf8'));
  scenario.set('duration', '1 hour');
  const file = join(folder, 'hour.yaml');
  writeFileSync(file, scenario.toString());
  const program = bundledProgram();
  await program.main(['run', file, '-q', '-o', join(folder, 'results')]);
  program.saveCode(); // of libraries
  saveCode(); // of the program itself
} finally {
  rmSync(folder, { recursive: true, force: true });
}
