import * as assert from 'uvu/assert';
import type { Medium } from '../../sim/media.js';
import type { ReplicationStats } from '../../sim/replication.js';
import { simulateReplication } from '../../sim/simulate.js';
import { assertBalance } from './balance.js';
import { fingerprint } from './fingerprint.js';
import { buildPlan, type FramingLiteral } from './plan-builder.js';

const DAPS = 3;
const METERS = 8;

/**
 * Three areas with eight meters and a medium each, behind one line up: reads, commands that are answered, a broadcast; an
 * outage of the medium, and of some meters. Asserts that nothing is left out of the books, and that the results do not
 * depend on how the network is cut.
 * @param periodS of the reads of a meter
 */
export function runNetwork(medium: Medium, framing: FramingLiteral, periodS: number): ReplicationStats {
  const plan = buildPlan({
    horizonS: 3600,
    binS: 900,
    kinds: { dap: DAPS },
    endpoints: { dap: METERS },
    populations: { meters: { kind: 'dap', devices: METERS } },
    links: {
      'NAN up': {
        kind: 'dap',
        server: 'NAN',
        medium,
        rateBps: 8000,
        discipline: 'priority',
        quantumB: 100,
        delayS: 0.01,
      },
      'NAN down': { kind: 'dap', server: 'NAN', rateBps: 8000, delayS: 0.01 },
      'WAN up': { rateBps: 1e5, delayS: 0.02 },
    },
    sources: [
      {
        name: 'reads',
        kind: 'dap',
        devices: METERS,
        periodS,
        sizeB: 100,
        path: [{ link: 'NAN up', framing }, 'WAN up'],
      },
      {
        name: 'commands',
        kind: 'dap',
        devices: METERS,
        periodS: 4 * periodS,
        sizeB: 100,
        priority: 1,
        path: [{ link: 'NAN down', framing }],
      },
      {
        name: 'answers',
        kind: 'dap',
        devices: METERS,
        process: 'caused',
        sizeB: 100,
        path: [{ link: 'NAN up', framing }, 'WAN up'],
      },
      {
        name: 'news',
        kind: 'dap',
        process: 'periodic',
        periodS: 20 * periodS,
        sizeB: 100,
        path: [{ link: 'NAN down', framing, listeners: 'meters' }],
      },
    ],
    causes: [{ trigger: 'commands', source: 'answers', delayS: 0.1, spreadS: 0.2 }],
    outages: [
      { kind: 'dap', range: [1, 1], server: 'NAN', fromS: 1000, toS: 1060 },
      { kind: 'dap', range: [2, 1], nodes: [2, 3], fromS: 2000, toS: 2300 },
    ],
  });
  const [cells, single] = (['parts', 'single'] as const).map((partition) =>
    simulateReplication(plan, 1, { partition }),
  );
  assert.is(fingerprint(cells!), fingerprint(single!));
  assert.ok(
    cells!.flows.delivered.every((n) => n > 0),
    `delivered ${cells!.flows.delivered}`,
  );
  assertBalance(plan, cells!);
  return cells!;
}
