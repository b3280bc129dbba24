import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { filterRows, type RowFilter } from '../../payloads/filter.js';
import { catalogueOf } from '../../payloads/load.js';
import { files, row, useCase } from './small-catalogue.js';

const price = useCase([row('price_cmd', { baseload: '0' }), row('read_cmd', { highload: '' })])
  .replace('id: reading, name: Meter Reading, section: "4.1"', 'id: price, name: Price, section: "4.2"')
  .replace('  - section: "4.1.4.1"', '  - section: "4.2.4.1"')
  .replace('  {}', '  tariff: { section: "4.2.3", type: cmd }');
const catalogue = catalogueOf(
  files([row('read_cmd', { baseload: 'X - VVC' }), row('read_ack')], { 'price.yaml': price }),
);
const ids = (filter: RowFilter) => filterRows(catalogue, filter).map(({ id }) => id);

const filter = suite('filterRows');

filter('passes every row when nothing is asked', () => {
  assert.equal(ids({}), [
    '4.1.4.1/read_cmd',
    '4.1.4.1/read_ack',
    '4.2.4.1/price_cmd',
    '4.2.4.1/read_cmd',
    '4.2.3/tariff',
  ]);
  assert.equal(ids({ useCases: [], payloads: [] }), ids({}));
});

filter('knows a use case by its id and by its name, in any case', () => {
  assert.equal(ids({ useCases: ['meter reading'] }), ['4.1.4.1/read_cmd', '4.1.4.1/read_ack']);
  assert.equal(ids({ useCases: ['READING', 'price'] }), ids({}));
});

filter('finds a payload in every use case', () => {
  assert.equal(ids({ payloads: ['read_cmd'] }), ['4.1.4.1/read_cmd', '4.2.4.1/read_cmd']);
});

filter('takes a load case as marked with or without a mode, and no row without cells', () => {
  assert.equal(ids({ load: 'baseload' }), ['4.1.4.1/read_cmd', '4.1.4.1/read_ack', '4.2.4.1/read_cmd']);
  assert.equal(ids({ load: 'highload' }), ['4.1.4.1/read_cmd', '4.1.4.1/read_ack', '4.2.4.1/price_cmd']);
});

filter('wants every part to pass', () => {
  assert.equal(ids({ useCases: ['price'], payloads: ['read_cmd'], load: 'highload' }), []);
});

filter('names every unknown use case and payload, with the nearest known', () => {
  try {
    filterRows(catalogue, { useCases: ['Prize', 'reading'], payloads: ['read_cdm'] });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, InputError);
    assert.equal(
      (error as InputError).diagnostics.map(({ file, code, found, nearest }) => [file, code, found, nearest]),
      [
        ['--use-case', 'UNKNOWN_NAME', 'Prize', 'price'],
        ['--payload', 'UNKNOWN_NAME', 'read_cdm', 'read_cmd'],
      ],
    );
  }
});

filter.run();
