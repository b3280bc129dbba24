/** Draws charts in a thread of its own (see drawing.ts). */
import { parentPort } from 'node:worker_threads';
import { loaded } from '../base/threads.js';
import { claimJobs } from './chart-jobs.js';
import type { Chart } from './charts/chart.js';
import { chartSvgs } from './vega.js';

export interface DrawingTask {
  /** Charts that one thread draws. */
  readonly groups: readonly (readonly Chart['spec'][])[];
  /** Shared with the main thread, which draws as well: see `claimJobs`. */
  readonly claimed: SharedArrayBuffer;
}

/** Charts that are drawn: the place of their group. */
export interface DrawingReport {
  readonly place: number;
  readonly svgs: readonly string[];
}

parentPort?.on('message', async ({ groups, claimed }: DrawingTask) => {
  for (const place of claimJobs(groups.length, claimed)) {
    const report: DrawingReport = { place, svgs: await chartSvgs(groups[place]!) };
    parentPort!.postMessage(report);
  }
});
loaded();
