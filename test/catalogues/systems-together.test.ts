/** Systems of other documents beside SG-Network: each keeps what it sends alone, and both engines count the same. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compile, loadScenario } from '../../pipeline.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplications } from '../../sim/replications.js';
import { volumetrics } from '../../sim/volumetrics.js';

const TOWN = `deployment:
  meters: 2000
  daps: 2
  counts: { COUNTS }
links:
  NAN: { rate: 100 kbit/s }
  WAN: { rate: 1 Mbit/s }
  Internet: { rate: 1 Gbit/s }
  CustLAN: { rate: 10 Mbit/s }
`;
const COUNTS = {
  'smart-meter-texas': 'smtAgreementsPerThousandEsiidYear: 2000',
  sb284: 'nhOwn: 2000',
} as const;

function planOf(catalogues: readonly ('sg-network' | keyof typeof COUNTS)[]): Plan {
  const counts = catalogues.flatMap((name) => (name === 'sg-network' ? [] : [COUNTS[name]])).join(', ');
  const profile = catalogues.includes('sg-network') ? 'profile: AHEM3CvIW\n' : '';
  const text = `name: a\n${profile}catalogues: [${catalogues.join(', ')}]\n${TOWN.replace('COUNTS', counts)}`;
  return compile(loadScenario({ text, file: 'a.yaml' }));
}

function deliveries(plan: Plan): Map<string, number> {
  const expected = volumetrics(plan).flows.delivered;
  const sums = new Map<string, number>();
  for (const [f, id] of plan.flows.catalogueFlow.entries()) sums.set(id, (sums.get(id) ?? 0) + expected[f]!);
  return sums;
}

const together = suite('systems together');
const all = planOf(['sg-network', 'smart-meter-texas', 'sb284']);

together('each system sends as much as alone', () => {
  const joint = deliveries(all);
  for (const name of ['sg-network', 'smart-meter-texas', 'sb284'] as const) {
    const alone = deliveries(planOf([name]));
    assert.ok(alone.size > 50, `${name}: ${alone.size}`);
    for (const [flow, expected] of alone) {
      assert.ok(
        Math.abs((joint.get(flow) ?? 0) - expected) <= 1e-9 * expected,
        `${flow}: ${joint.get(flow)}, ${expected}`,
      );
    }
  }
});

together('the portal is the common one, and the utility uploads through its own gateway', () => {
  const links = (plan: Plan) => new Set(plan.links.name);
  const [joint, alone] = [links(all), links(planOf(['sg-network']))];
  for (const name of alone) assert.ok(joint.has(name), name);
  assert.ok(alone.has('Internet r-CWP-BrM up') && joint.has('Internet sb-own up'));
});

together('simulation and closed form count the same messages', async () => {
  const loads = volumetrics(all);
  const [run] = await simulateReplications(all, [1], { workers: 1, engine: 'simulation' });
  const expected = loads.sources.messages.reduce((a, b) => a + b, 0);
  // A Poisson sum of so many messages has a standard error of its root; chains of answers add to it.
  assert.ok(
    Math.abs(run!.counts.messages - expected) < 10 * Math.sqrt(expected),
    `${run!.counts.messages}, ${expected}`,
  );
});

together.run();
