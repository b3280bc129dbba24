/** The table of section 4.5.4.2: what its legs add up to, and what its printed sub-totals cover. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sgNetwork } from '../../payloads/catalogue.js';
import { CHAINS, chainFigures } from '../../payloads/chains.js';
import { compiled } from '../compile/support.js';

const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-12, `${found}`);
const chains = suite('chains of section 4.5.4.2');

for (const chain of CHAINS) {
  const figures = chainFigures(chain, sgNetwork());

  chains(`${chain.name}: 8 + 4 + 6 + 12 = 30 s, 0.995² · 0.98² = 95.1%, 200 to 300 bytes over all legs`, () => {
    assert.equal(
      figures.legs.map((leg) => leg.budgetS),
      [8, 4, 6, 12],
    );
    assert.is(figures.budgetS, 30);
    near(figures.reliability, 0.990025 * 0.9604);
    assert.equal(figures.sizeB, { least: 200, most: 300 });
  });

  chains(`${chain.name}: the printed 22 s are the last three legs, 96% and 100-200 bytes the last two`, () => {
    const covered = Object.fromEntries(figures.printed.map(({ figure, legs }) => [figure, legs]));
    assert.equal(covered, { latency: [1, 2, 3], reliability: [2, 3], size: [2, 3] });
    const sumOf = (legs: readonly number[]) => legs.reduce((sum, leg) => sum + figures.legs[leg]!.budgetS, 0);
    assert.is(sumOf(covered['latency']!), 22);
    near(
      covered['reliability']!.reduce((product, leg) => product * figures.legs[leg]!.reliability, 1),
      0.9604,
    );
  });
}

chains('are in the labels of a plan that has every leg, and in no other', () => {
  const of = (profile: string, only: string) =>
    compiled(
      `name: t\nprofile: ${profile}\nuseCases: [islanded-storage]\ndeployment: { meters: 1000, feeders: 4 }\n${only}`,
    ).plan.labels.chains!;
  const both = of('AHEM3CvIW+DCSIRsF', '');
  assert.equal(
    both.map(({ name, legs }) => [name, legs.length]),
    [
      ['into island mode', 4],
      ['out of island mode', 4],
    ],
  );
  assert.equal(of('ACvIW+DCSIRsF', '')[0]!.legs[3]!.flows, ['4.5.4.2/on_distr-cust-strg_alarm/hop-1/mdms']);
  assert.equal(of('AHEM3CvIW+DCSIRsF', 'only: [on_distr-cust-strg_alarm]\n'), []);
});

chains.run();
