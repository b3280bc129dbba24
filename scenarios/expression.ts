import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  AccessorNode,
  FunctionNode,
  MathJsInstance,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from 'mathjs';
import { exportsOf } from '../base/code-cache.js';
import { nearestTo } from '../base/nearest.js';
import { BadValue } from './bad-value.js';

/**
 * Arithmetic that users write, parsed by mathjs and held to a whitelist: numbers, names, `+ - * / ^`, parentheses,
 * percentages and, where a caller wants them, a few functions. Everything else that mathjs can do (matrices, ranges,
 * assignments, strings, its hundreds of functions) is refused before anything is evaluated, because some of it allocates
 * or runs without bound.
 */
export interface Expression {
  /** Names that must be in the scope, each once, in order of appearance; key paths are dotted. */
  readonly names: readonly string[];
  /** Numbers, or mathjs units where all of mathjs parsed it, by name. The result has the kind that the scope's values lead to. */
  evaluate(scope: ReadonlyMap<string, unknown>): unknown;
}

/** How many arguments each takes at most: numbers, or a number and how many decimals it keeps. */
const MOST_ARGUMENTS: Readonly<Record<string, number>> = { min: Infinity, max: Infinity, round: 2, ceil: 2, floor: 2 };
export const FUNCTIONS: readonly string[] = Object.keys(MOST_ARGUMENTS);
const OPERATORS: readonly string[] = ['+', '-', '*', '/', '^'];
const LONGEST = 300; // characters
const DEEPEST = 32; // parentheses within parentheses

let instance: MathJsInstance | undefined;
let numbers: MathJsInstance | undefined;

/** mathjs, loaded at first use: the browser bundle takes a tenth of the time that the module tree takes. */
export function mathjs(): MathJsInstance {
  instance ??= createRequire(import.meta.url)('mathjs/lib/browser/math.js') as MathJsInstance;
  return instance;
}

/**
 * What of mathjs plain numbers need, as one file that the build writes beside this module: loaded and warm in 0.02 s, where all of it
 * takes 0.1 s. All of it where nothing is built.
 */
export const ARITHMETIC_FILE = join(dirname(fileURLToPath(import.meta.url)), 'arithmetic.cjs');

function arithmetic(): MathJsInstance {
  numbers ??= existsSync(ARITHMETIC_FILE) ? exportsOf<MathJsInstance>(ARITHMETIC_FILE) : mathjs();
  return numbers;
}

/**
 * @param functions names that may be called; a subset of `FUNCTIONS`
 * @param math all of mathjs where units are to be computed with
 * @throws BadValue SYNTAX for what is not plain arithmetic, UNKNOWN_NAME for another function, OUT_OF_RANGE for a text
 *   that is too long or too deep or for a number beyond 1e308
 */
export function parseExpression(text: string, functions = FUNCTIONS, math = arithmetic()): Expression {
  const tree = parseTree(text, math);
  const names = new Set<string>();
  check(tree, { text, functions, names });
  const flat = tree.transform((node) => (node.type === 'AccessorNode' ? new math.SymbolNode(dottedName(node)!) : node));
  const code = flat.compile();
  const evaluate: Expression['evaluate'] = (scope) => {
    try {
      return code.evaluate(scope as Map<string, unknown>);
    } catch (error) {
      throw new BadValue({ ...syntax(text), message: `the expression has no value: ${(error as Error).message}` });
    }
  };
  return { names: [...names], evaluate };
}

function parseTree(text: string, math: MathJsInstance): MathNode {
  if (text.length > LONGEST) {
    throw new BadValue({
      code: 'OUT_OF_RANGE',
      message: `an expression has at most ${LONGEST} characters, this one has ${text.length}`,
      found: text,
    });
  }
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth > DEEPEST) {
      throw new BadValue({
        code: 'OUT_OF_RANGE',
        message: `parentheses are nested deeper than ${DEEPEST}`,
        found: text,
      });
    }
  }
  try {
    return math.parse(text);
  } catch (error) {
    throw new BadValue({ ...syntax(text), message: `the expression does not parse: ${(error as Error).message}` });
  }
}

interface Checking {
  readonly text: string;
  readonly functions: readonly string[];
  readonly names: Set<string>;
}

function check(node: MathNode, checking: Checking): void {
  switch (node.type) {
    case 'ConstantNode': {
      const { value } = node as unknown as { value: unknown };
      if (typeof value !== 'number') break;
      if (Number.isFinite(value)) return;
      throw new BadValue({ code: 'OUT_OF_RANGE', message: 'the number is too large', found: checking.text });
    }
    case 'SymbolNode':
      checking.names.add((node as SymbolNode).name);
      return;
    case 'AccessorNode': {
      const name = dottedName(node);
      if (name === undefined) break;
      checking.names.add(name);
      return;
    }
    case 'ParenthesisNode':
      check((node as ParenthesisNode).content, checking);
      return;
    case 'OperatorNode': {
      const { op, args } = node as OperatorNode;
      if (!OPERATORS.includes(op)) break;
      for (const argument of args) check(argument, checking);
      return;
    }
    case 'FunctionNode': {
      const { fn, args } = node as unknown as FunctionNode;
      const name = (fn as unknown as { name?: string }).name ?? String(fn);
      const known = (fn as unknown as MathNode).type === 'SymbolNode' && checking.functions.includes(name);
      if (!known) throw unknownFunction(name, checking.functions);
      if (args.length === 0 || args.length > MOST_ARGUMENTS[name]!)
        throw wrongArguments(name, args.length, checking.text);
      for (const argument of args) check(argument, checking);
      return;
    }
  }
  throw new BadValue(syntax(checking.text));
}

/** `meters.electric.total` of an accessor; undefined for every other way of indexing. */
function dottedName(node: MathNode): string | undefined {
  if (node.type === 'SymbolNode') return (node as SymbolNode).name;
  if (node.type !== 'AccessorNode') return undefined;
  const { object, index } = node as AccessorNode;
  const { dotNotation } = index as unknown as { dotNotation: boolean };
  const parent = dotNotation ? dottedName(object) : undefined;
  return parent === undefined ? undefined : `${parent}.${(node as AccessorNode).name}`;
}

function syntax(text: string) {
  const grouped = /^\d{1,3}([,_ ]\d{3})+$/.test(text.trim());
  return {
    code: 'SYNTAX' as const,
    message: 'only numbers, names, + - * / ^ and parentheses can stand here',
    found: text,
    allowed: 'for example 10000, or meters.electric.total / 1000',
    ...(grouped ? { nearest: text.replace(/[,_\s]/g, '') } : {}),
  };
}

function wrongArguments(name: string, count: number, text: string): BadValue {
  const most = MOST_ARGUMENTS[name]!;
  const allowed = most === Infinity ? 'one number or more' : 'a number, or a number and how many decimals it keeps';
  return new BadValue({ code: 'SYNTAX', message: `${name} is given ${count} numbers`, found: text, allowed });
}

function unknownFunction(name: string, functions: readonly string[]): BadValue {
  return new BadValue({
    code: 'UNKNOWN_NAME',
    message: functions.length > 0 ? 'this function cannot be called here' : 'no function can be called here',
    found: `${name}(...)`,
    ...(functions.length > 0 ? { allowed: functions.join(', ') } : {}),
    ...nearestTo(name, functions),
  });
}
