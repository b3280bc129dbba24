/** Cells: how networks are cut, and that the cut leaves no trace where it could: shared uplinks, ties, answers. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partition } from '../../sim/engine/cells.js';
import { compileProgram } from '../../sim/engine/program.js';
import type { Plan } from '../../sim/plan.js';
import { simulateReplication } from '../../sim/simulate.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan, type PlanLiteral } from './plan-builder.js';
import { DAPS, sharedUplink } from './shared-uplink.js';

const cellCount = (plan: Plan) => partition(compileProgram(plan, 1), 'parts').count;

const cut = suite('partition');

cut('areas with links of their own are a cell each', () => {
  const links = { 'WAN up': { kind: 'dap' }, 'WAN down': { kind: 'dap' } };
  assert.is(cellCount(buildPlan(sharedUplink(0.5, 'random', links))), DAPS);
});

cut('a shared link is a stage before or after the areas, answers included', () => {
  assert.is(cellCount(buildPlan(sharedUplink(0.5, 'random'))), 1 + DAPS + 1);
});

cut('a shared half-duplex link is the hub of a circle with the areas whose messages pass it both ways', () => {
  const links = { 'WAN up': { server: 'air', rateBps: 1e6 }, 'WAN down': { server: 'air' } };
  const program = compileProgram(buildPlan(sharedUplink(0.5, 'random', links)), 1);
  const cells = partition(program, 'parts');
  assert.is(cells.count, 1 + DAPS);
  assert.is(cells.levelStart.length, 2);
  assert.equal(cells.circle && [cells.circle.hub, cells.circle.firstSpoke, cells.circle.spokes], [0, 1, DAPS]);
  assert.is(partition(program, 'cells').count, 1); // few as they are, they are run in one piece
});

cut('a half-duplex link within areas joins nothing beyond', () => {
  const links = { 'NAN up': { kind: 'dap', server: 'nan' }, 'NAN down': { kind: 'dap', server: 'nan' } };
  assert.is(cellCount(buildPlan(sharedUplink(0.5, 'random', links))), 1 + DAPS + 1);
});

cut('a broadcast into the links of all areas has a stage of its own', () => {
  const plan = buildPlan({
    kinds: { dap: DAPS },
    links: { 'NAN down': { kind: 'dap' } },
    sources: [{ name: 'price', path: [{ link: 'NAN down', fan: 'everyInstance' }] }],
  });
  assert.is(cellCount(plan), 1 + DAPS);
});

cut.run();

const same = suite('the same bytes cell by cell as in one piece');

const halfDuplex = {
  'NAN up': { kind: 'dap', server: 'nan', rateBps: 20_000, delayS: 0.005 },
  'NAN down': { kind: 'dap', server: 'nan', rateBps: 20_000 },
};
const atOnce = { kind: 'dap', process: 'periodic', phase: 'synchronised', periodS: 600, sizeB: 300 } as const;
const cases: Record<string, PlanLiteral> = {
  'uplink at load 0.9': sharedUplink(0.9, 'random'),
  'uplink at load 0.9, synchronised reads': sharedUplink(0.9, 'synchronised'),
  'overloaded uplink': sharedUplink(1.2, 'synchronised'),
  'half-duplex areas': sharedUplink(0.9, 'synchronised', halfDuplex),
  'uplink with priorities and a finite buffer': {
    ...sharedUplink(0.9, 'synchronised', { 'WAN up': { discipline: 'priority', rateBps: 4000, bufferB: 50_000 } }),
  },
  'links without transmission time': sharedUplink(0.9, 'synchronised', {
    'NAN up': { kind: 'dap' },
    'NAN down': { kind: 'dap' },
  }),
  'answers without delay beside what is sent in the same instant': {
    ...sharedUplink(0.9, 'random', { 'ELSE down': {} }),
    sources: [
      { name: 'polls', ...atOnce, path: ['ELSE down'] },
      { name: 'acks', kind: 'dap', process: 'caused', sizeB: 500, path: ['ELSE down', 'NAN down'] },
      { name: 'others', ...atOnce, path: ['NAN down'] },
    ],
    causes: [{ trigger: 'polls', source: 'acks' }],
  },
  'a hub that all areas share both ways, answers without delay': sharedUplink(0.9, 'synchronised', {
    'WAN up': { server: 'air', rateBps: 40_000 },
    'WAN down': { server: 'air', rateBps: 40_000 },
  }),
  'until the day repeats': { ...sharedUplink(0.9, 'random'), warmUpDays: -1, dayLengthS: [3600] },
};

for (const [name, literal] of Object.entries(cases)) {
  same(name, () => {
    const plan = buildPlan(literal);
    assert.ok(cellCount(plan) > DAPS);
    for (const replication of [1, 2]) {
      const [parts, single] = (['parts', 'single'] as const).map((how) =>
        simulateReplication(plan, replication, { partition: how }),
      );
      assert.ok(single!.flows.delivered.every((n) => n > 0));
      assert.is(fingerprint(parts!), fingerprint(single!));
    }
  });
}

same('synchronised reads do tie', () => {
  assert.ok(simulateReplication(buildPlan(cases['links without transmission time']!), 1).counts.ties > 1000);
});

same.run();
