import type { DataType } from 'apache-arrow';
import { oneFileBuild } from '../base/one-file-build.js';
import type { Column } from './columns.js';
import { columnValues, type Table } from './tables.js';

const {
  Table: ArrowTable,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableToIPC,
  Utf8,
  vectorFromArray,
} = oneFileBuild<typeof import('apache-arrow')>('apache-arrow', 'Arrow.esnext.min.js');

/**
 * One table as an Arrow IPC file (Feather v2) for pyarrow, polars, R and others. Columns are named as in the results;
 * every field carries its `unit` and `description`. Values that are missing are null. The same table gives the same bytes.
 */
export function arrowFile(table: Table): Uint8Array {
  const fields = table.columns.map((column, i) => {
    const metadata = new Map([
      ['unit', column.unit],
      ['description', column.description],
    ]);
    return new Field(column.name, arrowType(column, i), column.type === 'float64', metadata);
  });
  const children = fields.map(
    (field, i) => vectorFromArray(columnValues(table, table.columns[i]!), field.type).data[0]!,
  );
  const schema = new Schema(fields, new Map(Object.entries(table.metadata)));
  const struct = makeData({ type: new Struct(fields), length: table.rows.length, nullCount: 0, children });
  return tableToIPC(new ArrowTable(schema, [new RecordBatch(schema, struct)]), 'file');
}

/** Dictionaries take the place of their column as id: automatic ids count up per process, and a second file would differ. */
function arrowType(column: Column, place: number): DataType {
  switch (column.type) {
    case 'text':
      return new Utf8();
    case 'category':
      return new Dictionary(new Utf8(), new Int32(), place);
    case 'int32':
      return new Int32();
    case 'float64':
      return new Float64();
  }
}
