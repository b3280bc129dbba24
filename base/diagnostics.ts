/**
 * What is wrong with an input, and where. Problems are collected, so that one run shows them all; a loader throws one
 * `InputError` with every diagnostic of its file. Texts say what was found, what is allowed and the nearest valid name.
 */

/** The closed list of problem codes; `docs/errors.md` has cause and cure of each. */
export type DiagnosticCode =
  | 'SYNTAX' // the text is not YAML, or an expression or grammar cell does not parse
  | 'UNKNOWN_KEY' // a key that the schema does not have
  | 'MISSING_KEY' // a required key is absent
  | 'WRONG_TYPE' // a list where a number is expected, and so on
  | 'WRONG_UNIT' // a quantity with a unit of another dimension, or with none
  | 'OUT_OF_RANGE' // a number outside what is possible
  | 'UNKNOWN_NAME' // a payload, profile, actor, use case, network or technology that does not exist
  | 'DUPLICATE' // the same name twice
  | 'CONFLICT' // two values that cannot hold together
  | 'NOT_FOUND' // a file that does not exist
  | 'EMPTY'; // an input without content

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** The file as the user named it; `<stdin>` for standard input, `<object>` for a value given to the library. */
  readonly file: string;
  /** 1-based; absent when the problem has no place, for instance a missing file. */
  readonly line?: number;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number;
  /** Dotted key path, e.g. `links.NAN.rate`; empty for the whole file. */
  readonly path: string;
  /** One sentence, without a full stop, that says what is wrong. */
  readonly message: string;
  /** The offending text, shortened to one line. */
  readonly found?: string;
  /** What is allowed, for a person: names, a range, an example. */
  readonly allowed?: string;
  readonly nearest?: string;
}

/** Thrown for everything that the user can mend. Exit code 2 on the command line. */
export class InputError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join('\n'));
    this.name = 'InputError';
    this.diagnostics = diagnostics;
  }
}

/** Thrown when the machine refuses: a file cannot be read or written. Exit code 3 on the command line. */
export class AccessError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccessError';
  }
}

const LONGEST_ALLOWED = 400;

/** `file:line:column  path  CODE` and one indented line for each of message, found, allowed and nearest. */
export function formatDiagnostic(d: Diagnostic): string {
  const place = d.line === undefined ? d.file : `${d.file}:${d.line}:${d.column ?? 1}`;
  const lines = [[place, d.path, d.code].filter((part) => part !== '').join('  ')];
  lines.push(`  ${d.message}`);
  if (d.found !== undefined) lines.push(`  found    ${oneLine(d.found, 120)}`);
  if (d.allowed !== undefined) lines.push(`  allowed  ${oneLine(d.allowed, LONGEST_ALLOWED)}`);
  if (d.nearest !== undefined) lines.push(`  nearest  ${d.nearest}`);
  return lines.join('\n');
}

function oneLine(text: string, longest: number): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length > longest ? `${folded.slice(0, longest - 1)}…` : folded;
}
