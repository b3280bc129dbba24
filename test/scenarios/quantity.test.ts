import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BadValue } from '../../scenarios/bad-value.js';
import { type Dimension, parseQuantity, type QuantityBounds } from '../../scenarios/quantity.js';

function problem(value: string | number, dimension: Dimension, bounds: QuantityBounds = {}) {
  try {
    return { code: 'none', nearest: `${parseQuantity(value, dimension, bounds)}` };
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    return error.problem;
  }
}

const quantity = suite('parseQuantity');

const RIGHT: readonly (readonly [string | number, Dimension, number])[] = [
  ['100 kbit/s', 'rate', 100_000],
  ['19.2 kbit/s', 'rate', 19_200],
  ['19.2kbps', 'rate', 19_200],
  ['1 Mbps', 'rate', 1_000_000],
  ['1 Gbit/s', 'rate', 1_000_000_000],
  ['2 kB/s', 'rate', 16_000],
  ['3600 B/hr', 'rate', 8],
  ['60 B', 'size', 60],
  ['1.5 kB', 'size', 1500],
  ['2 MB', 'size', 2_000_000],
  ['64 KiB', 'size', 65_536],
  ['800 bit', 'size', 100],
  ['2 * 60 B + 8 bytes', 'size', 128],
  ['5 ms', 'time', 0.005],
  ['9 ms', 'time', 0.009],
  ['30 sec', 'time', 30],
  ['15 min', 'time', 900],
  ['4 hr', 'time', 14_400],
  ['4hours', 'time', 14_400],
  ['1 hr 30 min', 'time', 5400],
  ['2 days', 'time', 172_800],
  ['1 year', 'time', 365 * 86_400],
  ['1 month', 'time', (365 / 12) * 86_400],
  ['20%', 'share', 0.2],
  [0.2, 'share', 0.2],
  ['1/8', 'share', 0.125],
  ['25/1000', 'perDay', 0.025],
  ['25 per 1000 per day', 'perDay', 0.025],
  ['6 per day', 'perDay', 6],
  ['1 per 15 min', 'perDay', 96],
  ['1 / hr', 'perDay', 24],
  [12, 'perYear', 12],
  ['1 per month', 'perYear', 12],
  ['96 per day', 'perYear', 96 * 365],
];
for (const [text, dimension, value] of RIGHT) {
  quantity(`reads ${text} as ${value} (${dimension})`, () => {
    assert.is(parseQuantity(text, dimension), value);
  });
}

quantity('needs no unit for zero', () => {
  for (const dimension of ['time', 'size', 'rate'] as const) {
    assert.is(parseQuantity(0, dimension), 0);
    assert.is(parseQuantity('0', dimension), 0);
  }
});

quantity('knows unlimited only where it is allowed', () => {
  assert.is(parseQuantity('unlimited', 'size', { unlimited: true }), Number.POSITIVE_INFINITY);
  assert.is(problem('unlimited', 'size').code, 'WRONG_UNIT');
});

const WRONG: readonly (readonly [string | number, Dimension, string, string | undefined])[] = [
  [100, 'rate', 'WRONG_UNIT', '100 kbit/s'],
  ['5', 'time', 'WRONG_UNIT', '5 s'],
  ['60', 'size', 'WRONG_UNIT', '60 B'],
  ['5 B', 'time', 'WRONG_UNIT', undefined],
  ['5 kg', 'time', 'WRONG_UNIT', undefined],
  ['5 days', 'share', 'WRONG_UNIT', undefined],
  ['5 s', 'perDay', 'WRONG_UNIT', undefined],
  ['1 kb', 'size', 'WRONG_UNIT', 'kbit or kB'],
  ['100 Kbit', 'size', 'WRONG_UNIT', 'kbit'],
  ['3 Sec', 'time', 'WRONG_UNIT', 'sec'],
  ['1 s + 1 B', 'time', 'WRONG_UNIT', undefined],
  ['', 'time', 'WRONG_UNIT', undefined],
  [20, 'share', 'OUT_OF_RANGE', '20%'],
  ['-5 s', 'time', 'OUT_OF_RANGE', undefined],
  ['1/0 s', 'time', 'OUT_OF_RANGE', undefined],
  [Number.POSITIVE_INFINITY, 'rate', 'OUT_OF_RANGE', undefined],
  [Number.NaN, 'share', 'OUT_OF_RANGE', undefined],
  ['1e400 s', 'time', 'OUT_OF_RANGE', undefined],
  ['max(1 s, 2 s)', 'time', 'UNKNOWN_NAME', undefined],
  ['5 s to min', 'time', 'SYNTAX', undefined],
  ['[1, 2] s', 'time', 'SYNTAX', undefined],
  ['5 +', 'time', 'SYNTAX', undefined],
];
for (const [text, dimension, code, nearest] of WRONG) {
  quantity(
    `refuses ${JSON.stringify(text)} as ${dimension} with ${code}${nearest ? `, offering ${nearest}` : ''}`,
    () => {
      const found = problem(text, dimension);
      assert.is(found.code, code);
      if (nearest !== undefined) assert.is(found.nearest, nearest);
    },
  );
}

quantity('refuses zero where it must be positive', () => {
  assert.is(problem('0', 'rate', { positive: true }).code, 'OUT_OF_RANGE');
});

quantity('scales by the unit, whatever the number', () => {
  const number = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(number, (n) => {
      assert.is(parseQuantity(`${n} ms`, 'time'), n / 1000);
      assert.is(parseQuantity(`${n} kB`, 'size'), n * 1000);
      assert.is(parseQuantity(`${n} kbit/s`, 'rate'), n * 1000);
      assert.is(parseQuantity(`${n}/1000 per day`, 'perDay'), n / 1000);
    }),
    { numRuns: 50, seed: 1 },
  );
});

quantity('reads a number with a unit as mathjs reads the same in parentheses', () => {
  const words: readonly (readonly [Dimension, readonly string[]])[] = [
    ['time', ['us', 'ms', 's', 'sec', 'min', 'minutes', 'h', 'hr', 'day', 'days', 'weeks', 'months', 'year']],
    ['rate', ['bps', 'kbps', 'Mbps', 'Gbps', 'bit/s', 'kbit/s', 'Mbit / s', 'kB/s', 'MiB/s']],
    ['size', ['bit', 'B', 'bytes', 'kB', 'MB', 'GB', 'KiB', 'MiB', 'GiB', 'kbit']],
    ['bits', ['bit', 'B', 'kbit', 'Mbit']],
    ['length', ['m', 'km']],
  ];
  const cases = words.flatMap(([dimension, units]) => units.map((unit) => [dimension, unit] as const));
  const numbers = fc.oneof(
    fc.integer({ min: 0, max: 1e6 }),
    fc.integer({ min: 0, max: 1e6 }).map((n) => n / 1000),
  );
  fc.assert(
    fc.property(fc.constantFrom(...cases), numbers, ([dimension, unit], number) => {
      const read = (text: string) => {
        const found = problem(text, dimension);
        return 'message' in found ? found.code : found.nearest;
      };
      assert.is(read(`${number} ${unit}`), read(`(${number} ${unit}) * 1`));
    }),
    { numRuns: 500 },
  );
});

quantity.run();
