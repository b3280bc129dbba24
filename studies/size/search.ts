/**
 * The smallest network, over one ladder or several at once.
 *
 *   closed form: every ladder by halves, then up where latencies add up ──> a guess
 *   simulation:  up until it passes ──> each ladder down by brackets ──> found, and one step less of each fails
 */

import { type Bracket, bracket } from '../search/bracket.js';
import type { Finding } from '../trial/findings.js';
import type { VariantSetting } from '../variants/variants.js';
import type { Ladder } from './ladders.js';
import type { NetworkTrials, Tried } from './network-trials.js';

/** How a network is judged. */
export type Trials = Pick<NetworkTrials, 'closedForm' | 'simulated'>;

export interface Found {
  /** Step of each ladder; undefined: not even the largest network passes. */
  readonly steps: readonly number[] | undefined;
  /** The network found, or the largest one that was tried. */
  readonly tried: Tried;
  /** Of each ladder, with the other ones as found. Empty when nothing is found. */
  readonly brackets: readonly Bracket[];
  /** One step less on each ladder: what then fails. Undefined at its first step. */
  readonly less: readonly (Tried | undefined)[];
  /** What the closed form alone would have chosen; undefined: not even the largest. */
  readonly guess: readonly number[] | undefined;
}

export async function smallestNetwork(ladders: readonly Ladder[], trials: Trials, neighbours = 1): Promise<Found> {
  const guess = guessOf(ladders, trials);
  const start = guess ?? ladders.map(({ steps }) => steps.length - 1);
  const passing = await raise(start, ladders, trials);
  if (passing.steps === undefined) return { steps: undefined, tried: passing.tried, brackets: [], less: [], guess };
  const steps = [...passing.steps];
  let brackets: Bracket[] = [];
  // What one ladder gives up another may need: again until none of them can be lowered.
  for (let lowered = true; lowered; ) {
    lowered = false;
    brackets = [];
    for (const [i, ladder] of ladders.entries()) {
      const at = (step: number) => settingsOf(steps.with(i, step), ladders);
      const own = await bracket(
        ladder.steps.length,
        steps[i]!,
        async (step) => (await trials.simulated(at(step))).outcome,
        neighbours,
      );
      brackets.push(own);
      // A bracket begins at a network that passes, so that it finds one.
      if (own.found >= 0 && own.found < steps[i]!) {
        steps[i] = own.found;
        lowered = ladders.length > 1;
      }
    }
  }
  const less: (Tried | undefined)[] = [];
  for (const [i, step] of steps.entries()) {
    less.push(step === 0 ? undefined : await trials.simulated(settingsOf(steps.with(i, step - 1), ladders)));
  }
  return { steps, tried: await trials.simulated(settingsOf(steps, ladders)), brackets, less, guess };
}

export function settingsOf(steps: readonly number[], ladders: readonly Ladder[]): VariantSetting[] {
  return ladders.map(({ steps: of }, i) => of[steps[i]!]!);
}

/**
 * By closed form. Links' busy hours depend on their own ladder alone, so that all ladders are halved at once; requirements
 * that are missed then, because the delays of several links add up, raise the busiest link of their route.
 * @returns undefined when the largest network fails
 */
function guessOf(ladders: readonly Ladder[], trials: Trials): number[] | undefined {
  const top = ladders.map(({ steps }) => steps.length - 1);
  const failing = (steps: readonly number[]) =>
    trials.closedForm(settingsOf(steps, ladders)).findings.filter(({ outcome }) => outcome === 'fail');
  if (failing(top).length > 0) return undefined;
  const low = ladders.map(() => 0);
  const high = [...top];
  while (low.some((from, i) => from < high[i]!)) {
    const middle = low.map((from, i) => (from + high[i]!) >>> 1);
    const failed = new Set(failing(middle).flatMap((finding) => laddersOf(finding, ladders)));
    ladders.forEach((_, i) => {
      if (low[i]! >= high[i]!) return;
      if (failed.has(i)) low[i] = middle[i]! + 1;
      else high[i] = middle[i]!;
    });
  }
  const steps = [...high];
  for (;;) {
    const worst = failing(steps);
    const raised = ladderToRaise(worst, steps, ladders);
    if (worst.length === 0 || raised === undefined) return worst.length === 0 ? steps : top;
    steps[raised]!++;
  }
}

/** Upwards until the simulation passes: the ladder of what binds, by strides that double. */
async function raise(
  start: readonly number[],
  ladders: readonly Ladder[],
  trials: Trials,
): Promise<{ steps: number[] | undefined; tried: Tried }> {
  const steps = [...start];
  const strides = ladders.map(() => 1);
  for (;;) {
    const tried = await trials.simulated(settingsOf(steps, ladders));
    if (tried.outcome === 'pass') return { steps, tried };
    const findings = tried.cases.flatMap((one) => one.findings).filter(({ outcome }) => outcome === tried.outcome);
    const raised =
      ladderToRaise(findings, steps, ladders) ?? steps.findIndex((step, i) => step < ladders[i]!.steps.length - 1);
    if (raised < 0) return { steps: undefined, tried };
    steps[raised] = Math.min(steps[raised]! + strides[raised]!, ladders[raised]!.steps.length - 1);
    strides[raised]! *= 2;
  }
}

/** The ladder whose links bind most, if it has a step more. */
function ladderToRaise(
  findings: readonly Finding[],
  steps: readonly number[],
  ladders: readonly Ladder[],
): number | undefined {
  const slack = ({ slack: of }: Finding) => (Number.isNaN(of) ? 0 : of);
  for (const finding of [...findings].sort((a, b) => slack(a) - slack(b))) {
    const raised = laddersOf(finding, ladders).find((i) => steps[i]! < ladders[i]!.steps.length - 1);
    if (raised !== undefined) return raised;
  }
  return undefined;
}

/** Ladders that change the link of a finding: its own, else those of gateways. */
function laddersOf({ network, dataFlows }: Finding, ladders: readonly Ladder[]): number[] {
  const indices = ladders.map((_, i) => i);
  const own = indices.filter((i) => ladders[i]!.network === network || dataFlows.includes(ladders[i]!.network));
  return own.length > 0 ? own : indices.filter((i) => ladders[i]!.network === '');
}
