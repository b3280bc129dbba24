import { builtInCatalogue, builtInCatalogues } from '../payloads/catalogue.js';
import { catalogueCsv, catalogueJson } from '../payloads/export.js';
import { filterRows } from '../payloads/filter.js';
import type { CatalogueRow, LoadCase } from '../payloads/types.js';
import { openNamedCatalogues } from '../scenarios/catalogues.js';
import { columns } from './table.js';

export interface CatalogueOptions {
  readonly catalogue?: readonly string[];
  readonly useCase?: readonly string[];
  readonly payload?: readonly string[];
  readonly load?: LoadCase;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `fanplan catalogue`: the application requirements, filtered, as a table, JSON or CSV. */
export function catalogue(options: CatalogueOptions): void {
  const all = openNamedCatalogues(options.catalogue).catalogue;
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
      row.cells?.latency ?? stated(row, 'latency'),
      row.cells?.size ?? stated(row, 'size'),
      row.cells?.howOften ?? (stated(row, 'howOften') || `(${row.origin})`),
    ]);
    console.log(columns(cells, ['section', 'payload', 'type', 'base | high', 'latency', 'bytes', 'how often']));
    console.log(`\n${rows.length} rows, ${new Set(rows.map((row) => row.payload)).size} payloads`);
  }
}

/** `fanplan catalogue list`: the names that a scenario may give under `catalogues:`. */
export function listCatalogues({ json = false }: { readonly json?: boolean }): void {
  const entries = builtInCatalogues().map((id) => {
    const { system, useCases, rows, counts, needsProfile } = builtInCatalogue(id);
    return { id, system, useCases: useCases.length, rows: rows.length, counts: counts.length, needsProfile };
  });
  if (json) {
    console.log(JSON.stringify(entries, null, 2));
    return;
  }
  const cells = entries.map(({ id, system, useCases, rows, counts, needsProfile }) => [
    id,
    useCases,
    rows,
    counts,
    needsProfile ? 'needed' : 'not needed',
    system,
  ]);
  console.log(columns(cells, ['catalogue', 'use cases', 'rows', 'counts', 'profile', 'system']));
}

/** What the flows of a row from prose state, each once. */
function stated({ flows }: CatalogueRow, figure: 'latency' | 'size' | 'howOften'): string {
  return [...new Set(flows.map((flow) => flow[figure].text))].join(', ');
}
