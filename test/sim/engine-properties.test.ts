/** What holds for every plan, however odd. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { fingerprint } from './fingerprint.js';
import { anyPlan } from './random-plan.js';

const total = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);

const conservation = suite('conservation');

conservation(
  'in flight at the start + sent = delivered + lost + in flight at the end, for every flow of any plan',
  () => {
    let [sent, lost, underWay] = [0, 0, 0];
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        const { flows } = simulateReplication(plan, 1);
        for (let f = 0; f < plan.flows.name.length; f++) {
          const before = flows.inFlightStart[f]! + flows.sent[f]!;
          assert.is(before, flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!, plan.flows.name[f]);
        }
        sent += total(flows.sent);
        lost += total(flows.lost);
        underWay += total(flows.inFlightStart);
      }),
      { seed: 1, numRuns: 150 },
    );
    // The property means something only if these plans do lose messages and carry some over.
    assert.ok(sent > 10_000 && lost > 500 && underWay > 500, `${sent} sent, ${lost} lost, ${underWay} under way`);
  },
);

conservation('histograms hold every delivery, and bins every byte offered', () => {
  fc.assert(
    fc.property(anyPlan(), (plan) => {
      const { flows, links, bins } = simulateReplication(plan, 1);
      for (let f = 0; f < plan.flows.name.length; f++) assert.is(total(flows.histogram[f]!.counts), flows.delivered[f]);
      assert.is(total(bins.bytes), total(links.bytes));
      assert.is(total(bins.messages), total(links.messages));
    }),
    { seed: 2, numRuns: 50 },
  );
});

conservation.run();

const cells = suite('partition');

cells('running the network in one piece or cell by cell gives the same bytes, for any plan', () => {
  let ties = 0;
  fc.assert(
    fc.property(anyPlan(), (plan: Plan) => {
      const single = simulateReplication(plan, 1, { partition: 'single' });
      assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'parts' })), fingerprint(single));
      ties += single.counts.ties;
    }),
    { seed: 3, numRuns: 150 },
  );
  assert.ok(ties > 10_000, `${ties} ties`);
});

cells.run();
