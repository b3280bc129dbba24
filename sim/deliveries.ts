/** The latency of the deliveries of one source, gathered over the area instances in which it stands. */
import type { DelayPart } from './queueing/delay-quantile.js';

/** Relative variance below which instances are equal and differ by rounding. */
const EQUAL = 1e-12;

export class Deliveries {
  private weight = 0;
  private fixed = 0;
  private random = 0;
  private square = 0;
  private variance = 0;
  private idle = 0;
  private endless = 0;

  /** As new. */
  clear(): void {
    this.weight = 0;
    this.fixed = 0;
    this.random = 0;
    this.square = 0;
    this.variance = 0;
    this.idle = 0;
    this.endless = 0;
  }

  /** `count` equal instances: share that gets through, fixed time, mean and variance of the random one, P(it is 0). */
  add(count: number, through: number, fixedS: number, randomS: number, varS2: number, idle: number): void {
    const own = count * through;
    if (randomS === Infinity) {
      this.endless += own;
      return;
    }
    this.weight += own;
    this.fixed += own * fixedS;
    this.random += own * randomS;
    this.square += own * (fixedS + randomS) ** 2;
    this.variance += own * varS2;
    this.idle += own * idle;
  }

  /**
   * Adds what was gathered to the parts of a flow as one: mean and variance over instances; those that never arrive as a
   * part of their own. What the application sends again after a loss arrives so much later.
   * @param deliveries per instance; `count`: instances
   */
  end(deliveries: number, count: number, retryS: number, retries: number, parts: DelayPart[]): void {
    const { weight, endless } = this;
    if (endless > 0) parts.push({ weight: deliveries * endless, fixedS: 0, idle: 0, meanS: Infinity, varS2: Infinity });
    // Not weight > 0: outside the range of a formula nothing is a number, which must show.
    if (weight === 0) return;
    const [fixedS, meanS] = [this.fixed / weight, this.random / weight];
    const between = Math.max(0, this.square / weight - (fixedS + meanS) ** 2);
    const varS2 = this.variance / weight + (between > EQUAL * (fixedS + meanS) ** 2 ? between : 0);
    const part = { weight: deliveries * weight, fixedS, idle: Math.min(1, this.idle / weight), meanS, varS2 };
    parts.push(part);
    const lost = 1 - weight / (count - endless);
    if (retryS === Infinity || lost <= 0) return;
    for (let again = 1; again <= retries; again++) {
      parts.push({ ...part, weight: part.weight * lost ** again, fixedS: fixedS + again * retryS });
    }
  }
}

/** Mean of all parts; NaN without any. */
export function meanOf(parts: readonly DelayPart[]): number {
  let [weight, sum] = [0, 0];
  for (const part of parts) {
    weight += part.weight;
    sum += part.weight * (part.fixedS + part.meanS);
  }
  return sum / weight;
}
