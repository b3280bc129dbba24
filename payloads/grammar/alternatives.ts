import { fold, Scanner } from './text.js';

/** One item of a list in a cell. */
export interface Listed<T> {
  readonly item: T;
  /** True when the comma before it has no blank after it: such a comma parts alternatives. False for the first item. */
  readonly tight: boolean;
}

/**
 * Reads `item, item,item` to its end. The comma rule of the source: `,` with nothing after it parts alternatives, `, `
 * parts members of one alternative. A comma that stood before a line break parts alternatives as well, but is `, ` once
 * white space is folded, so each grammar decides by its items what a `, ` may mean. Commas in numbers and in parentheses
 * part nothing, because items take them.
 * @param item reads one item and leaves the comma after it
 * @throws GrammarError from `item`, or where neither a comma nor the end follows an item.
 */
export function parseList<T>(text: string, item: (scanner: Scanner) => T): Listed<T>[] {
  const scanner = new Scanner(fold(text));
  const list: Listed<T>[] = [];
  let tight = false;
  for (;;) {
    list.push({ item: item(scanner), tight });
    if (scanner.atEnd) return list;
    const comma = scanner.expect(/,\s*/, 'a comma or the end');
    tight = comma[0] === ',';
  }
}
