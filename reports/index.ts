/** What is learned: tables, charts and the report of a run. */
export { arrowFile } from './arrow.js';
export { chartMakers } from './charts/all.js';
export type { Chart, ChartMaker, Drawing, Layout, Picture, PictureMaker } from './charts/chart.js';
export { type Column, columns } from './columns.js';
export { csvFile } from './csv.js';
export { checkTarget } from './folder.js';
export { type ExtraFormat, extraFormats, type WriteOptions } from './formats.js';
export { reportPage } from './html/page.js';
export { parquetFile } from './parquet.js';
export { renderSvg } from './render.js';
export { writeResults } from './run-folder.js';
export * from './study/index.js';
export { type SummaryStyle, summaryText } from './summary-text.js';
export { type TableName, tableNames } from './tables.js';
