import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  boundOfChance,
  latinHypercube,
  rankCorrelation,
  sampleQuantile,
} from '../../studies/sensitivity/latin-hypercube.js';

const hypercube = suite('latinHypercube');
const names = fc.uniqueArray(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 6 });

hypercube('draws once from every stratum of every factor', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 200 }), fc.string(), (factors, samples, seed) => {
      for (const values of latinHypercube(factors, samples, seed)) {
        const strata = values.map((value) => Math.floor(value * samples)).sort((a, b) => a - b);
        assert.equal(
          strata,
          Array.from({ length: samples }, (_, i) => i),
        );
        assert.ok(values.every((value) => value >= 0 && value < 1));
      }
    }),
    { numRuns: 60 },
  );
});

hypercube('leaves a factor as it was when others come or go, and is the same for the same seed', () => {
  const [a, b] = latinHypercube(['a', 'b'], 50, 's');
  assert.equal(latinHypercube(['b'], 50, 's'), [b]);
  assert.equal(latinHypercube(['a', 'b'], 50, 's'), [a, b]);
  assert.not.equal(latinHypercube(['a'], 50, 't'), [a]);
  assert.not.equal(a, b);
});

hypercube.run();

const spearman = suite('rankCorrelation');

spearman('is that of the formula 1 - 6 sum(d²) / (n (n² - 1)) where no values are equal', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer(), { minLength: 3, maxLength: 30 }),
      fc.integer({ min: 1, max: 1e6 }),
      (x, salt) => {
        const y = x.map((value, i) => ((i * 7919 + salt) % 104_729) + value * 1e-12);
        if (new Set(y).size < y.length) return;
        const place = (values: readonly number[]) => values.map((one) => values.filter((other) => other < one).length);
        const [px, py] = [place(x), place(y)];
        const squares = px.reduce((sum, rank, i) => sum + (rank - py[i]!) ** 2, 0);
        const n = x.length;
        assert.ok(Math.abs(rankCorrelation(x, y) - (1 - (6 * squares) / (n * (n * n - 1)))) < 1e-9);
      },
    ),
  );
});

spearman('gives equal values the mean of their ranks: 1, 2, 2, 3 against 1, 2, 3, 4 is 0.9487', () => {
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: Pearson's 4.5 / sqrt(4.5 * 5).
  assert.ok(Math.abs(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]) - 4.5 / Math.sqrt(22.5)) < 1e-12);
});

spearman('is 1 for what grows together, -1 for the opposite, nothing where one stands still', () => {
  assert.is(rankCorrelation([1, 2, 3], [10, 20, 1000]), 1);
  assert.is(rankCorrelation([1, 2, 3], [3, 2, 1]), -1);
  assert.ok(Number.isNaN(rankCorrelation([1, 2, 3], [5, 5, 5])));
  assert.is(rankCorrelation([1, 2, 3], [1, 2, Number.POSITIVE_INFINITY]), 1);
});

spearman('is beyond chance by the printed table of one factor: 0.632 for 10 samples, 0.361 for 30', () => {
  assert.is(boundOfChance(10, 1).toFixed(3), '0.632');
  assert.is(boundOfChance(30, 1).toFixed(3), '0.361');
  assert.is(boundOfChance(2, 1), 1);
});

spearman('of sixty factors that have nothing to do with the result seldom finds one beyond chance', () => {
  const names = Array.from({ length: 61 }, (_, f) => `factor ${f}`);
  const studies = 200;
  let any = 0;
  for (let seed = 0; seed < studies; seed++) {
    const [result = [], ...factors] = latinHypercube(names, 60, `study ${seed}`);
    const bound = boundOfChance(60, factors.length);
    if (factors.some((one) => Math.abs(rankCorrelation(one, result)) > bound)) any++;
  }
  // Expected 10 of 200 at most; more than 22 come in fewer than one of a thousand such tests. Single bounds give nearly all.
  assert.ok(any <= 22, `${any} of ${studies}`);
});

spearman.run();

const quantile = suite('sampleQuantile');

quantile('is the value of the nearest rank', () => {
  assert.is(sampleQuantile([3, 1, 2], 0.5), 2);
  assert.is(sampleQuantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95), 10);
  assert.is(sampleQuantile([1, 2], 0), 1);
  assert.ok(Number.isNaN(sampleQuantile([], 0.5)));
});

quantile.run();
