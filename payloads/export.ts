import { csvFormat } from 'd3-dsv';
import { CELL_NAMES } from './schema.js';
import type { Catalogue, CatalogueFlow, CatalogueRow, Cells } from './types.js';

/** One row as `fanplan catalogue --json` prints it. */
export interface ExportedRow {
  readonly origin: CatalogueRow['origin'];
  /** Name as in the requirements spreadsheet. */
  readonly useCase: string;
  readonly section: string;
  readonly businessScenario: string;
  readonly payload: string;
  readonly type: string;
  readonly attributes: string;
  readonly lics: string | null;
  readonly cia: string | null;
  readonly cells: Cells | null;
  readonly flows: readonly CatalogueFlow[];
  readonly readings: readonly string[];
  readonly copyOf?: string;
}

/** Rows as plain objects. */
export function catalogueJson(catalogue: Catalogue, rows: readonly CatalogueRow[]): ExportedRow[] {
  const names = new Map(catalogue.useCases.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    origin: row.origin,
    useCase: names.get(row.useCase)!,
    section: row.section,
    businessScenario: row.businessScenario,
    payload: row.payload,
    type: row.type,
    attributes: row.attributes,
    lics: row.lics,
    cia: row.cia,
    cells: row.cells,
    flows: row.flows,
    readings: row.readings,
    ...(row.copyOf === undefined ? {} : { copyOf: row.copyOf }),
  }));
}

/**
 * Rows as CSV (RFC 4180, header first, no line end after the last row): a column per field and cell, `flows` as their
 * number, `readings` joined by `; `.
 */
export function catalogueCsv(catalogue: Catalogue, rows: readonly CatalogueRow[]): string {
  const lines = catalogueJson(catalogue, rows).map(({ cells, flows, readings, copyOf, ...row }) => ({
    ...row,
    baseload: cells?.baseload,
    highload: cells?.highload,
    from: cells?.from,
    to: cells?.to,
    reliability: cells?.reliability,
    latency: cells?.latency,
    when: cells?.when,
    howOften: cells?.howOften,
    size: cells?.size,
    flows: flows.length,
    readings: readings.join('; '),
    copyOf,
  }));
  return csvFormat(lines, COLUMNS);
}

const COLUMNS = [
  'origin',
  'useCase',
  'section',
  'businessScenario',
  'payload',
  'type',
  'attributes',
  'lics',
  'cia',
  ...CELL_NAMES,
  'flows',
  'readings',
  'copyOf',
] as const;
