/** What the rows of results say of a run: shares in time, captured devices, percentiles, through sim/summary.ts. */
import { closedFormLatency } from '../../sim/closed-form.js';
import type { Plan } from '../../sim/plan.js';
import type { ReplicationStats } from '../../sim/replication.js';
import type { FlowResult } from '../../sim/results.js';
import { summarise } from '../../sim/summary.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { type Case, planCase } from '../case.js';
import { shareRow, steady } from '../steady.js';

const SERVICE_S = 0.001;

/** Time in M/M/1 is exponential: of a budget of three mean times one message in twenty is late. */
const BUDGETS = 3;
const inTime = [0.3, 0.7, 0.9].map((load) => {
  const perS = load / SERVICE_S;
  const meanS = SERVICE_S / (1 - load);
  const late = Math.exp(-BUDGETS);
  return planCase({
    group: 'results',
    subject: 'M/M/1 and a budget',
    load,
    source: `time in system is exponential: e^(−${BUDGETS}) of the messages are later than ${BUDGETS} times the mean`,
    replications: 20,
    plan: () =>
      steady(20, ({ 0.3: 300_000, 0.7: 1_000_000, 0.9: 6_000_000 }[load] ?? 0) / perS, {
        links: { 'LINK up': { rateBps: 1e6 } },
        sources: [{ name: 'a', periodS: 1 / perS, sizeB: 125, sizeLaw: 'exponential', path: ['LINK up'] }],
        flows: { a: { budgetS: BUDGETS * meanS, requiredReliability: 0.9 } },
      }),
    rows: [
      shareRow('a', 'lateDelivered', { exact: late }, 'share of late'),
      {
        quantity: 'reliability in the results',
        unit: '',
        claim: { exact: 1 - late },
        measure: (stats, plan) => flowResult(stats, plan).reliability,
      },
      {
        quantity: 'sent per second, expected by volumetrics',
        unit: '1/s',
        claim: { equals: perS, within: 1e-9 * perS },
        measure: (stats, plan) => flowResult(stats, plan).expectedSent / plan.time.horizonS,
      },
    ],
  });
});

function flowResult(stats: ReplicationStats, plan: Plan): FlowResult {
  const expected = volumetrics(plan);
  return summarise(plan, [stats], expected, closedFormLatency(plan, expected), 'simulation').flows[0]!;
}

/** Devices that send at random, captured once in each window: 1 − e^(−window / period). */
const DEVICES = 500;
const PERIOD_S = 3600;
const captured = planCase({
  group: 'results',
  subject: 'tiers: devices captured per window',
  source: '1 − e^(−window/period) of the devices that send at random',
  replications: 20,
  plan: () =>
    steady(7200, 20 * 7200, {
      links: { 'LINK up': { rateBps: 1e6 } },
      sources: [{ name: 'a', devices: DEVICES, periodS: PERIOD_S, sizeB: 125, path: ['LINK up'] }],
      flows: {
        a: {
          tiers: [
            { windowS: 1800, share: 0.5 },
            { windowS: 7200, share: 0.5 },
          ],
        },
      },
    }),
  rows: [1800, 7200].map((windowS, t) => ({
    quantity: `captured in ${windowS} s`,
    unit: '',
    claim: { exact: 1 - Math.exp(-windowS / PERIOD_S) },
    measure: ({ tiers }, plan) => tiers.captured[t]! / (DEVICES * (plan.time.horizonS / windowS)),
  })),
});

export const resultCases: readonly Case[] = [...inTime, captured];
