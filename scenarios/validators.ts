/** The compiled schema of scenarios. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { exportsOf } from '../base/code-cache.js';
import { compileSchema } from '../base/schema-errors.js';
import { buildScenarioSchema } from './schema.js';

/** For scenarios that may have technologies of their own, whose schema is as long as all the rest, or for the others. */
export type ValidatorName = 'plain' | 'technologies';

export const validatorNames: readonly ValidatorName[] = ['plain', 'technologies'];

/** Written beside this module by the build: compiling takes 0.1 s, with the schema of technologies twice that. */
export function validatorFile(name: ValidatorName): string {
  return join(dirname(fileURLToPath(import.meta.url)), `validator-${name}.cjs`);
}

/** What the build compiles. */
export function validatorSchema(name: ValidatorName): object {
  return buildScenarioSchema(true, name === 'technologies');
}

const known = new Map<ValidatorName, ValidateFunction>();

/** What the build compiled, or else (not built) compiled here. The same each time. */
export function scenarioValidator(name: ValidatorName): ValidateFunction {
  const validator = known.get(name) ?? precompiled(name) ?? compileSchema(validatorSchema(name));
  known.set(name, validator);
  return validator;
}

function precompiled(name: ValidatorName): ValidateFunction | undefined {
  const file = validatorFile(name);
  return existsSync(file) ? exportsOf<ValidateFunction>(file) : undefined;
}
