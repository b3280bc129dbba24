/** What one worker of a team simulates of a replication (workers.ts). */
import type { MessagePort } from 'node:worker_threads';
import { Team, type TeamMemory } from './engine/team.js';
import type { Marks } from './engine/tier-capture.js';
import type { Plan } from './plan.js';
import { type ReplicationPart, simulatePart } from './simulate.js';

export interface TeamTask {
  readonly plan: Plan;
  readonly replication: number;
  readonly rank: number;
  readonly memory: TeamMemory;
  /** To the other workers, per rank; none to itself. */
  readonly ports: readonly (MessagePort | undefined)[];
  /** Shared with the main thread: fraction done, per rank. */
  readonly progress: SharedArrayBuffer;
}

/** What a worker tells the main thread: of every window of tiers that is over, whether it has any of it or not; at last all. */
export type TeamReport =
  | { readonly tier: number; readonly window: number; readonly marks: Marks | undefined }
  | { readonly part: ReplicationPart };

/** Of the task before: the others may have been reading from them until all had ended. */
let oldPorts: TeamTask['ports'] = [];

/** Simulates what falls to one worker of a team. */
export function runPart(
  { plan, replication, rank, memory, ports, progress }: TeamTask,
  report: (what: TeamReport) => void,
): void {
  for (const port of oldPorts) port?.close();
  oldPorts = ports;
  const fractions = new Float64Array(progress);
  const part = simulatePart(
    plan,
    replication,
    new Team(memory, rank, ports),
    (tier, window, marks) => report({ tier, window, marks }),
    {
      onProgress: (fraction) => {
        fractions[rank] = fraction;
      },
    },
  );
  report({ part });
}
