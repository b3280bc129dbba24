import { sgNetwork } from '../payloads/catalogue.js';
import { catalogueCsv, catalogueJson } from '../payloads/export.js';
import { filterRows } from '../payloads/filter.js';
import type { LoadCase } from '../payloads/types.js';
import { columns } from './table.js';

export interface CatalogueOptions {
  readonly useCase?: readonly string[];
  readonly payload?: readonly string[];
  readonly load?: LoadCase;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `fanplan catalogue`: the application requirements, filtered, as a table, JSON or CSV. */
export function catalogue(options: CatalogueOptions): void {
  const all = sgNetwork();
  const rows = filterRows(all, {
    ...(options.useCase === undefined ? {} : { useCases: options.useCase }),
    ...(options.payload === undefined ? {} : { payloads: options.payload }),
    ...(options.load === undefined ? {} : { load: options.load }),
  });
  if (options.json === true) console.log(JSON.stringify(catalogueJson(all, rows), null, 2));
  else if (options.csv === true) process.stdout.write(`${catalogueCsv(all, rows)}\n`);
  else {
    const cells = rows.map((row) => [
      row.section,
      row.payload,
      row.type,
      row.cells === null ? '' : [row.cells.baseload, row.cells.highload].map((cell) => cell || '0').join(' | '),
      row.cells?.latency ?? '',
      row.cells?.size ?? '',
      row.cells?.howOften ?? `(${row.origin})`,
    ]);
    console.log(columns(cells, ['section', 'payload', 'type', 'base | high', 'latency', 'bytes', 'how often']));
    console.log(`\n${rows.length} rows, ${new Set(rows.map((row) => row.payload)).size} payloads`);
  }
}
