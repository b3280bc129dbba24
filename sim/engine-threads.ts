/** Threads in which engines run (engine-worker.ts). */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../base/threads.js';

/** Started, but not taken. */
const spare = new Set<Worker>();

/** Starts threads for who knows that there will be something to simulate and has yet to find out what: they need 0.15 s. */
export function prepareThreads(count: number): void {
  while (spare.size < count) spare.add(started());
}

/** One that `prepareThreads` has started, or a new one. It keeps the process alive once somebody listens to its messages. */
export function takeThread(): Worker {
  const [thread] = spare;
  if (thread === undefined) return started();
  spare.delete(thread);
  return thread;
}

/** Ends the threads of `prepareThreads` that nobody has taken. */
export function dropSpareThreads(): void {
  for (const thread of spare) {
    void thread.terminate();
    thread.unref(); // nobody waits for it: one that has just started may not hear of it (Node 20)
  }
  spare.clear();
}

function started(): Worker {
  const thread = startThread(new URL('./engine-worker.js', import.meta.url));
  thread.on('error', () => spare.delete(thread)); // whoever has taken it listens as well
  thread.unref();
  return thread;
}
