/**
 * Threads that simulate replications, of one plan or of many. No library's pool: a thread has to load under V8's own flags and from kept
 * code (base/threads.ts), which those that start threads by themselves do not let it do.
 */
import type { Worker } from 'node:worker_threads';
import { dropSpareThreads, takeThread } from './engine-threads.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import type { ReplicationReport, ReplicationTask } from './replication-task.js';

const PROGRESS_EVERY_MS = 100;

/** A replication that waits for a thread, or that one simulates. */
interface Job {
  readonly task: ReplicationTask;
  readonly onProgress: (fraction: number) => void;
  readonly resolve: (stats: ReplicationStats) => void;
  readonly reject: (fault: unknown) => void;
}

export class ReplicationPool {
  readonly threads: number;
  /** What each thread simulates; undefined: nothing. */
  readonly #jobs = new Map<Worker, Job | undefined>();
  readonly #waiting: Job[] = [];
  readonly #timer: NodeJS.Timeout;
  #isEnded = false;

  /** @param threads at least 1; taken at once */
  constructor(threads: number) {
    this.threads = threads;
    while (this.#jobs.size < threads) this.#start();
    dropSpareThreads();
    this.#timer = setInterval(() => {
      for (const job of this.#jobs.values()) job?.onProgress(new Float64Array(job.task.progress)[0]);
    }, PROGRESS_EVERY_MS);
    this.#timer.unref(); // threads that have nothing to do keep no process alive
  }

  /**
   * Simulates a replication as soon as a thread is free; rejects when the engine fails, and when the pool is ended.
   * @param perThread replications like this one that a thread is going to have, about
   * @param onProgress told about ten times a second which part is done, 0..1
   */
  run(
    plan: Plan,
    replication: number,
    engine: 'simulation' | 'simjs',
    perThread: number,
    onProgress: (fraction: number) => void,
  ): Promise<ReplicationStats> {
    const task = { plan, replication, engine, progress: new SharedArrayBuffer(8), perThread };
    return new Promise((resolve, reject) => {
      if (this.#isEnded) reject(ended());
      else {
        this.#waiting.push({ task, onProgress, resolve, reject });
        if (this.#jobs.size < this.threads) this.#start();
        this.#next();
      }
    });
  }

  /** Ends the threads, whatever they do. */
  async end(): Promise<void> {
    this.#isEnded = true;
    clearInterval(this.#timer);
    for (const job of [...this.#jobs.values(), ...this.#waiting.splice(0)]) job?.reject(ended());
    await Promise.all([...this.#jobs.keys()].map((thread) => thread.terminate()));
  }

  #start(): void {
    const thread = takeThread();
    this.#jobs.set(thread, undefined);
    thread.on('message', (report: ReplicationReport) => {
      const job = this.#jobs.get(thread);
      this.#jobs.set(thread, undefined);
      if (!this.#isEnded) thread.unref(); // else somebody waits for its end
      if ('stats' in report) job?.resolve(report.stats);
      else job?.reject(report.fault);
      this.#next();
    });
    thread.on('error', (fault) => this.#lose(thread, fault));
    thread.on('exit', (code) => this.#lose(thread, new Error(`simulation: a thread ended with ${code}`)));
    thread.unref(); // last: a listener to messages takes it back
  }

  /** A thread is gone: out of memory, say. The next task starts another; one that does not even begin is not tried again. */
  #lose(thread: Worker, fault: unknown): void {
    const job = this.#jobs.get(thread);
    if (!this.#jobs.delete(thread) || this.#isEnded) return;
    const lost = job === undefined ? this.#waiting.splice(0) : [job];
    for (const { reject } of lost) reject(fault);
    if (this.#waiting.length > 0) this.#start();
    this.#next();
  }

  #next(): void {
    for (const [thread, busy] of this.#jobs) {
      if (busy !== undefined) continue;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      this.#jobs.set(thread, job);
      thread.ref();
      thread.postMessage(job.task);
    }
  }
}

function ended(): Error {
  return new Error('simulation: the threads have been ended');
}
