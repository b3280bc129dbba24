import { csvParseRows } from 'd3-dsv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csvFile } from '../../reports/csv.js';
import { columnValues, resultTable, tableNames } from '../../reports/tables.js';
import { makeEmptyResults, makeHostileResults, makeResults } from './fixture.js';

const csv = suite('csvFile');

for (const [label, results] of [
  ['believable', makeResults()],
  ['hostile', makeHostileResults('a "quoted", text\nof two lines')],
] as const) {
  for (const name of tableNames) {
    csv(`${label} ${name}: reading gives every value back`, () => {
      const [head, ...rows] = csvParseRows(csvFile(resultTable(results, name)));
      const table = resultTable(results, name);
      assert.equal(
        head,
        table.columns.map((column) => column.name),
      );
      assert.is(rows.length, table.rows.length);
      table.columns.forEach((column, i) => {
        const values = columnValues(table, column);
        rows.forEach((row, r) => {
          const expected = values[r];
          const text = row[i]!;
          const value = typeof expected === 'number' ? Number(text) : expected === null && text === '' ? null : text;
          assert.is(value, expected, `${column.name} of row ${r}`);
        });
      });
    });
  }
}

csv('an empty table is its header and a line feed', () => {
  assert.is(
    csvFile(resultTable(makeEmptyResults(), 'out-of-scope')),
    'catalogueFlow,useCase,section,payload,by,reason\n',
  );
});

csv('the file ends with one line feed', () => {
  const text = csvFile(resultTable(makeResults(), 'flows'));
  assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'));
});

csv.run();
