import { AlgebraError, type Expression } from './expression.js';
import { printExpression } from './print.js';

/** More options than this are an error, told before any is made. */
export const MOST_OPTIONS = 10_000;

/** Number of options of an expression: sums over `or`, products over `+`; may be Infinity. O(expression). */
export function countOptions(expression: Expression): number {
  switch (expression.kind) {
    case 'reference':
      return 1;
    case 'then':
      return expression.items.reduce((product, item) => product * countOptions(item), 1);
    case 'or':
      return expression.items.reduce((sum, item) => sum + countOptions(item), 0);
    case 'group':
      return countOptions(expression.inner);
  }
}

/**
 * The options of an expression as lists of references, in the order of the text: the first choice changes slowest.
 * @throws AlgebraError (OUT_OF_RANGE) when there are more than 10,000
 */
export function enumerateOptions(expression: Expression): string[][] {
  const count = countOptions(expression);
  if (count > MOST_OPTIONS) {
    const found = `${count} options`;
    throw new AlgebraError('the expression has too many options', 0, found, `at most ${MOST_OPTIONS}`, 'OUT_OF_RANGE');
  }
  return optionsOf(expression);
}

function optionsOf(expression: Expression): string[][] {
  switch (expression.kind) {
    case 'reference':
      return [[expression.ref]];
    case 'or':
      return expression.items.flatMap(optionsOf);
    case 'group':
      return optionsOf(expression.inner);
    case 'then': {
      let options: string[][] = [[]];
      for (const item of expression.items) {
        const next = optionsOf(item);
        options = options.flatMap((head) => next.map((tail) => [...head, ...tail]));
      }
      return options;
    }
  }
}

/** The text of one option, e.g. `1Aa + 1B + 1Cba + 1Cc + 1D`. */
export function printOption(refs: readonly string[]): string {
  return printExpression({ kind: 'then', items: refs.map((ref) => ({ kind: 'reference', ref })) });
}
