/** What every grammar of the requirements table shares: folded text, a scanner, and errors that know their place. */

/** White space folded to single blanks; the form in which the catalogue keeps cells. */
export function foldBlanks(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Blanks folded and typographic dashes made hyphens; the form in which cells are parsed. */
export function fold(text: string): string {
  return foldBlanks(text).replace(/[\u2010-\u2015\u2212]/g, '-');
}

/** A text that its grammar does not know. */
export class GrammarError extends Error {
  /** The folded text. */
  readonly text: string;
  /** 0-based offset into `text` where something else was expected. */
  readonly position: number;
  /** What could stand there. */
  readonly expected: string;

  constructor(text: string, position: number, expected: string) {
    const rest = text.slice(position);
    const found = rest === '' ? 'the end' : `"${rest.length > 24 ? `${rest.slice(0, 23)}…` : rest}"`;
    super(`expected ${expected} at character ${position + 1}, found ${found}`);
    this.name = 'GrammarError';
    this.text = text;
    this.position = position;
    this.expected = expected;
  }
}

/** Reads a folded text from left to right. Blanks before a token are skipped. */
export class Scanner {
  readonly text: string;
  position: number;

  constructor(text: string, position = 0) {
    this.text = text;
    this.position = position;
  }

  /** Skips blanks. @returns the position of what follows them. */
  skip(): number {
    const rest = this.text.slice(this.position);
    this.position += rest.length - rest.trimStart().length;
    return this.position;
  }

  get atEnd(): boolean {
    return this.text.slice(this.position).trim() === '';
  }

  /** What was read since `start`, without blanks around it. */
  since(start: number): string {
    return this.text.slice(start, this.position).trim();
  }

  /** The match at this place, which is then behind; undefined, and nothing moved, when there is none. */
  take(token: RegExp): RegExpExecArray | undefined {
    const start = this.position;
    const match = new RegExp(`^(?:${token.source})`, token.flags).exec(this.text.slice(this.skip()));
    this.position = match === null ? start : this.position + match[0].length;
    return match ?? undefined;
  }

  /** @throws GrammarError when the token does not stand here. */
  expect(token: RegExp, expected: string): RegExpExecArray {
    return this.take(token) ?? this.fail(expected);
  }

  fail(expected: string): never {
    throw new GrammarError(this.text, this.skip(), expected);
  }
}
