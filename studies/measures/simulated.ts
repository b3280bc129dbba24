/** Replications of a plan as the measures that studies compare. */
import { closedFormLatency } from '../../sim/closed-form.js';
import { linkResults } from '../../sim/link-results.js';
import { meanColumn, offeredPerBin } from '../../sim/offered.js';
import type { Plan } from '../../sim/plan.js';
import type { ReplicationStats } from '../../sim/replication.js';
import type { FlowResult, Verdict } from '../../sim/results.js';
import { mean, meanHalfWidth } from '../../sim/student-t.js';
import { summarise } from '../../sim/summary.js';
import { volumetrics } from '../../sim/volumetrics.js';
import type { Outcome } from '../runner/runner.js';
import type { Measure, SimulatedRows } from './measures.js';

export interface Simulated {
  readonly outcome: Outcome;
  /** By measure, a value for each replication. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** Of all replications together. */
  readonly flows: readonly FlowResult[];
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Mean latency of each flow in each replication, by what the flow is, whatever its way; NaN without deliveries. */
  readonly latencies: ReadonlyMap<string, readonly number[]>;
}

/** Measures of every replication. O(replications x link instances x bins). */
export function simulatedMeasures(
  plan: Plan,
  stats: readonly ReplicationStats[],
  outcome: Outcome,
  measures: readonly Measure[],
): Simulated {
  const volumes = volumetrics(plan);
  const latencies = closedFormLatency(plan, volumes);
  const rowsOf = (some: readonly ReplicationStats[]) => summarise(plan, some, volumes, latencies, 'simulation');
  const all = rowsOf(stats);
  const bytesPerBin = meanColumn(stats, ({ bins }) => bins.bytes);
  const each = stats.map(
    (one): SimulatedRows => ({
      flows: rowsOf([one]).flows,
      links: linkResults(plan, [one], volumes, offeredPerBin(plan, [one], volumes), bytesPerBin),
    }),
  );
  const { flows } = all;
  const own = measures.filter(({ simulated }) => simulated !== undefined);
  const verdicts: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of flows) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  return {
    outcome,
    values: new Map(own.map(({ id, simulated }) => [id, each.map((one) => simulated!(one, all))])),
    flows,
    verdicts,
    latencies: new Map(flows.map((flow, i) => [flowKey(flow), each.map((one) => one.flows[i]!.latencyMeanS)])),
  };
}

/** What a flow is in every network: payload of the catalogue, sender and receiver. */
export function flowKey({ catalogueFlow, from, to }: Pick<FlowResult, 'catalogueFlow' | 'from' | 'to'>): string {
  return `${catalogueFlow}: ${from} > ${to}`;
}

export interface MeanWithInterval {
  readonly value: number;
  readonly halfWidth: number;
  readonly samples: number;
}

/** Mean over replications with its 95 % interval; NaN where a replication has no finite value. */
export function overReplications(values: readonly number[] = []): MeanWithInterval {
  return { value: mean(values), halfWidth: meanHalfWidth(values), samples: values.length };
}
