import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { binomialP, holm, poissonP } from '../../prove/significance.js';

const near = (actual: number, expected: number, digits: number) =>
  assert.is(actual.toFixed(digits), expected.toFixed(digits));

const poisson = suite('poissonP');

poisson('has the tails of printed tables: P(X <= 4 | 10) = 0.0293, P(X >= 17 | 10) = 1 - 0.9730', () => {
  near(poissonP(4, 10), 2 * 0.0293, 3);
  near(poissonP(17, 10), 2 * (1 - 0.973), 3);
});

poisson('is twice the normal tail for large means: two-sided 0.01 at 2.5758 standard errors', () => {
  for (const mean of [1e6, 1e7]) {
    for (const sign of [-1, 1]) {
      const p = poissonP(Math.round(mean + sign * 2.5758 * Math.sqrt(mean)), mean);
      assert.ok(Math.abs(p - 0.01) < 2e-4, `${p} at ${mean}`);
    }
  }
});

poisson('is 1 in the middle, and a mean of 0 allows no message', () => {
  assert.is(poissonP(10, 10), 1);
  assert.is(poissonP(0, 0), 1);
  assert.is(poissonP(1, 0), 0);
});

poisson('stays at or below alpha with probability alpha at most', () => {
  let rejected = 0;
  let weight = Math.exp(-3);
  for (let k = 0; k < 40; k++) {
    if (poissonP(k, 3) <= 0.05) rejected += weight;
    weight *= 3 / (k + 1);
  }
  assert.ok(rejected > 0 && rejected <= 0.05, String(rejected));
});

poisson.run();

const binomial = suite('binomialP');

binomial('has the tails of printed tables: P(X <= 3 | 20, 0.4) = 0.0160, P(X >= 13 | 20, 0.4) = 0.0210', () => {
  near(binomialP(3, 20, 0.4), 2 * 0.016, 3);
  near(binomialP(13, 20, 0.4), 2 * 0.021, 3);
});

binomial('keeps small upper tails: all of 40 heads is 2 x 2^-40', () => {
  const p = binomialP(40, 40, 0.5);
  assert.ok(Math.abs(p / 2 ** -39 - 1) < 1e-6, String(p));
});

binomial('chances of 0 and 1 allow one number each, and nobody succeeds more often than tried', () => {
  assert.equal([binomialP(0, 5, 0), binomialP(1, 5, 0), binomialP(5, 5, 1), binomialP(4, 5, 1)], [1, 0, 1, 0]);
  assert.is(binomialP(6, 5, 0.5), 0);
});

binomial.run();

const correction = suite('holm');

correction('multiplies the least by n, the next by n - 1, and never falls', () => {
  assert.equal(
    holm([0.04, 0.01, 0.03]).map((p) => Number(p.toFixed(12))),
    [0.06, 0.03, 0.06],
  );
});

correction('is at most 1, and leaves a single test alone', () => {
  assert.equal(holm([0.9, 0.8]), [1, 1]);
  assert.equal(holm([0.2]), [0.2]);
  assert.equal(holm([]), []);
});

correction.run();
