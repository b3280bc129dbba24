import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseWhen } from '../../payloads/grammar/when.js';
import { refuses } from './grammar.js';

const HOUR = 3600;
const when = suite('parseWhen');

when('reads 24x7', () => {
  assert.equal(parseWhen('24x7'), [{ text: '24x7', kind: 'always' }]);
});

when('reads daily intervals in either case, over midnight too', () => {
  const intervals = (text: string) => {
    const read = parseWhen(text)[0]!;
    return read.kind === 'daily' ? read.intervals : [];
  };
  assert.equal(intervals('7AM - 10PM'), [{ fromS: 7 * HOUR, toS: 22 * HOUR }]);
  assert.equal(intervals('10pm - 5am'), [{ fromS: 22 * HOUR, toS: 5 * HOUR }]);
  assert.equal(intervals('5AM - 9AM or \n3PM - 7PM'), [
    { fromS: 5 * HOUR, toS: 9 * HOUR },
    { fromS: 15 * HOUR, toS: 19 * HOUR },
  ]);
  assert.equal(intervals('12AM - 12PM'), [{ fromS: 0, toS: 12 * HOUR }]);
});

when('reads the DSDR period with how long and how often it is', () => {
  const text = '1-6 hr duration, 4-8 times a year';
  assert.equal(parseWhen(text), [
    {
      text,
      kind: 'period',
      period: 'dsdr',
      durationS: { least: HOUR, most: 6 * HOUR },
      timesPerYear: { least: 4, most: 8 },
    },
  ]);
});

when('reads deadlines after an event', () => {
  const text = 'within < 1.5 min of fault event,within < 5 min of fault event (to avoid sustained outage class.)';
  assert.equal(
    parseWhen(text).map((read) => (read.kind === 'deadline' ? [read.withinS, read.event] : read)),
    [
      [90, 'fault event'],
      [300, 'fault event'],
    ],
  );
});

when('parts alternatives, but not the DSDR period at its comma', () => {
  assert.equal(
    parseWhen('24x7,1-6 hr duration, 4-8 times a year').map((read) => read.kind),
    ['always', 'period'],
  );
  assert.equal(
    parseWhen('24x7,7AM - 6PM').map((read) => read.kind),
    ['always', 'daily'],
  );
});

when('says where a text stops making sense and what it expected there', () => {
  refuses(parseWhen, '', 1, '24x7');
  refuses(parseWhen, 'at night', 1, '24x7');
  refuses(parseWhen, '13AM - 2PM', 1, 'a clock interval');
  refuses(parseWhen, '7AM to 10PM', 5, '"-"');
  refuses(parseWhen, '7AM - 22', 7, 'a time of day');
  refuses(parseWhen, '1-6 hr duration', 8, '"duration,"');
  refuses(parseWhen, '1-6 hr duration, 4-8 times', 22, 'times a year');
  refuses(parseWhen, 'within 3 min of fault event', 8, '"<"');
  refuses(parseWhen, 'within < 3 min after it', 16, '"of"');
  refuses(parseWhen, '24x7 7AM - 6PM', 6, 'a comma or the end');
});

when('reads every hour of the day back', () => {
  const printed = (hour: number) => `${hour % 12 === 0 ? 12 : hour % 12}${hour < 12 ? 'AM' : 'PM'}`;
  const hour = fc.integer({ min: 0, max: 23 });
  fc.assert(
    fc.property(hour, hour, (from, to) => {
      const text = `${printed(from)} - ${printed(to)}`;
      assert.equal(parseWhen(text), [{ text, kind: 'daily', intervals: [{ fromS: from * HOUR, toS: to * HOUR }] }]);
    }),
    { seed: 1, numRuns: 100 },
  );
});

when.run();
