/** Decides between two items due at the same instant; see `EventHeap`. */
export interface TieOrder {
  /** True when item a goes before item b; a strict total order that does not depend on when either was pushed. */
  before(a: number, b: number): boolean;
}

const NEVER_S = Number.POSITIVE_INFINITY;

/**
 * Pending events, a binary heap in two columns; i is a heap slot, not an event.
 *   timeS[i]  f64  seconds since the start of the run
 *   item[i]   i32  what is due, a handle that only the owner and the tie order understand
 *
 * Deferred pop: `take` leaves a hole at the root, which the next push fills by one walk down; most events push one item
 * for the one that they take, and a pop of its own would walk down twice. Measured, take and push at a constant number of
 * pending items: 20% less time at 100 items, 10% at 10,000, none at a million. Cells keep heaps small (cells.ts).
 *
 * push, take: O(log n); nextS: O(1), after a take without push O(log n). Nothing is allocated but to double the columns.
 */
export class EventHeap {
  private timeS: Float64Array;
  private item: Int32Array;
  private size = 0;
  private holes = 0; // 1: there is one at the root
  private readonly order: TieOrder;
  /** Whoever takes events from here takes none at this time or later before it has looked elsewhere. */
  untilS = Number.NEGATIVE_INFINITY;

  constructor(order: TieOrder, capacity = 16) {
    this.order = order;
    this.timeS = new Float64Array(capacity);
    this.item = new Int32Array(capacity);
  }

  get length(): number {
    return this.size - this.holes;
  }

  /** When the first item is due; Infinity when there is none. */
  nextS(): number {
    if (this.holes === 1) this.fillHole();
    return this.size > 0 ? this.timeS[0] : NEVER_S;
  }

  /** The first item; call `nextS` before. */
  get first(): number {
    return this.item[0];
  }

  /** Removes and returns the first item; call `nextS` before, which closes the hole and tells whether there is one. */
  take(): number {
    this.holes = 1;
    return this.item[0];
  }

  /** When the item was due that `take` has just returned; not after anything has been pushed. */
  takenS(): number {
    return this.timeS[0];
  }

  /**
   * Whether what is due at `atS` would be the next to be taken if it were pushed now: the owner of the event that happens may
   * go on with it at once. O(1).
   */
  isNext(atS: number): boolean {
    const { timeS, size } = this;
    if (atS >= this.untilS) return false;
    if (this.holes === 0) return size === 0 || atS < timeS[0];
    return (size < 2 || atS < timeS[1]) && (size < 3 || atS < timeS[2]);
  }

  push(timeS: number, item: number): void {
    if (this.holes === 1) {
      this.holes = 0;
      this.siftDown(timeS, item);
      return;
    }
    if (this.size === this.item.length) this.grow();
    this.siftUp(this.size++, timeS, item);
  }

  /** Calls `visit` for every pending item, in no set order. */
  each(visit: (item: number) => void): void {
    if (this.holes === 1) this.fillHole();
    for (let i = 0; i < this.size; i++) visit(this.item[i]);
  }

  private fillHole(): void {
    this.holes = 0;
    this.size--;
    if (this.size > 0) this.siftDown(this.timeS[this.size], this.item[this.size]);
  }

  private siftUp(slot: number, timeS: number, item: number): void {
    const times = this.timeS;
    const items = this.item;
    let i = slot;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const parentS = times[parent];
      if (parentS < timeS || (parentS === timeS && this.order.before(items[parent], item))) break;
      times[i] = parentS;
      items[i] = items[parent];
      i = parent;
    }
    times[i] = timeS;
    items[i] = item;
  }

  private siftDown(timeS: number, item: number): void {
    const times = this.timeS;
    const items = this.item;
    const size = this.size;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= size) break;
      let childS = times[child];
      const right = child + 1;
      if (right < size) {
        const rightS = times[right];
        if (rightS < childS || (rightS === childS && this.order.before(items[right], items[child]))) {
          child = right;
          childS = rightS;
        }
      }
      if (timeS < childS || (timeS === childS && this.order.before(item, items[child]))) break;
      times[i] = childS;
      items[i] = items[child];
      i = child;
    }
    times[i] = timeS;
    items[i] = item;
  }

  private grow(): void {
    const timeS = new Float64Array(2 * this.timeS.length);
    const item = new Int32Array(2 * this.item.length);
    timeS.set(this.timeS);
    item.set(this.item);
    this.timeS = timeS;
    this.item = item;
  }
}
