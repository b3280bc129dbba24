import type { Messages } from './messages.js';
import { Records } from './records.js';
import type { Parcel } from './team.js';

/** Messages for cells of another worker, in the order in which this one's cells give them away. */
export class Outbox {
  private readonly records: Records;
  private readonly ends: number[] = [];
  private visit = 0;

  constructor(messages: Messages) {
    this.records = new Records(messages);
  }

  /** Message m, of a visit of a cell, goes on in `cell` with the event that it has now. Its row is given back. */
  handOver(m: number, cell: number, visit: number): void {
    this.beginVisit(visit);
    this.records.write(m, cell);
  }

  /** Message m is to be sent in `cell`, at any later time. Its row is given back. */
  place(m: number, cell: number, visit: number): void {
    this.beginVisit(visit);
    this.records.write(m, ~cell);
  }

  /** All that is in it; undefined when there is nothing. It is empty then. */
  take(window: number): Parcel | undefined {
    if (this.records.length === 0) return undefined;
    const ends = [...this.ends, this.records.length];
    this.ends.length = 0;
    return { window, ends, words: this.records.take() };
  }

  private beginVisit(visit: number): void {
    if (visit !== this.visit && this.records.length > 0) this.ends.push(this.records.length);
    this.visit = visit;
  }
}
