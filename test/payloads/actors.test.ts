import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseActors } from '../../payloads/grammar/actors.js';
import { refuses } from './grammar.js';

const actors = suite('parseActors');

const GROUPS: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['DMS', [['DMS']]],
  ['LMS - Utility, MDMS', [['LMS - Utility', 'MDMS']]],
  ['MDMS,Field Tool', [['MDMS'], ['Field Tool']]],
  ['CIS/Billing - Utility,NMS,CIS/Billing - REPi', [['CIS/Billing - Utility'], ['NMS'], ['CIS/Billing - REPi']]],
  [
    'CIS/Billing - Utility, MDMS, NMS,AMI Head-End(j), CIS, MDMS, NMS',
    [
      ['CIS/Billing - Utility', 'MDMS', 'NMS'],
      ['AMI Head-End(j)', 'CIS', 'MDMS', 'NMS'],
    ],
  ],
  ['Distr. Cust. Storage ,DAC - sub', [['Distr. Cust. Storage'], ['DAC - sub']]],
  ['2-Way Meter – Elec, 2-Way Meter – Gas', [['2-Way Meter - Elec', '2-Way Meter - Gas']]],
];

actors('parts groups at a tight comma and members at a comma and a blank', () => {
  for (const [text, groups] of GROUPS) assert.equal(parseActors(text), groups);
});

actors('says where a name is empty', () => {
  refuses(parseActors, '', 1, 'an actor');
  refuses(parseActors, 'DMS,', 5, 'an actor');
  refuses(parseActors, 'DMS, , NMS', 6, 'an actor');
});

actors.run();
