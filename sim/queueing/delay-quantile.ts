import { gammaCdf } from './gamma.js';

/**
 * A share of the messages of a flow: latency = `fixedS` + a random part that is 0 with probability `idle`, and else has
 * a distribution of which two moments are known.
 */
export interface DelayPart {
  /** Relative; parts of a flow need not add up to 1. */
  readonly weight: number;
  readonly fixedS: number;
  readonly idle: number;
  /** Mean and variance of the random part, the zeros included; an infinite mean: never delivered in time. */
  readonly meanS: number;
  readonly varS2: number;
}

/** Random parts with a deviation below this share of the latency are taken as fixed. */
const NEGLIGIBLE = 1e-4;
const PRECISION = 1e-6;
const MOST_STEPS = 60;

/** P(latency <= atS) of one part: the atom at zero, and a gamma distribution with the moments of what is not zero. */
export function delayCdf(part: DelayPart, atS: number): number {
  const { idle, meanS, varS2, fixedS } = part;
  if (meanS === Infinity) return 0;
  const randomS = atS - fixedS;
  if (meanS <= 0 || isNegligible(part)) return randomS >= meanS ? 1 : 0;
  if (randomS < 0) return 0;
  const busy = 1 - idle;
  const busyMeanS = meanS / busy;
  const busyVarS2 = (varS2 + meanS * meanS) / busy - busyMeanS * busyMeanS;
  if (busyVarS2 <= (NEGLIGIBLE * busyMeanS) ** 2) return idle + (randomS >= busyMeanS ? busy : 0);
  const shape = (busyMeanS * busyMeanS) / busyVarS2;
  return idle + busy * gammaCdf(shape, (randomS * shape) / busyMeanS);
}

/**
 * Quantile q of the latencies of a flow: of the mixture of its parts, each fixed time plus a gamma distribution with an
 * atom at zero. Exact for the M/M/1 wait; its error elsewhere: docs/closed-form.md. Found by bisection with interpolation
 * (Illinois), O(parts x steps), at most 60 steps.
 * @returns seconds; Infinity when less than q of the messages have a finite mean, NaN without parts
 */
export function delayQuantile(parts: readonly DelayPart[], q: number): number {
  let [total, finite, lowS, highS] = [0, 0, Infinity, 0];
  for (const { weight, fixedS, meanS, varS2 } of parts) {
    total += weight;
    if (meanS === Infinity) continue;
    finite += weight;
    lowS = Math.min(lowS, fixedS);
    highS = Math.max(highS, fixedS + meanS + 3 * Math.sqrt(varS2));
  }
  if (!(total > 0)) return NaN;
  const wanted = q * total;
  if (finite < wanted) return Infinity;
  const missing = (atS: number) => parts.reduce((sum, part) => sum + part.weight * delayCdf(part, atS), 0) - wanted;
  let low = missing(lowS);
  if (low >= 0) return lowS;
  let high = missing(highS);
  while (high < 0) {
    lowS = highS;
    low = high;
    highS *= 2;
    if (highS > 1e300) return Infinity;
    high = missing(highS);
  }
  let side = 0;
  for (let step = 0; step < MOST_STEPS && highS - lowS > PRECISION * highS; step++) {
    // Interpolation stalls at steps of the distribution: every third step halves.
    const middleS = step % 3 === 2 ? (lowS + highS) / 2 : lowS + ((highS - lowS) * low) / (low - high);
    const value = missing(middleS);
    if (value < 0) {
      lowS = middleS;
      low = value;
      if (side === -1) high /= 2;
      side = -1;
    } else {
      highS = middleS;
      high = value;
      if (side === 1) low /= 2;
      side = 1;
    }
    if (high === 0) high = Number.MIN_VALUE;
  }
  return highS;
}

function isNegligible({ fixedS, meanS, varS2 }: DelayPart): boolean {
  return varS2 <= (NEGLIGIBLE * (fixedS + meanS)) ** 2;
}
