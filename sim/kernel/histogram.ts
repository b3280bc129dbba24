/** Bits of a float64 below the bucket number, within its upper 32: 13 of 20 mantissa bits; sign, exponent and 7 stay. */
const SHIFT = 13;
const BUCKETS_PER_OCTAVE = 128;

/** Shorter latencies (0 on links without delay among them) count in the bucket of 2^-30 s, about a nanosecond. */
const SHORTEST_S = 2 ** -30;

const float = new Float64Array(1);
const halves = new Uint32Array(float.buffer);
const UPPER = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0; // which half holds sign and exponent

/** Number of the bucket that holds a latency of `seconds` >= 0: the upper 19 bits of the float. O(1). */
export function bucketOf(seconds: number): number {
  float[0] = Math.max(seconds, SHORTEST_S);
  return halves[UPPER] >>> SHIFT;
}

/** Lower edge of a bucket in seconds; its upper edge is the lower one of the next. O(1). */
export function bucketEdgeS(bucket: number): number {
  float[0] = 0;
  halves[UPPER] = bucket << SHIFT;
  return float[0];
}

/**
 * Histograms by row, each a window of buckets that grows by whole octaves towards what it is given: a row of latencies
 * between 10 ms and 10 s takes 10 kB, and a row without any takes nothing.
 */
export class Histograms {
  /** Lowest bucket of each row's window, meaningless while the window is empty. */
  readonly first: Int32Array;
  readonly counts: Float64Array[];

  constructor(rows: number) {
    this.first = new Int32Array(rows);
    this.counts = Array.from({ length: rows }, () => new Float64Array(0));
  }

  /** Counts `times` values of `seconds` in `row`. O(1), but for growth. */
  add(row: number, seconds: number, times: number): void {
    const bucket = bucketOf(seconds);
    const counts = this.counts[row];
    const i = bucket - this.first[row];
    if (i >= 0 && i < counts.length) counts[i] += times;
    else this.grow(row, bucket)[bucket - this.first[row]] += times;
  }

  /** Adds other histograms, row by row: bucket `first + i` has `counts[i]`. O(buckets). */
  addRows(rows: readonly { readonly first: number; readonly counts: Float64Array }[]): void {
    for (const [row, { first, counts }] of rows.entries()) {
      for (let octave = 0; octave < counts.length; octave += BUCKETS_PER_OCTAVE) {
        const mine = this.has(row, first + octave) ? this.counts[row] : this.grow(row, first + octave);
        const at = first + octave - this.first[row];
        for (let i = 0; i < BUCKETS_PER_OCTAVE; i++) mine[at + i] += counts[octave + i];
      }
    }
  }

  private has(row: number, bucket: number): boolean {
    const i = bucket - this.first[row];
    return i >= 0 && i < this.counts[row].length;
  }

  private grow(row: number, bucket: number): Float64Array {
    const counts = this.counts[row];
    const empty = counts.length === 0;
    const octave = bucket - (bucket % BUCKETS_PER_OCTAVE);
    const first = empty ? octave : Math.min(this.first[row], octave);
    const end = Math.max(empty ? 0 : this.first[row] + counts.length, octave + BUCKETS_PER_OCTAVE);
    const grown = new Float64Array(end - first);
    grown.set(counts, empty ? 0 : this.first[row] - first);
    this.first[row] = first;
    this.counts[row] = grown;
    return grown;
  }
}
