/** The tables of a result, each with its columns and rows: what every file format and the report are made from. */
import type { Results } from '../sim/results.js';
import {
  assumptionColumns,
  availabilityColumns,
  busyHourColumns,
  type Column,
  chainColumns,
  flowColumns,
  hourColumns,
  linkColumns,
  outOfScopeColumns,
  tierColumns,
} from './columns.js';

export type Cell = string | number;

export interface Table {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly rows: readonly object[];
}

export const tableNames = [
  'flows',
  'tiers',
  'availability',
  'chains',
  'links',
  'hours',
  'busy-hours',
  'assumptions',
  'out-of-scope',
] as const;
export type TableName = (typeof tableNames)[number];

/** One table of the results; rows stay in the order of the plan. */
export function resultTable(results: Results, name: TableName): Table {
  switch (name) {
    case 'flows':
      return { name, description: 'One row per flow', columns: flowColumns, rows: results.flows };
    case 'tiers':
      return {
        name,
        description: 'One row per required share of devices and window',
        columns: tierColumns,
        rows: results.tiers,
      };
    case 'availability':
      return {
        name,
        description: 'One row per flow whose route has parts that may fail',
        columns: availabilityColumns,
        rows: results.availability,
      };
    case 'chains':
      return {
        name,
        description: 'Legs of chains of flows, their sums and products, and the printed sub-totals',
        columns: chainColumns,
        rows: results.chains,
      };
    case 'links':
      return { name, description: 'One row per link and area', columns: linkColumns, rows: results.links };
    case 'hours':
      return {
        name,
        description: 'One row per network, direction and hour',
        columns: hourColumns,
        rows: results.hours,
      };
    case 'busy-hours':
      return {
        name,
        description: 'What makes up the busy hour of each network and direction',
        columns: busyHourColumns,
        rows: results.busyHours,
      };
    case 'assumptions':
      return {
        name,
        description: 'Every default, choice and reading that entered the run',
        columns: assumptionColumns,
        rows: results.assumptions,
      };
    case 'out-of-scope':
      return {
        name,
        description: 'Catalogue flows that are not in the run, and why',
        columns: outOfScopeColumns,
        rows: results.outOfScope,
      };
  }
}

export function cell(row: object, column: Column): Cell {
  return (row as Record<string, Cell>)[column.name] as Cell;
}

/** Values of one column as files hold them: what is missing (NaN) is null. O(rows). */
export function columnValues(table: Table, column: Column): (Cell | null)[] {
  return table.rows.map((row) => {
    const value = cell(row, column);
    return typeof value === 'number' && Number.isNaN(value) ? null : value;
  });
}

/** What makes these tables recognisable later; nothing that differs between two runs of one seed. */
export function tableMetadata(results: Results, table: Table): Readonly<Record<string, string>> {
  const { run } = results;
  return {
    table: table.name,
    description: table.description,
    fanplan: run.fanplan,
    resultsVersion: String(run.resultsVersion),
    scenario: run.scenario,
    scenarioHash: run.scenarioHash,
    catalogueHash: run.catalogueHash,
    seed: run.seed,
    engine: run.engine,
    replications: String(run.replications),
  };
}
