/**
 * Random numbers that depend on names and counters, never on the order of events.
 *
 * Streams: seedrandom's alea, one per name. Its four numbers of state stand in columns here, since a generator object
 * per area and flow costs 490 bytes; the step is seedrandom's own (lib/alea.js, after Johannes Baagøe) and gives the
 * same sequence.
 *
 * Hashes: murmur3's finaliser (Appleby), a bijection of 32-bit integers, chained by `combine`. A draw keyed by counters
 * needs no state at all: a device's phase, an answer's outcome.
 *
 * Exact on every machine but for `Math.log` in `exponential`, which ECMAScript leaves to the implementation: equal
 * seeds give equal bytes among builds of Node with the same V8.
 */
import seedrandom from 'seedrandom';

const TWO_TO_MINUS_32 = 2.3283064365386963e-10;
const ALEA_MULTIPLIER = 2091639;

/** Columns of alea states; a stream is a row. */
export class RandomStreams {
  private readonly s0: Float64Array; // three last outputs, [0, 1)
  private readonly s1: Float64Array;
  private readonly s2: Float64Array;
  private readonly carry: Float64Array; // a small integer

  constructor(rows: number) {
    this.s0 = new Float64Array(rows);
    this.s1 = new Float64Array(rows);
    this.s2 = new Float64Array(rows);
    this.carry = new Float64Array(rows);
  }

  /** Starts stream `row` at the beginning of the sequence that `key` names. O(key length). */
  seed(row: number, key: string): void {
    const state = seedrandom.alea(key, { state: true }).state();
    this.s0[row] = state.s0;
    this.s1[row] = state.s1;
    this.s2[row] = state.s2;
    this.carry[row] = state.c;
  }

  /** Uniform over [0, 1) with 32 bits; 0 does occur. O(1). */
  uniform(row: number): number {
    const t = ALEA_MULTIPLIER * this.s0[row] + this.carry[row] * TWO_TO_MINUS_32;
    this.s0[row] = this.s1[row];
    this.s1[row] = this.s2[row];
    const carry = t | 0;
    this.carry[row] = carry;
    const value = t - carry;
    this.s2[row] = value;
    return value;
  }

  /** Exponential with mean 1, by inversion: -ln(1 - u), so that u = 0 is harmless; at most 22.2. O(1). */
  exponential(row: number): number {
    return -Math.log(1 - this.uniform(row));
  }
}

/** murmur3's 32-bit finaliser: a bijection in which every input bit flips about half of the output bits. O(1). */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A 32-bit key made of a key and a counter; for one key different counters give different results. The counter is mixed
 * before it meets the key, so that the sequences of two keys are not shifted copies of each other. O(1).
 */
export function combine(key: number, counter: number): number {
  return mix32(key ^ mix32(counter + 0x9e3779b9));
}

/** A 32-bit key of a text, by UTF-16 code units. O(length). */
export function hashText(text: string): number {
  let h = text.length;
  for (let i = 0; i < text.length; i++) h = combine(h, text.charCodeAt(i));
  return h;
}

/** [0, 1) with 32 bits from a hash. O(1). */
export function unitOf(hash: number): number {
  return hash * TWO_TO_MINUS_32;
}
