import type { Picture, PictureMaker } from '../charts/chart.js';
import { renderSvg } from '../render.js';
import { dataTable } from './data-table.js';
import { type Html, html, trusted } from './template.js';

const SHOWN_FIGURES = 60;

/** Pictures, each in two widths of which the style sheet shows one, with the figures behind it folded away. */
export async function pictureFigures(makers: readonly PictureMaker[]): Promise<Html[]> {
  const figures: Html[] = [];
  for (const makePicture of makers) figures.push(await pictureFigure(makePicture));
  return figures;
}

async function pictureFigure(makePicture: PictureMaker): Promise<Html> {
  const wide = makePicture('wide');
  const narrow = makePicture('narrow');
  const drawn = async (picture: Picture, id: string): Promise<Html> =>
    trusted(await renderSvg(picture, { use: { id } }));
  return html`<figure id="chart-${wide.name}"><h3>${wide.title}</h3><figcaption>${wide.description}</figcaption>
<div class="picture wide">${await drawn(wide, `${wide.name}-wide`)}</div>
<div class="picture narrow${'keepsSize' in narrow && narrow.keepsSize === true ? ' natural' : ''}">${await drawn(narrow, `${wide.name}-narrow`)}</div>
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
