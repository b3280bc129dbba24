import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatBps, formatBytes, formatNumber, formatSeconds, formatShare, plural } from '../../reports/format.js';

const seconds = suite('formatSeconds');
seconds('takes the unit that keeps the number short', () => {
  assert.equal([0, 0.0000025, 0.35, 1.5, 90, 5400, 86400, 604800].map(formatSeconds), [
    '0 s',
    '2.5 µs',
    '350 ms',
    '1.5 s',
    '1.5 min',
    '1.5 h',
    '24 h',
    '7 d',
  ]);
});
seconds('a value that rounds to the next unit is written in it', () => {
  assert.is(formatSeconds(0.99999), '1 s');
  assert.is(formatSeconds(59.99), '1 min');
});
seconds('what is missing or endless says so', () => {
  assert.is(formatSeconds(Number.NaN), '–');
  assert.is(formatSeconds(Number.POSITIVE_INFINITY), '∞');
});
seconds('reads back within half a percent', () => {
  const unitS: Record<string, number> = { d: 86400, h: 3600, min: 60, s: 1, ms: 1e-3, µs: 1e-6 };
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e7, noNaN: true }), (value) => {
      const [number, unit] = formatSeconds(value).split(' ') as [string, string];
      const back = Number(number.replace(/,/g, '')) * unitS[unit]!;
      return Math.abs(back - value) <= 0.00501 * value;
    }),
  );
});
seconds.run();

const share = suite('formatShare');
share('is a percentage of three digits, four near the whole', () => {
  assert.equal([0, 0.5, 0.1234, 0.995, 0.98765].map(formatShare), ['0 %', '50 %', '12.3 %', '99.5 %', '98.77 %']);
});
share('never rounds up to 100 %', () => {
  assert.is(formatShare(1), '100 %');
  assert.is(formatShare(0.999996), '99.9996 %');
  fc.assert(fc.property(fc.double({ min: 0, max: 1 - 1e-9, noNaN: true }), (value) => formatShare(value) !== '100 %'));
});
share('tells next to nothing from nothing', () => {
  assert.is(formatShare(1e-9), '< 0.01 %');
});
share('a missed budget is negative', () => {
  assert.is(formatShare(-0.25), '−25 %');
});
share.run();

const rates = suite('formatBps');
rates('counts in thousands', () => {
  assert.equal([0, 12.34, 9600, 1e8, 2.5e9].map(formatBps), [
    '0 bit/s',
    '12.3 bit/s',
    '9.6 kbit/s',
    '100 Mbit/s',
    '2.5 Gbit/s',
  ]);
});
rates('a rate without end is unlimited', () => {
  assert.is(formatBps(Number.POSITIVE_INFINITY), 'unlimited');
});
rates.run();

const bytes = suite('formatBytes');
bytes('k is 1000', () => {
  assert.equal([25, 2400, 2e6].map(formatBytes), ['25 B', '2.4 kB', '2 MB']);
});
bytes.run();

const numbers = suite('formatNumber');
numbers('groups thousands and keeps whole numbers whole', () => {
  assert.equal(
    [0, 999, 1234, 1234567, 1234.56, 0.001234].map((n) => formatNumber(n)),
    ['0', '999', '1,234', '1,234,567', '1,235', '0.00123'],
  );
});
numbers.run();

const plurals = suite('plural');
plurals('one is one, everything else is many', () => {
  assert.equal([plural(0, 'flow'), plural(1, 'flow'), plural(1200, 'flow')], ['0 flows', '1 flow', '1,200 flows']);
});
plurals.run();
