import { csvParse } from 'd3-dsv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { catalogueCsv, catalogueJson } from '../../payloads/export.js';
import { catalogueOf } from '../../payloads/load.js';
import { files, row, useCase } from './small-catalogue.js';

const text = useCase(
  [
    row('read_cmd', { to: 'Meter, DAPjm', size: '50 - 150' }, ['readings: [first, second]']),
    row('again_cmd', {}, ['copyOf: 4.1.4.1/read_cmd']),
  ],
  '  read_cmd: { lics: "13, 15", cia: L-M-L, section: "4.1.3" }\n  other_cmd: { section: "4.1.3", type: ack }',
);
const catalogue = catalogueOf(files([], { 'reading.yaml': text }));

const json = suite('catalogueJson');

json('has the keys of a row in a fixed order, with the name of the use case', () => {
  const [first] = catalogueJson(catalogue, catalogue.rows);
  assert.is(
    Object.keys(first!).join(' '),
    'origin useCase section businessScenario payload type attributes lics cia cells flows readings',
  );
  assert.is(first!.useCase, 'Meter Reading');
  assert.is(first!.businessScenario, 'Reads');
  assert.is(first!.cells!.to, 'Meter, DAPjm');
  assert.equal(first!.flows[0]!.to, ['Meter', 'DAPjm']);
});

json('says of what a row is a copy', () => {
  assert.is(catalogueJson(catalogue, catalogue.rows)[1]!.copyOf, '4.1.4.1/read_cmd');
});

json.run();

const csv = suite('catalogueCsv');

csv('has a line for each row and a column for each cell, which read back as they are', () => {
  const lines = csvParse(catalogueCsv(catalogue, catalogue.rows));
  assert.is(lines.length, 3);
  const { to, size, readings, flows, lics } = lines[0]!;
  assert.equal(
    { to, size, readings, flows, lics },
    {
      to: 'Meter, DAPjm',
      size: '50 - 150',
      readings: 'first; second',
      flows: '1',
      lics: '13, 15',
    },
  );
  for (const cell of Object.keys(catalogue.rows[0]!.cells!)) assert.ok(lines.columns.includes(cell), cell);
});

csv('leaves the cells of a listed row empty', () => {
  const listed = csvParse(catalogueCsv(catalogue, catalogue.rows))[2]!;
  assert.equal(
    [listed['origin'], listed['payload'], listed['latency'], listed['flows']],
    ['listed', 'other_cmd', '', '0'],
  );
});

csv.run();
