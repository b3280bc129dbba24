import { createRequire } from 'node:module';
import type {
  AccessorNode,
  FunctionNode,
  MathJsInstance,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from 'mathjs';
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
  /** Numbers, or mathjs units, by name. The result has the kind that the scope's values lead to. */
  evaluate(scope: ReadonlyMap<string, unknown>): unknown;
}

export const FUNCTIONS: readonly string[] = ['min', 'max', 'round', 'ceil', 'floor'];
const OPERATORS: readonly string[] = ['+', '-', '*', '/', '^'];
const LONGEST = 300; // characters
const DEEPEST = 32; // parentheses within parentheses

let instance: MathJsInstance | undefined;

/** mathjs, loaded at first use: the browser bundle takes a tenth of the time that the module tree takes. */
export function mathjs(): MathJsInstance {
  instance ??= createRequire(import.meta.url)('mathjs/lib/browser/math.js') as MathJsInstance;
  return instance;
}

/**
 * @param functions names that may be called; a subset of `FUNCTIONS`
 * @throws BadValue SYNTAX for what is not plain arithmetic, UNKNOWN_NAME for another function, OUT_OF_RANGE for a text
 *   that is too long or too deep or for a number beyond 1e308
 */
export function parseExpression(text: string, functions: readonly string[] = FUNCTIONS): Expression {
  const tree = parseTree(text);
  const names = new Set<string>();
  check(tree, { text, functions, names });
  const flat = tree.transform((node) =>
    node.type === 'AccessorNode' ? new (mathjs().SymbolNode)(dottedName(node)!) : node,
  );
  const code = flat.compile();
  return { names: [...names], evaluate: (scope) => code.evaluate(scope as Map<string, unknown>) };
}

function parseTree(text: string): MathNode {
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
    return mathjs().parse(text);
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

function unknownFunction(name: string, functions: readonly string[]): BadValue {
  return new BadValue({
    code: 'UNKNOWN_NAME',
    message: functions.length > 0 ? 'this function cannot be called here' : 'no function can be called here',
    found: `${name}(...)`,
    ...(functions.length > 0 ? { allowed: functions.join(', ') } : {}),
    ...nearestTo(name, functions),
  });
}
