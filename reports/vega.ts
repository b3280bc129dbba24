/** Vega without a browser. */
import { oneFileBuild } from '../base/one-file-build.js';
import type { Chart } from './charts/chart.js';
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

/** A chart as SVG, without its title. The same specification gives the same text. About 20 ms. */
export async function chartSvg({ title: _title, ...untitled }: Chart['spec']): Promise<string> {
  const { spec } = compile(untitled as Chart['spec'], { logger: strictLogger });
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logger: strictLogger });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** Charts one after the other. */
export async function chartSvgs(specs: readonly Chart['spec'][]): Promise<string[]> {
  const svgs: string[] = [];
  for (const spec of specs) svgs.push(await chartSvg(spec));
  return svgs;
}
