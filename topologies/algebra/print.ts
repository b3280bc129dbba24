import type { Expression } from './expression.js';

/**
 * Writes an expression with one blank around `+` and `or`. Parsing the text gives the expression back. Groups are those
 * of the expression; none is added, so an `or` inside a `then` must stand in a group, as every parsed one does.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'reference':
      return expression.ref;
    case 'then':
      return expression.items.map(printExpression).join(' + ');
    case 'or':
      return expression.items.map(printExpression).join(' or ');
    case 'group':
      return expression.bracket + printExpression(expression.inner) + (expression.bracket === '[' ? ']' : ')');
  }
}
