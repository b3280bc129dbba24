/** Keys of `KnownLists` that are made of doubles. */
import type { KnownLists } from './known-lists.js';

/** A list of doubles, compared bit by bit as pairs of whole numbers: far faster than texts of them. One at a time. */
export class NumberKey {
  #doubles = new Float64Array(256);
  #halves = new Int32Array(this.#doubles.buffer);
  #used = 0;

  /** Empty again. */
  clear(): void {
    this.#used = 0;
  }

  add(number: number): void {
    if (this.#used === this.#doubles.length) {
      const larger = new Float64Array(2 * this.#used);
      larger.set(this.#doubles);
      this.#doubles = larger;
      this.#halves = new Int32Array(larger.buffer);
    }
    this.#doubles[this.#used++] = number;
  }

  in<T>(known: KnownLists<T>): T | undefined {
    return known.get(this.#halves, 2 * this.#used);
  }

  /** @param value of a key that is not known yet. @returns it */
  keep<T>(known: KnownLists<T>, value: T): T {
    known.set(this.#halves, 2 * this.#used, value);
    return value;
  }

  /** The number of the key among those known, which it joins. */
  numberIn(known: KnownLists<number>): number {
    return this.in(known) ?? this.keep(known, known.size);
  }
}
