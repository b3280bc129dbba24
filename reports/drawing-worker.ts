/** Draws charts in a thread of its own (see drawing.ts). */
import { parentPort } from 'node:worker_threads';
import { claimJobs } from './chart-jobs.js';
import type { Chart } from './charts/chart.js';
import { chartSvg } from './vega.js';

export interface DrawingTask {
  readonly specs: readonly Chart['spec'][];
  /** Shared with the main thread, which draws as well: see `claimJobs`. */
  readonly claimed: SharedArrayBuffer;
}

/** A chart that is drawn: its place among `specs`. */
export interface DrawingReport {
  readonly place: number;
  readonly svg: string;
}

parentPort!.on('message', async ({ specs, claimed }: DrawingTask) => {
  for (const place of claimJobs(specs.length, claimed)) {
    const report: DrawingReport = { place, svg: await chartSvg(specs[place]!) };
    parentPort!.postMessage(report);
  }
});
