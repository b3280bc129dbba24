/** Things by a small number (of a link, say) and a range of instances. */

/** Ranges begin and end below this; two of them make a key that is exact. */
const MOST_INSTANCES = 2 ** 26;

/** A map with keys of three numbers: a tenth of the time of one with texts. O(1). */
export class ByRange<T> {
  readonly #of: (Map<number, T> | undefined)[] = [];

  get(number: number, first: number, count: number): T | undefined {
    return this.#of[number]?.get(first * MOST_INSTANCES + count);
  }

  set(number: number, first: number, count: number, value: T): void {
    let ranges = this.#of[number];
    if (ranges === undefined) {
      ranges = new Map();
      this.#of[number] = ranges;
    }
    ranges.set(first * MOST_INSTANCES + count, value);
  }
}
