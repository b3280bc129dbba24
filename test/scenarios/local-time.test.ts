import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BadValue } from '../../scenarios/bad-value.js';
import { parseClock, parseIntervals, parseLocalDateTime, requireZone } from '../../scenarios/local-time.js';

function code(parse: () => unknown): string {
  try {
    return JSON.stringify(parse());
  } catch (error) {
    if (error instanceof BadValue) return error.problem.code;
    throw error;
  }
}

const clock = suite('parseClock');

clock('reads both notations', () => {
  const texts = ['14:00', '14:00:30', '2PM', '2:30 pm', '12AM', '12PM', '0:00', '24:00'];
  assert.equal(texts.map(parseClock), [50_400, 50_430, 50_400, 52_200, 0, 43_200, 0, 86_400]);
});

clock('refuses what no clock shows', () => {
  for (const text of ['25:00', '24:01', '12:60', '13PM', '0AM', '12:00:60'])
    assert.is(
      code(() => parseClock(text)),
      'OUT_OF_RANGE',
      text,
    );
  for (const text of ['14', 'noon', '', '14.30', '1:2', '-1:00'])
    assert.is(
      code(() => parseClock(text)),
      'SYNTAX',
      text,
    );
});

clock.run();

const intervals = suite('parseIntervals');

intervals('24x7 is no interval at all', () => {
  assert.equal(parseIntervals('24x7'), []);
});

intervals('several stand with commas between', () => {
  assert.equal(parseIntervals('5AM - 9AM, 15:00-19:00'), [
    { fromS: 18_000, toS: 32_400 },
    { fromS: 54_000, toS: 68_400 },
  ]);
});

intervals('over midnight the end is the smaller number', () => {
  assert.equal(parseIntervals('22:00 - 06:00'), [{ fromS: 79_200, toS: 21_600 }]);
});

intervals('refuses half an interval', () => {
  assert.is(
    code(() => parseIntervals('8AM -')),
    'SYNTAX',
  );
  assert.is(
    code(() => parseIntervals('8AM')),
    'SYNTAX',
  );
  assert.is(
    code(() => parseIntervals('8AM - 9AM - 10AM')),
    'SYNTAX',
  );
});

intervals.run();

const dates = suite('parseLocalDateTime');

dates('a date alone is its midnight', () => {
  assert.is(parseLocalDateTime('2026-07-15'), '2026-07-15T00:00:00');
  assert.is(parseLocalDateTime('2026-07-15 6AM'), '2026-07-15T06:00:00');
  assert.is(parseLocalDateTime('2026-07-15T06:00'), '2026-07-15T06:00:00');
  assert.is(parseLocalDateTime('2026-12-31 24:00'), '2027-01-01T00:00:00');
});

dates('refuses dates that do not exist, other notations and other centuries', () => {
  for (const text of ['2026-02-30', '2026-13-01', '1492-10-12', '9999-01-01']) {
    assert.is(
      code(() => parseLocalDateTime(text)),
      'OUT_OF_RANGE',
      text,
    );
  }
  for (const text of ['15.7.2026', '7/15/2026', 'tomorrow', '2026-7-15'])
    assert.is(
      code(() => parseLocalDateTime(text)),
      'SYNTAX',
      text,
    );
});

dates.run();

const zones = suite('requireZone');

zones('knows IANA zones, and no offsets', () => {
  for (const zone of ['UTC', 'America/New_York', 'Asia/Kolkata']) assert.is(requireZone(zone), zone);
  for (const zone of ['+05:30', 'Mars/Olympus', '', 'local'])
    assert.is(
      code(() => requireZone(zone)),
      'UNKNOWN_NAME',
      zone,
    );
});

zones.run();
