/** Things that are known by a list of whole numbers. */

interface Entry<T> {
  /** Place of its list among all. */
  readonly start: number;
  readonly length: number;
  readonly value: T;
  readonly next: Entry<T> | undefined;
}

/** A map from lists of integers, compared number by number; hashing only finds candidates. O(length). */
export class KnownLists<T> {
  readonly #entries = new Map<number, Entry<T>>();
  /** All lists, one behind the other: an array of its own for each takes several times the memory. */
  #lists = new Int32Array(1024);
  #used = 0;

  /** How many lists are known. */
  size = 0;

  /** @param list its first `length` numbers count */
  get(list: Int32Array, length: number): T | undefined {
    const lists = this.#lists;
    for (let entry = this.#entries.get(hash(list, length)); entry !== undefined; entry = entry.next) {
      if (entry.length !== length) continue;
      let i = 0;
      while (i < length && lists[entry.start + i] === list[i]) i++;
      if (i === length) return entry.value;
    }
    return undefined;
  }

  /** @param list not known yet */
  set(list: Int32Array, length: number, value: T): void {
    const key = hash(list, length);
    this.#entries.set(key, { start: this.#keep(list, length), length, value, next: this.#entries.get(key) });
    this.size++;
  }

  #keep(list: Int32Array, length: number): number {
    const start = this.#used;
    this.#used += length;
    if (this.#used > this.#lists.length) {
      const larger = new Int32Array(2 * this.#used);
      larger.set(this.#lists);
      this.#lists = larger;
    }
    for (let i = 0; i < length; i++) this.#lists[start + i] = list[i];
    return start;
  }
}

/** FNV-1a over 32-bit numbers, mixed at the end (murmur3); small integers are the fastest keys of a Map. */
function hash(list: Int32Array, length: number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ list[i], 0x01000193) ^ (h >>> 15);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) & 0x3fffffff;
}
