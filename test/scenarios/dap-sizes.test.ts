import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawDapSizes, type SizeDistribution } from '../../scenarios/dap-sizes.js';
import { load, places } from './support.js';

const shape: SizeDistribution = { shape: 'lognormal', mean: 1000, spread: 0.5, least: 100, most: 5000 };
const sum = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0);
const scenario = (sizes: string, seed = 1) =>
  `name: a\nprofile: ACvIW\nseed: ${seed}\ndeployment:\n  meters: 100000\n  dapSizes: ${sizes}\n`;

const drawn = suite('drawDapSizes');

drawn('adds up to all meters, largest first, within the bounds, whatever is drawn', () => {
  for (const kind of ['lognormal', 'uniform'] as const) {
    for (let seed = 1; seed <= 50; seed++) {
      const sizes = drawDapSizes(99_991, 97, { ...shape, shape: kind, least: 400, most: 2500 }, `${seed}`)!;
      assert.is(sum(sizes), 99_991);
      assert.ok(sizes.every((size, i) => Number.isInteger(size) && (i === 0 || size <= sizes[i - 1]!)));
      assert.ok(sizes[0]! <= 2500 && sizes[96]! >= 400, `${sizes[0]} to ${sizes[96]}`);
    }
  }
});

drawn('has the spread that it is asked for: over 4000 DAPs within 5%', () => {
  const deviation = (sizes: readonly number[]) => {
    const mean = sum(sizes) / sizes.length;
    return Math.sqrt(sizes.reduce((total, size) => total + (size - mean) ** 2, 0) / sizes.length) / mean;
  };
  const free = { ...shape, least: 1, most: 1e6 };
  const lognormal = deviation(drawDapSizes(4e6, 4000, free, 'a')!);
  assert.ok(Math.abs(lognormal / 0.5 - 1) < 0.05, `${lognormal}`);
  const uniform = deviation(drawDapSizes(4e6, 4000, { ...free, shape: 'uniform' }, 'a')!);
  assert.ok(Math.abs(uniform / (0.5 / Math.sqrt(3)) - 1) < 0.05, `${uniform}`);
});

drawn('is all alike without spread, and nothing when it cannot fit', () => {
  assert.equal(drawDapSizes(10, 4, { ...shape, spread: 0, least: 1 }, 'a'), [3, 3, 2, 2]);
  assert.is(drawDapSizes(399, 4, shape, 'a'), undefined);
  assert.is(drawDapSizes(20_001, 4, shape, 'a'), undefined);
});

drawn.run();

const key = suite('deployment.dapSizes as a distribution');

key('has as many DAPs as the mean says, the same ones for the same seed', () => {
  const text = '{ distribution: lognormal, mean: 1000, spread: 50%, least: 200, most: 3000 }';
  const { deployment, defaults } = load(scenario(text));
  assert.is(deployment.daps, 100);
  assert.is(sum(deployment.dapSizes), 100_000);
  assert.equal(load(scenario(text)).deployment.dapSizes, deployment.dapSizes);
  assert.not.equal(load(scenario(text, 2)).deployment.dapSizes, deployment.dapSizes);
  assert.ok(defaults.some((entry) => entry.key === 'deployment.dapSizes'));
});

key('says what does not fit together', () => {
  const wrong = (text: string) => places(scenario(text));
  assert.equal(wrong('{ distribution: lognormal, mean: 1000, most: 500 }'), ['6:46 deployment.dapSizes.mean CONFLICT']);
  assert.equal(wrong('{ distribution: normal, mean: 1000 }'), ['6:29 deployment.dapSizes.distribution UNKNOWN_NAME']);
  assert.equal(wrong('{ distribution: uniform, mean: 30000, least: 30000, most: 30000 }'), [
    '6:13 deployment.dapSizes CONFLICT',
  ]);
});

key.run();
