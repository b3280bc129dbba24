/** The files that every folder of results is made of, of a run and of a study alike. */
import { join } from 'node:path';
import { arrowFile } from './arrow.js';
import { csvFile } from './csv.js';
import type { DrawnPicture } from './drawing.js';
import type { Files } from './folder.js';
import type { ExtraFormat } from './formats.js';
import { CHART_FOLDER, WORKBOOK_FILE } from './own-files.js';
import { pngFile } from './png.js';
import type { Table } from './tables.js';
import { xlsxFile } from './xlsx.js';

/** The tables as Arrow files and in the extra formats; a workbook holds them all. */
export async function tableFiles(tables: readonly Table[], formats: readonly ExtraFormat[]): Promise<Files> {
  const files = new Map<string, string | Uint8Array>();
  const parquet = formats.includes('parquet') ? await import('./parquet.js') : undefined;
  for (const table of tables) {
    files.set(`${table.name}.arrow`, arrowFile(table));
    if (formats.includes('csv')) files.set(`${table.name}.csv`, csvFile(table));
    if (parquet !== undefined) files.set(`${table.name}.parquet`, parquet.parquetFile(table));
  }
  if (formats.includes('xlsx')) files.set(WORKBOOK_FILE, await xlsxFile(tables));
  return files;
}

/** The pictures as they stand alone, as SVG and on request as PNG, with the specification of those that Vega draws. */
export async function pictureFiles(pictures: readonly DrawnPicture[], formats: readonly ExtraFormat[]): Promise<Files> {
  const files = new Map<string, string | Uint8Array>();
  for (const { wide, alone } of pictures) {
    const path = join(CHART_FOLDER, wide.name);
    if ('spec' in wide) files.set(`${path}.vl.json`, `${JSON.stringify(wide.spec, null, 1)}\n`);
    files.set(`${path}.svg`, alone);
    if (formats.includes('png')) files.set(`${path}.png`, await pngFile(alone));
  }
  return files;
}
