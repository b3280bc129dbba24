import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BadValue } from '../../scenarios/bad-value.js';
import { ARITHMETIC_FILE, FUNCTIONS, mathjs, parseExpression } from '../../scenarios/expression.js';

const SCOPE: ReadonlyMap<string, number> = new Map([
  ['meters.total', 10_007],
  ['daps', 9],
  ['share', 0.15],
  ['none', 0],
]);

const expression = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...SCOPE.keys()),
    fc.nat(1_000_000).map(String),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value.toFixed(7)),
    fc.nat(300).map((value) => `${value}%`),
    fc
      .tuple(tie('node'), fc.constantFrom('+', '-', '*', '/', '^', '', '\n'), tie('node'))
      .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    tie('node').map((inner) => `(${inner})`),
    tie('node').map((inner) => `-${inner}`),
    fc
      .tuple(fc.constantFrom('min', 'max'), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
    fc.tuple(fc.constantFrom('round', 'ceil', 'floor'), tie('node')).map(([name, inner]) => `${name}(${inner})`),
  ),
})).node;

/** Value, or what is said against it; what is no plain number is one thing. */
function outcome(text: string, math?: ReturnType<typeof mathjs>): unknown {
  try {
    const parsed = parseExpression(text, FUNCTIONS, math);
    // As callers do: a name that is not theirs is refused before anything is computed.
    if (!parsed.names.every((name) => SCOPE.has(name))) return parsed.names;
    const value = parsed.evaluate(SCOPE);
    return { names: parsed.names, value: Number.isFinite(value) ? value : 'no count' };
  } catch (error) {
    return (error as Error).message;
  }
}

const arithmetic = suite('parseExpression');

arithmetic('is built with what plain numbers need', () => assert.ok(existsSync(ARITHMETIC_FILE)));

arithmetic('gives and refuses what all of mathjs gives and refuses', () => {
  fc.assert(
    fc.property(expression, (text) => assert.equal(outcome(text), outcome(text, mathjs()), text)),
    { seed: 1, numRuns: 1000 },
  );
  for (const text of [
    '',
    '1 +',
    '[1, 2]',
    'x = 3',
    '1:3',
    '"a"',
    'sqrt(2)',
    '5 min',
    '1e400',
    'a.b.c',
    '2 daps',
    'true',
    '3!',
    "share'",
    '10 mod 3',
  ]) {
    assert.equal(outcome(text), outcome(text, mathjs()), text);
  }
});

arithmetic('refuses a function that is given too few or too many numbers, or no whole number of decimals', () => {
  for (const text of ['round()', 'min()', 'ceil(1, 2, 3)', 'floor(1, 0, 0)', 'round(2.5, 0.5)', 'round(1, 99)']) {
    assert.throws(
      () => parseExpression(text).evaluate(SCOPE),
      (error: unknown) => error instanceof BadValue && error.problem.code === 'SYNTAX',
      text,
    );
  }
});

arithmetic.run();
