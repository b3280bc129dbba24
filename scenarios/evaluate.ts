import { nearestTo } from '../base/nearest.js';
import { BadValue } from './bad-value.js';
import { type Expression, parseExpression } from './expression.js';
import type { Deployment } from './types.js';

const MOST_CACHED = 1000;
const expressions = new Map<string, Expression>();
const scopes = new WeakMap<Deployment, ReadonlyMap<string, number>>();

/**
 * Value of a count expression over a deployment's key paths, e.g. `han.devices * programmes.demandResponse`. Not rounded.
 * Parsed expressions and flattened deployments are kept, so that a second call costs microseconds.
 * @throws BadValue when the text is no expression (see `parseExpression`), names no key path of the deployment
 *   (UNKNOWN_NAME), or gives a value that is negative or not finite (OUT_OF_RANGE)
 */
export function countOf(expression: string, deployment: Deployment): number {
  let scope = scopes.get(deployment);
  if (scope === undefined) {
    scope = numbersByKeyPath(deployment);
    scopes.set(deployment, scope);
  }
  return evaluateCount(cached(expression), scope, expression);
}

/** @throws BadValue, as `countOf` */
export function evaluateCount(expression: Expression, scope: ReadonlyMap<string, number>, text: string): number {
  for (const name of expression.names) if (!scope.has(name)) throw unknownKeyPath(name, [...scope.keys()]);
  const value = expression.evaluate(scope);
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new BadValue({
    code: 'OUT_OF_RANGE',
    message: 'the expression gives no count',
    found: text === String(value) ? text : `${text} = ${String(value)}`,
    allowed: 'a number that is 0 or more',
  });
}

export function unknownKeyPath(name: string, known: readonly string[]): BadValue {
  return new BadValue({
    code: 'UNKNOWN_NAME',
    message: `${name} is not a number of the deployment`,
    found: name,
    allowed: known.join(', '),
    ...nearestTo(name, known),
  });
}

function cached(text: string): Expression {
  let expression = expressions.get(text);
  if (expression === undefined) {
    if (expressions.size >= MOST_CACHED) expressions.clear();
    expression = parseExpression(text);
    expressions.set(text, expression);
  }
  return expression;
}

/** Every number of a nested object by its dotted path; lists are left out. */
function numbersByKeyPath(object: object, prefix = ''): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'number') numbers.set(prefix + key, value);
    else if (!Array.isArray(value) && value !== null && typeof value === 'object') {
      for (const [path, number] of numbersByKeyPath(value as object, `${prefix}${key}.`)) numbers.set(path, number);
    }
  }
  return numbers;
}
