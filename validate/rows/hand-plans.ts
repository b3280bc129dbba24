/** Plans compiled by hand against sums made by hand, on every engine that can express them. */
import type { ReplicationStats } from '../../sim/replication.js';
import { beyondSimjs } from '../../sim/simjs/expressible.js';
import { simulateReplication } from '../../sim/simulate.js';
import { type Case, nameOf } from '../case.js';
import { type HandPlan, handPlans } from '../plans/hand-plans.js';
import { flowOf } from '../steady.js';

/** Counts are whole; times are sums of floats of up to two days. */
const ROUNDING = 1e-6;

interface Expectation {
  readonly quantity: string;
  readonly equals: number;
  readonly measure: (stats: ReplicationStats) => number;
}

function expectations({ plan, flows, links, bins }: HandPlan): Expectation[] {
  const exactly = (quantity: string, equals: number, measure: Expectation['measure']): Expectation => ({
    quantity,
    equals,
    measure,
  });
  const linkSum = (stats: ReplicationStats, name: string, column: Float64Array) => {
    const l = plan.links.name.indexOf(name);
    return column.subarray(stats.linkStart[l], stats.linkStart[l + 1]).reduce((sum, value) => sum + value, 0);
  };
  return [
    ...Object.entries(flows).flatMap(([name, columns]) =>
      Object.entries(columns).map(([column, value]) => {
        const f = flowOf(plan, name);
        return exactly(`${name}: ${column}`, value, ({ flows: told }) => {
          if (column === 'meanS') return told.latencySumS[f]! / told.delivered[f]!;
          if (column === 'mostS') return told.latencyMaxS[f]!;
          return told[column as 'sent'][f]!;
        });
      }),
    ),
    ...Object.entries(links).flatMap(([name, columns]) =>
      Object.entries(columns).map(([column, value]) =>
        exactly(`${name}: ${column}`, value, (stats) => linkSum(stats, name, stats.links[column as 'messages'])),
      ),
    ),
    ...Object.entries(bins ?? {}).map(([name, perBin]) =>
      exactly(`${name}: bins with another number of messages`, 0, (stats) => {
        const first = stats.linkStart[plan.links.name.indexOf(name)]! * perBin.length;
        return perBin.filter((count, b) => stats.bins.messages[first + b] !== count).length;
      }),
    ),
  ];
}

export const handPlanCases: readonly Case[] = handPlans.flatMap((one) =>
  (['simulation', 'simjs'] as const)
    .filter((engine) => engine === 'simulation' || beyondSimjs(one.plan).length === 0)
    .map((engine) => {
      const expected = expectations(one);
      const subject = engine === 'simulation' ? one.plan.name : `${one.plan.name}, on simjs`;
      return {
        name: nameOf('plans by hand', subject),
        subject,
        source: one.why,
        replications: 1,
        simulate: (replication: number) => {
          const stats = simulateReplication(one.plan, replication, { engine });
          return [expected.filter((value) => differs(value, stats, subject)).length];
        },
        rows: [
          { quantity: `of ${expected.length} values those that differ`, unit: '', claim: { equals: 0, within: 0 } },
        ],
      };
    }),
);

/** Says so where a value is not what it must be. */
function differs({ quantity, equals, measure }: Expectation, stats: ReplicationStats, subject: string): boolean {
  const value = measure(stats);
  if (Math.abs(value - equals) <= ROUNDING) return false;
  console.error(`${subject}: ${quantity} is ${value}, not ${equals}`);
  return true;
}
