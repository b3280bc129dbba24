/** The program out of its one file. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionOf } from '../base/code-cache.js';
import { packageRoot } from '../base/files.js';
import { optimiseLater } from '../base/optimising.js';

/** Made by scripts/bundle.ts, as a function of these. */
export const PROGRAM_FILE: string = join(packageRoot, 'dist', 'bundle', 'program.cjs');
export const PROGRAM_URL = 'programUrl';

/** Sets V8's flags first: they decide what kept code holds for. */
export function bundledProgram(): typeof import('./program.js') {
  optimiseLater();
  const module = { exports: {} };
  const url = pathToFileURL(PROGRAM_FILE).href;
  functionOf(PROGRAM_FILE, ['module', 'require', PROGRAM_URL])(module, createRequire(url), url);
  return module.exports as typeof import('./program.js');
}
