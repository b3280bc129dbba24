/** Vega without a browser. */
import { oneFileBuild } from '../base/one-file-build.js';
import type { ChartJob } from './chart-jobs.js';
import { textWidth } from './text-width.js';

const vega = oneFileBuild<typeof import('vega')>('vega', 'vega.min.js');
const { compile } = oneFileBuild<typeof import('vega-lite')>('vega-lite', 'vega-lite.min.js', { vega });

/** Vega asks this object for the width of every label; its types leave it out. */
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
};
textMetrics.width = (item, text) => textWidth(String(text), item.fontSize ?? 11);

/**
 * Every warning of Vega is a fault of a specification of ours: it throws, so that no chart is drawn from a guess.
 * Vega prints nothing by itself with such a logger.
 */
const strictLogger = {
  level(): never {
    return strictLogger as never;
  },
  error(...parts: readonly unknown[]): never {
    throw new Error(`chart: ${parts.join(' ')}`);
  },
  warn(...parts: readonly unknown[]): never {
    throw new Error(`chart: ${parts.join(' ')}`);
  },
  info: () => strictLogger,
  debug: () => strictLogger,
};

/** The chart as SVG, once for each of `titled`. The same specification gives the same text. About 20 ms each. */
export async function chartSvgs({ spec, titled }: ChartJob): Promise<string[]> {
  const { title, ...untitled } = compile(spec, { logger: strictLogger }).spec;
  const svgs: string[] = [];
  for (const isTitled of titled) {
    const drawn = isTitled && title !== undefined ? { ...untitled, title } : untitled;
    const view = new vega.View(vega.parse(drawn), { renderer: 'none', logger: strictLogger });
    svgs.push(await view.toSVG());
    view.finalize();
  }
  return svgs;
}
