/** Transmitters on simjs: first come, first served by its Facility; anything else by timers and lists. */
import type { Clockwork } from './clockwork.js';
import type { SimjsFacility } from './load.js';

/** A message at a transmitter. */
export interface Job {
  readonly m: number;
  readonly linkInstance: number;
  readonly bytes: number;
  /** Of the whole message. */
  readonly durationS: number;
  /** Priority: duration of a quantum of bytes. */
  readonly quantumS: number;
  readonly priorityClass: number;
  offeredS: number;
  startS: number;
  leftS: number;
}

/** What a server tells. */
export interface Watcher {
  /** The job begins, having waited. */
  begins(job: Job, nowS: number): void;
  /** Its last bit has left. */
  ends(job: Job, nowS: number): void;
}

export interface Server {
  /** Whether the job would have to wait. */
  readonly busy: boolean;
  offer(job: Job): void;
  /** Jobs that wait and the one in service, in no particular order. */
  readonly jobs: readonly Job[];
}

/** simjs's own server. It does not tell when a job begins: that is when the one before it ends. */
export class FifoServer implements Server {
  readonly jobs: Job[] = [];
  private readonly clockwork: Clockwork;
  private readonly facility: SimjsFacility;
  private readonly watcher: Watcher;

  constructor(clockwork: Clockwork, watcher: Watcher) {
    this.clockwork = clockwork;
    this.watcher = watcher;
    this.facility = clockwork.facility();
  }

  get busy(): boolean {
    return this.jobs.length > 0;
  }

  offer(job: Job): void {
    if (this.jobs.push(job) === 1) this.begin(job);
    this.clockwork.use(this.facility, job.durationS, () => {
      this.jobs.shift();
      const next = this.jobs[0];
      if (next !== undefined) this.begin(next);
      this.watcher.ends(job, this.clockwork.nowS);
    });
  }

  private begin(job: Job): void {
    job.startS = this.clockwork.nowS;
    this.watcher.begins(job, this.clockwork.nowS);
  }
}

/** Strict priority without preemption; a job that lasts longer than its quantum goes back to the head of its class after it. */
export class PriorityServer implements Server {
  private readonly classes: Job[][] = [];
  private inService: Job | undefined;
  private readonly clockwork: Clockwork;
  private readonly watcher: Watcher;

  constructor(clockwork: Clockwork, watcher: Watcher) {
    this.clockwork = clockwork;
    this.watcher = watcher;
  }

  get busy(): boolean {
    return this.inService !== undefined;
  }

  get jobs(): readonly Job[] {
    const waiting = this.classes.flatMap((queue) => queue ?? []);
    return this.inService === undefined ? waiting : [...waiting, this.inService];
  }

  offer(job: Job): void {
    this.queueOf(job).push(job);
    if (this.inService === undefined) this.serveNext();
  }

  private queueOf(job: Job): Job[] {
    this.classes[job.priorityClass] ??= [];
    return this.classes[job.priorityClass];
  }

  private serveNext(): void {
    const job = this.classes.find((queue) => queue !== undefined && queue.length > 0)?.shift();
    this.inService = job;
    if (job === undefined) return;
    const { nowS } = this.clockwork;
    if (Number.isNaN(job.startS)) {
      job.startS = nowS;
      this.watcher.begins(job, nowS);
    }
    const pieceS = Math.min(job.leftS, job.quantumS);
    this.clockwork.at(nowS + pieceS, () => {
      job.leftS -= pieceS;
      if (job.leftS > 0) this.queueOf(job).unshift(job);
      this.serveNext();
      if (job.leftS <= 0) this.watcher.ends(job, this.clockwork.nowS);
    });
  }
}
