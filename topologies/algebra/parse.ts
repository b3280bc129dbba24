import { AlgebraError, type Expression } from './expression.js';

/** Longer than any expression of the source by far; what keeps hostile input from costing anything. */
export const LONGEST_TEXT = 2000;
export const DEEPEST_GROUP = 50;

const CLOSING = { '[': ']', '(': ')' } as const;
const TOKEN = /\s*(?:([0-9A-Za-z][0-9A-Za-z-]*)|([+()[\]]))/y;

interface Token {
  readonly text: string;
  readonly position: number;
}

/**
 * Reads a data-flow expression, e.g. `[(1Aa + 1B) or 1Ab] + 1Ca`. O(length).
 * @throws AlgebraError with position, what was found and what was expected; also for texts over 2,000 characters and
 *   groups nested over 50 deep
 */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST_TEXT) {
    const expected = `at most ${LONGEST_TEXT} characters`;
    throw new AlgebraError(
      'the expression is too long',
      LONGEST_TEXT,
      `${text.length} characters`,
      expected,
      'OUT_OF_RANGE',
    );
  }
  const parser = new Parser(tokens(text), text.length);
  return parser.whole();
}

function tokens(text: string): Token[] {
  const list: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) {
      const position = from + text.slice(from).search(/\S/);
      const expected = 'a reference, +, or, [ ] or ( )';
      throw new AlgebraError(
        'the character means nothing here',
        position,
        String.fromCodePoint(text.codePointAt(position)!),
        expected,
      );
    }
    const token = match[1] ?? match[2]!;
    list.push({ text: token, position: TOKEN.lastIndex - token.length });
  }
  return list;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #at = 0;
  #depth = 0;

  constructor(list: readonly Token[], length: number) {
    this.#tokens = list;
    this.#end = { text: '', position: length };
  }

  whole(): Expression {
    const expression = this.#alternatives();
    if (this.#next !== this.#end) throw this.#unexpected('+, or, or the end');
    return expression;
  }

  #alternatives(): Expression {
    const items = [this.#sequence()];
    while (this.#next.text === 'or') {
      this.#at++;
      items.push(this.#sequence());
    }
    return items.length === 1 ? items[0]! : { kind: 'or', items };
  }

  #sequence(): Expression {
    const items = [this.#item()];
    while (this.#next.text === '+') {
      this.#at++;
      items.push(this.#item());
    }
    return items.length === 1 ? items[0]! : { kind: 'then', items };
  }

  #item(): Expression {
    const { text } = this.#next;
    if (text === '[' || text === '(') return this.#group(text);
    if (text === 'or' || !/^[0-9A-Za-z]/.test(text)) throw this.#unexpected('a data flow reference, [ or (');
    this.#at++;
    return { kind: 'reference', ref: text };
  }

  #group(bracket: '[' | '('): Expression {
    if (++this.#depth > DEEPEST_GROUP) throw this.#unexpected(`groups at most ${DEEPEST_GROUP} deep`);
    this.#at++;
    const inner = this.#alternatives();
    if (this.#next.text !== CLOSING[bracket]) throw this.#unexpected(`+, or, or ${CLOSING[bracket]}`);
    this.#at++;
    this.#depth--;
    return { kind: 'group', bracket, inner };
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? this.#end;
  }

  #unexpected(expected: string): AlgebraError {
    const { text, position } = this.#next;
    const found = text === '' ? 'the end' : text;
    return new AlgebraError(`${found} cannot stand here`, position, found, expected);
  }
}
