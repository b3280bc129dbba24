import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extract, fromTsv, toTsv } from './extract.js';

/** A document in small, with the marks of the layout. */
const TEXT = [
  '1.4 Business Rules and Assumptions',
  '- a rule',
  '2. Actors',
  '- no rule',
  '3.1.1 Steps for this scenario',
  '<i>#</i>\t<i>who</i>\t<i>what</i>\t<i>more</i>',
  '9A\tMeter\tdoes something\t',
  '4.1 Functional Requirements',
  '<p>first of two</p>\t<p>1</p> <p>2</p>\t<p>4</p> <p>3</p>',
  '4.2 Non-functional Requirements',
  'shall take two minutes or less\t3.1\t7,8',
  '5. Use Case Models (optional)',
  '5.1 Information Exchange',
  '3.1\t7\tNMS\tIHD or EMS\tBinding',
  '5.2 Diagrams',
  '6. Use Case Issues',
  'Capture any issues',
  'an issue',
  '7. Glossary',
  'no issue',
].join('\n');

const reading = suite('extract');

reading('takes the rows of every table with their lines, and nothing between', () => {
  assert.equal(
    extract(TEXT).map(({ kind, line, scenario, step }) => [kind, line, scenario, step]),
    [
      ['rule', 2, '', ''],
      ['step', 7, '3.1', '9A'],
      ['functional', 9, '1, 2', '4, 3'],
      ['non-functional', 11, '3.1', '7,8'],
      ['exchange', 14, '3.1', '7'],
      ['issue', 18, '', ''],
    ],
  );
});

reading('takes who sends to whom, and the quantities that a requirement names', () => {
  const items = extract(TEXT);
  assert.equal([items[4]!.from, items[4]!.to], ['NMS', 'IHD or EMS']);
  assert.is(items[3]!.quantities, 'two minutes');
});

reading('comes back from its file as it was', () => {
  assert.equal(fromTsv(toTsv(extract(TEXT))), extract(TEXT));
});

reading.run();
