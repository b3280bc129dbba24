/** Things that are known by a list of whole numbers. */

interface Entry<T> {
  readonly list: Int32Array;
  readonly value: T;
  readonly next: Entry<T> | undefined;
}

/** A map from lists of integers, compared number by number; hashing only finds candidates. O(length). */
export class KnownLists<T> {
  readonly #entries = new Map<number, Entry<T>>();

  /** @param list its first `length` numbers count */
  get(list: Int32Array, length: number): T | undefined {
    for (let entry = this.#entries.get(hash(list, length)); entry !== undefined; entry = entry.next) {
      if (entry.list.length !== length) continue;
      let i = 0;
      while (i < length && entry.list[i] === list[i]) i++;
      if (i === length) return entry.value;
    }
    return undefined;
  }

  set(list: Int32Array, length: number, value: T): void {
    const key = hash(list, length);
    this.#entries.set(key, { list: list.slice(0, length), value, next: this.#entries.get(key) });
  }
}

/** FNV-1a over 32-bit numbers, mixed at the end (murmur3); small integers are the fastest keys of a Map. */
function hash(list: Int32Array, length: number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ list[i], 0x01000193) ^ (h >>> 15);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) & 0x3fffffff;
}
