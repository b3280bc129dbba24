/** Formats of tables and charts besides Arrow, Vega-Lite and SVG, which are always written. */
export type ExtraFormat = 'csv' | 'parquet' | 'xlsx' | 'png';
export const extraFormats: readonly ExtraFormat[] = ['csv', 'parquet', 'xlsx', 'png'];

export interface WriteOptions {
  readonly formats: readonly ExtraFormat[];
  /** Replace the results of an earlier run. */
  readonly force: boolean;
}
