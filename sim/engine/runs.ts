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
const NEXT = 14; // i32: the record behind it in its run, NONE
const PART_AND_ATTEMPT = 15; // u32: part + 256 * attempt, which replies to repeated messages have

/**
 * Messages that cells hand each other within a window of time. What one cell gives another in one visit is a *run*,
 * sorted by time since it is given as it happens; its first message is an ordinary one, in the other cell's heap, and
 * the rest are records of 64 bytes in a log:
 *
 *   log   | record | record | record | ...   in the order of writing; a window's cells read all that they wrote
 *   run     first ──> next ──> next
 *
 * Pending messages (pending.ts) stay in one cell: a record has no column for them.
 *
 * A record takes one cache line or two, where a message of the table, in columns, takes one for each: a million meters
 * behind one link took 4.9 s (CPU) in place of 6.3 s with the messages themselves in lists.
 */
export class Runs {
  private words = new Float64Array(WORDS * 1024);
  private halves = new Int32Array(this.words.buffer);
  private length = 0;
  /** Per run: first and last record. */
  private readonly first: number[] = [];
  private readonly last: number[] = [];
  private readonly messages: Messages;

  constructor(messages: Messages) {
    this.messages = messages;
  }

  /** A run that has no records yet. */
  begin(): number {
    this.last.push(NONE);
    return this.first.push(NONE) - 1;
  }

  /** Appends message m to a run and gives its row back. O(1), but for growth by doubling. */
  append(run: number, m: number): void {
    const { messages } = this;
    const record = this.length++;
    if (record * WORDS === this.words.length) this.grow();
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
    halves[half + NEXT] = NONE;
    if (this.last[run] === NONE) this.first[run] = record;
    else halves[this.last[run] * HALVES + NEXT] = record;
    this.last[run] = record;
    messages.part[m] = Part.all;
    messages.free(m);
  }

  /** Takes the first record off a run. @returns a message made of it; NONE when there is none */
  shift(run: number): number {
    const record = this.first[run];
    if (record === NONE) return NONE;
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
    this.first[run] = halves[half + NEXT];
    return m;
  }

  /** Forgets all runs: at the end of a window, when the cells have read them. */
  clear(): void {
    this.length = 0;
    this.first.length = 0;
    this.last.length = 0;
  }

  private grow(): void {
    const words = new Float64Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
    this.halves = new Int32Array(words.buffer);
  }
}
