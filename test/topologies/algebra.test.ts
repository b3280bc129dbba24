import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  AlgebraError,
  countOptions,
  type Expression,
  encodeProfile,
  enumerateOptions,
  numberOptions,
  parseExpression,
  printExpression,
  referenceModel,
  selectOptions,
} from '../../topologies/index.js';

/** The example of section 4.19. */
const EXAMPLE = '[(1Aa + 1B) or 1Ab] + [1Ca or (1Cba + 1Cb) or (1Cba + 1Cc)] + [1D or 1Dg or 1Dw]';
const METERS = ['2-Way Meter - Electr', '2-Way Meter - Gas', '2-Way Meter - Water'];

/** Plain objects, as the parser makes them. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(fields, { noNullPrototype: true });
const ref = fc.stringMatching(/^[0-9A-Za-z][0-9A-Za-z-]{0,4}$/).filter((text) => text !== 'or');
/** Expressions as the parser makes them: `or` inside `then` stands in a group, nothing has a single item. */
const { alternatives } = fc.letrec<{ alternatives: Expression; sequence: Expression; item: Expression }>((tie) => ({
  alternatives: fc.oneof(
    { depthSize: 'small' },
    tie('sequence'),
    record({ kind: fc.constant('or' as const), items: fc.array(tie('sequence'), { minLength: 2, maxLength: 3 }) }),
  ),
  sequence: fc.oneof(
    { depthSize: 'small' },
    tie('item'),
    record({ kind: fc.constant('then' as const), items: fc.array(tie('item'), { minLength: 2, maxLength: 3 }) }),
  ),
  item: fc.oneof(
    { depthSize: 'small' },
    record({ kind: fc.constant('reference' as const), ref }),
    record({
      kind: fc.constant('group' as const),
      bracket: fc.constantFrom('[' as const, '(' as const),
      inner: tie('alternatives'),
    }),
  ),
}));

function fault(text: string): AlgebraError {
  try {
    enumerateOptions(parseExpression(text));
  } catch (error) {
    assert.instance(error, AlgebraError, text);
    return error as AlgebraError;
  }
  throw new Error(`${text} was accepted`);
}

const parse = suite('parseExpression');
parse('prints the example of section 4.19 back', () => {
  assert.is(printExpression(parseExpression(EXAMPLE)), EXAMPLE);
});
parse('gives back any expression that was printed', () => {
  fc.assert(
    fc.property(alternatives, (expression) => assert.equal(parseExpression(printExpression(expression)), expression)),
  );
});
parse('ignores white space', () => {
  const [tight, loose] = ['[(1Aa+1B)or 1Ab]+1Ca', ' [ ( 1Aa\n+ 1B )\tor 1Ab ] + 1Ca '];
  assert.equal(parseExpression(tight), parseExpression(loose));
});
parse('binds + closer than or', () => {
  assert.equal(enumerateOptions(parseExpression('a + b or c')), [['a', 'b'], ['c']]);
});
parse('tells where it stopped, what it found and what it expected', () => {
  const faults: [text: string, position: number, found: string, expected: string][] = [
    ['', 0, 'the end', 'a data flow reference, [ or ('],
    ['1Aa +', 5, 'the end', 'a data flow reference, [ or ('],
    ['1Aa 1B', 4, '1B', '+, or, or the end'],
    ['[1Aa or 1B', 10, 'the end', '+, or, or ]'],
    ['(1Aa + 1B]', 9, ']', '+, or, or )'],
    ['1Aa + or', 6, 'or', 'a data flow reference, [ or ('],
    ['1Aa & 1B', 4, '&', 'a reference, +, or, [ ] or ( )'],
    ['()', 1, ')', 'a data flow reference, [ or ('],
  ];
  for (const [text, position, found, expected] of faults) {
    const error = fault(text);
    assert.equal([error.position, error.found, error.expected], [position, found, expected], text);
    assert.is(error.diagnostics[0]!.column, position + 1);
  }
});
parse('accepts 50 groups inside each other and refuses 51', () => {
  const nested = (depth: number) => '('.repeat(depth) + '1D' + ')'.repeat(depth);
  assert.equal(enumerateOptions(parseExpression(nested(50))), [['1D']]);
  assert.is(fault(nested(51)).position, 50);
});
parse('refuses texts over 2,000 characters', () => {
  assert.is(fault('1D + '.repeat(500) + '1D').diagnostics[0]!.code, 'OUT_OF_RANGE');
});
parse('answers any text with an expression or an AlgebraError', () => {
  const hostile = fc.string({ unit: fc.constantFrom('(', ')', '[', ']', '+', ' ', 'or', '1D', '-', '\u0000', 'é') });
  fc.assert(
    fc.property(hostile, (text) => {
      try {
        parseExpression(text);
      } catch (error) {
        assert.instance(error, AlgebraError);
      }
    }),
  );
});
parse.run();

const enumerate = suite('enumerateOptions');
enumerate('gives as many options as were counted before', () => {
  fc.assert(
    fc.property(alternatives, (expression) => {
      const count = countOptions(expression);
      if (count <= 1000) assert.is(enumerateOptions(expression).length, count);
    }),
  );
});
enumerate('counts a product over + and a sum over or', () => {
  assert.is(countOptions(parseExpression('[a or b or c] + (d or e) or f')), 7);
});
enumerate('gives 10,000 options and refuses more before making any', () => {
  const product = (digits: number) =>
    Array(digits).fill('(0 or 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9)').join(' + ');
  assert.is(enumerateOptions(parseExpression(product(4))).length, 10_000);
  const error = fault(product(30));
  assert.equal([error.diagnostics[0]!.code, error.expected], ['OUT_OF_RANGE', 'at most 10000']);
});
enumerate.run();

const number = suite('numberOptions');
const numbered = numberOptions(parseExpression(EXAMPLE), referenceModel());
number('gives the example of section 4.19 six options to each kind of meter', () => {
  assert.equal(
    METERS.map((meter) => numbered.filter((option) => option.end === meter).map((option) => option.number)),
    METERS.map(() => [1, 2, 3, 4, 5, 6]),
  );
});
number('numbers them as table 5.4.1 lists the profiles', () => {
  for (const meter of METERS) {
    const codes = numbered
      .filter((option) => option.end === meter)
      .map(({ decisions: { cis, backhaul } }) =>
        encodeProfile({
          ami: { rep: false, han: false, esi: 'none', cis: cis as 'direct', backhaul: backhaul as 'W' },
        }),
      );
    assert.equal(codes, ['ACdW', 'ACdIW', 'ACdIIW', 'ACvW', 'ACvIW', 'ACvIIW']);
  }
});
number('makes option 5 the one that section 4.19 spells out as ACvIW', () => {
  const option = numbered.find((candidate) => candidate.number === 5 && candidate.end === '2-Way Meter - Electr')!;
  assert.is(option.expression, '1Aa + 1B + 1Cba + 1Cc + 1D');
  assert.equal(option.decisions, { cis: 'mdms', backhaul: 'IW' });
});
number('does not depend on the order of the alternatives in the text', () => {
  const other = '[1Ab or (1Aa + 1B)] + [(1Cba + 1Cc) or 1Ca or (1Cba + 1Cb)] + [1D or 1Dg or 1Dw]';
  assert.equal(numberOptions(parseExpression(other), referenceModel()), numbered);
});
number('keeps the order of the text for references that the model does not know', () => {
  const options = numberOptions(parseExpression('(x or y) + z'), referenceModel());
  assert.equal(
    options.map((option) => [option.number, option.expression, option.end]),
    [
      [1, 'x + z', 'z'],
      [2, 'y + z', 'z'],
    ],
  );
});
number.run();

const select = suite('selectOptions');
select('leaves one option to each meter once CIS path and backhaul are decided', () => {
  const chosen = selectOptions(numbered, { cis: 'mdms', backhaul: 'IIW', path: 'RsF' });
  assert.equal(
    chosen.map((option) => option.expression),
    ['1D', '1Dg', '1Dw'].map((meter) => `1Aa + 1B + 1Cba + 1Cb + ${meter}`),
  );
});
select('leaves the three backhauls open when only the CIS path is decided', () => {
  assert.is(selectOptions(numbered, { cis: 'direct' }).length, 9);
});
select.run();
