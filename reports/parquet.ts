import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import type { ColumnType } from './columns.js';
import { columnValues, type Table } from './tables.js';

const parquetType: Record<ColumnType, BasicType> = {
  text: 'STRING',
  category: 'STRING',
  int32: 'INT32',
  float64: 'DOUBLE',
};

/**
 * One table as Parquet. The format has no metadata per column in this writer, so units and descriptions stand in the
 * file's key-value metadata as JSON objects by column name (`units`, `descriptions`). What is missing is null.
 */
export function parquetFile(table: Table): Uint8Array {
  const { columns } = table;
  const metadata = {
    ...table.metadata,
    units: JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, column.unit]))),
    descriptions: JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, column.description]))),
  };
  const buffer = parquetWriteBuffer({
    columnData: columns.map((column) => ({
      name: column.name,
      data: columnValues(table, column),
      type: parquetType[column.type],
      nullable: column.type === 'float64',
    })),
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: `fanplan ${table.metadata['fanplan']}`,
  });
  return new Uint8Array(buffer);
}
