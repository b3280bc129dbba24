/** The files that every folder of results is made of, of a run and of a study alike. */
import { join } from 'node:path';
import { arrowFile } from './arrow.js';
import type { PictureMaker } from './charts/chart.js';
import { csvFile } from './csv.js';
import type { Files } from './folder.js';
import type { ExtraFormat } from './formats.js';
import { CHART_FOLDER, WORKBOOK_FILE } from './own-files.js';
import { parquetFile } from './parquet.js';
import { pngFile } from './png.js';
import { renderSvg } from './render.js';
import type { Table } from './tables.js';
import { xlsxFile } from './xlsx.js';

/** The tables as Arrow files and in the extra formats; a workbook holds them all. */
export async function tableFiles(tables: readonly Table[], formats: readonly ExtraFormat[]): Promise<Files> {
  const files = new Map<string, string | Uint8Array>();
  for (const table of tables) {
    files.set(`${table.name}.arrow`, arrowFile(table));
    if (formats.includes('csv')) files.set(`${table.name}.csv`, csvFile(table));
    if (formats.includes('parquet')) files.set(`${table.name}.parquet`, parquetFile(table));
  }
  if (formats.includes('xlsx')) files.set(WORKBOOK_FILE, await xlsxFile(tables));
  return files;
}

/** The pictures as they stand alone, as SVG and on request as PNG, with the specification of those that Vega draws. */
export async function pictureFiles(makers: readonly PictureMaker[], formats: readonly ExtraFormat[]): Promise<Files> {
  const files = new Map<string, string | Uint8Array>();
  for (const makePicture of makers) {
    const picture = makePicture('wide');
    const path = join(CHART_FOLDER, picture.name);
    if ('spec' in picture) files.set(`${path}.vl.json`, `${JSON.stringify(picture.spec, null, 1)}\n`);
    const svg = await renderSvg(picture, { use: 'alone' });
    files.set(`${path}.svg`, svg);
    if (formats.includes('png')) files.set(`${path}.png`, await pngFile(svg));
  }
  return files;
}
