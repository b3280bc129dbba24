/** Whether a flow meets its requirement. */
import type { Reliability } from './reliability.js';
import type { Evidence, Verdict } from './results.js';
import type { Interval } from './wilson.js';

/** What the source demands of a flow, and how much of it there was. */
export interface Requirement {
  /** NaN: none. */
  readonly budgetS: number;
  /** NaN: none. */
  readonly requiredReliability: number;
  /** Messages sent, or expected to be. */
  readonly sent: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** One short sentence. */
  readonly reason: string;
  readonly evidence: Evidence;
}

/**
 * The verdict of a simulation: `pass` when the lower bound of the share delivered within the budget reaches the required
 * one, `fail` when the upper bound does not, `undecided` in between. What cannot be judged comes first: no budget, no
 * message, no required share.
 * Rare payloads have too few messages to show 99.5 % by their number; when all of them are in time they pass, or nearly
 * all in every replication, and the reason and `evidence` say what the verdict rests on.
 */
export function judgeShare(requirement: Requirement, achieved: Reliability): Judgement {
  const early = unjudged(requirement);
  if (early !== undefined) return early;
  const { requiredReliability } = requirement;
  if (achieved.replications === 0) {
    return unproved('undecided', 'no message had arrived, been lost or become late when the run ended');
  }
  if (Number.isNaN(achieved.low)) {
    return unproved(
      'undecided',
      `${percent(achieved.share)} in time in the only replication with messages; an interval takes two`,
    );
  }
  const [low, high] = [percent(achieved.low), percent(achieved.high)];
  const required = `${percent(requiredReliability)} required`;
  if (achieved.low >= requiredReliability) {
    const few = achieved.byNumber.low < requiredReliability;
    const reason = few ? fewInTime(achieved, required) : `at least ${low} in time, ${required}`;
    return { verdict: 'pass', reason, evidence: few ? 'few' : 'enough' };
  }
  if (achieved.high < requiredReliability) {
    const few = achieved.byNumber.high >= requiredReliability;
    const evidence = few ? 'few' : 'enough';
    return { verdict: 'fail', reason: `at most ${high} in time, ${required}`, evidence };
  }
  return unproved('undecided', `between ${low} and ${high} in time, ${required}`);
}

function fewInTime({ messages, inTime, byNumber }: Reliability, required: string): string {
  const every = messages === 1 ? 'the only message' : `all ${messages} messages`;
  const all = inTime === messages ? every : `${inTime} of ${messages} messages`;
  return `${all} in time; so few show ${percent(byNumber.low)} by their number, ${required}`;
}

/**
 * The verdict of the closed form, which knows the mean latency in the busy hour only: `fail` when a link is overloaded or
 * the mean alone exceeds the budget, else `undecided`, since a mean says nothing about the share in time.
 */
export function judgeMean(requirement: Requirement, meanS: number): Judgement {
  const early = unjudged(requirement);
  if (early !== undefined) return early;
  const budget = `budget ${seconds(requirement.budgetS)}`;
  if (meanS === Infinity) return unproved('fail', `a link on the way is overloaded in its busy hour, ${budget}`);
  if (Number.isNaN(meanS)) return unproved('undecided', `a medium on the way is beyond its formula's range, ${budget}`);
  const mean = `mean of ${seconds(meanS)} in the busy hour`;
  if (meanS > requirement.budgetS) return unproved('fail', `${mean}, ${budget}`);
  return unproved('undecided', `${mean}, ${budget}; the share in time takes a simulation`);
}

/** A tier: a share of devices to be captured within each window. `worst`: the share in the worst window of each replication. */
export function judgeTier(
  tier: { readonly windowS: number; readonly share: number; readonly horizonS: number; readonly devices: number },
  worst: Interval & { readonly replications: number },
): Judgement {
  const { windowS, share, horizonS, devices } = tier;
  if (windowS > horizonS)
    return unproved('not judged', `required over ${hours(windowS)}, the run is ${hours(horizonS)}`);
  if (devices === 0 || worst.replications === 0) return unproved('not exercised', 'no device sent in the run');
  const required = `${percent(share)} required every ${hours(windowS)}`;
  const [low, high] = [percent(worst.low), percent(worst.high)];
  if (Number.isNaN(worst.low)) return unproved('undecided', `one replication only; an interval takes two, ${required}`);
  if (worst.low >= share) return unproved('pass', `at least ${low} of the devices captured, ${required}`);
  if (worst.high < share) return unproved('fail', `at most ${high} of the devices captured, ${required}`);
  return unproved('undecided', `between ${low} and ${high} of the devices captured, ${required}`);
}

const SEVERITY: readonly Verdict[] = ['fail', 'undecided', 'pass', 'not judged', 'not exercised', 'no budget'];

/** Several requirements of one flow: the worst verdict that says something, with its reason; parts that could not be judged stand behind it. */
export function together(judgements: readonly Judgement[]): Judgement {
  const ranked = [...judgements].sort((a, b) => SEVERITY.indexOf(a.verdict) - SEVERITY.indexOf(b.verdict));
  const [worst] = ranked;
  if (worst === undefined) return unproved('no budget', 'nothing is required');
  if (!['fail', 'undecided', 'pass'].includes(worst.verdict)) return worst;
  const decisive = ranked.filter(({ verdict }) => verdict === worst.verdict);
  const unknown = ranked.filter(({ verdict }) => verdict === 'not judged' || verdict === 'not exercised');
  return {
    verdict: worst.verdict,
    reason: [...decisive, ...unknown].map(({ reason }) => reason).join('; '),
    evidence: decisive.some(({ evidence }) => evidence === 'few') ? 'few' : worst.evidence,
  };
}

function unjudged(requirement: Requirement): Judgement | undefined {
  const { budgetS, requiredReliability, sent } = requirement;
  if (Number.isNaN(budgetS)) return unproved('no budget', 'the source states no latency');
  if (sent === 0) return unproved('not exercised', 'no message was sent in the run');
  if (Number.isNaN(requiredReliability)) return unproved('not judged', 'the source states no reliability');
  return undefined;
}

const unproved = (verdict: Verdict, reason: string): Judgement => ({ verdict, reason, evidence: '' });

const percent = (share: number): string => `${Number((100 * share).toFixed(3))} %`;
const seconds = (valueS: number): string => `${Number(valueS.toPrecision(3))} s`;
const hours = (valueS: number): string => `${Number((valueS / 3600).toFixed(2))} h`;
