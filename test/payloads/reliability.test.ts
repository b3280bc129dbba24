import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseReliability } from '../../payloads/grammar/reliability.js';
import { exactly, refuses } from './grammar.js';

const reliability = suite('parseReliability');

reliability('reads a share of each message', () => {
  assert.equal(parseReliability('> 99.5%'), [{ text: '> 99.5%', tiers: [{ share: 0.995, strict: true }] }]);
});

reliability('reads tiers with their windows, first printed first', () => {
  const text = '90% success every 4-6 hr, \n98% success over 1 day, \n> 99.5% over 2 day';
  assert.equal(parseReliability(text), [
    {
      text: '90% success every 4-6 hr, 98% success over 1 day, > 99.5% over 2 day',
      tiers: [
        { share: 0.9, strict: false, windowS: { least: 14_400, most: 21_600 } },
        { share: 0.98, strict: false, windowS: exactly(86_400) },
        { share: 0.995, strict: true, windowS: exactly(172_800) },
      ],
    },
  ]);
});

reliability('reads conditions, and a percentage that is a symbol', () => {
  assert.equal(parseReliability('> 30% large outage, > xx% small outage')[0]!.tiers, [
    { share: 0.3, strict: true, condition: 'large outage' },
    { share: { missing: 'xx' }, strict: true, condition: 'small outage' },
  ]);
});

const GROUPS: readonly (readonly [string, readonly number[]])[] = [
  ['> 99%,> 98%,> 99.5%', [1, 1, 1]],
  ['> 99.5%, > 98%', [1, 1]],
  ['98% success over 1 day, > 99.5% over 2 day', [2]],
  [
    '90% success every 4-6 hr, 98% success over 1 day, > 99.5% over 2 day,> 98% success every 2 hr, > 99.5% success over 2 day, > 99.5% over 2 day',
    [3, 3],
  ],
];

reliability(
  'joins tiers at a comma and a blank, and parts alternatives at a tight comma or between plain shares',
  () => {
    for (const [text, tiers] of GROUPS) {
      assert.equal(
        parseReliability(text).map((alternative) => alternative.tiers.length),
        tiers,
        text,
      );
    }
  },
);

reliability('says where a text stops making sense and what it expected there', () => {
  refuses(parseReliability, '', 1, 'a percentage');
  refuses(parseReliability, '> 99.5', 7, '"%"');
  refuses(parseReliability, '> 120%', 3, 'up to 100');
  refuses(parseReliability, '98% over', 9, 'a number');
  refuses(parseReliability, '98% over 2 fortnights', 12, 'sec, min');
  refuses(parseReliability, '98% 99%', 5, 'a comma or the end');
});

reliability.run();
