/** Steps of an event that come after it: their deadlines count from the event, not from the step. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan } from './plan-builder.js';

const steps = suite('a later step of an event');

/** One message of 10 s on the link, sent 30 s after an event at 100 s. */
function outcome(deadlineS: number, process: 'burst' | 'asked') {
  const plan = buildPlan({
    horizonS: 1000,
    links: { 'NAN up': { rateBps: 8 } },
    sources: [
      {
        name: 'step',
        process,
        periodS: Number.POSITIVE_INFINITY,
        bursts: [130],
        burstAfterS: 30,
        retryS: 500,
        sizeB: 10,
        path: ['NAN up'],
      },
    ],
    flows: { step: { deadlineS } },
  });
  const { flows } = simulateReplication(plan, 1);
  return { delivered: flows.delivered[0], missed: flows.deadlineMissed[0] };
}

for (const process of ['burst', 'asked'] as const) {
  steps(`is there 40 s after the event, 10 s after it was sent (${process})`, () => {
    assert.equal(outcome(40.5, process), { delivered: 1, missed: 0 });
    assert.equal(outcome(39.5, process), { delivered: 1, missed: 1 });
    assert.equal(outcome(11, process), { delivered: 1, missed: 1 });
  });
}

steps.run();
