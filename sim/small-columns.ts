/** Columns of a few numbers, many of which share a buffer. */

/** Doubles of a buffer, and of the longest column that is taken from one. */
const SHARED = 8192;
const LONGEST = 512;
/** Up to so many doubles V8 keeps within the array itself. */
const WITHIN = 8;

let buffer = new ArrayBuffer(0);
let used = 0;

/**
 * Zeros, as `new Float64Array(length)`: that one allocates outside the heap for more than 8 numbers, which takes 0.5 us,
 * ten times as long as a view of a buffer that is there. For columns that stay in this process: a buffer is freed with the
 * last of its columns, and must not be transferred.
 */
export function smallColumn(length: number): Float64Array {
  if (length <= WITHIN || length > LONGEST) return new Float64Array(length);
  if (8 * (used + length) > buffer.byteLength) {
    buffer = new ArrayBuffer(8 * SHARED);
    used = 0;
  }
  const column = new Float64Array(buffer, 8 * used, length);
  used += length;
  return column;
}
