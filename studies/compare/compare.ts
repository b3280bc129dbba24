/** Candidates side by side: all in closed form, the best by simulation. */
import { compile } from '../../pipeline.js';
import { beginDrawing, type PictureMaker } from '../../reports/index.js';
import { withOverrides } from '../../scenarios/run-options.js';
import { payloadsOnLinks } from '../../sim/payloads-on-links.js';
import type { Assumption, Plan } from '../../sim/plan.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { assumptionsOf } from '../measures/assumptions.js';
import { oneOffAssumption } from '../measures/one-offs.js';
import { payloadMoves } from '../profiles/moves.js';
import type { RunnerOptions, Wanted } from '../runner/runner.js';
import type { Candidate, Candidates } from './candidates.js';
import { closedForms, type LeftOut } from './closed-form.js';
import { comparisonPictures } from './pictures.js';
import { measureNamed, type Ranked, rank, shortlistOf } from './ranking.js';
import { type Comparison, compareMembers, type Member, type Move, simulateCandidates } from './simulation.js';

export interface CompareOptions {
  /** Candidates that are simulated; 0: none. */
  readonly shortlist: number;
  readonly by?: string | undefined;
  readonly seed?: string | undefined;
  readonly wanted: (replications: number) => Wanted;
  readonly runner: RunnerOptions;
  readonly progress: (label: string) => (fraction: number) => void;
}

/** What a comparison found. */
export interface CompareResult {
  readonly candidates: Candidates;
  readonly ranking: ReturnType<typeof rank>;
  readonly leftOut: readonly LeftOut[];
  readonly chosen: readonly Ranked[];
  readonly equals: ReadonlyMap<Ranked, number>;
  readonly members: readonly Member[];
  readonly comparison: Comparison;
  /** Of the best few, link by link. */
  readonly moves: readonly Move[];
  /** Being drawn. */
  readonly pictures: readonly PictureMaker[];
  readonly assumptions: readonly Assumption[];
  readonly base: Plan;
}

/** The best so many are looked at link by link, simulated or not. */
const LOOKED_AT = 3;

/** @returns undefined when it was aborted in closed form; @throws InputError, StudyInterrupted */
export async function compareCandidates(
  candidates: Candidates,
  options: CompareOptions,
): Promise<CompareResult | undefined> {
  const by = options.by === undefined ? undefined : measureNamed(options.by, '--by');
  const onProgress = options.progress('closed form');
  const { signal } = options.runner;
  const computed = await closedForms(candidates.all, {
    mayLeaveOut: candidates.mayLeaveOut,
    onProgress,
    ...(signal === undefined ? {} : { signal }),
  });
  if (computed === undefined) return undefined;
  const ranking = rank(computed.computed, by);
  const { chosen, equals } = shortlistOf(ranking, Math.max(options.shortlist, LOOKED_AT));
  const shortlist = chosen.slice(0, options.shortlist);
  const members = await simulateShortlist(shortlist, candidates, options);
  const pictures = comparisonPictures(ranking, members);
  beginDrawing(pictures);
  const [first, ...others] = chosen.map(({ candidate }) => ({ candidate, plan: planOf(candidate, options.seed) }));
  const comparison = compareMembers(members);
  const payloads = (plan: Plan) => payloadsOnLinks(plan, volumetrics(plan));
  const base = first!.plan;
  const ofBase = payloads(base);
  const moves = others.flatMap(({ candidate, plan }) =>
    payloadMoves(ofBase, payloads(plan)).map((move) => ({
      ...move,
      base: first!.candidate.name,
      other: candidate.name,
    })),
  );
  const plans = chosen.map(({ candidate }, i) => ({
    name: candidate.name,
    assumptions: assumptionsIn(i === 0 ? base : others[i - 1]!.plan, members.length > 0),
  }));
  return {
    candidates,
    ranking,
    leftOut: computed.leftOut,
    chosen: shortlist,
    equals,
    members,
    comparison,
    moves,
    pictures,
    assumptions: assumptionsOf(plans),
    base,
  };
}

const assumptionsIn = (plan: Plan, simulates: boolean): Assumption[] => [
  ...plan.assumptions,
  ...(simulates ? oneOffAssumption(plan) : []),
];

async function simulateShortlist(
  shortlist: readonly Ranked[],
  { bases }: Candidates,
  options: CompareOptions,
): Promise<Member[]> {
  if (shortlist.length === 0) return [];
  options.progress('simulating');
  const wanted = options.wanted(bases[0]!.scenario.replications);
  return simulateCandidates(
    shortlist.map(({ candidate }) => candidate),
    wanted,
    options.seed,
    options.runner,
  );
}

export function planOf(candidate: Candidate, seed: string | undefined): Plan {
  return compile(withOverrides(candidate.load(), { seed }));
}
