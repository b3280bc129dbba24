import type { Picture } from '../charts/chart.js';
import type { DrawnPicture } from '../drawing.js';
import { dataTable } from './data-table.js';
import { type Html, html, trusted } from './template.js';

const SHOWN_FIGURES = 60;

/** A picture in two widths of which the style sheet shows one, with the figures behind it folded away. */
export function pictureFigure({ wide, narrow, onPage }: DrawnPicture): Html {
  return html`<figure id="chart-${wide.name}"><h3>${wide.title}</h3><figcaption>${wide.description}</figcaption>
<div class="picture wide">${trusted(onPage.wide)}</div>
<div class="picture narrow${'keepsSize' in narrow && narrow.keepsSize === true ? ' natural' : ''}">${trusted(onPage.narrow)}</div>
${figuresOf(wide)}</figure>`;
}

function figuresOf(picture: Picture): Html | undefined {
  if (picture.figures.rows.length === 0) return undefined;
  return html`<details><summary>Figures of this chart</summary>${dataTable({
    id: `figures-${picture.name}`,
    caption: picture.title,
    columns: picture.figures.columns,
    rows: picture.figures.rows.map((row) => row.map((content) => ({ content }))),
    shown: SHOWN_FIGURES,
    interactive: false,
  })}</details>`;
}
