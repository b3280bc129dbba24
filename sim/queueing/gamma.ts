/** The gamma distribution, for percentiles of sums of waits. */

const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
];
const EPSILON = 1e-10;
const TINY = 1e-300;

/** ln Γ(x), x > 0, to about 1e-10. Source: Lanczos, SIAM J. Numer. Anal. B 1 (1964), coefficients for g = 5, n = 6. O(1). */
export function logGamma(x: number): number {
  let series = 1.000000000190015;
  for (let i = 0; i < LANCZOS.length; i++) series += LANCZOS[i] / (x + 1 + i);
  const t = x + 5.5;
  return (x + 0.5) * Math.log(t) - t + Math.log((2.5066282746310007 * series) / x);
}

/**
 * P(X <= x) of a gamma variable of shape `shape` and mean `shape` (scale 1): the regularised lower incomplete gamma
 * function. Series below shape + 1, continued fraction above (Lentz). O(sqrt(shape)) steps.
 * Source: Abramowitz and Stegun (1964), 6.5.29 and 6.5.31.
 */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; term > sum * EPSILON; n++) {
      term *= x / (shape + n);
      sum += term;
    }
    return Math.min(1, sum * front);
  }
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / nonZero(a * d + b);
    c = nonZero(b + a / c);
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < EPSILON) break;
  }
  return Math.max(0, 1 - front * fraction);
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
