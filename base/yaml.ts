import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { AccessError, type Diagnostic, type DiagnosticCode, InputError } from './diagnostics.js';

export type KeyPath = readonly (string | number)[];

/** What a diagnostic says beyond its place. */
export interface Problem {
  code: DiagnosticCode;
  message: string;
  found?: string;
  allowed?: string;
  nearest?: string;
  /** Points at the key itself rather than at its value; for unknown keys. */
  atKey?: boolean;
}

/**
 * A YAML text with the place of every node, and the list of what is wrong with it. Loaders read `value`, call
 * `report(path, problem)` for each problem and `throwIfBad()` at the end, so that all errors of a file come at once.
 */
export class PositionedYaml {
  readonly file: string;
  /** Plain JavaScript value of the document; undefined when the text has syntax errors or is empty. */
  readonly value: unknown;
  readonly diagnostics: Diagnostic[] = [];
  readonly #doc: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #set: { readonly path: KeyPath; readonly origin: string }[] = [];

  /** @param text YAML 1.2; a byte order mark and CRLF line ends are accepted. Aliases are limited (no alias bombs). */
  constructor(file: string, text: string) {
    this.file = file;
    this.#lines = new LineCounter();
    this.#doc = parseDocument(text.replace(/^\uFEFF/, ''), {
      lineCounter: this.#lines,
      prettyErrors: false,
      logLevel: 'error',
    });
    for (const error of this.#doc.errors) {
      const at = this.#lines.linePos(error.pos[0]);
      const code = error.code === 'DUPLICATE_KEY' ? 'DUPLICATE' : 'SYNTAX';
      const found = text.split(/\r\n|\r|\n/)[at.line - 1]?.slice(at.col - 1) ?? '';
      this.diagnostics.push({
        code,
        file,
        line: at.line,
        column: at.col,
        path: '',
        message: error.message,
        found: found === '' ? 'the end of the line' : found,
        allowed:
          code === 'DUPLICATE' ? 'each key once' : 'YAML: key: value, blanks for indentation, quotes around : # [ > %',
      });
    }
    if (this.diagnostics.length > 0) return;
    try {
      this.value = this.#doc.toJS({ maxAliasCount: 100 }) ?? undefined;
    } catch (error) {
      this.diagnostics.push({ code: 'SYNTAX', file, line: 1, column: 1, path: '', message: (error as Error).message });
      return;
    }
    if (this.value === undefined) {
      this.diagnostics.push({ code: 'EMPTY', file, line: 1, column: 1, path: '', message: 'the file has no content' });
    }
  }

  /**
   * Puts a value of another origin (an option of the command line) at a key path, in the place of what the text says, and
   * makes the maps that lead there. Problems with it are then reported at `origin`, which has no lines.
   * @returns false when the path leads through something that is no map and no list; nothing is changed then
   */
  set(path: KeyPath, value: unknown, origin: string): boolean {
    let at = this.value as Record<string | number, unknown> | undefined;
    for (const part of path.slice(0, -1)) {
      if (!isContainer(at)) return false;
      if (!Object.hasOwn(at, part) || at[part] === null) put(at, part, {});
      at = at[part] as Record<string | number, unknown>;
    }
    if (!isContainer(at)) return false;
    put(at, path[path.length - 1]!, value);
    this.#set.push({ path, origin });
    return true;
  }

  /** Takes a key out of the value. @returns whether it was there */
  drop(path: KeyPath): boolean {
    let at = this.value as Record<string | number, unknown> | undefined;
    for (const part of path.slice(0, -1)) at = isContainer(at) ? (at[part] as typeof at) : undefined;
    const key = path[path.length - 1]!;
    if (!isContainer(at) || !Object.hasOwn(at, key)) return false;
    delete at[key];
    return true;
  }

  /** Adds a problem at a key path, once; the place is the node's, or that of the nearest enclosing node that exists. */
  report(path: KeyPath, problem: Problem): void {
    const { atKey, ...rest } = problem;
    const place = this.#originOf(path) ?? { file: this.file, ...this.#place(path, atKey ?? false) };
    const found = { ...place, path: formatPath(path), ...rest };
    // What holds for all links is read once for each network.
    if (!this.diagnostics.some((told) => isDeepStrictEqual(told, found))) this.diagnostics.push(found);
  }

  /** Where a value came from that `set` put at a path, within it, or that made the path. */
  #originOf(path: KeyPath): { readonly file: string } | undefined {
    const inText = this.#doc.getIn(path, true) !== undefined;
    const own = this.#set.findLast((set) => startsWith(path, set.path) || (!inText && startsWith(set.path, path)));
    return own === undefined ? undefined : { file: own.origin };
  }

  /** @throws InputError with every problem found so far, in the order of the file. */
  throwIfBad(): void {
    if (this.diagnostics.length === 0) return;
    throw new InputError(
      [...this.diagnostics].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
    );
  }

  #place(path: KeyPath, atKey: boolean): { line: number; column: number } {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#node(path.slice(0, length), atKey && length === path.length);
      if (node?.range) {
        const at = this.#lines.linePos(node.range[0]);
        return { line: at.line, column: at.col };
      }
    }
    return { line: 1, column: 1 };
  }

  #node(path: KeyPath, atKey: boolean): Node | undefined {
    if (!atKey || path.length === 0) return this.#doc.getIn(path, true) as Node | undefined;
    const parent = this.#doc.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return undefined;
    const key = String(path[path.length - 1]);
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
    return pair?.key as Node | undefined;
  }
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return value !== null && typeof value === 'object';
}

/** An own property, whatever its name. */
function put(container: Record<string | number, unknown>, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

function startsWith(path: KeyPath, head: KeyPath): boolean {
  return head.length <= path.length && head.every((part, i) => String(part) === String(path[i]));
}

/** `links.NAN.rate`, `events[2].at` */
export function formatPath(path: KeyPath): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

/**
 * Reads a text file, or standard input when `file` is `-`.
 * @throws InputError (NOT_FOUND) when it does not exist, AccessError when it cannot be read or is a folder.
 */
export function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new InputError([{ code: 'NOT_FOUND', file, path: '', message: 'there is no such file' }]);
    }
    throw new AccessError(`${file} cannot be read: ${code === 'EISDIR' ? 'it is a folder' : (error as Error).message}`);
  }
}
