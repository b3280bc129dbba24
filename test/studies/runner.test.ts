import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InputError } from '../../base/diagnostics.js';
import type { Plan } from '../../sim/plan.js';
import { measuresOf, precisionReached } from '../../sim/precision.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import { addressOf } from '../../studies/runner/address.js';
import { readPrecision } from '../../studies/runner/precision-text.js';
import { type Job, type Outcome, runJobs, StudyInterrupted } from '../../studies/runner/runner.js';
import { FolderStore, MemoryStore } from '../../studies/runner/store.js';
import { Workplace } from '../../studies/runner/workplace.js';
import { emptyFolder } from '../cli/support.js';
import { buildPlan } from '../sim/plan-builder.js';

function planOf(rateBps: number, seed = '1'): Plan {
  return buildPlan({
    seed,
    horizonS: 7200,
    kinds: { dap: 3 },
    links: { 'NAN up': { kind: 'dap', rateBps, delayS: 0.005 }, 'WAN up': { rateBps: 1e6 } },
    sources: [{ name: 'reads', kind: 'dap', devices: 10, periodS: 60, sizeB: 2400, path: ['NAN up', 'WAN up'] }],
  });
}

const names = { payloadNames: ['reads', 'writes'], flowIds: [] };
type Row = { readonly stats: readonly ReplicationStats[]; readonly outcome: Outcome };
const keep = (_: Plan, stats: readonly ReplicationStats[], outcome: Outcome): Row => ({ stats, outcome });
const job = (plan: Plan, wanted: Job<Row>['wanted']): Job<Row> => ({
  name: 'a',
  plan: () => plan,
  wanted,
  reduce: keep,
});

const runner = suite('runJobs');

runner(
  'gives every job the replications of simulateReplication, in order, for one thread and for several',
  async () => {
    const plans = [planOf(50_000), planOf(100_000)];
    const expected = plans.map((plan) => [1, 2, 3].map((number) => simulateReplication(plan, number)));
    for (const workers of [1, 2]) {
      const rows = await runJobs(
        plans.map((plan) => job(plan, { numbers: [3, 1, 2] })),
        { store: new MemoryStore(), workers },
      );
      assert.equal(
        rows.map(({ stats }) => stats),
        expected,
      );
    }
  },
);

runner('goes on where it was stopped, repeats nothing, and ends with the same results and the same files', async () => {
  const plans = [50, 60, 70, 80].map((kbps) => planOf(kbps * 1000));
  const jobs = plans.map((plan) => job(plan, { numbers: [1, 2, 3] }));
  const home = emptyFolder();
  const undisturbed = new Workplace(join(home, 'one'), false);
  const expected = await runJobs(jobs, { store: undisturbed, workers: 2 });

  const abort = new AbortController();
  const first = new Workplace(join(home, 'two'), false);
  let written = 0;
  const stopping = {
    has: first.has.bind(first),
    get: first.get.bind(first),
    put: (address: string, stats: ReplicationStats) => {
      first.put(address, stats);
      if (++written === 5) abort.abort();
    },
  };
  try {
    await runJobs(jobs, { store: stopping, workers: 2, signal: abort.signal });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, StudyInterrupted);
  }
  const second = new Workplace(join(home, 'two'), false);
  assert.ok(second.found >= 5 && second.found < 12, `${second.found} were finished`);
  const before = second.found;
  let repeated = 0;
  const counting = {
    has: second.has.bind(second),
    get: second.get.bind(second),
    put: (address: string, stats: ReplicationStats) => {
      if (second.has(address, stats.replication)) repeated++;
      second.put(address, stats);
    },
  };
  const resumed = await runJobs(jobs, { store: counting, workers: 2 });
  assert.equal(resumed, expected);
  assert.is(repeated, 0);
  assert.is(second.found, 12);
  assert.ok(before > 0);
  assert.equal(second.files(), undisturbed.files());
});

runner('takes the first number of replications that reaches the precision, whatever the threads', async () => {
  const plan = planOf(50_000);
  const until = readPrecision('ci(mean) < 0.5%', [names]);
  const measures = Array.from({ length: 40 }, (_, i) => measuresOf(simulateReplication(plan, i + 1), 'mean'));
  let first = 3;
  while (!precisionReached(plan, until, measures.slice(0, first)).reached) first++;
  assert.ok(first > 3 && first < 40, `${first}`);
  for (const workers of [1, 2]) {
    const [row] = await runJobs([job(plan, { until, least: 3, most: 40 })], { store: new MemoryStore(), workers });
    assert.is(row?.stats.length, first);
    assert.is(row?.outcome.reached, true);
  }
});

runner('says that the limit was reached before the precision', async () => {
  const until = readPrecision('ci(mean) < 0.0001%', [names]);
  const [row] = await runJobs([job(planOf(50_000), { until, least: 2, most: 4 })], {
    store: new MemoryStore(),
    workers: 2,
  });
  assert.is(row?.stats.length, 4);
  assert.is(row?.outcome.reached, false);
  assert.is(row?.outcome.flow, planOf(1).flows.name[0]);
});

runner('runs ready jobs and none without a fault', async () => {
  assert.equal(await runJobs([], { store: new MemoryStore() }), []);
  const [row] = await runJobs([job(planOf(50_000), { numbers: [] })], { store: new MemoryStore() });
  assert.equal(row?.stats, []);
});

runner.run();

const store = suite('FolderStore');

store('gives back what it was given, and takes a damaged file for none', () => {
  const folder = emptyFolder();
  const stats = simulateReplication(planOf(50_000), 1);
  new FolderStore(folder).put('abc', stats);
  assert.equal(new FolderStore(folder).get('abc', 1), stats);
  assert.is(new FolderStore(folder).get('abc', 2), undefined);
  const [file] = readdirSync(folder);
  const content = readFileSync(join(folder, file!));
  writeFileSync(join(folder, file!), content.subarray(0, content.length - 1));
  assert.is(new FolderStore(folder).has('abc', 1), false);
});

store('keeps plans apart that engines read differently, and not those that differ in words', () => {
  const address = (plan: Plan) => addressOf(plan, 'simulation');
  const plan = planOf(50_000);
  assert.is(address(plan), address(planOf(50_000)));
  assert.is(address(plan), address({ ...plan, name: 'b', scenarioHash: 'x', assumptions: [] }));
  assert.is.not(address(plan), address(planOf(50_001)));
  assert.is.not(address(plan), address(planOf(50_000, '2')));
  assert.is.not(address(plan), addressOf(plan, 'simjs'));
});

store.run();

const precision = suite('readPrecision');

precision('reads statistic, payloads and share', () => {
  assert.equal(readPrecision(' ci( p95 ) < 5% ', [names]), {
    text: 'ci( p95 ) < 5%',
    statistic: 'p95',
    names: [],
    share: 0.05,
  });
  assert.equal(readPrecision('ci(mean, reads, writes)<=0.1', [names]).names, ['reads', 'writes']);
});

precision('names what it cannot read', () => {
  const code = (text: string) => {
    try {
      readPrecision(text, [names]);
      return '';
    } catch (error) {
      const [first] = (error as InputError).diagnostics;
      return `${first?.code} ${first?.nearest ?? ''}`.trim();
    }
  };
  assert.is(code('p95 < 5%'), 'SYNTAX');
  assert.is(code('ci(p59) < 5%'), 'UNKNOWN_NAME p50');
  assert.is(code('ci(mean, raeds) < 5%'), 'UNKNOWN_NAME reads');
  assert.is(code('ci(mean) < 0'), 'OUT_OF_RANGE');
  assert.is(code('ci(mean) < five'), 'OUT_OF_RANGE');
});

precision.run();
