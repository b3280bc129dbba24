import seedrandom from 'seedrandom';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { combine, hashText, mix32, RandomStreams, unitOf } from '../../sim/kernel/random.js';

/** Chi-square of counts that should be equal. */
const chiSquare = (counts: readonly number[]) => {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
};
/** 255 degrees of freedom: 99.9% of samples lie between. */
const [LOW, HIGH] = [188, 331];

const streams = suite('RandomStreams');

streams("give seedrandom's own alea sequence, each row its own", () => {
  const rows = new RandomStreams(2);
  rows.seed(0, 'one');
  rows.seed(1, 'two');
  const [one, two] = [seedrandom.alea('one'), seedrandom.alea('two')];
  for (let i = 0; i < 10_000; i++) {
    assert.is(rows.uniform(0), one());
    assert.is(rows.uniform(1), two());
  }
});

streams('exponential draws have mean 1 and variance 1', () => {
  const rows = new RandomStreams(1);
  rows.seed(0, '1');
  const n = 200_000;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = rows.exponential(0);
    assert.ok(x >= 0 && Number.isFinite(x));
    sum += x;
    squares += x * x;
  }
  // Standard errors: 1 / sqrt(n) of the mean; sqrt(8 / n) of the variance (the fourth central moment is 9).
  assert.ok(Math.abs(sum / n - 1) < 4 / Math.sqrt(n), `${sum / n}`);
  assert.ok(Math.abs(squares / n - (sum / n) ** 2 - 1) < 4 * Math.sqrt(8 / n));
});

streams.run();

const hashes = suite('hashes');

hashes('mix32 is murmur3: the finaliser of its reference implementation', () => {
  // fmix32 of smhasher's MurmurHash3.cpp, by 64-bit integers.
  const reference = (value: number) => {
    const word = 0xffffffffn;
    let h = BigInt(value) & word;
    h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & word;
    h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & word;
    return Number(h ^ (h >> 16n));
  };
  for (const value of [0, 1, 2, 255, 65_536, 0x7fffffff, 0x80000000, 0xdeadbeef, 0xffffffff]) {
    assert.is(mix32(value), reference(value));
  }
});

hashes('combine spreads consecutive counters evenly over 256 slots, whatever the key', () => {
  for (const key of [0, 1, 2, hashText('a'), hashText('b')]) {
    const counts = new Array<number>(256).fill(0);
    for (let counter = 0; counter < 25_600; counter++) counts[Math.floor(unitOf(combine(key, counter)) * 256)]!++;
    const statistic = chiSquare(counts);
    assert.ok(statistic > LOW && statistic < HIGH, `${key}: ${statistic}`);
  }
});

hashes('combine keeps consecutive keys apart as well: pairs of draws fill the square evenly', () => {
  const counts = new Array<number>(256).fill(0);
  for (let key = 0; key < 25_600; key++) {
    const [x, y] = [unitOf(combine(key, 7)), unitOf(combine(key + 1, 7))];
    counts[16 * Math.floor(x * 16) + Math.floor(y * 16)]!++;
  }
  const statistic = chiSquare(counts);
  assert.ok(statistic > LOW && statistic < HIGH, `${statistic}`);
});

hashes('combine gives different results to different counters of one key', () => {
  const seen = new Set<number>();
  for (let counter = 0; counter < 100_000; counter++) seen.add(combine(12345, counter));
  assert.is(seen.size, 100_000);
});

hashes('hashText tells texts apart that differ in one letter, in length or in order', () => {
  const texts = ['', 'a', 'b', 'ab', 'ba', 'aa', '1/1/reads', '1/2/reads', '2/1/reads', '1/1/read'];
  assert.is(new Set(texts.map(hashText)).size, texts.length);
});

hashes.run();
