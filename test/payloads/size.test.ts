import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSize } from '../../payloads/grammar/size.js';
import { exactly, refuses } from './grammar.js';

const size = suite('parseSize');

const BYTES: readonly (readonly [string, unknown])[] = [
  ['50', exactly(50)],
  ['1000', exactly(1000)],
  ['25 - 278', { least: 25, most: 278 }],
  ['1k - 50k', { least: 1000, most: 50_000 }],
  ['400k - 2,000k', { least: 400_000, most: 2_000_000 }],
  ['2M', exactly(2_000_000)],
  ['1.5kB', exactly(1500)],
  ['xMB', { missing: 'xMB' }],
  ['1600 for 4hr of data - 2400 for 6hr of data', { least: 1600, most: 2400 }],
  [
    '200 for 1hr interval 4 pts every hr - 1600 for 15 min interval 20 pts for 2 hr of data',
    { least: 200, most: 1600 },
  ],
];

size('reads numbers, ranges, k, M and symbols', () => {
  for (const [text, sizeB] of BYTES) assert.equal(parseSize(text), [{ text, sizeB }]);
});

size('parts alternatives at commas outside numbers', () => {
  const text =
    '1600 for 4hr of data - \n2400 for 6hr of data,200 for 1hr interval - \n1600 for 2 hr of data,200 - 2400';
  assert.equal(
    parseSize(text).map((part) => part.sizeB),
    [
      { least: 1600, most: 2400 },
      { least: 200, most: 1600 },
      { least: 200, most: 2400 },
    ],
  );
  assert.equal(parseSize('400k - 2,000k')[0]!.sizeB, { least: 400_000, most: 2_000_000 });
});

size('says where a text stops making sense and what it expected there', () => {
  refuses(parseSize, '', 1, 'a number of bytes');
  refuses(parseSize, 'small', 1, 'a number of bytes');
  refuses(parseSize, '50 bytes', 4, 'a comma or the end');
  refuses(parseSize, '50q', 3, 'a comma or the end');
  refuses(parseSize, '50 -', 5, 'a number of bytes');
  refuses(parseSize, '50k - 25k', 7, 'not below');
});

size.run();
