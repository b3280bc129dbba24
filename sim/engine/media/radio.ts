import type { AirFrame } from './air.js';
import type { Job } from './parcels.js';

/** What a radio is about. `waiting`: for an acknowledgement that does not come; `pausing`: until its next frame may start. */
export const Phase = { idle: 0, accessing: 1, sending: 2, waiting: 3, pausing: 4 } as const;

/** The sender of one endpoint, relay or gateway while it has something to send: its queue, and the job it is at. */
export class Radio {
  readonly node: number;
  phase: number = Phase.idle;
  job: Job | undefined;
  frame: AirFrame | undefined;
  /** Messages that wait for their first frame, the job's included; copies and repetitions are not counted. */
  waitingB = 0;
  waitingMessages = 0;
  /** Queues by rank; a job is linked to the one behind it. */
  private readonly first: (Job | undefined)[] = [];
  private readonly last: (Job | undefined)[] = [];

  constructor(node: number) {
    this.node = node;
  }

  /** Nothing waits behind the job that it is at. O(classes). */
  get isQueueEmpty(): boolean {
    return this.first.every((job) => job === undefined);
  }

  /** O(1). */
  enqueue(job: Job): void {
    const { rank } = job.parcel;
    const last = this.last[rank];
    if (last === undefined) this.first[rank] = job;
    else last.behind = job;
    this.last[rank] = job;
  }

  /** The job, some of whose frames are across, goes on before others of its class and after those of better ones. O(1). */
  putBack(job: Job): void {
    const { rank } = job.parcel;
    job.behind = this.first[rank];
    if (job.behind === undefined) this.last[rank] = job;
    this.first[rank] = job;
    this.job = undefined;
  }

  /** The job that goes next leaves the queue; undefined when there is none. O(classes). */
  dequeue(): Job | undefined {
    for (let rank = 0; rank < this.first.length; rank++) {
      const job = this.first[rank];
      if (job === undefined) continue;
      this.first[rank] = job.behind;
      if (job.behind === undefined) this.last[rank] = undefined;
      job.behind = undefined;
      return job;
    }
    return undefined;
  }
}
