/** Replications of trials by the runner of studies: kept as they finish, so that a stopped study goes on. */
import { runJobs } from '../runner/runner.js';
import type { ReplicationStore } from '../runner/store.js';
import type { Simulate } from './simulated-trial.js';

export function simulateInto(
  store: ReplicationStore,
  options: { readonly workers?: number; readonly signal?: AbortSignal },
): Simulate {
  return async (plan, numbers) => {
    const job = {
      name: plan.name,
      plan: () => plan,
      wanted: { numbers },
      reduce: (_: unknown, stats: Awaited<ReturnType<Simulate>>) => stats,
    };
    const [stats] = await runJobs([job], { store, ...options });
    return stats!;
  };
}
