import writeExcelFile from 'write-excel-file/node';
import { withoutTimes } from '../reports/zip-time.js';

/** A workbook of sheets whose cells are texts; numbers where a text is one. The same cells give the same bytes. */
export async function workbookOf(
  sheets: readonly (readonly [name: string, rows: readonly (readonly (string | number | Date | null)[])[]])[],
): Promise<Uint8Array> {
  const parts = sheets.map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map(cellOf)) }));
  return withoutTimes(new Uint8Array(await writeExcelFile(parts).toBuffer()));
}

function cellOf(value: string | number | Date | null) {
  if (value === null || value === '') return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' };
  if (typeof value === 'number' || /^\d+(\.\d+)?$/.test(value)) return { value: Number(value), type: Number };
  return { value, type: String };
}
