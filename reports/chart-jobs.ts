/** Charts to be drawn, shared out among threads that take the next one when they are done with one. */

/** What threads that draw the same jobs share: how many are claimed. */
export function noneClaimed(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
}

/** Numbers of jobs for this thread, each when it comes to it: one that no other thread has. */
export function* claimJobs(count: number, claimed: SharedArrayBuffer): Generator<number> {
  const next = new Int32Array(claimed);
  for (let job = Atomics.add(next, 0, 1); job < count; job = Atomics.add(next, 0, 1)) yield job;
}
