/**
 * The round of a master that finds nobody with anything to say: endpoint after endpoint, each poll of known length, so
 * that where it stands is arithmetic on the time since it began and an idle medium costs no event.
 */

/** Boundaries of polls are sums of the lengths before them; so much is rounding. */
const ROUNDING_S = 1e-9;

export class PollCycle {
  /** Endpoint that is polled next ... */
  position = 0;
  /** ... and when. */
  atS = 0;
  /** startS[e] is the time from the poll of endpoint 0 to that of e; the last one is the whole cycle. */
  private readonly startS: Float64Array;

  constructor(endpoints: number) {
    this.startS = new Float64Array(endpoints + 1);
  }

  get cycleS(): number {
    return this.startS[this.startS.length - 1];
  }

  /** @param emptyS length of a poll of endpoint e that finds nothing. O(endpoints) */
  setLengths(emptyS: (endpoint: number) => number): void {
    const { startS } = this;
    for (let e = 0; e + 1 < startS.length; e++) startS[e + 1] = startS[e] + emptyS(e);
  }

  emptyS(endpoint: number): number {
    return this.startS[endpoint + 1] - this.startS[endpoint];
  }

  /** The endpoint before the one that is polled next. */
  get previous(): number {
    return (this.position === 0 ? this.startS.length - 1 : this.position) - 1;
  }

  /** When endpoint e is polled next if nobody before it has anything to send. O(1). */
  reachesS(endpoint: number): number {
    const aheadS = this.startS[endpoint] - this.startS[this.position];
    return this.atS + (endpoint < this.position ? aheadS + this.cycleS : aheadS);
  }

  /** Puts the next poll at `atS`, of `endpoint`, which may be one beyond the last. */
  set(endpoint: number, atS: number): void {
    this.position = endpoint === this.startS.length - 1 ? 0 : endpoint;
    this.atS = atS;
  }

  /** Goes on to the first poll that begins at `nowS` or later. O(log endpoints). */
  advance(nowS: number): void {
    const { startS, cycleS, position } = this;
    const aheadS = nowS - this.atS;
    if (aheadS <= ROUNDING_S) return;
    if (cycleS === 0) {
      this.atS = nowS;
      return;
    }
    const cycles = Math.floor(aheadS / cycleS);
    const fromS = startS[position];
    let toS = fromS + (aheadS - cycles * cycleS);
    const wraps = toS > cycleS + ROUNDING_S;
    if (wraps) toS -= cycleS;
    let [low, high] = [0, startS.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startS[middle] >= toS - ROUNDING_S) high = middle;
      else low = middle + 1;
    }
    this.set(low, this.atS + (cycles + Number(wraps)) * cycleS + (startS[low] - fromS));
  }
}
