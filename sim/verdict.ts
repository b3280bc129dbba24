/** Whether a flow meets its requirement. */
import type { Reliability } from './reliability.js';
import type { Verdict } from './results.js';

/** What the source demands of a flow, and how much of it there was. */
export interface Requirement {
  /** NaN: none. */
  readonly budgetS: number;
  /** NaN: none. */
  readonly requiredReliability: number;
  readonly reliabilityWindowS: number;
  readonly horizonS: number;
  /** Messages sent, or expected to be. */
  readonly sent: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** One short sentence. */
  readonly reason: string;
}

/**
 * The verdict of a simulation: `pass` when the lower bound of the share delivered within the budget reaches the required
 * one, `fail` when the upper bound does not, `undecided` in between. What cannot be judged comes first: no budget, no
 * message, a window longer than the run, no required share.
 */
export function judgeShare(requirement: Requirement, achieved: Reliability): Judgement {
  const early = unjudged(requirement);
  if (early !== undefined) return early;
  const { requiredReliability } = requirement;
  if (achieved.replications === 0) {
    return { verdict: 'undecided', reason: 'no message had arrived, been lost or become late when the run ended' };
  }
  if (achieved.replications === 1) {
    return {
      verdict: 'undecided',
      reason: `${percent(achieved.share)} in time in the only replication with messages; an interval takes two`,
    };
  }
  const [low, high] = [percent(achieved.low), percent(achieved.high)];
  const required = `${percent(requiredReliability)} required`;
  if (achieved.low >= requiredReliability) return { verdict: 'pass', reason: `at least ${low} in time, ${required}` };
  if (achieved.high < requiredReliability) return { verdict: 'fail', reason: `at most ${high} in time, ${required}` };
  return { verdict: 'undecided', reason: `between ${low} and ${high} in time, ${required}` };
}

/**
 * The verdict of the closed form, which knows the mean latency in the busy hour only: `fail` when a link is overloaded or
 * the mean alone exceeds the budget, else `undecided`, since a mean says nothing about the share in time.
 */
export function judgeMean(requirement: Requirement, meanS: number): Judgement {
  const early = unjudged(requirement);
  if (early !== undefined) return early;
  const budget = `budget ${seconds(requirement.budgetS)}`;
  if (meanS === Infinity)
    return { verdict: 'fail', reason: `a link on the way is overloaded in its busy hour, ${budget}` };
  const mean = `mean of ${seconds(meanS)} in the busy hour`;
  if (meanS > requirement.budgetS) return { verdict: 'fail', reason: `${mean}, ${budget}` };
  return { verdict: 'undecided', reason: `${mean}, ${budget}; the share in time takes a simulation` };
}

function unjudged(requirement: Requirement): Judgement | undefined {
  const { budgetS, requiredReliability, reliabilityWindowS, horizonS, sent } = requirement;
  if (Number.isNaN(budgetS)) return { verdict: 'no budget', reason: 'the source states no latency' };
  if (sent === 0) return { verdict: 'not exercised', reason: 'no message was sent in the run' };
  if (reliabilityWindowS > horizonS) {
    const [window, run] = [hours(reliabilityWindowS), hours(horizonS)];
    return { verdict: 'not judged', reason: `required over ${window}, the run is ${run}` };
  }
  if (Number.isNaN(requiredReliability)) return { verdict: 'not judged', reason: 'the source states no reliability' };
  return undefined;
}

const percent = (share: number): string => `${Number((100 * share).toFixed(3))} %`;
const seconds = (valueS: number): string => `${Number(valueS.toPrecision(3))} s`;
const hours = (valueS: number): string => `${Number((valueS / 3600).toFixed(2))} h`;
