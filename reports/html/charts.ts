import type { Results } from '../../sim/results.js';
import { chartMakers } from '../charts/all.js';
import type { Chart, ChartMaker } from '../charts/chart.js';
import { renderSvg } from '../render.js';
import { dataTable } from './data-table.js';
import { type Html, html, trusted } from './template.js';

const SHOWN_FIGURES = 60;

/** All charts, each in two widths of which the style sheet shows one, with the figures behind it folded away. */
export async function chartSection(results: Results): Promise<Html> {
  const figures: Html[] = [];
  for (const makeChart of chartMakers) figures.push(await chartFigure(results, makeChart));
  return html`<section aria-labelledby="charts"><h2 id="charts">Charts</h2>${figures}</section>`;
}

async function chartFigure(results: Results, makeChart: ChartMaker): Promise<Html> {
  const wide = makeChart(results, 'wide');
  const narrow = makeChart(results, 'narrow');
  const picture = async (chart: Chart, id: string): Promise<Html> => trusted(await renderSvg(chart, { use: { id } }));
  return html`<figure id="chart-${wide.name}"><h3>${wide.title}</h3><figcaption>${wide.description}</figcaption>
<div class="picture wide">${await picture(wide, `${wide.name}-wide`)}</div>
<div class="picture narrow">${await picture(narrow, `${wide.name}-narrow`)}</div>
${figuresOf(wide)}</figure>`;
}

function figuresOf(chart: Chart): Html | undefined {
  if (chart.figures.rows.length === 0) return undefined;
  return html`<details><summary>Figures of this chart</summary>${dataTable({
    id: `figures-${chart.name}`,
    caption: chart.title,
    columns: chart.figures.columns,
    rows: chart.figures.rows.map((row) => row.map((content) => ({ content }))),
    shown: SHOWN_FIGURES,
    interactive: false,
  })}</details>`;
}
