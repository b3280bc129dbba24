import { type Messages, NONE, Part } from './messages.js';

/** 64-bit words of a record; the 32-bit columns below stand in the same buffer from word 4 on. */
const WORDS = 8;
const CREATED_S = 0; // f64
const ORIGIN_S = 1; // f64
const ARRIVE_S = 2; // f64
const WHOLE_S = 3; // f64
const HALVES = 2 * WORDS;
const SOURCE_INSTANCE = 8; // u32
const NUMBER = 9; // u32
const INSTANCE = 10; // u32
const DEVICE = 11; // u32
const HOP = 12; // i32
const STEPS = 13; // u32
const MARK = 14; // i32: free to whoever keeps the records
const PART_AND_ATTEMPT = 15; // u32: part + 256 * attempt, which replies to repeated messages have

/**
 * Messages in rows of 64 bytes, in the order of writing: a record takes one cache line or two, where a message of the
 * table, in columns, takes one for each. Pending messages (pending.ts) stay in one cell: a record has no column for them.
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
    this.words[word + CREATED_S] = messages.createdS[m];
    this.words[word + ORIGIN_S] = messages.originS[m];
    this.words[word + ARRIVE_S] = messages.arriveS[m];
    this.words[word + WHOLE_S] = messages.wholeS[m];
    const { halves } = this;
    const half = record * HALVES;
    halves[half + SOURCE_INSTANCE] = messages.sourceInstance[m];
    halves[half + NUMBER] = messages.number[m];
    halves[half + INSTANCE] = messages.instance[m];
    halves[half + DEVICE] = messages.device[m];
    halves[half + HOP] = messages.hop[m];
    halves[half + STEPS] = messages.steps[m];
    halves[half + PART_AND_ATTEMPT] = messages.part[m] + 256 * messages.attempt[m];
    halves[half + MARK] = mark;
    messages.part[m] = Part.all;
    messages.free(m);
    return record;
  }

  /** @returns a message made of a record; its channel is arbitrary */
  read(record: number): number {
    const { messages, halves } = this;
    const m = messages.allocate();
    const word = record * WORDS;
    messages.createdS[m] = this.words[word + CREATED_S];
    messages.originS[m] = this.words[word + ORIGIN_S];
    messages.arriveS[m] = this.words[word + ARRIVE_S];
    messages.wholeS[m] = this.words[word + WHOLE_S];
    messages.pending[m] = NONE;
    const half = record * HALVES;
    messages.part[m] = halves[half + PART_AND_ATTEMPT] & 255;
    messages.attempt[m] = halves[half + PART_AND_ATTEMPT] >> 8;
    messages.sourceInstance[m] = halves[half + SOURCE_INSTANCE];
    messages.number[m] = halves[half + NUMBER];
    messages.instance[m] = halves[half + INSTANCE];
    messages.device[m] = halves[half + DEVICE];
    messages.hop[m] = halves[half + HOP];
    messages.steps[m] = halves[half + STEPS];
    return m;
  }

  arriveS(record: number): number {
    return this.words[record * WORDS + ARRIVE_S];
  }

  sourceInstance(record: number): number {
    return this.halves[record * HALVES + SOURCE_INSTANCE];
  }

  instance(record: number): number {
    return this.halves[record * HALVES + INSTANCE];
  }

  hop(record: number): number {
    return this.halves[record * HALVES + HOP];
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
