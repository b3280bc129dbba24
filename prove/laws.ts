/** Which numbers of messages the plan and volumetrics allow: fixed ones, and laws of chance to be tested. */
import { type Plan, Process } from '../sim/plan.js';
import type { ReplicationStats } from '../sim/replication.js';
import type { Volumetrics } from '../sim/volumetrics.js';
import { binomialP, poissonP } from './significance.js';

export type Law = 'fixed' | 'Poisson' | 'binomial';

/** A number of messages, found and claimed. */
export interface Count {
  readonly name: string;
  readonly law: Law;
  readonly observed: number;
  readonly expected: number;
  /** Variance of the law. */
  readonly variance: number;
  /** Two-sided; of a fixed number 1 or 0. */
  readonly p: number;
}

/** What a number of messages has to obey, and how to add numbers of independent runs up. */
export interface Claim {
  readonly name: string;
  readonly law: Law;
  readonly observed: number;
  /** fixed: the number; Poisson: the mean; binomial: the number on top of the successes. */
  readonly base: number;
  /** binomial */
  readonly trials: number;
  readonly chance: number;
}

/** What a whole number of messages may miss by rounding. */
const ROUNDING = 1e-6;

/**
 * Numbers of messages that sources start by themselves. `deterministic` sources have a fixed number, Poisson sources a
 * Poisson one. A periodic device that does not fit a whole number of periods into the run sends floor(m) or one more
 * message, m on average, independently of the others: a binomial number of one more.
 * @param started messages of source row s in the run
 * @throws Error for a burst at the edge of the run, which no ready-made scenario has
 */
export function ownClaims(plan: Plan, expected: Volumetrics, started: (source: number) => number): Claim[] {
  const { sources } = plan;
  const claims: Claim[] = [];
  for (let s = 0; s < sources.name.length; s++) {
    const process = sources.process[s];
    if (process === Process.caused) continue;
    const mean = expected.sources.messages[s]!;
    const claim = { name: sources.name[s]!, observed: started(s), trials: 0, chance: 0 };
    if (expected.sources.deterministic[s] === 1) claims.push({ ...claim, law: 'fixed', base: Math.round(mean) });
    else if (process === Process.poisson) claims.push({ ...claim, law: 'Poisson', base: mean });
    else if (process === Process.periodic) {
      const trials = sources.devices[s]! * sources.instanceCount[s]!;
      const whole = Math.floor(mean / trials + ROUNDING);
      claims.push({ ...claim, law: 'binomial', base: trials * whole, trials, chance: mean / trials - whole });
    } else throw new Error(`${sources.name[s]}: a burst at the edge of the run`);
  }
  return claims;
}

/**
 * Numbers of answers, given the deliveries that the same run counted: every receiver of every delivery draws for itself,
 * so that the number is binomial, or fixed where every delivery is answered. The rows of a source that answer for
 * different areas are one number. Answers that leave some time later are left out (`spread`): some of them belong to
 * deliveries before the run.
 */
export function answerClaims(
  plan: Plan,
  { flows }: ReplicationStats,
  started: (source: number) => number,
): { readonly claims: Claim[]; readonly spread: string[] } {
  const { causes } = plan;
  const groups = new Map<string, { sources: Set<number>; chance: Map<number, Map<number, number>>; late: boolean }>();
  for (let row = 0; row < causes.trigger.length; row++) {
    const source = causes.source[row]!;
    const key = flowsOf(plan, source).join(' ');
    const group = groups.get(key) ?? { sources: new Set(), chance: new Map(), late: false };
    groups.set(key, group);
    group.sources.add(source);
    const outcomes = group.chance.get(causes.trigger[row]!) ?? new Map<number, number>();
    group.chance.set(causes.trigger[row]!, outcomes.set(causes.group[row]!, causes.probability[row]!));
    if (causes.delayS[row]! + causes.spreadS[row]! > 0) group.late = true;
  }
  const claims: Claim[] = [];
  const spread: string[] = [];
  for (const { sources, chance, late } of groups.values()) {
    const name = `answer ${plan.sources.name[Math.min(...sources)]}`;
    if (late) {
      spread.push(name);
      continue;
    }
    const observed = [...sources].reduce((sum, source) => sum + started(source), 0);
    const chances = [...chance].map(([trigger, outcomes]) => ({
      trials: flows.delivered[trigger]!,
      chance: [...outcomes.values()].reduce((sum, p) => sum + p, 0),
    }));
    const one = chances[0]!.chance;
    if (chances.some((other) => Math.abs(other.chance - one) > ROUNDING)) {
      throw new Error(`${name}: commands that are answered with different probabilities`);
    }
    const trials = chances.reduce((sum, other) => sum + other.trials, 0);
    if (one > 1 - ROUNDING) claims.push({ name, law: 'fixed', observed, base: trials, trials: 0, chance: 0 });
    else claims.push({ name, law: 'binomial', observed, base: 0, trials, chance: one });
  }
  return { claims, spread };
}

/** The same numbers in several runs, added up: sums of Poisson and of binomial numbers are such numbers again. */
export function pooled(runs: readonly (readonly Claim[])[]): Claim[] {
  return runs[0]!.map((claim, i) => {
    const same = runs.map((run) => run[i]!);
    const sum = (key: 'observed' | 'base' | 'trials') => same.reduce((total, one) => total + one[key], 0);
    return { ...claim, observed: sum('observed'), base: sum('base'), trials: sum('trials') };
  });
}

/** Expectation, variance and p-value of a claim. */
export function judged({ name, law, observed, base, trials, chance }: Claim): Count {
  if (law === 'fixed') return { name, law, observed, expected: base, variance: 0, p: Number(observed === base) };
  if (law === 'Poisson') return { name, law, observed, expected: base, variance: base, p: poissonP(observed, base) };
  const variance = trials * chance * (1 - chance);
  const p = binomialP(observed - base, trials, chance);
  return { name, law, observed, expected: base + trials * chance, variance, p };
}

function flowsOf(plan: Plan, source: number): number[] {
  const { flowStart, flowItem } = plan.sources;
  return [...flowItem.subarray(flowStart[source], flowStart[source + 1])];
}
