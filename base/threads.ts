/** Threads of this program. */
import { Worker, type WorkerOptions, workerData } from 'node:worker_threads';
import { beginLoading, endLoading, sharedFlags } from './optimising.js';

/** Starts a thread; while it loads, flags are as V8 starts with them (see `beginLoading`). @param file calls `loaded` at last */
export function startThread(file: URL, options: WorkerOptions = {}): Worker {
  const isLoading = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(1);
  beginLoading();
  return new Worker(file, { ...options, workerData: { ...sharedFlags, isLoading } }).on('exit', () =>
    endOnce(isLoading),
  );
}

/** Called by a thread once it has loaded what it needs. */
export function loaded(): void {
  if (workerData?.isLoading instanceof Int32Array) endOnce(workerData.isLoading);
}

function endOnce(isLoading: Int32Array): void {
  if (Atomics.exchange(isLoading, 0, 0) === 1) endLoading();
}
