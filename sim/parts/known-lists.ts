/** Things that are known by a list of whole numbers. */

/**
 * A map from lists of integers, compared number by number; hashing only finds candidates. O(length). A table with open
 * addressing, all in columns. Measured for the 90,000 lists of all profiles of a city: 0.1 s of 2.2 s less than with an object
 * for each in a Map.
 */
export class KnownLists<T> {
  /** 1 + the number of the list that is found here, or behind it; 0: none. At most half are in use. */
  #slots = new Int32Array(64);
  /** By list: its hash, and where it begins among all; it ends where the next one begins. */
  #hashes = new Int32Array(32);
  #starts = new Int32Array(33);
  readonly #values: T[] = [];
  /** All lists, one behind the other: an array of its own for each takes several times the memory. */
  #lists = new Int32Array(256);

  /** How many lists are known. */
  get size(): number {
    return this.#values.length;
  }

  /** @param list its first `length` numbers count */
  get(list: Int32Array, length: number): T | undefined {
    const [slots, hashes, starts, lists] = [this.#slots, this.#hashes, this.#starts, this.#lists];
    const mask = slots.length - 1;
    const own = hash(list, length);
    for (let slot = own & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = slots[slot] - 1;
      const start = starts[known];
      if (hashes[known] !== own || starts[known + 1] - start !== length) continue;
      let i = 0;
      while (i < length && lists[start + i] === list[i]) i++;
      if (i === length) return this.#values[known];
    }
    return undefined;
  }

  /** @param list not known yet */
  set(list: Int32Array, length: number, value: T): void {
    const number = this.#values.length;
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash(list, length);
    this.#starts[number + 1] = this.#keep(list, length, this.#starts[number]);
    this.#values.push(value);
    this.#place(number);
  }

  #place(number: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hashes[number] & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
  }

  /** Twice the lists. */
  #grow(): void {
    const count = this.#hashes.length;
    this.#hashes = copied(this.#hashes, 2 * count);
    this.#starts = copied(this.#starts, 2 * count + 1);
    this.#slots = new Int32Array(4 * count);
    for (let number = 0; number < count; number++) this.#place(number);
  }

  /** @returns where it ends */
  #keep(list: Int32Array, length: number, start: number): number {
    const end = start + length;
    if (end > this.#lists.length) this.#lists = copied(this.#lists, 2 * end);
    for (let i = 0; i < length; i++) this.#lists[start + i] = list[i];
    return end;
  }
}

function copied(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(numbers);
  return larger;
}

/** FNV-1a over 32-bit numbers, mixed at the end (murmur3). */
function hash(list: Int32Array, length: number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < length; i++) h = Math.imul(h ^ list[i], 0x01000193) ^ (h >>> 15);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) & 0x3fffffff;
}
