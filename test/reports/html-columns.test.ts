import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { columns } from '../../reports/columns.js';
import { dataColumns } from '../../reports/html/columns.js';
import { dataTable } from '../../reports/html/data-table.js';

interface Row {
  readonly payload: string;
  readonly load: string;
  readonly count: number;
  readonly why: string;
}
const shape = columns<Row>({
  payload: ['category', '', 'payload', 'name of the payload'],
  load: ['category', '', 'load', 'load case'],
  count: ['int32', '', 'count', 'messages'],
  why: ['text', '', 'why', 'a sentence'],
});
const row: Row = {
  payload: 'Mtr-read_multi-interval-data_resp-data',
  load: 'baseload',
  count: 1234,
  why: 'between 96.375 % and 100 % in time, 98 % required (of 90 messages 1 lost on the way)',
};

const data = suite('columns of tables');

data('are short where every text is a few letters, prose where one is a sentence; numbers are neither', () => {
  const of = (rows: readonly Row[]) => dataColumns(shape, rows, []).map(({ short, prose }) => [short, prose]);
  const expected = [
    [false, false],
    [true, false],
    [false, false],
    [false, true],
  ];
  assert.equal(of([row]), expected);
  assert.equal(of([{ ...row, load: 'a storm in the evening' }, row])[1], [false, false]);
});

data('let names break after underscores in every cell, and say the same without the breaks', () => {
  const { text } = dataTable({
    id: 't',
    caption: 'Names',
    columns: dataColumns(shape, [row], []),
    rows: [[{ content: 'lte-m' }, { content: row.payload }, { content: '1' }, { content: `${row.payload} <is> late` }]],
    shown: 1,
    interactive: false,
  });
  const broken = 'Mtr-read_<wbr>multi-interval-data_<wbr>resp-data';
  assert.is(text.split(broken).length - 1, 2);
  assert.ok(text.replaceAll('<wbr>', '').includes(`${row.payload} &lt;is&gt; late`));
});

data.run();
