import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulateReplication } from '../../sim/simulate.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { MEASURES } from '../../studies/measures/measures.js';
import { ONE_OFFS, oneOffAssumption } from '../../studies/measures/one-offs.js';
import { overReplications, simulatedMeasures } from '../../studies/measures/simulated.js';
import { buildPlan } from '../sim/plan-builder.js';

const image = { name: 'image', periodS: 86_400, sizeB: 180_000, path: ['NAN down'] };
const reads = { name: 'reads', periodS: 60, sizeB: 100, path: ['NAN down'] };
const planOf = (sources: readonly (typeof image)[]) =>
  buildPlan({ seed: '1', links: { 'NAN down': { rateBps: 1000 } }, sources });

const busy = suite('the busy hour of a study');

busy('is the hour with the most bytes on the mean of all replications, as in the closed form', () => {
  const plan = planOf([image, reads]);
  const stats = Array.from({ length: 300 }, (_, i) => simulateReplication(plan, i + 1));
  const { value, halfWidth } = overReplications(
    simulatedMeasures(plan, stats, { replications: 300 }, MEASURES).values.get('utilisation'),
  );
  // One image takes 40 % of an hour and comes in any of 24; a minute's read of 800 bit takes 80 % of a second of sixty.
  const byHand = (8 * image.sizeB) / 1000 / 3600 / 24 + 0.8 / 60;
  const { bytes } = volumetrics(plan).bins;
  const closedForm = (8 * Math.max(...bytes)) / 1000 / 3600;
  assert.ok(Math.abs(closedForm - byHand) < 1e-9, `${closedForm}, by hand ${byHand}`);
  // The highest of 24 noisy hours lies above the mean; the highest hour of each replication, half an image or more, far above.
  assert.ok(value - 3 * halfWidth < byHand && value < 2 * byHand, `${value} ± ${halfWidth}, by hand ${byHand}`);
});

busy('names the messages that one hour of a replication has alone', () => {
  const [own, ...others] = oneOffAssumption(planOf([image, reads]));
  assert.equal(others, []);
  assert.is(own!.key, ONE_OFFS);
  assert.match(own!.reason, 'image with 40 % of an hour of NAN down');
  assert.match(own!.value, '1 one-off payload');
  assert.equal(oneOffAssumption(planOf([reads])), []);
});

busy.run();
