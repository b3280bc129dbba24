/** Pictures as SVG, drawn by two threads. */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../base/threads.js';
import { claimJobs, noneClaimed } from './chart-jobs.js';
import type { Chart, Layout, Picture, PictureMaker } from './charts/chart.js';
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

/** Of what it leaves behind between collections: half of the default takes no longer and 6 MiB less. */
const LIMITS = { maxYoungGenerationSizeMb: 8 } as const;

let spare: Worker | undefined;

/** Starts the thread that will draw, for who knows that there will be something to draw and has yet to wait for it. */
export function prepareDrawing(): void {
  if (availableParallelism() > 1) spare ??= drawingThread();
}

/** A process does not stay for it. */
function drawingThread(): Worker {
  const thread = startThread(new URL('./drawing-worker.js', import.meta.url), { resourceLimits: LIMITS });
  thread.unref();
  return thread;
}

export interface PicturesInWork {
  /** Takes part in the work, the first time that it is called, and gives the pictures in the order of their makers. */
  finish(): Promise<readonly DrawnPicture[]>;
}

const begun = new WeakMap<readonly PictureMaker[], PicturesInWork>();

/** Begins to draw in another thread what a report will have, while the rest of it is computed: `startDrawing` of the same makers. */
export function beginDrawing(makers: readonly PictureMaker[]): void {
  begun.set(makers, draw(makers, true));
}

/**
 * Begins to draw in another thread. Each maker is called once per layout. What `beginDrawing` began is left to the thread: it is
 * nearly done.
 */
export function startDrawing(makers: readonly PictureMaker[]): PicturesInWork {
  return begun.get(makers) ?? draw(makers, false);
}

/** @param isLeft to the other thread, where there is one */
function draw(makers: readonly PictureMaker[], isLeft: boolean): PicturesInWork {
  const pictures = makers.map((makePicture) => ({ wide: makePicture('wide'), narrow: makePicture('narrow') }));
  const groups = pictures
    .map(({ wide, narrow }) => [wide, narrow].filter(isChart))
    .sort((a, b) => sizeOf(b) - sizeOf(a));
  const drawing = drawCharts(
    groups.map((charts) => charts.map(({ spec }) => spec)),
    isLeft,
  );
  const dress = async (): Promise<DrawnPicture[]> => {
    const svgs = new Map<Picture, string>();
    for (const picture of pictures.flatMap(({ wide, narrow }) => [wide, narrow])) {
      if ('svg' in picture) svgs.set(picture, picture.svg());
    }
    const drawn = await drawing.finish();
    for (const [i, chart] of groups.flat().entries()) svgs.set(chart, drawn[i]!);
    const onPage = (picture: Picture, layout: Layout) =>
      dressForPage(svgs.get(picture)!, picture, `${picture.name}-${layout}`);
    return pictures.map(({ wide, narrow }) => {
      const alone = dressAlone(svgs.get(wide)!, wide);
      return { wide, narrow, alone, onPage: { wide: onPage(wide, 'wide'), narrow: onPage(narrow, 'narrow') } };
    });
  };
  let dressed: Promise<DrawnPicture[]> | undefined;
  return {
    finish() {
      dressed ??= dress();
      return dressed;
    },
  };
}

function isChart(picture: Picture): picture is Chart {
  return 'spec' in picture;
}

/** How much there is to draw, about. */
function sizeOf([chart]: readonly Chart[]): number {
  return chart === undefined ? 0 : chart.figures.rows.length * chart.figures.columns.length;
}

/**
 * Both layouts of a chart are one thread's, the largest charts first: the other thread, which begins at once, has those. A
 * chart of a thousand figures holds 8 MiB while it is drawn, and what one thread has taken for it another cannot use.
 * @returns `finish` gives the drawings in the order of `groups`
 */
function drawCharts(
  groups: readonly (readonly Chart['spec'][])[],
  isLeft: boolean,
): { finish(): Promise<readonly string[]> } {
  const claimed = noneClaimed();
  const drawn = new Array<readonly string[] | undefined>(groups.length).fill(undefined);
  const thread =
    groups.flat().length < CHARTS_FOR_THREAD || availableParallelism() < 2 ? undefined : (spare ?? drawingThread());
  if (thread !== undefined) spare = undefined;
  let settle: () => void = () => {};
  let fault: Error | undefined;
  if (thread !== undefined) {
    thread.on('message', ({ place, svgs }: DrawingReport) => {
      drawn[place] = svgs;
      settle();
    });
    thread.on('error', (error) => {
      fault = error;
      settle();
    });
    thread.postMessage({ groups, claimed } satisfies DrawingTask);
  }
  return {
    async finish() {
      try {
        if (thread === undefined || !isLeft) {
          const { chartSvgs } = await import('./vega.js');
          for (const place of claimJobs(groups.length, claimed)) drawn[place] = await chartSvgs(groups[place]!);
        }
        thread?.ref();
        await new Promise<void>((resolve, reject) => {
          settle = () => {
            if (fault !== undefined) reject(fault);
            else if (!drawn.includes(undefined)) resolve();
          };
          settle();
        });
        return drawn.flatMap((svgs) => svgs!);
      } finally {
        await thread?.terminate();
      }
    },
  };
}
