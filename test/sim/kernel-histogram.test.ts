import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bucketEdgeS, bucketOf, Histograms } from '../../sim/kernel/histogram.js';

const SHORTEST_S = 2 ** -30;
const seconds = fc.double({ min: SHORTEST_S, max: 1e7, noNaN: true });

const buckets = suite('buckets');

buckets('hold what lies between their edges, whose ratio is at most 1 + 2^-7', () => {
  fc.assert(
    fc.property(seconds, (latencyS) => {
      const bucket = bucketOf(latencyS);
      const [lower, upper] = [bucketEdgeS(bucket), bucketEdgeS(bucket + 1)];
      assert.ok(lower <= latencyS && latencyS < upper, `${lower} <= ${latencyS} < ${upper}`);
      assert.ok(upper / lower <= 1 + 2 ** -7);
    }),
    { seed: 1 },
  );
});

buckets('are the upper 19 bits of the float', () => {
  assert.is(bucketOf(1), 1023 * 128);
  assert.is(bucketOf(2), 1024 * 128);
  assert.is(bucketOf(1.5), 1023 * 128 + 64);
});

buckets('count what is shorter than a nanosecond, 0 included, in one', () => {
  assert.is(bucketOf(0), bucketOf(SHORTEST_S));
  assert.is(bucketOf(1e-300), bucketOf(SHORTEST_S));
});

buckets.run();

const histograms = suite('Histograms');

histograms('keep every count while their windows grow in either direction', () => {
  const value = fc.record({ row: fc.nat(2), latencyS: seconds, times: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 50 }), (values) => {
      const tested = new Histograms(3);
      const model = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
      for (const { row, latencyS, times } of values) {
        tested.add(row, latencyS, times);
        const bucket = bucketOf(latencyS);
        model[row]!.set(bucket, (model[row]!.get(bucket) ?? 0) + times);
      }
      for (const [row, expected] of model.entries()) {
        const found = new Map<number, number>();
        for (const [i, n] of tested.counts[row]!.entries()) if (n > 0) found.set(tested.first[row]! + i, n);
        assert.equal([...found].sort(), [...expected].sort());
      }
    }),
    { seed: 1 },
  );
});

histograms.run();
