import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ReplicationPool } from '../../sim/replication-pool.js';
import { buildPlan } from './plan-builder.js';

const plan = buildPlan({
  horizonS: 60,
  kinds: { dap: 1 },
  links: { 'NAN up': { kind: 'dap', rateBps: 1e5, delayS: 0 } },
  sources: [{ name: 'reads', kind: 'dap', devices: 1, periodS: 60, sizeB: 100, path: ['NAN up'] }],
});

const pool = suite('ReplicationPool');

pool('ends, and tells so, when a result is on its way', async () => {
  const threads = new ReplicationPool(1);
  await threads.run(plan, 1, 'simulation', 1, () => {});
  const late = threads.run(plan, 2, 'simulation', 1, () => {}).catch((fault: unknown) => fault);
  const untilMs = performance.now() + 200;
  while (performance.now() < untilMs); // the thread is done meanwhile, and has told; nobody has looked
  await threads.end(); // were nothing left that keeps the process alive, it would be over now
  assert.instance(await late, Error);
});

pool.run();
