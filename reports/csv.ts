import { csvFormatRows } from 'd3-dsv';
import { columnValues, type Table } from './tables.js';

/**
 * One table as CSV (RFC 4180 quoting, line feeds, a header of column names, which carry the units). What is missing is
 * empty; infinite values are `Infinity`, which pandas, polars, R and DuckDB read as such.
 */
export function csvFile(table: Table): string {
  const columns = table.columns.map((column) => columnValues(table, column));
  const rows = table.rows.map((_, i) => columns.map((values) => String(values[i] ?? '')));
  return csvFormatRows([table.columns.map((column) => column.name), ...rows]) + '\n';
}
