/** A grid of keys: every point in closed form, and by simulation. */
import type { Assumption } from '../../sim/plan.js';
import type { Candidates } from '../compare/candidates.js';
import { type Computed, closedForms } from '../compare/closed-form.js';
import { planOf } from '../compare/compare.js';
import { type Member, simulateCandidates } from '../compare/simulation.js';
import { assumptionsOf } from '../measures/assumptions.js';
import { oneOffAssumption } from '../measures/one-offs.js';
import type { RunnerOptions, Wanted } from '../runner/runner.js';

export interface SweepOptions {
  readonly simulates: boolean;
  readonly seed?: string | undefined;
  readonly wanted: (replications: number) => Wanted;
  readonly runner: RunnerOptions;
  readonly progress: (label: string) => (fraction: number) => void;
}

export interface SweepPoint extends Computed {
  /** Undefined: not simulated. */
  readonly member: Member | undefined;
}

export interface SweepResult {
  readonly candidates: Candidates;
  readonly points: readonly SweepPoint[];
  readonly assumptions: readonly Assumption[];
  readonly catalogueHash: string;
}

/** @returns undefined when it was aborted in closed form; @throws InputError, StudyInterrupted */
export async function sweepGrid(candidates: Candidates, options: SweepOptions): Promise<SweepResult | undefined> {
  const { signal } = options.runner;
  const onProgress = options.progress('closed form');
  const computed = await closedForms(candidates.all, {
    mayLeaveOut: false,
    onProgress,
    ...(signal === undefined ? {} : { signal }),
  });
  if (computed === undefined) return undefined;
  let members: readonly Member[] = [];
  if (options.simulates) {
    options.progress('simulating');
    const wanted = options.wanted(candidates.bases[0]!.scenario.replications);
    members = await simulateCandidates(candidates.all, wanted, options.seed, options.runner);
  }
  const ends = [candidates.all[0]!, candidates.all[candidates.all.length - 1]!];
  const plans = [...new Set(ends)].map((one) => ({ name: one.name, plan: planOf(one, options.seed) }));
  return {
    candidates,
    points: computed.computed.map((one, i) => ({ ...one, member: members[i] })),
    assumptions: assumptionsOf(
      plans.map(({ name, plan }) => ({
        name,
        assumptions: [...plan.assumptions, ...(options.simulates ? oneOffAssumption(plan) : [])],
      })),
    ),
    catalogueHash: plans[0]!.plan.catalogueHash,
  };
}
