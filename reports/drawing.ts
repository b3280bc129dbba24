/** Pictures as SVG, drawn by two threads. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type ChartJob, claimJobs, noneClaimed } from './chart-jobs.js';
import type { Chart, Drawing, Picture, PictureMaker } from './charts/chart.js';
import type { DrawingReport, DrawingTask } from './drawing-worker.js';
import { dressAlone, dressForPage } from './render.js';

/** A picture in every form in which results show it. */
export interface DrawnPicture {
  readonly wide: Picture;
  readonly narrow: Picture;
  /** `wide` as a file of its own. */
  readonly alone: string;
  /** As parts of a page. */
  readonly onPage: { readonly wide: string; readonly narrow: string };
}

/** From so many charts on a second thread gains more than the time that it needs to begin, 0.1 s. */
const CHARTS_FOR_THREAD = 3;

let spare: Worker | undefined;

/** Starts the thread that will draw, for who knows that there will be something to draw and has yet to wait for it. */
export function prepareDrawing(): void {
  if (availableParallelism() > 1) spare ??= startThread();
}

/** A process does not stay for it. */
function startThread(): Worker {
  const thread = new Worker(new URL('./drawing-worker.js', import.meta.url));
  thread.unref();
  return thread;
}

/**
 * Begins to draw in another thread; `finish` takes part in it and gives the pictures in the order of `makers`. Each maker is called
 * once per layout.
 */
export function startDrawing(makers: readonly PictureMaker[]): { finish(): Promise<DrawnPicture[]> } {
  const pictures = makers.map((makePicture) => ({ wide: makePicture('wide'), narrow: makePicture('narrow') }));
  const jobs = pictures.flatMap(({ wide, narrow }) => [...jobsOf(wide, [true, false]), ...jobsOf(narrow, [false])]);
  const drawing = drawCharts(jobs);
  return {
    async finish() {
      const svgs = await drawing.finish();
      let next = 0;
      const take = (picture: Picture, count: number): readonly string[] =>
        isChart(picture) ? svgs[next++]! : new Array<string>(count).fill(picture.svg);
      return pictures.map(({ wide, narrow }) => {
        const [alone, wideOnPage] = take(wide, 2);
        const [narrowOnPage] = take(narrow, 1);
        return {
          wide,
          narrow,
          alone: dressAlone(alone!, wide),
          onPage: {
            wide: dressForPage(wideOnPage!, wide, `${wide.name}-wide`),
            narrow: dressForPage(narrowOnPage!, narrow, `${narrow.name}-narrow`),
          },
        };
      });
    },
  };
}

function isChart(picture: Chart | Drawing): picture is Chart {
  return 'spec' in picture;
}

function jobsOf(picture: Picture, titled: readonly boolean[]): ChartJob[] {
  return isChart(picture) ? [{ spec: picture.spec, titled }] : [];
}

function drawCharts(jobs: readonly ChartJob[]): { finish(): Promise<readonly (readonly string[])[]> } {
  const claimed = noneClaimed();
  const svgs = new Array<readonly string[] | undefined>(jobs.length).fill(undefined);
  const thread = jobs.length < CHARTS_FOR_THREAD || availableParallelism() < 2 ? undefined : (spare ?? startThread());
  if (thread !== undefined) spare = undefined;
  const task: DrawingTask = { jobs, claimed };
  let settled: () => void = () => {};
  let fault: unknown;
  thread?.on('message', ({ job, svgs: drawn }: DrawingReport) => {
    svgs[job] = drawn;
    settled();
  });
  thread?.on('error', (error) => {
    fault = error;
    settled();
  });
  thread?.postMessage(task);
  return {
    async finish() {
      const { chartSvgs } = await import('./vega.js');
      try {
        for (const job of claimJobs(jobs.length, claimed)) svgs[job] = await chartSvgs(jobs[job]!);
        await new Promise<void>((resolve, reject) => {
          settled = () => {
            if (fault !== undefined) reject(fault);
            else if (!svgs.includes(undefined)) resolve();
          };
          thread?.ref();
          settled();
        });
        return svgs as readonly (readonly string[])[];
      } finally {
        await thread?.terminate();
      }
    },
  };
}
