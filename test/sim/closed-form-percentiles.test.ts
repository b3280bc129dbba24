/** The percentile's approximation against exact distributions, by recursion and convolution. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DelayPart, delayQuantile } from '../../sim/queueing/delay-quantile.js';
import { fifoWait } from '../../sim/queueing/fifo-wait.js';
import { gammaCdf, logGamma } from '../../sim/queueing/gamma.js';

const near = (actual: number, expected: number, relative: number) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual}, not ${expected}`);

const STEP_S = 0.02;
const STEPS = 3000;

/**
 * Distribution of the wait of an M/G/1 queue in steps: the geometric sum of residual services (Beneš), f = (1 − ρ) + ρ·r*f.
 * @param residual probability of each step
 */
function waitSteps(load: number, residual: Float64Array): Float64Array {
  const f = new Float64Array(STEPS);
  const scale = 1 / (1 - load * residual[0]!);
  f[0] = (1 - load) * scale;
  for (let i = 1; i < STEPS; i++) {
    let sum = 0;
    for (let j = 1; j <= Math.min(i, residual.length - 1); j++) sum += residual[j]! * f[i - j]!;
    f[i] = load * sum * scale;
  }
  return f;
}

/** Residual of services of one second: uniform over [0, 1], midpoints of steps on the grid. */
function residualOfOne(): Float64Array {
  const steps = Math.round(1 / STEP_S);
  return Float64Array.from({ length: steps + 1 }, (_, i) => (i === 0 || i === steps ? STEP_S / 2 : STEP_S));
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const c = new Float64Array(STEPS);
  for (let i = 0; i < STEPS; i++) {
    if (a[i]! < 1e-13) continue;
    for (let j = 0; i + j < STEPS; j++) c[i + j]! += a[i]! * b[j]!;
  }
  return c;
}

function exactQuantile(f: Float64Array, q: number): number {
  let sum = 0;
  for (const [i, share] of f.entries()) {
    sum += share;
    if (sum >= q) return i * STEP_S;
  }
  return Number.NaN;
}

/** `hops` hops of service 1 second each. */
function part(load: number, loadS: number, loadS2: number, hops: number): DelayPart {
  const { idle, meanS, meanSqS2 } = fifoWait(load, loadS, loadS2);
  const varS2 = hops * (meanSqS2 - meanS * meanS);
  return { weight: 1, fixedS: hops, idle: idle ** hops, meanS: hops * meanS, varS2 };
}

const percentile = suite('delayQuantile');

percentile('is exact for the M/M/1 wait: ln(ρ / (1 − q)) / (μ − λ)', () => {
  for (const load of [0.3, 0.7, 0.9]) {
    for (const q of [0.9, 0.95, 0.99, 0.999]) {
      near(delayQuantile([part(load, 2 * load, 6 * load, 1)], q), 1 + Math.log(load / (1 - q)) / (1 - load), 1e-5);
    }
  }
});

percentile('has the M/D/1 latency within 6 %, at loads from 0.7 on within 2 %', () => {
  for (const load of [0.3, 0.5, 0.7, 0.9]) {
    const exact = waitSteps(load, residualOfOne());
    for (const q of [0.9, 0.95, 0.99]) {
      near(delayQuantile([part(load, load, load, 1)], q), 1 + exactQuantile(exact, q), load < 0.7 ? 0.06 : 0.02);
    }
  }
});

percentile('has the latency over two M/D/1 hops within 3 %', () => {
  for (const load of [0.3, 0.7]) {
    const one = waitSteps(load, residualOfOne());
    const exact = convolve(one, one);
    for (const q of [0.9, 0.95, 0.99]) {
      near(delayQuantile([part(load, load, load, 2)], q), 2 + exactQuantile(exact, q), 0.03);
    }
  }
});

percentile('of a mixture is where its parts together reach the share', () => {
  const fixed = (weight: number, fixedS: number): DelayPart => ({ weight, fixedS, idle: 1, meanS: 0, varS2: 0 });
  const parts = [fixed(90, 1), fixed(8, 5), fixed(2, 20)];
  near(delayQuantile(parts, 0.5), 1, 1e-5);
  near(delayQuantile(parts, 0.95), 5, 1e-5);
  near(delayQuantile(parts, 0.99), 20, 1e-5);
});

percentile('is infinite where too few arrive, and nothing without messages', () => {
  const endless = { weight: 10, fixedS: 0, idle: 0, meanS: Number.POSITIVE_INFINITY, varS2: Number.POSITIVE_INFINITY };
  const fixed = { weight: 90, fixedS: 2, idle: 1, meanS: 0, varS2: 0 };
  assert.is(delayQuantile([fixed, endless], 0.95), Number.POSITIVE_INFINITY);
  near(delayQuantile([fixed, endless], 0.8), 2, 1e-5);
  assert.ok(Number.isNaN(delayQuantile([], 0.95)));
});

percentile('grows with the share', () => {
  let before = 0;
  for (let q = 0.05; q < 0.999; q += 0.05) {
    const now = delayQuantile([part(0.6, 0.9, 2, 3), { ...part(0.2, 0.2, 0.2, 1), weight: 3 }], q);
    assert.ok(now >= before, `${now} at ${q} after ${before}`);
    before = now;
  }
});

percentile.run();

const gamma = suite('gammaCdf');

gamma('is the exponential distribution at shape 1 and the Erlang one at 3', () => {
  for (const x of [0.1, 1, 3, 10]) {
    near(gammaCdf(1, x), 1 - Math.exp(-x), 1e-9);
    near(gammaCdf(3, x), 1 - Math.exp(-x) * (1 + x + (x * x) / 2), 1e-7);
  }
});

gamma('is the error function at shape 1/2: P(1/2, 1) = erf(1) = 0.8427007929', () => {
  near(gammaCdf(0.5, 1), 0.8427007929, 1e-8);
  near(logGamma(0.5), Math.log(Math.PI) / 2, 1e-9);
});

gamma.run();
