/** Draws charts in a thread of its own (see drawing.ts). */
import { parentPort } from 'node:worker_threads';
import { type ChartJob, claimJobs } from './chart-jobs.js';
import { chartSvgs } from './vega.js';

export interface DrawingTask {
  readonly jobs: readonly ChartJob[];
  /** Shared with the main thread, which draws as well: see `claimJobs`. */
  readonly claimed: SharedArrayBuffer;
}

export interface DrawingReport {
  readonly job: number;
  readonly svgs: readonly string[];
}

parentPort!.on('message', async ({ jobs, claimed }: DrawingTask) => {
  for (const job of claimJobs(jobs.length, claimed)) {
    const report: DrawingReport = { job, svgs: await chartSvgs(jobs[job]!) };
    parentPort!.postMessage(report);
  }
});
