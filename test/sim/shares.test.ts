/** Shares of a team: who runs which cell. */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partition } from '../../sim/engine/cells.js';
import { compileProgram } from '../../sim/engine/program.js';
import { dealCells, workOfCells } from '../../sim/shares.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan } from './plan-builder.js';

const work = suite('workOfCells');

work('is the messages that cross the links of a cell, answers included', () => {
  const plan = buildPlan({
    kinds: { dap: 5 },
    links: { 'NAN up': { kind: 'dap' }, 'NAN down': { kind: 'dap' } },
    sources: [
      { name: 'reads', kind: 'dap', devices: 20, periodS: 600, path: ['NAN up'] },
      { name: 'more', kind: 'dap', range: [3, 2], devices: 40, periodS: 600, path: ['NAN up'] },
      { name: 'commands', kind: 'dap', devices: 20, periodS: 1200, path: ['NAN down'] },
      { name: 'answers', kind: 'dap', process: 'caused', path: ['NAN up'] },
    ],
    causes: [{ trigger: 'commands', source: 'answers', probability: 0.5 }],
  });
  const program = compileProgram(plan, 1);
  const cells = partition(program, 'cells');
  const { links, linkStart } = simulateReplication(plan, 1);
  assert.is(cells.count, 5);
  for (const [cell, expected] of workOfCells(program, cells).entries()) {
    const offered = links.messages[linkStart[0]! + cell]! + links.messages[linkStart[1]! + cell]!;
    assert.ok(Math.abs(offered - expected) < 6 * Math.sqrt(expected), `cell ${cell}: ${offered}, ${expected}`);
  }
});

work.run();

const deal = suite('dealCells');

deal('leaves nobody with more than the mean, a hundredth of it, and the largest cell', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (cells, workers) => {
        const load = new Float64Array(workers);
        for (const [cell, worker] of dealCells(Float64Array.from(cells), workers).entries()) {
          load[worker]! += cells[cell]!;
        }
        const total = cells.reduce((sum, cell) => sum + cell, 0);
        assert.ok(Math.max(...load) <= (1.01 * total) / workers + Math.max(...cells) + 1e-9);
      },
    ),
  );
});

deal('keeps together what is small', () => {
  const [a, , b, , , c] = dealCells(Float64Array.of(2, 100, 1, 100, 400, 2, 400), 2);
  assert.equal([b, c], [a, a]);
});

deal('does not keep together what is not', () => {
  assert.equal([...dealCells(Float64Array.of(40, 100, 60, 100), 2)].sort(), [0, 0, 1, 1]);
});

deal.run();
