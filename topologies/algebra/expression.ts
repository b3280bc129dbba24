import { InputError } from '../../base/diagnostics.js';

/**
 * The data-flow reference language of the requirements table:
 *
 *   alternatives = sequence { "or" sequence }
 *   sequence     = item { "+" item }            `+` binds closer than `or`
 *   item         = reference | "(" alternatives ")" | "[" alternatives "]"
 *   reference    = letter or digit { letter | digit | "-" }, but not `or`
 */
export type Expression =
  | { readonly kind: 'reference'; readonly ref: string }
  /** One after the other; at least two items. */
  | { readonly kind: 'then'; readonly items: readonly Expression[] }
  /** One of them; at least two items. */
  | { readonly kind: 'or'; readonly items: readonly Expression[] }
  | { readonly kind: 'group'; readonly bracket: '[' | '('; readonly inner: Expression };

/** A fault in an expression. `position` counts UTF-16 code units from 0. */
export class AlgebraError extends InputError {
  readonly position: number;
  readonly found: string;
  readonly expected: string;

  constructor(
    message: string,
    position: number,
    found: string,
    expected: string,
    code: 'SYNTAX' | 'OUT_OF_RANGE' = 'SYNTAX',
  ) {
    const place = { file: '<object>', line: 1, column: position + 1, path: '' };
    super([{ code, ...place, message, found, allowed: expected }]);
    this.name = 'AlgebraError';
    this.position = position;
    this.found = found;
    this.expected = expected;
  }
}
