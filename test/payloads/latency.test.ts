import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLatency } from '../../payloads/grammar/latency.js';
import { exactly, refuses } from './grammar.js';

const latency = suite('parseLatency');

latency('reads a budget in every unit as seconds', () => {
  const seconds = (text: string) => parseLatency(text)[0]!.budgetS;
  assert.equal(
    ['< 5 sec', '< 5sec', '< 3 min', '< 1 hr', '< 7 day'].map(seconds),
    [5, 5, 180, 3600, 604_800].map(exactly),
  );
});

latency('keeps both ends of a range', () => {
  assert.equal(parseLatency('2 min - < 10 min')[0]!.budgetS, { least: 120, most: 600 });
});

latency('keeps for how many devices a budget is', () => {
  const devices = (text: string) => parseLatency(text)[0]!.perDevices;
  assert.is(devices('20 min - < 4 hr per 1 mtr'), 1);
  assert.is(devices('< 7 day per 100,000 mtrs'), 100_000);
  assert.is(devices('< 3 day per 100,000 ESI-In-Utility'), 100_000);
  assert.is(devices('< 5 sec'), undefined);
});

latency('keeps words in parentheses in the text only', () => {
  const text = '< 4 hr (expected window of data delivery)';
  assert.equal(parseLatency(text), [{ text, budgetS: exactly(14_400) }]);
});

const ALTERNATIVES: readonly (readonly [string, readonly string[]])[] = [
  ['< 15 sec,< 30 sec', ['< 15 sec', '< 30 sec']],
  ['< 5sec,\n\n< 4 sec', ['< 5sec', '< 4 sec']],
  ['< 8 sec, < 4 sec, < 6 sec', ['< 8 sec', '< 4 sec', '< 6 sec']],
  ['20 min - < 4 hr per 1 mtr,3 min - < 15 min', ['20 min - < 4 hr per 1 mtr', '3 min - < 15 min']],
  [
    '10 min - < 2 hr per 1 mtr,< 1 min,10 min - < 2 hr per 1 Distr device',
    ['10 min - < 2 hr per 1 mtr', '< 1 min', '10 min - < 2 hr per 1 Distr device'],
  ],
];

latency('takes every comma between budgets as parting alternatives', () => {
  for (const [text, parts] of ALTERNATIVES) {
    assert.equal(
      parseLatency(text).map((part) => part.text),
      parts,
    );
  }
});

latency('says where a text stops making sense and what it expected there', () => {
  refuses(parseLatency, '', 1, '"<"');
  refuses(parseLatency, '< soon', 3, 'a number');
  refuses(parseLatency, '< 5', 4, 'sec, min');
  refuses(parseLatency, '< 5 secs later', 10, 'a comma or the end');
  refuses(parseLatency, '< 5 parsec', 5, 'sec, min');
  refuses(parseLatency, '2 min - 10 min', 9, '"<"');
  refuses(parseLatency, '2 min', 6, '"- <"');
  refuses(parseLatency, '10 min - < 2 min', 12, 'not below');
  refuses(parseLatency, '< 5 sec,', 9, '"<"');
  refuses(parseLatency, '< 7 day per 100,000', 20, 'what is counted');
  refuses(parseLatency, '< 4 hr (window', 9, 'closing parenthesis');
});

latency('reads back whatever is printed in its form', () => {
  const unit = fc.constantFrom(['sec', 1], ['min', 60], ['hr', 3600], ['day', 86_400]) as fc.Arbitrary<
    [string, number]
  >;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      unit,
      fc.integer({ min: 1, max: 9_999_999 }),
      (n, [name, s], devices) => {
        const text = `< ${n} ${name} per ${devices.toLocaleString('en-US')} mtrs`;
        assert.equal(parseLatency(text), [{ text, budgetS: exactly(n * s), perDevices: devices }]);
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});

latency.run();
