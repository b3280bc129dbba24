/** What is meant for everybody is repeated where each copy has a connection of its own. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closedFormLatency } from '../../sim/closed-form.js';
import { simulateReplication } from '../../sim/simulate.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type HopObject } from './plan-builder.js';

const casts = suite('casts');

/** A message to everybody a second, in one frame of which one in ten is lost; repeated once over a backhaul. */
function shares(oneStation: boolean, hop: Partial<HopObject>) {
  const horizonS = 20_000;
  const plan = buildPlan({
    horizonS,
    kinds: { dap: 1 },
    endpoints: { dap: 1 },
    populations: { daps: { kind: 'dap', devices: 1 } },
    links: {
      'WAN down': {
        kind: 'dap',
        oneStation,
        medium: {
          name: 'lossy',
          access: { kind: 'dedicated' },
          frameLoss: 0.1,
          residualLoss: 0,
          hiddenShare: 0,
          arq: { retries: 1, timeoutS: 0.005 },
        },
      },
    },
    sources: [
      {
        name: 'price',
        periodS: 1,
        sizeB: 100,
        path: [{ link: 'WAN down', framing: { lastB: 100, lastS: 0.01, gapS: 0, ackS: 0.001 }, ...hop }],
      },
    ],
  });
  const flow = simulateReplication(plan, 1).flows;
  return {
    simulated: flow.delivered[0]! / (flow.delivered[0]! + flow.lost[0]!),
    closedForm: closedFormLatency(plan, volumetrics(plan)).reliability[0]!,
  };
}

for (const [what, hop] of [
  ['on its way through them', { fan: 'everyInstance' }],
  ['to them', { fan: 'everyInstance', listeners: 'daps' }],
] as const) {
  casts(`a broadcast over backhauls ${what} is repeated: a hundredth is lost, not a tenth`, () => {
    const { simulated, closedForm } = shares(true, hop);
    assert.ok(Math.abs(closedForm - 0.99) < 1e-9, String(closedForm));
    // Standard deviation of the share of 20,000 messages: 0.0007.
    assert.ok(Math.abs(simulated - 0.99) < 0.003, String(simulated));
  });
}

casts('a broadcast to endpoints is not repeated: a tenth does not hear it', () => {
  const { simulated, closedForm } = shares(false, { fan: 'everyInstance', listeners: 'daps' });
  assert.ok(Math.abs(closedForm - 0.9) < 1e-9, String(closedForm));
  assert.ok(Math.abs(simulated - 0.9) < 0.009, String(simulated)); // four standard deviations
});

casts.run();
