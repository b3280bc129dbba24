/**
 * What is due when within one medium, a binary heap in columns; i is a heap slot.
 *   timeS[i]  when
 *   number[i] count of pushes so far: what was set first goes first at equal times
 *   item[i]   who acts
 *
 * push, pop: O(log n). The order of pushes is that of the medium's own events, so that it does not depend on how the
 * network is cut into cells.
 */
export class Timers<T> {
  private readonly timeS: number[] = [];
  private readonly number: number[] = [];
  private readonly item: T[] = [];
  private pushed = 0;

  /** When the first item is due; Infinity when there is none. O(1). */
  nextS(): number {
    return this.timeS.length > 0 ? this.timeS[0] : Number.POSITIVE_INFINITY;
  }

  get length(): number {
    return this.timeS.length;
  }

  /** When what stands in place i, 0 .. length - 1 in no set order, is due. O(1). */
  timeAt(i: number): number {
    return this.timeS[i];
  }

  itemAt(i: number): T {
    return this.item[i];
  }

  /** Forgets all. */
  clear(): void {
    this.timeS.length = 0;
    this.number.length = 0;
    this.item.length = 0;
  }

  push(atS: number, item: T): void {
    const { timeS, number } = this;
    const n = this.pushed++;
    let i = timeS.length;
    timeS.push(atS);
    number.push(n);
    this.item.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (timeS[parent] <= atS) break; // at equal times the parent has the smaller number
      this.move(parent, i);
      i = parent;
    }
    this.put(i, atS, n, item);
  }

  /** Removes and returns the first item. @throws Error when there is none */
  pop(): T {
    const { timeS, number } = this;
    const first = this.item[0];
    const lastS = timeS.pop();
    const lastNumber = number.pop();
    const last = this.item.pop();
    if (lastS === undefined || lastNumber === undefined || last === undefined) throw new Error('pop: no timer is set');
    const size = timeS.length;
    if (size === 0) return first;
    let i = 0;
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && this.before(child + 1, timeS[child], number[child])) child++;
      if (!this.before(child, lastS, lastNumber)) break;
      this.move(child, i);
      i = child;
    }
    this.put(i, lastS, lastNumber, last);
    return first;
  }

  private before(slot: number, atS: number, number: number): boolean {
    return this.timeS[slot] < atS || (this.timeS[slot] === atS && this.number[slot] < number);
  }

  private move(from: number, to: number): void {
    this.put(to, this.timeS[from], this.number[from], this.item[from]);
  }

  private put(slot: number, atS: number, number: number, item: T): void {
    this.timeS[slot] = atS;
    this.number[slot] = number;
    this.item[slot] = item;
  }
}
