import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reliability } from '../../sim/reliability.js';
import type { Verdict } from '../../sim/results.js';
import { type Judgement, judgeMean, judgeShare, judgeTier, together } from '../../sim/verdict.js';
import { wilsonInterval } from '../../sim/wilson.js';

const requirement = { budgetS: 15, requiredReliability: 0.98, sent: 1000 };
const achieved = (low: number, high: number, messages = 1e6) => {
  const share = (low + high) / 2;
  return {
    share,
    low,
    high,
    replications: 5,
    messages,
    inTime: share * messages,
    byNumber: wilsonInterval(share * messages, messages),
  };
};

const share = suite('judgeShare');

share('passes when the lower bound reaches the required share', () => {
  const { verdict, reason } = judgeShare(requirement, achieved(0.98, 0.999));
  assert.is(verdict, 'pass');
  assert.is(reason, 'at least 98 % in time, 98 % required');
});

share('fails when the upper bound does not reach it', () => {
  const { verdict, reason } = judgeShare(requirement, achieved(0.5, 0.9799));
  assert.is(verdict, 'fail');
  assert.is(reason, 'at most 97.99 % in time, 98 % required');
});

share('is undecided while the required share lies within the interval, its upper end included', () => {
  assert.is(judgeShare(requirement, achieved(0.9799, 0.99)).verdict, 'undecided');
  const { verdict, reason } = judgeShare(requirement, achieved(0.9, 0.98));
  assert.is(verdict, 'undecided');
  assert.is(reason, 'between 90 % and 98 % in time, 98 % required');
});

share('is undecided after one replication whose messages fared differently', () => {
  const { verdict } = judgeShare(requirement, { ...achieved(0.5, 0.5), low: NaN, high: NaN, replications: 1 });
  assert.is(verdict, 'undecided');
});

share('says of a pass whether the number of messages alone would show it', () => {
  // 189 of 189 have 98.007 % as Wilson's lower bound, 188 of 188 97.997 %.
  assert.is(judgeShare(requirement, achieved(1, 1, 189)).evidence, 'enough');
  const { verdict, evidence, reason } = judgeShare(requirement, achieved(1, 1, 188));
  assert.equal([verdict, evidence], ['pass', 'few']);
  assert.is(reason, 'all 188 messages in time; so few show 97.998 % by their number, 98 % required');
  assert.match(judgeShare(requirement, achieved(1, 1, 1)).reason, 'the only message in time');
});

share('does not say of a pass on few messages that all were in time when some were not', () => {
  // Two of five replications of 60 have one late: Student's lower bound is 98.2 %, Wilson's 97.6 %.
  const outcomes = [59, 60, 59, 60, 60].map((inTime) => ({ inTime, known: 60 }));
  const { verdict, evidence, reason } = judgeShare(requirement, reliability(outcomes));
  assert.equal([verdict, evidence], ['pass', 'few']);
  assert.match(reason, /^298 of 300 messages in time; so few show 97\.6\d* % by their number/);
});

share('says of a fail whether the number of messages alone would show it', () => {
  assert.is(judgeShare(requirement, achieved(0, 0, 1)).evidence, 'enough');
  assert.is(judgeShare(requirement, achieved(0.95, 0.95, 20)).evidence, 'few');
});

share('is undecided while every message is still on its way', () => {
  assert.is(judgeShare(requirement, { ...achieved(NaN, NaN, 0), replications: 0 }).verdict, 'undecided');
});

share('is never a pass without messages', () => {
  assert.is(judgeShare({ ...requirement, sent: 0 }, achieved(1, 1)).verdict, 'not exercised');
});

share('does not judge what the source does not demand', () => {
  assert.is(judgeShare({ ...requirement, budgetS: NaN }, achieved(1, 1)).verdict, 'no budget');
  assert.is(judgeShare({ ...requirement, requiredReliability: NaN }, achieved(1, 1)).verdict, 'not judged');
});

share.run();

const tier = suite('judgeTier');
const daily = { windowS: 86400, share: 0.98, horizonS: 2 * 86400, devices: 100 };

tier('compares the interval of the share of devices with the required one', () => {
  assert.is(judgeTier(daily, { low: 0.98, high: 1, replications: 5 }).verdict, 'pass');
  assert.is(judgeTier(daily, { low: 0.9, high: 0.979, replications: 5 }).verdict, 'fail');
  assert.is(judgeTier(daily, { low: 0.97, high: 0.99, replications: 5 }).verdict, 'undecided');
});

tier('does not judge over a window that is longer than the run', () => {
  const { verdict, reason } = judgeTier({ ...daily, horizonS: 3600 }, { low: 1, high: 1, replications: 5 });
  assert.equal([verdict, reason], ['not judged', 'required over 24 h, the run is 1 h']);
});

tier('is never a pass without a device that sends', () => {
  assert.is(judgeTier({ ...daily, devices: 0 }, { low: NaN, high: NaN, replications: 0 }).verdict, 'not exercised');
});

tier.run();

const several = suite('together');
const judged = (verdict: Verdict): Judgement => ({ verdict, reason: verdict, evidence: '' });

several('is the worst that says something', () => {
  const verdictOf = (...all: Verdict[]) => together(all.map(judged)).verdict;
  assert.is(verdictOf('pass', 'fail', 'undecided'), 'fail');
  assert.is(verdictOf('pass', 'undecided'), 'undecided');
  assert.is(verdictOf('not judged', 'pass', 'not exercised'), 'pass');
  assert.is(verdictOf('not exercised', 'not judged'), 'not judged');
});

several('names what could not be judged beside what could', () => {
  assert.is(together([judged('not judged'), judged('pass')]).reason, 'pass; not judged');
});

several.run();

const mean = suite('judgeMean');

mean('fails on an overloaded link and on a mean beyond the budget', () => {
  assert.is(judgeMean(requirement, Infinity).verdict, 'fail');
  assert.match(judgeMean(requirement, Infinity).reason, 'overloaded');
  assert.is(judgeMean(requirement, 15.1).verdict, 'fail');
});

mean('passes nothing, since a mean is no share', () => {
  const { verdict, reason } = judgeMean(requirement, 0.25);
  assert.is(verdict, 'undecided');
  assert.is(reason, 'mean of 0.25 s in the busy hour, budget 15 s; the share in time takes a simulation');
});

mean('judges neither silence nor the absence of a budget, even where a link is overloaded', () => {
  assert.is(judgeMean({ ...requirement, sent: 0 }, NaN).verdict, 'not exercised');
  assert.is(judgeMean({ ...requirement, budgetS: NaN }, Infinity).verdict, 'no budget');
});

mean.run();
