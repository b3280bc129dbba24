/** The shortlist simulated with common random numbers, and what differs between its members. */
import { compile } from '../../pipeline.js';
import { withOverrides } from '../../scenarios/run-options.js';
import { MEASURES, type Measure } from '../measures/measures.js';
import { type Difference, jointConfidence, pairedDifference } from '../measures/paired.js';
import { type Simulated, simulatedMeasures } from '../measures/simulated.js';
import type { PayloadMove } from '../profiles/moves.js';
import { type Job, type RunnerOptions, runJobs, type Wanted } from '../runner/runner.js';
import type { Candidate } from './candidates.js';

export interface Member extends Simulated {
  readonly name: string;
}

/**
 * Simulates candidates. All have the seed of the same scenario (or the one given), and streams are keyed by names, so that
 * replication k has the same random numbers wherever the networks have the same sources.
 */
export function simulateCandidates(
  candidates: readonly Candidate[],
  wanted: Wanted,
  seed: string | undefined,
  options: RunnerOptions,
  measures: readonly Measure[] = MEASURES,
): Promise<Member[]> {
  const jobs = candidates.map(({ name, load }): Job<Member> => {
    return {
      name,
      plan: () => compile(withOverrides(load(), { seed })),
      wanted,
      reduce: (plan, stats, outcome) => ({
        name,
        ...simulatedMeasures(plan, stats, outcome, measures),
      }),
    };
  });
  return runJobs(jobs, options);
}

export interface MeasureDifference extends Difference {
  readonly base: string;
  readonly other: string;
  readonly measure: string;
}

export interface FlowDifference extends Difference {
  readonly base: string;
  readonly other: string;
  readonly flow: string;
  readonly baseS: number;
  readonly otherS: number;
}

export interface Comparison {
  readonly measures: readonly MeasureDifference[];
  readonly measureConfidence: number;
  /** Mean latency of every flow that both have. */
  readonly flows: readonly FlowDifference[];
  readonly flowConfidence: number;
}

/** A payload whose bytes on a link differ from those of the base. */
export type Move = PayloadMove & { readonly base: string; readonly other: string };

/**
 * Every other member against the first. Two families of intervals, measures and latencies of flows, each of which holds as
 * a whole with 95 % (Bonferroni over all of its differences).
 */
export function compareMembers([base, ...others]: readonly Member[]): Comparison {
  if (base === undefined) return { measures: [], measureConfidence: 0.95, flows: [], flowConfidence: 0.95 };
  const measures = MEASURES.filter(({ simulated }) => simulated !== undefined);
  const measureConfidence = jointConfidence(others.length * measures.length);
  const shared = others.map((other) => [...base.latencies.keys()].filter((key) => other.latencies.has(key)));
  const flowConfidence = jointConfidence(shared.reduce((sum, keys) => sum + keys.length, 0));
  return {
    measureConfidence,
    flowConfidence,
    measures: others.flatMap((other) =>
      measures.map(({ id }) => ({
        base: base.name,
        other: other.name,
        measure: id,
        ...pairedDifference(base.values.get(id)!, other.values.get(id)!, measureConfidence),
      })),
    ),
    flows: others.flatMap((other, i) =>
      shared[i]!.map((flow) => {
        const [own, its] = [base.latencies.get(flow)!, other.latencies.get(flow)!];
        const difference = pairedDifference(own, its, flowConfidence);
        const pairs = difference.replications;
        return {
          base: base.name,
          other: other.name,
          flow,
          baseS: meanOf(own, pairs),
          otherS: meanOf(its, pairs),
          ...difference,
        };
      }),
    ),
  };
}

function meanOf(values: readonly number[], count: number): number {
  return values.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
}
