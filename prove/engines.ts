/**
 * The simulation beside the second engine, simjs, on the ready-made scenarios that simjs can express: the same plan, the
 * same arrivals, two clocks, two sets of servers. Every delivery must happen at the same instant in both.
 *
 * Events of one instant are ordered by each engine in its own way: where messages meet to the last bit of time, two of
 * them may change places. Such deliveries are counted, and must be as many as ties explain.
 *
 * Usage: node dist/prove/engines.js; the last line is `N passed, N failed`.
 */
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import { columns } from '../cli/table.js';
import { compile, loadScenario } from '../pipeline.js';
import type { Plan } from '../sim/plan.js';
import { simulateReplication } from '../sim/simulate.js';
import { Ledger } from './ledger.js';

const SCENARIOS = ['worked-example.yaml', 'islanding-chain.yaml', 'first-look.yaml'];
/** Share of deliveries that may differ where ties allow it. */
const BY_TIES = 1e-4;

type EngineName = 'simulation' | 'simjs';

interface Run {
  /** Time of every delivery by flow, source instance, message, hop and receiver. */
  readonly deliveries: ReadonlyMap<string, number>;
  readonly ties: number;
  readonly seconds: number;
}

function run(plan: Plan, engine: EngineName): Run {
  const deliveries = new Map<string, number>();
  const startedMs = performance.now();
  const { counts } = simulateReplication(plan, 1, {
    engine,
    trace: (flow, sourceInstance, number, hop, instance, device, createdS, atS) => {
      deliveries.set(`${flow} ${sourceInstance} ${number} ${hop} ${instance} ${device} ${createdS}`, atS);
    },
  });
  return { deliveries, ties: counts.ties, seconds: (performance.now() - startedMs) / 1000 };
}

const ledger = new Ledger();
const table: string[][] = [];
for (const file of SCENARIOS) {
  const plan = compile(loadScenario(join(packageRoot, 'scenarios', file)));
  // From an empty network: simjs need not warm up for days.
  const short = { ...plan, time: { ...plan.time, warmUpDays: 0 } };
  const [own, second] = [run(short, 'simulation'), run(short, 'simjs')];
  let same = 0;
  let largestS = 0;
  const missing: string[] = [];
  for (const [delivery, atS] of own.deliveries) {
    const there = second.deliveries.get(delivery);
    if (there === undefined) missing.push(delivery);
    else if (there === atS) same++;
    else largestS = Math.max(largestS, Math.abs(there - atS));
  }
  const differ = own.deliveries.size - same - missing.length;
  ledger.claim(`${file}: both engines deliver the same messages`, [
    ...missing.slice(0, 5),
    ...(own.deliveries.size === second.deliveries.size ? [] : [`${own.deliveries.size} and ${second.deliveries.size}`]),
  ]);
  const most = own.ties === 0 ? 0 : BY_TIES * own.deliveries.size;
  ledger.claim(
    `${file}: at the same instant, to the last bit, but for at most ${Math.floor(most)} that met another at one instant`,
    differ <= most ? [] : [`${differ} of ${own.deliveries.size} differ, by up to ${largestS} s, with ${own.ties} ties`],
  );
  table.push([
    file,
    String(own.deliveries.size),
    String(same),
    String(own.ties),
    own.seconds.toFixed(2),
    second.seconds.toFixed(2),
  ]);
}
console.log(`\n${columns([['scenario', 'deliveries', 'same bits', 'ties', 'simulation, s', 'simjs, s'], ...table])}`);
ledger.close();
