import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parquetFile } from '../../reports/parquet.js';
import { columnValues, resultTable, tableNames } from '../../reports/tables.js';
import { makeEmptyResults, makeResults } from './fixture.js';

const results = makeResults();
const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const parquet = suite('parquetFile');

for (const name of tableNames) {
  const expected = resultTable(results, name);

  parquet(`${name}: hyparquet reads back every value`, async () => {
    const rows = await parquetReadObjects({ file: buffer(parquetFile(resultTable(results, name))) });
    assert.is(rows.length, expected.rows.length);
    for (const column of expected.columns) {
      const values = rows.map((row) => row[column.name]);
      assert.equal(values, columnValues(expected, column), column.name);
    }
  });

  parquet(`${name}: an empty table keeps its columns`, () => {
    const { schema, num_rows: rows } = parquetMetadata(buffer(parquetFile(resultTable(makeEmptyResults(), name))));
    assert.is(Number(rows), 0);
    assert.equal(
      schema.slice(1).map((element) => element.name),
      expected.columns.map((column) => column.name),
    );
  });

  parquet(`${name}: the same results give the same bytes`, () => {
    assert.ok(
      Buffer.from(parquetFile(resultTable(results, name))).equals(
        Buffer.from(parquetFile(resultTable(makeResults(), name))),
      ),
    );
  });
}

parquet('units stand in the metadata of the file', () => {
  const { key_value_metadata: metadata } = parquetMetadata(buffer(parquetFile(resultTable(results, 'flows'))));
  const units = JSON.parse(metadata!.find((entry) => entry.key === 'units')!.value!) as Record<string, string>;
  assert.is(units['latencyMeanS'], 's');
  assert.is(units['sizeB'], 'B');
});

parquet.run();
