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

/** Numbers of a row: the three last outputs, [0, 1), and the carry, a small integer. In one cache line. */
const ALEA_STATE = 4;

/** Alea states; a stream is a row. */
export class RandomStreams {
  private readonly states: Float64Array;

  constructor(rows: number) {
    this.states = new Float64Array(rows * ALEA_STATE);
  }

  /** Starts stream `row` at the beginning of the sequence that `key` names. O(key length). */
  seed(row: number, key: string): void {
    const { s0, s1, s2, c } = seedrandom.alea(key, { state: true }).state();
    this.states.set([s0, s1, s2, c], row * ALEA_STATE);
  }

  /** Uniform over [0, 1) with 32 bits; 0 does occur. O(1). */
  uniform(row: number): number {
    const { states } = this;
    const at = row * ALEA_STATE;
    const t = ALEA_MULTIPLIER * states[at] + states[at + 3] * TWO_TO_MINUS_32;
    states[at] = states[at + 1];
    states[at + 1] = states[at + 2];
    const carry = Math.floor(t); // t >= 0; as seedrandom's `t | 0`, but it stays a float: 4.9 ns a number for 7.4
    states[at + 3] = carry;
    const value = t - carry;
    states[at + 2] = value;
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
