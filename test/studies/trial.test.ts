import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { FlowResult, LinkResult, TierResult } from '../../sim/results.js';
import { inTurns } from '../../studies/runner/in-turns.js';
import { failsClearly, isClearlyFull, widening } from '../../studies/trial/clear-failure.js';
import { withClosedForm } from '../../studies/trial/few-messages.js';
import type { Finding, Outcome } from '../../studies/trial/findings.js';

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * expected, `${actual}, expected ${expected}`);

const flowOf = (of: Partial<FlowResult>) =>
  ({ requiredReliability: 0.98, deadlineShare: NaN, deadlineShareHigh: NaN, evidence: 'enough', ...of }) as FlowResult;

const clear = suite('failsClearly');

clear('asks for an interval as much wider as the printed quantiles of Student’s t at 99.9 % and 95 %', () => {
  near(widening(5), 8.61 / 2.776, 1e-3); // 4 degrees of freedom
  near(widening(10), 4.781 / 2.262, 1e-3);
  near(widening(2), 636.6 / 12.706, 1e-3);
});

clear('of a share: by its distance from what is required, in half widths', () => {
  const at = (high: number) => failsClearly(flowOf({ reliability: 0.9, reliabilityHigh: high }), [], 5);
  assert.ok(at(0.92)); // 0.9 + 3.1 x 0.02 = 0.962
  assert.not.ok(at(0.96)); // fails at 95 %, but 0.9 + 3.1 x 0.06 = 1.086
});

clear('is no failure of a few messages that fared alike', () => {
  const none = { reliability: 0, reliabilityHigh: 0 };
  assert.ok(failsClearly(flowOf(none), [], 5));
  assert.not.ok(failsClearly(flowOf({ ...none, evidence: 'few' }), [], 5));
});

clear('of devices captured, of deadlines, and of links, in the same way', () => {
  const tier = (worstShare: number, worstShareHigh: number) =>
    ({ worstShare, worstShareHigh, requiredShare: 0.98 }) as TierResult;
  const inTime = flowOf({ reliability: 1, reliabilityHigh: 1 });
  assert.ok(failsClearly(inTime, [tier(0.9, 0.92)], 5));
  assert.not.ok(failsClearly(inTime, [tier(0.9, 0.96)], 5));
  assert.ok(failsClearly({ ...inTime, deadlineShare: 0.9, deadlineShareHigh: 0.92 }, [], 5));
  const link = { busyHourUtilisation: 0.8, busyHourUtilisationHalfWidth: 0.02 } as LinkResult;
  assert.ok(isClearlyFull(link, 0.7, 5));
  assert.not.ok(isClearlyFull(link, 0.75, 5));
});

clear.run();

const few = suite('withClosedForm');

const finding = (outcome: Outcome) => ({ outcome, reason: 'as it expects' }) as Finding;
const of = (verdict: FlowResult['verdict'], evidence: FlowResult['evidence']) =>
  flowOf({ verdict, evidence, verdictReason: 'all 20 in time' });

few('leaves few messages undecided that the closed form contradicts, and says so', () => {
  const flow = withClosedForm(of('pass', 'few'), finding('fail'));
  assert.is(flow.verdict, 'undecided');
  assert.is(flow.verdictReason, 'all 20 in time; the closed form contradicts: as it expects');
  assert.is(withClosedForm(of('fail', 'few'), finding('pass')).verdict, 'undecided');
});

few('leaves a verdict as it is on enough messages, where both agree, and where the closed form does not hold', () => {
  assert.is(withClosedForm(of('pass', 'enough'), finding('fail')).verdict, 'pass');
  assert.is(withClosedForm(of('pass', 'few'), finding('pass')).verdict, 'pass');
  assert.is(withClosedForm(of('pass', 'few'), undefined).verdict, 'pass');
  assert.is(withClosedForm(of('not exercised', ''), finding('fail')).verdict, 'not exercised');
});

few.run();

const turns = suite('inTurns');

turns('returns results in the order of the tasks, with so many under way at once', async () => {
  let [now, most] = [0, 0];
  const tasks = [5, 1, 4, 2, 3].map((ticks) => async () => {
    most = Math.max(most, ++now);
    for (let i = 0; i < ticks; i++) await Promise.resolve();
    now--;
    return ticks;
  });
  assert.equal(await inTurns(tasks, 2), [5, 1, 4, 2, 3]);
  assert.is(most, 2);
  assert.equal(await inTurns([], 2), []);
});

turns('begins no further task after one that throws, and throws it when the others are over', async () => {
  const begun: number[] = [];
  let over = false;
  const tasks = [0, 1, 2, 3].map((i) => async () => {
    begun.push(i);
    if (i === 0) throw new Error('first');
    for (let tick = 0; tick < 9; tick++) await Promise.resolve();
    over = true;
  });
  try {
    await inTurns(tasks, 2);
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'first');
  }
  assert.ok(over);
  assert.equal(begun, [0, 1]);
});

turns.run();
