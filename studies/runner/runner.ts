/** Many simulations on the threads at hand: kept as they finish, stopped and resumed without losing one. */
import { availableParallelism } from 'node:os';
import type { Plan } from '../../sim/plan.js';
import { measuresOf, type Precision, precisionReached } from '../../sim/precision.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { ReplicationPool } from '../../sim/replication-pool.js';
import { addressOf } from './address.js';
import type { ReplicationStore } from './store.js';

/** How many replications a job has. */
export type Wanted =
  | { readonly numbers: readonly number[] }
  /** As many from 1 on as give the precision, at least `least` (two or more), at most `most`. */
  | { readonly until: Precision; readonly least: number; readonly most: number };

export interface Job<T> {
  readonly name: string;
  /** Called when the job's turn comes; plans of many jobs need not be in memory at once. */
  readonly plan: () => Plan;
  readonly wanted: Wanted;
  /** What it costs relative to other jobs, for the time to go; default 1. */
  readonly work?: number;
  /** Makes of the replications, in order of their numbers, what the study needs; the statistics are let go then. */
  readonly reduce: (plan: Plan, stats: readonly ReplicationStats[], precision: Outcome) => T;
}

/** How the number of replications came about. */
export interface Outcome {
  readonly replications: number;
  /** Undefined for a fixed number. */
  readonly reached?: boolean;
  /** The widest relative half width, and its flow. */
  readonly widest?: number;
  readonly flow?: string;
}

export interface RunnerOptions {
  readonly store: ReplicationStore;
  readonly engine?: 'simulation' | 'simjs';
  /** Threads; default: the cores at hand. The results do not depend on it. */
  readonly workers?: number;
  /** Told about ten times a second, with the fraction of the expected work that is done, 0..1, finished work of before included. */
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
  /** Threads of who calls, with code that is warm, for many small studies one after the other; kept open. Default: threads of its own. */
  readonly pool?: ReplicationPool;
}

/** Thrown when `signal` aborts; what was finished is in the store. */
export class StudyInterrupted extends Error {
  readonly finished: number;
  readonly expected: number;
  constructor(finished: number, expected: number) {
    super(`${finished} of ${expected} replications are finished`);
    this.name = 'StudyInterrupted';
    this.finished = finished;
    this.expected = expected;
  }
}

/**
 * Runs all jobs and returns what `reduce` makes of each, in their order. Replications that the store has are not run
 * again. A number by precision is the first from `least` on at which the replications 1..n reach it: it depends on
 * results only, not on threads, and not on what was run ahead of the decision (threads without other work run the next
 * numbers of undecided jobs; they are kept for an extension).
 * @throws StudyInterrupted; a fault of the engine
 */
export async function runJobs<T>(jobs: readonly Job<T>[], options: RunnerOptions): Promise<T[]> {
  const runner = new Runner(jobs, options);
  return runner.run();
}

/** A job under way. */
class Work<T> {
  readonly job: Job<T>;
  readonly index: number;
  /** Numbers in the order in which they are run. */
  readonly numbers: readonly number[];
  /** How many of them are asked for at the moment. */
  target: number;
  /** How many of them were given to a thread, or found in the store. */
  started = 0;
  readonly finished = new Set<number>();
  readonly measures = new Map<number, Float64Array>();
  running = 0;
  fractions = new Map<number, number>();
  plan: Plan | undefined;
  address = '';
  isDone = false;
  result: T | undefined;

  constructor(job: Job<T>, index: number) {
    this.job = job;
    this.index = index;
    const { wanted } = job;
    this.numbers = 'numbers' in wanted ? wanted.numbers : Array.from({ length: wanted.most }, (_, i) => i + 1);
    this.target = 'numbers' in wanted ? wanted.numbers.length : wanted.least;
  }

  /** Replications that are expected to be needed. */
  get expected(): number {
    return this.isDone ? this.finished.size : Math.max(this.target, this.finished.size);
  }

  get doneShare(): number {
    if (this.isDone) return 1;
    let done = this.finished.size;
    for (const fraction of this.fractions.values()) done += fraction;
    return Math.min(1, done / Math.max(1, this.expected));
  }
}

class Runner<T> {
  readonly #works: Work<T>[];
  readonly #options: RunnerOptions;
  readonly #threads: number;
  #pool: ReplicationPool | undefined;
  #fault: unknown;
  #wake: (() => void)[] = [];

  constructor(jobs: readonly Job<T>[], options: RunnerOptions) {
    this.#works = jobs.map((job, i) => new Work(job, i));
    this.#options = options;
    this.#pool = options.pool;
    this.#threads = Math.max(1, options.pool?.threads ?? options.workers ?? availableParallelism());
  }

  async run(): Promise<T[]> {
    const { signal } = this.#options;
    const stop = () => {
      void this.#endPool();
      this.#wakeAll();
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await Promise.all(Array.from({ length: this.#threads }, () => this.#loop()));
    } finally {
      signal?.removeEventListener('abort', stop);
      await this.#endPool();
    }
    if (signal?.aborted === true && !this.#isDone) throw this.#interrupted();
    if (this.#fault !== undefined) throw this.#fault;
    this.#options.onProgress?.(1);
    return this.#works.map((work) => work.result as T);
  }

  /** Unless it belongs to who calls. */
  async #endPool(): Promise<void> {
    if (this.#options.pool === undefined) await this.#pool?.end();
  }

  /** Replications that a thread has, about. Of small studies with a pool there are many. */
  get #perThread(): number {
    if (this.#options.pool !== undefined) return Number.POSITIVE_INFINITY;
    return this.#works.reduce((sum, work) => sum + work.expected, 0) / this.#threads;
  }

  get #isDone(): boolean {
    return this.#works.every((work) => work.isDone);
  }

  get #isStopped(): boolean {
    return this.#fault !== undefined || this.#options.signal?.aborted === true;
  }

  /** One thread's worth of work. */
  async #loop(): Promise<void> {
    while (!this.#isStopped) {
      const work = this.#next();
      if (work !== undefined) await this.#runOne(work);
      else if (this.#isDone) break;
      else await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    this.#wakeAll();
  }

  /** The job whose next replication is to be run: what is asked for first, then ahead of decisions. */
  #next(): Work<T> | undefined {
    for (const work of this.#works) {
      if (!work.isDone) this.#open(work);
      if (!work.isDone && work.started < work.target) return work;
    }
    return this.#works.find((work) => !work.isDone && work.started < work.numbers.length);
  }

  /** Compiles the plan and takes what the store has. */
  #open(work: Work<T>): void {
    if (work.plan === undefined) {
      work.plan = work.job.plan();
      work.address = addressOf(work.plan, this.#options.engine ?? 'simulation');
      if (work.numbers.length === 0) this.#decide(work);
    }
    const { store } = this.#options;
    while (!work.isDone && work.started < work.numbers.length) {
      const number = work.numbers[work.started]!;
      if (!store.has(work.address, number)) return;
      work.started++;
      this.#finish(work, number, undefined);
    }
  }

  async #runOne(work: Work<T>): Promise<void> {
    const number = work.numbers[work.started++]!;
    work.running++;
    work.fractions.set(number, 0);
    this.#pool ??= new ReplicationPool(this.#threads);
    const engine = this.#options.engine ?? 'simulation';
    try {
      const stats = await this.#pool.run(work.plan!, number, engine, this.#perThread, (fraction) => {
        work.fractions.set(number, fraction);
        this.#tell();
      });
      this.#options.store.put(work.address, stats);
      work.fractions.delete(number);
      if (!work.isDone) this.#finish(work, number, stats);
    } catch (fault) {
      if (this.#options.signal?.aborted !== true && !this.#isDone) this.#fault ??= fault;
    } finally {
      work.running--;
      this.#tell();
      this.#wakeAll();
    }
  }

  #finish(work: Work<T>, number: number, stats: ReplicationStats | undefined): void {
    work.finished.add(number);
    const { wanted } = work.job;
    if ('until' in wanted) {
      const known = stats ?? this.#stored(work, number);
      work.measures.set(number, measuresOf(known, wanted.until.statistic));
    }
    this.#decide(work);
  }

  #decide(work: Work<T>): void {
    const { wanted } = work.job;
    if ('numbers' in wanted) {
      if (work.finished.size === wanted.numbers.length) this.#end(work, wanted.numbers, {});
      return;
    }
    for (let n = wanted.least; n <= wanted.most; n++) {
      const numbers = work.numbers.slice(0, n);
      const missing = numbers.some((number) => !work.finished.has(number));
      work.target = n;
      if (missing) return;
      const measures = numbers.map((number) => work.measures.get(number)!);
      const { reached, widest, flow } = precisionReached(work.plan!, wanted.until, measures);
      if (!reached && n < wanted.most) continue;
      const name = work.plan!.flows.name[flow];
      this.#end(work, numbers, { reached, widest, ...(name === undefined ? {} : { flow: name }) });
      return;
    }
  }

  #end(work: Work<T>, numbers: readonly number[], outcome: Omit<Outcome, 'replications'>): void {
    const ordered = [...numbers].sort((a, b) => a - b);
    const stats = ordered.map((number) => this.#stored(work, number));
    work.result = work.job.reduce(work.plan!, stats, { replications: ordered.length, ...outcome });
    work.isDone = true;
    work.plan = undefined;
    work.measures.clear();
    if (this.#isDone) void this.#endPool(); // what was begun ahead of the last decision
  }

  #stored(work: Work<T>, number: number): ReplicationStats {
    const stats = this.#options.store.get(work.address, number);
    if (stats === undefined) throw new Error(`runner: replication ${number} of ${work.job.name} is not in its store`);
    return stats;
  }

  #tell(): void {
    let [done, all] = [0, 0];
    for (const work of this.#works) {
      const cost = (work.job.work ?? 1) * Math.max(1, work.expected);
      all += cost;
      done += cost * work.doneShare;
    }
    this.#options.onProgress?.(all === 0 ? 1 : done / all);
  }

  #interrupted(): StudyInterrupted {
    const finished = this.#works.reduce((sum, work) => sum + work.finished.size, 0);
    const expected = this.#works.reduce((sum, work) => sum + work.expected, 0);
    return new StudyInterrupted(finished, expected);
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}
