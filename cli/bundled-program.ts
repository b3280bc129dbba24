/** The program out of its one file. */
import { bundledFile } from '../base/bundled-file.js';

export function bundledProgram(): typeof import('./program.js') {
  const program = bundledFile<typeof import('./program.js')>('program.cjs');
  program.optimiseLater();
  return program;
}
