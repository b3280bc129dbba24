import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BadValue } from '../../scenarios/bad-value.js';
import { countOf } from '../../scenarios/evaluate.js';
import { load, SIX_LINES } from './support.js';

const { deployment } = load(SIX_LINES);

function code(expression: string): string {
  try {
    return String(countOf(expression, deployment));
  } catch (error) {
    if (error instanceof BadValue) return error.problem.code;
    throw error;
  }
}

const count = suite('countOf');

count('reads key paths of the deployment', () => {
  assert.is(countOf('meters.electric.total', deployment), 10_000);
  assert.is(countOf('feeder.capBanks', deployment), deployment.feeder.capBanks);
});

count('calculates with the usual precedence', () => {
  assert.is(countOf('meters.electric.total * (1 - 0.25) / 100 + 2 ^ 3', deployment), 83);
  assert.is(countOf('meters.electric.total * 12%', deployment), 1200);
});

count('knows min, max, round, ceil and floor, and does not round by itself', () => {
  assert.is(countOf('min(7, 3) + max(7, 3) + round(2.4) + ceil(2.1) + floor(2.9)', deployment), 17);
  assert.is(countOf('10 / 4', deployment), 2.5);
});

count('sees each deployment with its own numbers', () => {
  const other = load(SIX_LINES.replace('10000', '500')).deployment;
  assert.is(countOf('meters.electric.total', other), 500);
  assert.is(countOf('meters.electric.total', deployment), 10_000);
});

count('offers the nearest key path for an unknown one', () => {
  try {
    countOf('meters.electrc.total', deployment);
    assert.unreachable();
  } catch (error) {
    assert.is((error as BadValue).problem.nearest, 'meters.electric.total');
  }
});

const HOSTILE: readonly (readonly [string, string])[] = [
  ['zeros(1e9)', 'UNKNOWN_NAME'],
  ['range(1, 1e7)', 'UNKNOWN_NAME'],
  ['import({}, {})', 'UNKNOWN_NAME'],
  ['evaluate("1")', 'UNKNOWN_NAME'],
  ['(zeros)(9)', 'UNKNOWN_NAME'],
  ['max.constructor("return process")()', 'SYNTAX'],
  ['meters.constructor', 'UNKNOWN_NAME'],
  ['__proto__', 'UNKNOWN_NAME'],
  ['meters["electric"].total', 'SYNTAX'],
  ['[1, 2, 3]', 'SYNTAX'],
  ['1:1e9', 'SYNTAX'],
  ['x = 1', 'SYNTAX'],
  ['f(x) = x', 'SYNTAX'],
  ['"a"', 'SYNTAX'],
  ['true', 'SYNTAX'],
  ['170!', 'SYNTAX'],
  ['5 % 3', 'SYNTAX'],
  ['1 ? 2 : 3', 'SYNTAX'],
  ['1; 2', 'SYNTAX'],
  ['1 +', 'SYNTAX'],
  ['', 'SYNTAX'],
  ['1/0', 'OUT_OF_RANGE'],
  ['0/0', 'OUT_OF_RANGE'],
  ['-1', 'OUT_OF_RANGE'],
  ['9^9^9^9', 'OUT_OF_RANGE'],
  ['(-8)^(1/3)', 'OUT_OF_RANGE'],
  ['1e999', 'OUT_OF_RANGE'],
  [Array.from({ length: 10_000 }, () => '1').join('+'), 'OUT_OF_RANGE'],
  [`${'('.repeat(100)}1${')'.repeat(100)}`, 'OUT_OF_RANGE'],
  [`${'-'.repeat(299)}1`, 'OUT_OF_RANGE'],
  ['meters', 'UNKNOWN_NAME'],
  ['dapSizes', 'UNKNOWN_NAME'],
  ['pi', 'UNKNOWN_NAME'],
];
for (const [expression, expected] of HOSTILE) {
  const shown = expression.length > 50 ? `${expression.slice(0, 20)}... (${expression.length} characters)` : expression;
  count(`refuses ${JSON.stringify(shown)} with ${expected}`, () => {
    assert.is(code(expression), expected);
  });
}

count('never throws anything but a bad value, whatever the text', () => {
  const token = fc.constantFrom(
    '1',
    '2.5',
    '(',
    ')',
    '+',
    '-',
    '*',
    '/',
    '^',
    '%',
    ',',
    'max',
    'feeders',
    '.',
    '"',
    '[',
    ']',
    ':',
    '=',
    '!',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      code(tokens.join(''));
    }),
    { numRuns: 300, seed: 1 },
  );
});

count.run();
