import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { KnownLists } from '../../sim/parts/known-lists.js';
import { NumberKey } from '../../sim/parts/number-key.js';

const keys = suite('NumberKey');

function keyOf(...numbers: readonly number[]): NumberKey {
  const key = new NumberKey();
  for (const number of numbers) key.add(number);
  return key;
}

keys('finds what was kept under the same doubles, and under no other', () => {
  const known = new KnownLists<string>();
  keyOf(1, 0.1 + 0.2).keep(known, 'sum');
  assert.is(keyOf(1, 0.1 + 0.2).in(known), 'sum');
  for (const other of [keyOf(1, 0.3), keyOf(1), keyOf(0.1 + 0.2, 1), keyOf(1, 0.1 + 0.2, 0)]) {
    assert.is(other.in(known), undefined);
  }
});

keys('takes infinity and what is no number', () => {
  const known = new KnownLists<number>();
  assert.is(keyOf(Number.POSITIVE_INFINITY).numberIn(known), 0);
  assert.is(keyOf(Number.NaN).numberIn(known), 1);
  assert.is(keyOf(Number.NaN).numberIn(known), 1);
});

keys('grows, and is empty again when it is cleared', () => {
  const known = new KnownLists<number>();
  const key = new NumberKey();
  const long = Array.from({ length: 1000 }, (_, i) => i / 3);
  for (const number of long) key.add(number);
  assert.is(key.numberIn(known), 0);
  key.clear();
  key.add(0);
  assert.is(key.numberIn(known), 1);
  key.clear();
  for (const number of long) key.add(number);
  assert.is(key.numberIn(known), 0);
});

keys.run();
