import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { histogramQuantile, mergeHistograms } from '../../sim/histogram-quantile.js';
import { reliability } from '../../sim/reliability.js';
import type { LatencyHistogram } from '../../sim/replication.js';
import { mean, meanHalfWidth } from '../../sim/student-t.js';
import { wilsonInterval } from '../../sim/wilson.js';

const near = (actual: number, expected: number, absolute: number) =>
  assert.ok(Math.abs(actual - expected) <= absolute, `${actual}, not ${expected}`);

/** The top 19 bits of the float, as the contract of LatencyHistogram puts it. */
function bucketOf(value: number): number {
  return Math.floor(new Uint32Array(new Float64Array([value]).buffer)[1] / 2 ** 13);
}

function histogramOf(values: readonly number[]): LatencyHistogram {
  const buckets = values.map(bucketOf);
  const first = Math.min(...buckets);
  const counts = new Float64Array(Math.max(...buckets) - first + 1);
  for (const bucket of buckets) counts[bucket - first]++;
  return { first, counts };
}

const quantile = suite('histogramQuantile');
const oneToThousand = Array.from({ length: 1000 }, (_, i) => i + 1);

quantile('is the upper edge of the bucket that holds the value of rank ceil(q·n)', () => {
  const histogram = histogramOf(oneToThousand);
  for (const [q, value] of [
    [0.5, 500],
    [0.95, 950],
    [0.99, 990],
  ] as const) {
    // Octaves are cut into 128: 500 lies in [256, 512), where a bucket is 2 wide.
    const widthS = 2 ** (Math.floor(Math.log2(value)) - 7);
    assert.is(histogramQuantile(histogram, q), Math.floor(value / widthS) * widthS + widthS);
  }
});

quantile('is not told from fewer than 10 / (1 − q) values', () => {
  const of = (n: number, q: number) => histogramQuantile(histogramOf(oneToThousand.slice(0, n)), q);
  assert.ok(Number.isNaN(of(19, 0.5)));
  assert.not(Number.isNaN(of(20, 0.5)));
  assert.ok(Number.isNaN(of(199, 0.95)));
  assert.not(Number.isNaN(of(200, 0.95)));
  assert.ok(Number.isNaN(of(999, 0.99)));
  assert.not(Number.isNaN(of(1000, 0.99)));
  assert.ok(Number.isNaN(of(1000, 0.999)));
});

quantile('of nothing is NaN', () => {
  assert.ok(Number.isNaN(histogramQuantile({ first: 0, counts: new Float64Array(0) }, 0.5)));
});

quantile.run();

const merge = suite('mergeHistograms');

merge('is the histogram of all values, whatever the parts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ min: 1e-3, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 }), {
        minLength: 1,
        maxLength: 5,
      }),
      (parts) => {
        const merged = mergeHistograms(parts.map(histogramOf));
        assert.equal(merged, histogramOf(parts.flat()));
      },
    ),
  );
});

merge('passes over empty ones, whose first bucket means nothing', () => {
  const empty = { first: 0, counts: new Float64Array(0) };
  assert.equal(mergeHistograms([empty, histogramOf([1, 2])]), histogramOf([1, 2]));
  assert.is(mergeHistograms([empty]).counts.length, 0);
});

merge.run();

const halfWidth = suite('meanHalfWidth');

halfWidth('is 2.776 · s / √5 for five values (table of t: 2.776 at four degrees of freedom)', () => {
  const values = [9, 11, 10, 12, 8]; // s² = 2.5
  near(meanHalfWidth(values), 2.776445 * Math.sqrt(2.5 / 5), 1e-6);
  assert.is(mean(values), 10);
});

halfWidth('is 12.706 · |a − b| / 2 for two', () => {
  near(meanHalfWidth([1, 3]), 12.7062047, 1e-6);
});

halfWidth('is NaN for one value, 0 for equal ones, NaN as soon as one is NaN', () => {
  assert.ok(Number.isNaN(meanHalfWidth([1])));
  assert.is(meanHalfWidth([2, 2, 2]), 0);
  assert.ok(Number.isNaN(meanHalfWidth([2, NaN, 2])));
});

halfWidth.run();

const wilson = suite('wilsonInterval');

wilson('gives the published interval of 81 of 263: 0.2553 to 0.3662', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3
  const { low, high } = wilsonInterval(81, 263);
  near(low, 0.2553, 5e-5);
  near(high, 0.3662, 5e-5);
});

wilson('gives the published interval of 0 of 20: 0 to 0.1611', () => {
  const { low, high } = wilsonInterval(0, 20);
  near(low, 0, 1e-12);
  near(high, 0.1611, 5e-5);
});

wilson('has n/(n + z²) as the lower bound of n of n', () => {
  near(wilsonInterval(30, 30).low, 30 / (30 + 1.959963984540054 ** 2), 1e-12);
  near(wilsonInterval(30, 30).high, 1, 1e-12);
});

wilson.run();

const share = suite('reliability');

share('is the mean of the replications, each weighing the same', () => {
  assert.is(
    reliability([
      { inTime: 1, known: 2 },
      { inTime: 100, known: 100 },
    ]).share,
    0.75,
  );
});

share('spans Student’s interval where replications differ', () => {
  const outcomes = [0.9, 0.92, 0.94].map((part) => ({ inTime: part * 1e6, known: 1e6 }));
  const { low, high } = reliability(outcomes);
  const half = 4.302653 * Math.sqrt(0.0004 / 3); // t at two degrees of freedom
  near(low, 0.92 - half, 1e-6);
  near(high, 0.92 + half, 1e-6);
});

share('has no width where every message fared the same, and says what their number alone shows', () => {
  const outcomes = Array.from({ length: 5 }, () => ({ inTime: 6, known: 6 }));
  const { low, high, messages, byNumber } = reliability(outcomes);
  assert.equal([low, high, messages], [1, 1, 30]);
  assert.equal(byNumber, wilsonInterval(30, 30));
  assert.is(reliability([{ inTime: 0, known: 3 }]).high, 0);
});

share('stays within 0 and 1', () => {
  const { low, high } = reliability([
    { inTime: 0, known: 9 },
    { inTime: 9, known: 9 },
  ]);
  assert.is(low, 0);
  assert.is(high, 1);
});

share('passes over replications without outcomes, and gives no interval for fewer than two others', () => {
  const none = { inTime: 0, known: 0 };
  const one = reliability([none, { inTime: 3, known: 4 }, none]);
  assert.is(one.share, 0.75);
  assert.ok(Number.isNaN(one.low) && Number.isNaN(one.high));
  assert.is(one.replications, 1);
  assert.ok(Number.isNaN(reliability([none]).share));
});

share.run();
