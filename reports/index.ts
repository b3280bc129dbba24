/** What is learned: tables, charts and the report of a run. */
export { arrowFile } from './arrow.js';
export { chartMakers } from './charts/all.js';
export type { Chart, ChartMaker, Layout } from './charts/chart.js';
export { csvFile } from './csv.js';
export { checkTarget, type ExtraFormat, extraFormats, type WriteOptions, writeResults } from './folder.js';
export { reportPage } from './html/page.js';
export { parquetFile } from './parquet.js';
export { renderSvg } from './render.js';
export { type SummaryStyle, summaryText } from './summary-text.js';
export { type TableName, tableNames } from './tables.js';
