import { formatNumber } from '../format.js';
import { escapeHtml, type Html, html, type Part, trusted } from './template.js';

export interface DataColumn {
  readonly heading: string;
  readonly numeric: boolean;
  /** Left out on paper, where the width is fixed. */
  readonly minor?: boolean;
  /** Sentences rather than names: the column is kept wide. */
  readonly prose?: boolean;
  /** Words of a few letters: no room is kept, and no line broken. */
  readonly short?: boolean;
}

export interface DataCell {
  readonly content: Part;
  /** What the column is sorted by where the text does not tell; NaN goes last. */
  readonly value?: number;
}

export interface DataTable {
  /** Unique in the page. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly (readonly DataCell[])[];
  /** Rows shown at first; the rest comes with a box to tick, which works without the script. */
  readonly shown: number;
  /** Offer sorting and a filter. */
  readonly interactive: boolean;
}

/** A table that scrolls sideways in itself where the page is narrow. The first column names the row. */
export function dataTable(table: DataTable): Html {
  const { id, caption, columns, rows, shown } = table;
  const rest = rows.slice(shown);
  const classes = columns.map((column) => classOf(column)?.text ?? '');
  return html`<div class="table${table.interactive ? ' interactive' : ''}">${
    rest.length === 0
      ? undefined
      : html`<p class="more"><input type="checkbox" id="${id}-all"><label for="${id}-all">show all ${formatNumber(rows.length)} rows</label></p>`
  }<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0"><table id="${id}" data-shown="${shown}"><caption id="${id}-caption">${caption}</caption><thead><tr>${columns.map(
    (column) => html`<th scope="col"${classOf(column)}>${column.heading}</th>`,
  )}</tr></thead><tbody>${rows.slice(0, shown).map((row) => tableRow(row, classes))}</tbody>${
    rest.length === 0 ? undefined : html`<tbody class="rest">${rest.map((row) => tableRow(row, classes))}</tbody>`
  }</table></div></div>`;
}

function classOf(column: DataColumn): Html | undefined {
  const names = [
    ...(column.numeric ? ['n'] : []),
    ...(column.minor === true ? ['minor'] : []),
    ...(column.prose === true ? ['prose'] : []),
    ...(column.short === true ? ['short'] : []),
  ];
  return names.length === 0 ? undefined : html` class="${names.join(' ')}"`;
}

/** Put together as text: a page has ten thousand cells. @param classes attribute of each column */
function tableRow(row: readonly DataCell[], classes: readonly string[]): Html {
  let cells = '';
  row.forEach(({ content, value }, i) => {
    const attributes = value === undefined ? classes[i]! : `${classes[i]!} data-v="${value}"`;
    const shown = typeof content === 'string' ? breakable(content) : html`${content}`.text;
    cells += i === 0 ? `<th scope="row"${attributes}>${shown}</th>` : `<td${attributes}>${shown}</td>`;
  });
  return trusted(`<tr>${cells}</tr>\n`);
}

/** A name, or a sentence with one, that may be broken after its underscores, and nowhere else within a word. */
function breakable(name: string): string {
  return name.includes('_')
    ? name
        .split(/(?<=_)/)
        .map(escapeHtml)
        .join('<wbr>')
    : escapeHtml(name);
}
