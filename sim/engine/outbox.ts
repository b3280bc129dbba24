import type { Messages } from './messages.js';
import { Records } from './records.js';
import type { Parcel } from './team.js';

/** Messages for cells of another worker, in the order in which each of this one's cells gives them away. */
export class Outbox {
  private readonly records: Records;
  /** Stretches of records that were given in one visit: the visit, and where it begins. */
  private readonly visits: number[] = [];
  private readonly starts: number[] = [];

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

  /** All that is in it, visit by visit; undefined when there is nothing. It is empty then. O(records). */
  take(window: number): Parcel | undefined {
    if (this.records.length === 0) return undefined;
    const stretches = new Map<number, [from: number, to: number][]>(); // visits go on after others (circle-run.ts)
    for (const [i, visit] of this.visits.entries()) {
      const stretch: [number, number] = [this.starts[i], this.starts[i + 1] ?? this.records.length];
      const known = stretches.get(visit);
      if (known === undefined) stretches.set(visit, [stretch]);
      else known.push(stretch);
    }
    let end = 0;
    const ends = Array.from(stretches.values(), (ofVisit) => {
      for (const [from, to] of ofVisit) end += to - from;
      return end;
    });
    this.visits.length = 0;
    this.starts.length = 0;
    return { window, ends, words: this.records.take([...stretches.values()].flat()) };
  }

  private beginVisit(visit: number): void {
    if (visit === this.visits.at(-1)) return;
    this.visits.push(visit);
    this.starts.push(this.records.length);
  }
}
