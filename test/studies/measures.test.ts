import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jointConfidence, pairedDifference } from '../../studies/measures/paired.js';
import { paretoFront } from '../../studies/measures/pareto.js';

function near(value: number, expected: number, within: number): void {
  assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected}`);
}

const paired = suite('pairedDifference');

paired('is the interval that a hand computes: differences 1, 2, 3, t(2) = 4.302653', () => {
  const { difference, halfWidth, replications, significant } = pairedDifference([1, 2, 3], [2, 4, 6], 0.95);
  assert.is(difference, 2);
  // With two degrees of freedom the quantile has a closed form: (2p - 1) sqrt(2 / (4 p (1 - p))).
  const t = 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
  near(t, 4.302653, 1e-6);
  near(halfWidth, t / Math.sqrt(3), 1e-9); // standard deviation 1, three pairs
  assert.is(replications, 3);
  assert.is(significant, false);
});

paired('finds a difference that hides in the spread of both, since pairs share it', () => {
  const noise = [10, -7, 3, 25, -14, 8];
  const base = noise.map((value) => 100 + value);
  const other = noise.map((value, i) => 101 + value + (i % 2 === 0 ? 0.1 : -0.1));
  assert.is(pairedDifference(base, other, 0.95).significant, true);
  near(pairedDifference(base, other, 0.95).difference, 1, 1e-9);
});

paired('widens with the number of differences that shall hold together, t(4) at 1 - 0.05/10', () => {
  near(jointConfidence(10), 0.995, 1e-12);
  assert.is(jointConfidence(0), 0.95);
  const values = [0, 1, 2, 3, 4];
  // Two-sided 99.5 % with 4 degrees of freedom: 5.597568 (printed tables: t(0.9975, 4) = 5.598).
  near(pairedDifference([0, 0, 0, 0, 0], values, 0.995).halfWidth, 5.597568 * Math.sqrt(2.5 / 5), 1e-6);
});

paired('tells nothing of one pair, of none, and of what is not known', () => {
  assert.is(pairedDifference([1], [2], 0.95).significant, false);
  assert.is(pairedDifference([], [], 0.95).significant, false);
  assert.is(pairedDifference([1, Number.NaN, 2], [5, 6, 7], 0.95).significant, false);
  assert.is(pairedDifference([1, 2], [Number.POSITIVE_INFINITY, 5], 0.95).significant, false);
});

paired('takes a difference that is the same in every pair for certain', () => {
  assert.is(pairedDifference([1, 2, 3], [2, 3, 4], 0.95).significant, true);
  assert.is(pairedDifference([1, 2, 3], [1, 2, 3], 0.95).significant, false);
});

paired.run();

const pareto = suite('paretoFront');
const points = fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }), { maxLength: 30 });

pareto('holds exactly the points that no other beats, by the definition', () => {
  fc.assert(
    fc.property(points, (all) => {
      const front = paretoFront(all);
      all.forEach((point, i) => {
        const isBeaten = all.some(
          (other) => other.every((value, k) => value <= point[k]!) && other.some((value, k) => value < point[k]!),
        );
        assert.is(front.has(i), !isBeaten);
      });
    }),
  );
});

pareto('has a point for every point that is beaten by it, and is never empty', () => {
  fc.assert(
    fc.property(points, (all) => {
      const front = paretoFront(all);
      if (all.length > 0) assert.ok(front.size > 0);
      all.forEach((point, i) => {
        if (front.has(i)) return;
        assert.ok([...front].some((j) => all[j]!.every((value, k) => value <= point[k]!)));
      });
    }),
  );
});

pareto('bears infinite values', () => {
  assert.equal(
    [
      ...paretoFront([
        [1, Number.POSITIVE_INFINITY],
        [2, 3],
        [3, 3],
      ]),
    ],
    [0, 1],
  );
});

pareto.run();
