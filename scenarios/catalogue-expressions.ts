import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../base/diagnostics.js';
import { PositionedYaml, readInput } from '../base/yaml.js';
import { BadValue } from './bad-value.js';
import { DEPLOYMENT_KEYS } from './deployment.js';
import { unknownKeyPath } from './evaluate.js';
import { parseExpression } from './expression.js';

/** Lists whose entries hold expressions over the deployment, and the key that holds one. */
const HOLDERS = [
  { file: 'populations.yaml', key: 'count', means: false },
  { file: 'missing.yaml', key: 'value', means: false },
  { file: 'counts.yaml', key: 'value', means: true },
] as const;

/** Figures on the way to counts: only counts see them. */
const MEANS = /^(metersPerDap$|perFeeder\.)/;

/**
 * Checks the expressions of a catalogue that is otherwise right: that they parse, and that the numbers of the deployment
 * which they name exist.
 * @param counts names that the catalogue itself adds
 * @throws InputError with every expression that is wrong
 */
export function checkExpressions(folder: string, counts: readonly string[]): void {
  const own = counts.map((name) => `counts.${name}`);
  const problems = HOLDERS.flatMap(({ file, key, means }) => {
    const path = join(folder, file);
    if (!existsSync(path)) return [];
    const known = [...DEPLOYMENT_KEYS.filter((name) => means || !MEANS.test(name)), ...own];
    const yaml = new PositionedYaml(path, readInput(path));
    (yaml.value as readonly Readonly<Record<string, unknown>>[]).forEach((entry, i) => {
      const text = entry[key];
      if (typeof text !== 'string') return;
      const problem = problemOf(text, known);
      if (problem !== undefined) yaml.report([i, key], problem.problem);
    });
    return yaml.diagnostics;
  });
  if (problems.length > 0) throw new InputError(problems);
}

function problemOf(text: string, known: readonly string[]): BadValue | undefined {
  try {
    const unknown = parseExpression(text).names.find((name) => !known.includes(name));
    return unknown === undefined ? undefined : unknownKeyPath(unknown, known);
  } catch (error) {
    if (error instanceof BadValue) return error;
    throw error;
  }
}
