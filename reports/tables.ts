/** Tables: what every file format and the report are made from; those of a run, each with its columns and rows. */
import type { Results, RunInfo } from '../sim/results.js';
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
  systemColumns,
  tierColumns,
} from './columns.js';

export type Cell = string | number;

export interface Table {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly rows: readonly object[];
  /** What a file of the table says about itself, as far as its format lets it. */
  readonly metadata: Readonly<Record<string, string>>;
}

export const tableNames = [
  'flows',
  'tiers',
  'availability',
  'chains',
  'links',
  'hours',
  'busy-hours',
  'systems',
  'assumptions',
  'out-of-scope',
] as const;
export type TableName = (typeof tableNames)[number];

/** Every table of the results; rows stay in the order of the plan. */
export function resultTables(results: Results): Table[] {
  return tableNames.map((name) => resultTable(results, name));
}

/** One table of the results. */
export function resultTable(results: Results, name: TableName): Table {
  const [description, columns] = contents[name];
  return {
    name,
    description,
    columns,
    rows: rowsOf(results, name),
    metadata: metadata(results.run, name, description),
  };
}

const contents: Readonly<Record<TableName, readonly [description: string, columns: readonly Column[]]>> = {
  flows: ['One row per flow', flowColumns],
  tiers: ['One row per required share of devices and window', tierColumns],
  availability: ['One row per flow whose route has parts that may fail', availabilityColumns],
  chains: ['Legs of chains of flows, their sums and products, and the printed sub-totals', chainColumns],
  links: ['One row per link and area', linkColumns],
  hours: ['One row per network, direction and hour', hourColumns],
  'busy-hours': ['What makes up the busy hour of each network and direction', busyHourColumns],
  systems: ['What each system adds to each link, where the link is busiest', systemColumns],
  assumptions: ['Every default, choice and reading that entered the run', assumptionColumns],
  'out-of-scope': ['Catalogue flows that are not in the run, and why', outOfScopeColumns],
};

function rowsOf(results: Results, name: TableName): readonly object[] {
  switch (name) {
    case 'busy-hours':
      return results.busyHours;
    case 'out-of-scope':
      return results.outOfScope;
    default:
      return results[name];
  }
}

/** What makes these tables recognisable later; nothing that differs between two runs of one seed. */
function metadata(run: RunInfo, table: TableName, description: string): Readonly<Record<string, string>> {
  return {
    table,
    description,
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
