import { fold, Scanner } from './text.js';

/** A PAP02 cell: whether the row counts in that load case, and in which mode. */
export interface LoadFlag {
  readonly on: boolean;
  /** `DA Maint`, `VVC`, `DSDR`. */
  readonly qualifier?: string;
}

/**
 * Reads a baseload or highload cell: `X` is on, `X - DA Maint` is on with a qualifier, `0` and blank are off.
 * @throws GrammarError
 */
export function parseLoadFlag(text: string): LoadFlag {
  const scanner = new Scanner(fold(text));
  if (scanner.atEnd) return { on: false };
  const [mark] = scanner.expect(/X(?!\w)|0(?!\w)/, 'X, "X - " and a mode, 0, or nothing');
  if (mark === 'X' && scanner.take(/-/) !== undefined) {
    return { on: true, qualifier: scanner.expect(/\w.*/, 'a mode like VVC')[0] };
  }
  if (!scanner.atEnd) scanner.fail('the end');
  return { on: mark === 'X' };
}
