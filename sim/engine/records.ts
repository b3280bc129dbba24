import {
  ARRIVE_S,
  ATTEMPT,
  CREATED_S,
  DEVICE,
  FLOATS,
  HOP,
  INSTANCE,
  INTS,
  NUMBER,
  ORIGIN_S,
  PART,
  PENDING,
  SOURCE_INSTANCE,
  STEPS,
  WHOLE_S,
} from './message-row.js';
import { type Messages, NONE, Part } from './messages.js';

/** 64-bit words of a record; the 32-bit columns below stand in the same buffer from word 4 on. */
const WORDS = 8;
const CREATED_WORD = 0; // f64
const ORIGIN_WORD = 1; // f64
const ARRIVE_WORD = 2; // f64
const WHOLE_WORD = 3; // f64
const HALVES = 2 * WORDS;
const SOURCE_HALF = 8; // u32
const NUMBER_HALF = 9; // u32
const INSTANCE_HALF = 10; // u32
const DEVICE_HALF = 11; // u32
const HOP_HALF = 12; // i32
const STEPS_HALF = 13; // u32
const MARK = 14; // i32: free to whoever keeps the records
const PART_AND_ATTEMPT = 15; // u32: part + 256 * attempt, which replies to repeated messages have

/**
 * Messages in rows of 64 bytes, in the order of writing: half of what a row of the table takes, and what is read one after the other
 * lies side by side. Pending messages (pending.ts) stay in one cell: a record has no column for them.
 */
export class Records {
  length = 0;
  private readonly messages: Messages;
  private words: Float64Array;
  private halves: Int32Array;

  constructor(messages: Messages, capacity = 1024) {
    this.messages = messages;
    this.words = new Float64Array(WORDS * capacity);
    this.halves = new Int32Array(this.words.buffer);
  }

  /** Appends message m and gives its row back. O(1), but for growth by doubling. @returns the record */
  write(m: number, mark: number): number {
    const { messages } = this;
    const record = this.length++;
    if (record * WORDS === this.words.length) this.grow(2 * this.words.length);
    const word = record * WORDS;
    this.words[word + CREATED_WORD] = messages.floats[(m << FLOATS) | CREATED_S];
    this.words[word + ORIGIN_WORD] = messages.floats[(m << FLOATS) | ORIGIN_S];
    this.words[word + ARRIVE_WORD] = messages.floats[(m << FLOATS) | ARRIVE_S];
    this.words[word + WHOLE_WORD] = messages.floats[(m << FLOATS) | WHOLE_S];
    const { halves } = this;
    const half = record * HALVES;
    halves[half + SOURCE_HALF] = messages.uints[(m << INTS) | SOURCE_INSTANCE];
    halves[half + NUMBER_HALF] = messages.uints[(m << INTS) | NUMBER];
    halves[half + INSTANCE_HALF] = messages.uints[(m << INTS) | INSTANCE];
    halves[half + DEVICE_HALF] = messages.uints[(m << INTS) | DEVICE];
    halves[half + HOP_HALF] = messages.ints[(m << INTS) | HOP];
    halves[half + STEPS_HALF] = messages.ints[(m << INTS) | STEPS];
    halves[half + PART_AND_ATTEMPT] = messages.ints[(m << INTS) | PART] + 256 * messages.ints[(m << INTS) | ATTEMPT];
    halves[half + MARK] = mark;
    messages.ints[(m << INTS) | PART] = Part.all;
    messages.free(m);
    return record;
  }

  /** @returns a message made of a record; its channel is arbitrary */
  read(record: number): number {
    const { messages, halves } = this;
    const m = messages.allocate();
    const word = record * WORDS;
    messages.floats[(m << FLOATS) | CREATED_S] = this.words[word + CREATED_WORD];
    messages.floats[(m << FLOATS) | ORIGIN_S] = this.words[word + ORIGIN_WORD];
    messages.floats[(m << FLOATS) | ARRIVE_S] = this.words[word + ARRIVE_WORD];
    messages.floats[(m << FLOATS) | WHOLE_S] = this.words[word + WHOLE_WORD];
    messages.ints[(m << INTS) | PENDING] = NONE;
    const half = record * HALVES;
    messages.ints[(m << INTS) | PART] = halves[half + PART_AND_ATTEMPT] & 255;
    messages.ints[(m << INTS) | ATTEMPT] = halves[half + PART_AND_ATTEMPT] >> 8;
    messages.uints[(m << INTS) | SOURCE_INSTANCE] = halves[half + SOURCE_HALF];
    messages.uints[(m << INTS) | NUMBER] = halves[half + NUMBER_HALF];
    messages.uints[(m << INTS) | INSTANCE] = halves[half + INSTANCE_HALF];
    messages.uints[(m << INTS) | DEVICE] = halves[half + DEVICE_HALF];
    messages.ints[(m << INTS) | HOP] = halves[half + HOP_HALF];
    messages.ints[(m << INTS) | STEPS] = halves[half + STEPS_HALF];
    return m;
  }

  arriveS(record: number): number {
    return this.words[record * WORDS + ARRIVE_WORD];
  }

  sourceInstance(record: number): number {
    return this.halves[record * HALVES + SOURCE_HALF];
  }

  instance(record: number): number {
    return this.halves[record * HALVES + INSTANCE_HALF];
  }

  hop(record: number): number {
    return this.halves[record * HALVES + HOP_HALF];
  }

  mark(record: number): number {
    return this.halves[record * HALVES + MARK];
  }

  setMark(record: number, mark: number): void {
    this.halves[record * HALVES + MARK] = mark;
  }

  clear(): void {
    this.length = 0;
  }

  /** Appends the records of a buffer that `take` returned. @returns the first of them */
  append(words: Float64Array): number {
    const first = this.length;
    this.length += words.length / WORDS;
    if (this.length * WORDS > this.words.length) this.grow(Math.max(2 * this.words.length, this.length * WORDS));
    this.words.set(words, first * WORDS);
    return first;
  }

  /** A copy of all records, with a buffer of its own, stretch by stretch; there are none afterwards. */
  take(stretches: readonly (readonly [from: number, to: number])[]): Float64Array<ArrayBuffer> {
    const words = new Float64Array(this.length * WORDS);
    let at = 0;
    for (const [from, to] of stretches) {
      words.set(this.words.subarray(from * WORDS, to * WORDS), at);
      at += (to - from) * WORDS;
    }
    this.length = 0;
    return words;
  }

  private grow(words: number): void {
    const grown = new Float64Array(words);
    grown.set(this.words);
    this.words = grown;
    this.halves = new Int32Array(grown.buffer);
  }
}
