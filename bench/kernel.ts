/** Messages per second of the engine: one queue, and an AMI day. `node dist/bench/kernel.js [repetitions]` */
import type { Plan } from '../sim/plan.js';
import { simulateReplication } from '../sim/simulate.js';
import { amiDay, oneQueue } from './plans.js';

const repetitions = Number(process.argv[2] ?? 5);
const workloads: readonly Plan[] = [oneQueue(0.9, 2e6), amiDay(100, 3)];

for (const plan of workloads) {
  simulateReplication(plan, 0); // warm
  const runs = Array.from({ length: repetitions }, (_, replication) => {
    const startedMs = performance.now();
    const stats = simulateReplication(plan, replication + 1);
    return { stats, wallS: (performance.now() - startedMs) / 1000 };
  });
  const perS = runs.map(({ stats, wallS }) => stats.counts.messages / wallS).sort((a, b) => a - b);
  const { stats } = runs[0]!;
  const latencies = plan.flows.name.map((name, flow) => {
    const meanS =
      runs.reduce((sum, r) => sum + r.stats.flows.latencySumS[flow]! / r.stats.flows.delivered[flow]!, 0) / runs.length;
    return `${name} ${(1000 * meanS).toFixed(3)} ms`;
  });
  console.log(
    JSON.stringify({
      workload: plan.name,
      ...stats.counts,
      wallS: runs.map(({ wallS }) => Number(wallS.toFixed(3))),
      messagesPerS: {
        min: Math.round(perS[0]!),
        median: Math.round(perS[perS.length >> 1]!),
        max: Math.round(perS.at(-1)!),
      },
      rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
      latencies,
    }),
  );
}
