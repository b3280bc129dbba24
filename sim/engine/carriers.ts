/**
 * Messages that go over a hop together as one (plan.holds). A carrier is a message of its own; what it carries hangs on
 * it through NEXT_WAITING, each with its own hop, and goes on alone from the far end. A hop with a hold is
 * crossed by carriers only, so that `hops.hold` of its HOP says whether m is one.
 *
 *   appB    f64  application bytes of all that it carries
 *   hold    i32  row of the hold that it left
 *   first   i32  the first message that it carries
 */
export class Carriers {
  private readonly appB: number[] = [];
  private readonly hold: number[] = [];
  private readonly first: number[] = [];
  private readonly unused: number[] = [];

  /** O(1), amortised. @returns the carrier's row, for CARRIER */
  add(hold: number, appB: number, first: number): number {
    const row = this.unused.pop() ?? this.hold.length;
    this.hold[row] = hold;
    this.appB[row] = appB;
    this.first[row] = first;
    return row;
  }

  free(row: number): void {
    this.unused.push(row);
  }

  appBytes(row: number): number {
    return this.appB[row];
  }

  holdOf(row: number): number {
    return this.hold[row];
  }

  firstOf(row: number): number {
    return this.first[row];
  }
}
