/**
 * How much faster two workers are than one on one replication: AMI day x 10 days, whose areas have nothing in common, and
 * the same areas behind one uplink. Repetitions take turns; each begins with new threads, as a run does.
 * `node dist/bench/parallel.js [repetitions] [workers]` prints a line of JSON for each workload and fails when the workers
 * do not count the same.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../sim/plan.js';
import { simulateInTeam, teamWork } from '../sim/workers.js';
import { amiBehindOneUplink, amiDay } from './plans.js';

const repetitions = Number(process.argv[2] ?? 5);
const size = Number(process.argv[3] ?? 2);
const workloads: readonly Plan[] = [amiDay(100, 10), amiBehindOneUplink(100, 10)];

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function timed(plan: Plan, workers: number) {
  const startedMs = performance.now();
  const { counts, flows } = await simulateInTeam(plan, 1, workers);
  return { counted: { counts, sums: flows.latencySumS }, wallS: (performance.now() - startedMs) / 1000 };
}

for (const plan of workloads) {
  const aloneS: number[] = [];
  const togetherS: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const [alone, together] = [await timed(plan, 1), await timed(plan, size)];
    aloneS.push(alone.wallS);
    togetherS.push(together.wallS);
    if (!isDeepStrictEqual(alone.counted, together.counted)) throw new Error(`${plan.name}: ${size} workers differ`);
  }
  console.log(
    JSON.stringify({
      workload: plan.name,
      cells: teamWork(plan).cells,
      workers: size,
      aloneS: aloneS.map((s) => Number(s.toFixed(3))),
      togetherS: togetherS.map((s) => Number(s.toFixed(3))),
      ratio: Number((median(aloneS) / median(togetherS)).toFixed(2)),
    }),
  );
}
