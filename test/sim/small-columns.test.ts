import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { smallColumn } from '../../sim/small-columns.js';

const columns = suite('smallColumn');

columns('gives zeros that no other column shares, of any length', () => {
  const lengths = Array.from({ length: 3000 }, (_, i) => [0, 1, 8, 9, 24, 25, 511, 512, 513, 20_000][i % 10]!);
  const made = lengths.map((length, i) => {
    const column = smallColumn(length);
    assert.is(column.length, length);
    assert.ok(column.every((value) => value === 0));
    return column.fill(i + 1);
  });
  made.forEach((column, i) => {
    assert.ok(column.every((value) => value === i + 1));
  });
});

columns.run();
