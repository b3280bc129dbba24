import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AccessError, InputError } from '../base/diagnostics.js';
import { scenarioTemplate } from '../scenarios/template.js';

/** Writes the commented scenario; an existing file is kept unless `force`. */
export function init(file: string, options: { force?: boolean }): void {
  if (file === '-') {
    process.stdout.write(scenarioTemplate);
    return;
  }
  if (existsSync(file) && options.force !== true) {
    throw new InputError([
      {
        code: 'CONFLICT',
        file,
        path: '',
        message: 'the file exists and is kept',
        allowed: 'another name, or --force to overwrite it',
      },
    ]);
  }
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, scenarioTemplate);
  } catch (error) {
    throw new AccessError(`${file} cannot be written: ${(error as Error).message}`);
  }
  console.log(`${file} is written. Next: fanplan run ${file}`);
}
