import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseHowOften } from '../../payloads/grammar/how-often.js';
import { exactly, refuses } from './grammar.js';

const DAY = { count: 1, unit: 'day', periodS: 86_400 };
const YEAR = { count: 1, unit: 'year', periodS: 31_536_000 };

/** The only term of a text, without the text itself. */
function only(text: string) {
  const [term, ...others] = parseHowOften(text);
  assert.is(others.length, 0, `${text} has ${others.length + 1} terms`);
  const { text: printed, ...rest } = term!;
  assert.is(printed, text);
  return rest;
}

const howOften = suite('parseHowOften');

howOften('reads times, population and period', () => {
  assert.equal(only('1 per | fdrCB per | week'), {
    kind: 'period',
    times: exactly(1),
    perThousand: false,
    population: 'fdrCB',
    period: { count: 1, unit: 'week', periodS: 604_800 },
  });
});

howOften('reads periods of several units, in the singular and the plural', () => {
  const seconds = (text: string) => {
    const term = parseHowOften(`1 per | a per | ${text}`)[0]!;
    return term.kind === 'period' ? term.period.periodS : undefined;
  };
  assert.equal(
    ['5 sec', '15  min', 'hour', '12 hours', 'month', 'year'].map(seconds),
    [5, 900, 3600, 43_200, 2_628_000, 31_536_000],
  );
});

howOften('keeps per 1000 apart from the number', () => {
  const { times, perThousand, population } = only('1-50 per 1000 per | Utl-PrePay-ElectrMtr per | day') as never;
  assert.equal(
    { times, perThousand, population },
    {
      times: { least: 1, most: 50 },
      perThousand: true,
      population: 'Utl-PrePay-ElectrMtr',
    },
  );
});

howOften('keeps x as a symbol of the times, and not of an index in the population', () => {
  assert.equal(only('x per | Sub(x)-faulted-Circuit(y)-lockout-device per | time period'), {
    kind: 'event',
    times: { missing: 'x' },
    perThousand: false,
    population: 'Sub(x)-faulted-Circuit(y)-lockout-device',
    event: 'time period',
  });
});

howOften('reads a number before the period as a multiplier', () => {
  const multiplier = (text: string) =>
    (only(`1 per | connected-PHEV per | ${text}`) as { multiplier?: unknown }).multiplier;
  assert.equal(multiplier('2-4 per day'), { least: 2, most: 4 });
  assert.equal(multiplier('6 per day'), exactly(6));
  assert.equal(multiplier('z per day (y Mtrs per z)'), { missing: 'z' });
  assert.is(multiplier('day'), undefined);
});

howOften('reads x before an event as a multiplier', () => {
  const term = only('1 per | Sub(x)DAC per | x circuit reconfig step event');
  assert.equal(term, {
    kind: 'event',
    times: exactly(1),
    perThousand: false,
    population: 'Sub(x)DAC',
    event: 'circuit reconfig step event',
    multiplier: { missing: 'x' },
  });
});

howOften('parts an event from the rate that is printed with it', () => {
  const term = only('1 per | Utl-joined-RTP-HANdevice per | DMS - Utl RTP price data broadcast event - 96 per day');
  assert.equal(term, {
    kind: 'event',
    times: exactly(1),
    perThousand: false,
    population: 'Utl-joined-RTP-HANdevice',
    event: 'DMS - Utl RTP price data broadcast event',
    statedRate: { times: exactly(96), period: DAY },
  });
});

howOften('parts an event from the period in which it is counted', () => {
  const term = only('3 per | fdrDevice per | cntl program update per year (1st year)');
  assert.equal(term, {
    kind: 'event',
    times: exactly(3),
    perThousand: false,
    population: 'fdrDevice',
    event: 'cntl program update',
    per: YEAR,
    note: '1st year',
  });
});

howOften('leaves "per" inside an event alone', () => {
  const term = only('1 per | Mtr-type per | NIC firmware update per multicast group request event');
  assert.is((term as { event: string }).event, 'NIC firmware update per multicast group request event');
});

howOften('says elsewhere for a cell that refers to another table', () => {
  assert.equal(parseHowOften('See REQMTS Table'), [{ kind: 'elsewhere', text: 'See REQMTS Table' }]);
});

const COUNTS: readonly (readonly [string, number])[] = [
  ['1 per | ElecMtr per | day\n1 per | GasMtr per | day\n1 per | WaterMtr per | day', 3],
  ['1 per | fdrSW per | week,\n\n1 per | fdrSW per | 12 hours', 2],
  [
    '1-6 per | GasC/IMtr per | day (may have 15 min vs 1hr interval data),4-6 per | ElectrResdIMtr per | day (Intervals of 15 min to 1hr, 4-8 data points per interval),25 per 1000 per | ElectrMtr per | day',
    3,
  ],
  [
    '3 per | fdrDevice per | cntl program update per year (1st year), \n1 per | fdrDevice per | cntl program update per year (past 1st year),60 per 1000 per | fdrDevice per | cntl program update cycle from Field Tool per year',
    3,
  ],
  [
    'x  per 1000 per | Utl-joined-RTP-HANdevice per | LMS - Utl RTP price data event - 96 per day,x per 1000 per | REPi-joined-RTP-HANdevice per | DSM - REPi RTP price data event',
    2,
  ],
];

howOften('parts terms at commas, blanks and line breaks, but not in parentheses', () => {
  for (const [text, count] of COUNTS) assert.is(parseHowOften(text).length, count, text);
});

howOften('says where a text stops making sense and what it expected there', () => {
  refuses(parseHowOften, '', 1, 'a number');
  refuses(parseHowOften, 'often', 1, 'a number');
  refuses(parseHowOften, '25 of 1000 per | ElectrMtr per | day', 4, 'per |');
  refuses(parseHowOften, '25 per 1000 per ElectrMtr per | day', 17, '"|"');
  refuses(parseHowOften, '25 per | Electr Mtr per | day', 17, 'per |');
  refuses(parseHowOften, '25 per | ElectrMtr per day', 24, '"|"');
  refuses(parseHowOften, '25 per | ElectrMtr per |', 25, 'a period or an event');
  refuses(parseHowOften, '6-4 per | ElectrMtr per | day', 3, 'not below 6');
  refuses(parseHowOften, '1 per | ElectrMtr per | day, 2 per ElectrMtr per | day', 28, 'the end');
  refuses(parseHowOften, '1 per | ElectrMtr per | event - 4 times', 35, '"per"');
  refuses(parseHowOften, '1 per | ElectrMtr per | day (batches', 30, 'closing parenthesis');
});

const UNITS = ['sec', 'min', 'hour', 'day', 'week', 'month', 'year'] as const;
const term = fc.record({
  least: fc.integer({ min: 1, max: 500 }),
  more: fc.integer({ min: 0, max: 50 }),
  perThousand: fc.boolean(),
  population: fc.constantFrom('ElectrMtr', 'Sub(x)DAC-fdrCrtBrk', 'FANgw(x)', 'ElectrC/IMtr', 'Mtr-type'),
  count: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom(...UNITS),
});

howOften('reads back whatever is printed in its form', () => {
  fc.assert(
    fc.property(
      fc.array(term, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(',', ', ', '\n', ',\n\n'),
      (terms, comma) => {
        const printed = terms.map((t) => {
          const times = t.more === 0 ? `${t.least}` : `${t.least}-${t.least + t.more}`;
          return `${times} per ${t.perThousand ? '1000 per ' : ''}| ${t.population} per | ${t.count} ${t.unit}`;
        });
        const read = parseHowOften(printed.join(comma));
        assert.equal(
          read.map((r) =>
            r.kind === 'period' ? [r.times, r.perThousand, r.population, r.period.count, r.period.unit] : r,
          ),
          terms.map((t) => [{ least: t.least, most: t.least + t.more }, t.perThousand, t.population, t.count, t.unit]),
        );
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});

howOften.run();
