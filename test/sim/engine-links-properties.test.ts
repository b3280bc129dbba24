/** What holds for every plan with media, however odd. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { fingerprint } from './fingerprint.js';
import { anyMediaPlan } from './random-media-plan.js';

const total = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);

const media = suite('any plan with media');

media('conserves messages: in flight at the start + sent = delivered + lost + in flight at the end', () => {
  let [sent, lost, collisions, retries] = [0, 0, 0, 0];
  fc.assert(
    fc.property(anyMediaPlan(), (plan: Plan) => {
      const { flows, links } = simulateReplication(plan, 1);
      for (let f = 0; f < plan.flows.name.length; f++) {
        const before = flows.inFlightStart[f]! + flows.sent[f]!;
        assert.is(before, flows.delivered[f]! + flows.lost[f]! + flows.inFlightEnd[f]!, plan.flows.name[f]);
      }
      sent += total(flows.sent);
      lost += total(flows.lost);
      collisions += total(links.collisions);
      retries += total(links.retries);
    }),
    { seed: 1, numRuns: 60 },
  );
  // The property means something only if these plans do lose, repeat and collide.
  assert.ok(sent > 10_000 && lost > 1000 && collisions > 100 && retries > 1000, `${[sent, lost, collisions, retries]}`);
});

media('gives the same bytes cell by cell as in one piece', () => {
  let ties = 0;
  fc.assert(
    fc.property(anyMediaPlan(), (plan: Plan) => {
      const single = simulateReplication(plan, 1, { partition: 'single' });
      assert.is(fingerprint(simulateReplication(plan, 1, { partition: 'parts' })), fingerprint(single));
      ties += single.counts.ties;
    }),
    { seed: 2, numRuns: 35 },
  );
  assert.ok(ties > 100, `${ties} ties`);
});

media('has no more airtime than time, no more repetitions than frames, and no message faster than a frame', () => {
  fc.assert(
    fc.property(anyMediaPlan(), (plan: Plan) => {
      const { links, flows, linkStart } = simulateReplication(plan, 1);
      for (let l = 0; l < plan.links.name.length; l++) {
        for (let i = linkStart[l]!; i < linkStart[l + 1]!; i++) {
          assert.ok(links.retries[i]! <= links.frames[i]!);
          const { kind } = plan.media[plan.servers.medium[plan.links.server[l]!]!]!.access;
          if (kind === 'dedicated' || kind === 'half-duplex') {
            // a message that ends in the run may have begun before it
            assert.ok(links.airtimeS[i]! <= plan.time.horizonS + 3, `${links.airtimeS[i]} s on ${plan.links.name[l]}`);
          }
        }
      }
      const leastS = plan.framings.lastS[0]!;
      for (const [f, delivered] of flows.delivered.entries()) {
        assert.ok(flows.latencySumS[f]! >= delivered * leastS * (1 - 1e-9), plan.flows.name[f]);
      }
    }),
    { seed: 3, numRuns: 25 },
  );
});

media.run();
