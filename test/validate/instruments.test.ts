/** The validation's own instruments: Little's law noticed when broken, mutants that still fit the program. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Statistics } from '../../sim/engine/statistics.js';
import { cases } from '../../validate/cases.js';
import { watch } from '../../validate/instruments/little.js';
import { mutants } from '../../validate/mutants/mutants.js';
import { handPlans } from '../../validate/plans/hand-plans.js';
import { unbalanced } from '../../validate/rows/laws.js';
import { buildPlan } from '../sim/plan-builder.js';

const build = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const plan = buildPlan({
  horizonS: 60,
  dayLengthS: [20],
  warmUpDays: 1,
  links: {
    'PIPE up': { rateBps: 1e6, bufferMessages: 4 },
    'URGENT up': { rateBps: 1e6, discipline: 'priority', quantumB: 100 },
  },
  sources: [
    { name: 'a', periodS: 0.0013, sizeB: 125, sizeLaw: 'exponential', path: ['PIPE up', 'URGENT up'] },
    { name: 'b', periodS: 0.02, sizeB: 1000, priority: 1, path: ['URGENT up'] },
  ],
});

const little = suite('Little on every link');

little('holds, by counting on pipes and by sampling where messages go in pieces', () => {
  const { stats, exact, unequal, sampledP, miscounted } = watch(plan, 1);
  assert.is(exact, 1);
  assert.equal(unequal, []);
  assert.is(sampledP.length, 1);
  assert.ok(sampledP[0]! > 1e-3, `p ${sampledP[0]}`);
  assert.is(miscounted, 0);
  assert.is(unbalanced(stats), 0);
  assert.ok(stats.links.droppedMessages[0]! > 0, 'the buffer drops some');
});
little('is broken by waits that are a tenth too long, and noticed both ways', () => {
  const { waited } = Statistics.prototype;
  Statistics.prototype.waited = function (row, bytes, fromS, toS) {
    waited.call(this, row, 1.1 * bytes, fromS, toS);
  };
  try {
    const { unequal, sampledP } = watch(plan, 1);
    assert.is(unequal.length, 1);
    assert.ok(sampledP[0]! < 1e-3, `p ${sampledP[0]}`);
  } finally {
    Statistics.prototype.waited = waited;
  }
});

little.run();

const lists = suite('the lists of the validation');

lists('have cases of different names with something to say', () => {
  assert.is(new Set(cases.map(({ name }) => name)).size, cases.length);
  for (const { name, rows, source } of cases) assert.ok(rows.length > 0 && source !== '', name);
});
lists('have ten plans by hand at least', () => {
  assert.ok(handPlans.length >= 10);
  assert.is(new Set(handPlans.map(({ plan }) => plan.name)).size, handPlans.length);
});
lists('have mutants whose text stands once in the compiled program, and whose cases exist', () => {
  assert.ok(mutants.length >= 15);
  for (const { fault, file, find, only } of mutants) {
    const times = readFileSync(join(build, file), 'utf8').split(find).length - 1;
    assert.is(times, 1, `${fault}: its text stands ${times} times in ${file}`);
    for (const pattern of only.split('|'))
      assert.ok(
        cases.some(({ name }) => name.includes(pattern)),
        pattern,
      );
  }
});

lists.run();
