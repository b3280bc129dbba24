import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { compile, loadScenario } from '../../pipeline.js';
import { Direction } from '../../sim/plan.js';

const plan = compile(loadScenario(join(packageRoot, 'scenarios', 'first-look.yaml')));
const { actors, ends } = plan.labels.network!;
const actor = (name: string) => actors.find((one) => one.name === name)!;
const label = suite('network label');

label('every link names the actors that it joins, and who is named is at the end of one', () => {
  assert.is(ends.length, plan.links.name.length);
  for (const pairs of ends) assert.ok(pairs.length > 0);
  assert.is(new Set(ends.flat(2)).size, actors.length);
  assert.is(new Set(actors.map(({ name }) => name)).size, actors.length);
});

label('ways down lead to a greater depth, ways up to a smaller one', () => {
  ends.forEach((pairs, i) => {
    const direction = plan.links.direction[i]!;
    if (direction === Direction.across) return;
    for (const [from, to] of pairs) {
      const deeper = actors[to]!.depth - actors[from]!.depth;
      assert.ok(direction === Direction.down ? deeper > 0 : deeper < 0, plan.links.name[i]);
    }
  });
});

label('counts are those of the deployment, of the areas, or one', () => {
  assert.is(actor('2-Way Meter - Electr').count, 10_000);
  assert.is(actor('DAPjm').count, plan.areas.instances[1]);
  assert.is(actor('RTU').count, plan.areas.instances[2]);
  assert.is(actor('MDMS').count, 1);
  assert.is(actor('ESI - In Meter').count, 0); // nothing in the deployment counts it
});

label('domains are those of the reference architecture', () => {
  assert.is(actor('MDMS').domain, 'Operations');
  assert.is(actor('DAPjm').domain, 'Distribution');
  assert.is(actor('2-Way Meter - Electr').domain, 'Customer');
});
label.run();
