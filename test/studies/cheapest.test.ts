import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SERIES_SOURCE } from '../../studies/search/series.js';
import { cheapestNetwork, combinationsOf } from '../../studies/size/cheapest.js';
import type { Ladder } from '../../studies/size/ladders.js';
import type { Tried } from '../../studies/size/network-trials.js';
import type { Priced } from '../../studies/size/price.js';
import type { Trials } from '../../studies/size/search.js';
import type { Finding } from '../../studies/trial/findings.js';
import { nameOf, type VariantSetting } from '../../studies/variants/variants.js';

const ladder = (key: string, count: number, source: string): Ladder => ({
  key,
  network: key,
  source,
  steps: Array.from({ length: count }, (_, i) => ({
    key,
    path: ['links', key],
    value: i,
    text: String(i),
    origin: key,
  })),
});

/** Two technologies, gateways along a series, a rate that costs nothing. */
interface World {
  readonly counts: readonly [number, number, number, number];
  /** By combination of technologies: gateways + 2 x rate that it takes; more than there is: none passes. */
  readonly need: readonly number[];
  /** By combination of technologies: of the network without gateways, and of each gateway. */
  readonly base: readonly number[];
  readonly each: readonly number[];
  /** What the closed form adds to what is needed. */
  readonly bias: number;
}

const world: fc.Arbitrary<World> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }), fc.nat(3))
  .chain(([a, b, gateways, rates]) => {
    const each = (most: number) => fc.array(fc.nat(most), { minLength: a * b, maxLength: a * b });
    return fc.record({
      counts: fc.constant([a, b, gateways, rates + 1] as const),
      need: each(20),
      base: each(6),
      each: each(3),
      bias: fc.integer({ min: -4, max: 4 }),
    });
  });

const ladders = ({ counts: [a, b, gateways, rates] }: World): Ladder[] => [
  ladder('NAN', a, 'the library'),
  ladder('gateways', gateways, SERIES_SOURCE),
  ladder('rate', rates, SERIES_SOURCE),
  ladder('WAN', b, 'values given, the smallest network first'),
];
const priced = [true, true, false, true];

const combination = ({ counts: [, b] }: World, steps: readonly number[]) => steps[0]! * b + steps[3]!;
const costOf = (of: World, steps: readonly number[]) =>
  of.base[combination(of, steps)]! + of.each[combination(of, steps)]! * steps[1]!;
/** What is left of what it takes; negative: it fails. */
const spare = (of: World, steps: readonly number[]) => steps[1]! + 2 * steps[2]! - of.need[combination(of, steps)]!;

const stepsOf = (settings: readonly VariantSetting[]) => settings.map(({ value }) => Number(value));

function trialsIn(of: World, simulated: string[]): Trials {
  const tried = (settings: readonly VariantSetting[], left: number) => {
    const outcome = left >= 0 ? ('pass' as const) : ('fail' as const);
    const finding: Finding = {
      kind: 'requirement',
      outcome,
      loadCase: '',
      flow: '',
      payload: '',
      link: '',
      area: '',
      network: '',
      dataFlows: [],
      hour: '',
      slack: left,
      reason: '',
    };
    return { name: nameOf(settings), settings, outcome, binding: finding, findings: [finding], cases: [] };
  };
  return {
    closedForm: (settings) => ({ ...tried(settings, spare(of, stepsOf(settings)) - of.bias), doubtful: 0, doubt: '' }),
    simulated: async (settings): Promise<Tried> => {
      simulated.push(nameOf(settings));
      return tried(settings, spare(of, stepsOf(settings)));
    },
  };
}

const priceIn =
  (of: World) =>
  (settings: readonly VariantSetting[]): Priced => {
    const totalUsd = costOf(of, stepsOf(settings));
    return { capexUsd: totalUsd, opexUsdPerYear: 0, totalUsd, unknown: [] };
  };

/** The whole grid: what passes, the cheapest first, then the earliest technologies, the fewest gateways, the lowest rate. */
function byBruteForce(of: World): number[][] {
  const [a, b, gateways, rates] = of.counts;
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);
  const all = range(a).flatMap((nan) =>
    range(b).flatMap((wan) => range(gateways).flatMap((g) => range(rates).map((rate) => [nan, g, rate, wan]))),
  );
  const order = (steps: readonly number[]) => [costOf(of, steps), steps[0]!, steps[3]!, steps[1]!, steps[2]!];
  return all
    .filter((steps) => spare(of, steps) >= 0)
    .sort((x, y) => {
      const [p, q] = [order(x), order(y)];
      const at = p.findIndex((value, i) => value !== q[i]);
      return at < 0 ? 0 : p[at]! - q[at]!;
    });
}

const cheapest = suite('cheapestNetwork');

cheapest(
  'is the cheapest of all combinations that pass, by trying every one of them; of equals the first',
  async () => {
    let [none, ties] = [0, 0];
    await fc.assert(
      fc.asyncProperty(world, async (of) => {
        const passes = byBruteForce(of);
        const [expected] = passes;
        const { best, candidates } = await cheapestNetwork(ladders(of), priced, trialsIn(of, []), priceIn(of));
        if (expected === undefined) {
          none++;
          assert.is(best.steps, undefined);
          assert.ok(candidates.every(({ outcome }) => outcome === 'fail'));
          return;
        }
        assert.equal(stepsOf(best.tried.settings), expected);
        const passing = candidates.filter(({ outcome }) => outcome === 'pass').map(({ price }) => price!.totalUsd);
        assert.is(Math.min(...passing), costOf(of, expected));
        const equals = passes.filter((steps) => costOf(of, steps) === costOf(of, expected));
        if (equals.some((steps) => combination(of, steps) !== combination(of, expected))) ties++;
        assert.is(best.tried.outcome, 'pass');
      }),
      { seed: 1, numRuns: 1500 },
    );
    assert.ok(none > 20 && ties > 20, `${none} without an answer, ${ties} with ties`);
  },
);

cheapest('looks one step below what it found: fewer gateways, or a lower rate, do not pass', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (of) => {
      const { best, ladders: chosen } = await cheapestNetwork(ladders(of), priced, trialsIn(of, []), priceIn(of));
      for (const [i, less] of best.less.entries()) {
        const step = best.steps![i]!;
        assert.is(chosen[i]!.steps[step]!.value, best.tried.settings[i]!.value);
        if (less === undefined) assert.is(step, 0);
        else {
          assert.is(less.outcome, 'fail');
          assert.is(less.settings[i]!.value, chosen[i]!.steps[step - 1]!.value);
        }
      }
    }),
    { seed: 2, numRuns: 500 },
  );
});

cheapest('does not simulate what costs more than the best, even with the fewest gateways', async () => {
  const of: World = { counts: [2, 1, 5, 1], need: [2, 0], base: [0, 50], each: [1, 1], bias: 0 };
  const simulated: string[] = [];
  const { candidates } = await cheapestNetwork(ladders(of), priced, trialsIn(of, simulated), priceIn(of));
  assert.equal(
    candidates.map(({ name, outcome }) => [name, outcome]),
    [
      ['NAN=0, WAN=0', 'pass'],
      ['NAN=1, WAN=0', 'too dear'],
    ],
  );
  assert.ok(simulated.every((name) => name.startsWith('NAN=0')));
});

cheapest('counts the combinations of what is listed: not gateways along a series, not rates', () => {
  const of: World = { counts: [4, 3, 9, 3], need: [], base: [], each: [], bias: 0 };
  assert.is(combinationsOf(ladders(of), priced), 12);
});

cheapest.run();
