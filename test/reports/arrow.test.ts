import { tableFromIPC as flechetteTable } from '@uwdata/flechette';
import { tableFromIPC } from 'apache-arrow';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { arrowFile } from '../../reports/arrow.js';
import { columnValues, resultTable, tableNames } from '../../reports/tables.js';
import { makeEmptyResults, makeResults } from './fixture.js';

const results = makeResults();
const arrow = suite('arrowFile');

for (const name of tableNames) {
  const expected = resultTable(results, name);

  arrow(`${name}: apache-arrow reads back every value, with what is missing as null`, () => {
    const table = tableFromIPC(arrowFile(resultTable(results, name)));
    assert.is(table.numRows, expected.rows.length);
    for (const column of expected.columns) {
      assert.equal([...table.getChild(column.name)!], columnValues(expected, column), column.name);
    }
  });

  arrow(`${name}: another reader gives the same values`, () => {
    const table = flechetteTable(arrowFile(resultTable(results, name)));
    assert.equal(
      table.names,
      expected.columns.map((column) => column.name),
    );
    for (const column of expected.columns) {
      assert.equal([...table.getChild(column.name)], columnValues(expected, column), column.name);
    }
  });

  arrow(`${name}: an empty table keeps its columns`, () => {
    const table = tableFromIPC(arrowFile(resultTable(makeEmptyResults(), name)));
    assert.is(table.numRows, 0);
    assert.equal(
      table.schema.fields.map((field) => field.name),
      expected.columns.map((column) => column.name),
    );
  });

  arrow(`${name}: the same results give the same bytes, whatever was written in between`, () => {
    const first = arrowFile(resultTable(results, name));
    for (const other of tableNames) arrowFile(resultTable(results, other));
    assert.ok(Buffer.from(first).equals(Buffer.from(arrowFile(resultTable(makeResults(), name)))));
  });
}

arrow('the file has the marks of the Arrow file format at both ends', () => {
  const bytes = Buffer.from(arrowFile(resultTable(results, 'flows')));
  assert.is(bytes.subarray(0, 6).toString('latin1'), 'ARROW1');
  assert.is(bytes.subarray(-6).toString('latin1'), 'ARROW1');
});

arrow('every field tells its unit and what it is', () => {
  const { fields } = tableFromIPC(arrowFile(resultTable(results, 'flows'))).schema;
  const unitOf = (name: string): string | undefined =>
    fields.find((field) => field.name === name)!.metadata.get('unit');
  assert.is(unitOf('latencyP95S'), 's');
  assert.is(unitOf('sizeB'), 'B');
  assert.is(unitOf('reliability'), '1');
  assert.is(unitOf('payload'), '');
  for (const field of fields) assert.ok(field.metadata.get('description'), field.name);
});

arrow('names that end in a unit have that unit', () => {
  const units: [RegExp, string][] = [
    [/S$/, 's'],
    [/Bps$/, 'bit/s'],
    [/[a-z]B$/, 'B'],
  ];
  for (const name of tableNames) {
    for (const column of resultTable(results, name).columns) {
      const unit = units.find(([ending]) => ending.test(column.name))?.[1];
      if (unit !== undefined) assert.is(column.unit, unit, column.name);
    }
  }
});

arrow('the schema names the run but not the time, so that a seed gives one file', () => {
  const { metadata } = tableFromIPC(arrowFile(resultTable(results, 'links'))).schema;
  assert.is(metadata.get('seed'), results.run.seed);
  assert.is(metadata.get('scenarioHash'), results.run.scenarioHash);
  const later = { ...results, run: { ...results.run, timing: { startedAt: 'later', wallS: 9, simulationS: 8 } } };
  assert.ok(
    Buffer.from(arrowFile(resultTable(results, 'links'))).equals(Buffer.from(arrowFile(resultTable(later, 'links')))),
  );
});

arrow('infinite rates stay infinite', () => {
  const rates = [...tableFromIPC(arrowFile(resultTable(results, 'links'))).getChild('rateBps')!];
  assert.ok(rates.includes(Number.POSITIVE_INFINITY));
});

arrow.run();
