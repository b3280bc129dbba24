import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { belowFailures } from '../../studies/search/below-failures.js';
import { firstThat } from '../../studies/search/bisect.js';
import { bracket, type Outcome } from '../../studies/search/bracket.js';
import { preferredCounts, preferredValues } from '../../studies/search/series.js';

const first = suite('firstThat');

first('finds the first number for which a predicate holds, or the count when it holds for none', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(220), (count, from) => {
      assert.is(
        firstThat(count, (i) => i >= from),
        Math.min(count, from),
      );
    }),
  );
});

first.run();

const search = suite('bracket');

/** Passes from a step on. */
const from =
  (threshold: number, asked: number[]) =>
  async (step: number): Promise<Outcome> => {
    asked.push(step);
    return step >= threshold ? 'pass' : 'fail';
  };

search('finds the least step that passes from any guess, and asks for no step twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 200 }),
      fc.nat(220),
      fc.integer({ min: -5, max: 220 }),
      async (count, threshold, guess) => {
        const asked: number[] = [];
        const { found, tried, violations } = await bracket(count, guess, from(threshold, asked));
        assert.is(found, threshold < count ? threshold : -1);
        assert.is(new Set(asked).size, asked.length);
        assert.equal(violations, []);
        if (found > 0) assert.is(tried.get(found - 1), 'fail');
      },
    ),
  );
});

search('takes few trials around a good guess', async () => {
  const asked: number[] = [];
  await bracket(1000, 500, from(500, asked));
  assert.equal(asked, [500, 499, 501, 498]);
});

search('takes an undecided step for one that does not pass', async () => {
  const outcomes: Outcome[] = ['fail', 'fail', 'undecided', 'pass', 'pass'];
  const { found, tried } = await bracket(5, 2, async (step) => outcomes[step]!);
  assert.is(found, 3);
  assert.is(tried.get(2), 'undecided');
});

search('reports a larger step that fails above one that passes', async () => {
  const outcomes: Outcome[] = ['fail', 'fail', 'pass', 'fail', 'pass', 'pass'];
  const { found, violations } = await bracket(6, 2, async (step) => outcomes[step]!);
  assert.is(found, 2);
  assert.equal(violations, [{ pass: 2, notPass: 3 }]);
});

search('reports a smaller step beyond the bracket that passes', async () => {
  const outcomes: Outcome[] = ['fail', 'pass', 'fail', 'pass', 'pass'];
  const { found, violations } = await bracket(5, 3, async (step) => outcomes[step]!);
  assert.is(found, 3);
  assert.equal(violations, [{ pass: 1, notPass: 2 }]);
});

search.run();

const series = suite('preferredValues');

series('has the 24 values of E24 in a decade, both ends included', () => {
  const decade = preferredValues(1000, 10_000);
  assert.is(decade.length, 25);
  assert.equal(decade.slice(0, 4), [1000, 1100, 1200, 1300]);
  assert.is(decade[24], 10_000);
});

series('grows by 6 to 16 percent from value to value', () => {
  const values = preferredValues(100, 1e10);
  values.slice(1).forEach((value, i) => {
    const ratio = value / values[i]!;
    assert.ok(ratio > 1.06 && ratio < 1.16, `${values[i]} to ${value}`);
  });
});

series('gives whole counts once each', () => {
  const counts = preferredCounts(1, 100);
  assert.equal(counts.slice(0, 8), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.is(new Set(counts).size, counts.length);
});

series.run();

const below = suite('belowFailures');

below('finds the first step that does not fail, where those before it all do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(200), fc.nat(220), async (count, from, guess) => {
      let looks = 0;
      const { found } = await belowFailures(count, guess, async (step) => {
        looks++;
        return step < from;
      });
      assert.is(found, from < count ? from : -1);
      assert.ok(looks <= 4 + 4 * Math.log2(count + 1), `${looks} looks for ${count} steps`);
    }),
  );
});

below(
  'stands beyond every step that it saw fail, after one that fails, whatever the order; asks for none twice',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), fc.nat(40), async (failing, guess) => {
        const asked: number[] = [];
        const { found, fails } = await belowFailures(failing.length, guess, async (step) => {
          asked.push(step);
          return failing[step]!;
        });
        assert.is(new Set(asked).size, asked.length);
        assert.equal(new Map(asked.map((step) => [step, failing[step]])), fails);
        if (found < 0) return assert.ok(failing.at(-1));
        assert.not.ok(failing[found]);
        assert.ok(found === 0 || fails.get(found - 1) === true);
        for (const step of asked) if (step > found) assert.not.ok(failing[step]);
      }),
    );
  },
);

below('looks at no step before the first that is in question, and finds none of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
      fc.nat(40),
      fc.nat(39),
      async (failing, guess, any) => {
        const first = any % failing.length;
        const asked: number[] = [];
        const fails = async (step: number) => {
          asked.push(step);
          return failing[step]!;
        };
        const { found } = await belowFailures(failing.length, guess, fails, 1, first);
        assert.ok(asked.every((step) => step >= first));
        assert.ok(found < 0 ? failing.at(-1) : found >= first && !failing[found]);
      },
    ),
  );
});

below.run();
