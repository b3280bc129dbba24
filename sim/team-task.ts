/** What one worker of a team simulates of a replication (workers.ts). */
import type { MessagePort } from 'node:worker_threads';
import type { Cells } from './engine/cells.js';
import { Team, type TeamMemory } from './engine/team.js';
import type { Marks } from './engine/tier-capture.js';
import type { Plan } from './plan.js';
import { type ReplicationPart, simulatePart } from './simulate.js';

export interface TeamTask {
  readonly plan: Plan;
  /** How it is cut. */
  readonly cells: Cells;
  readonly replication: number;
  readonly rank: number;
  readonly memory: TeamMemory;
  /** To the other workers, per rank; none to itself. */
  readonly ports: readonly (MessagePort | undefined)[];
  /** Shared with the main thread: fraction done, per rank. */
  readonly progress: SharedArrayBuffer;
}

/** A window of tiers that is over, and what a worker has of it, if it has anything. */
export interface TierReport {
  readonly tier: number;
  readonly window: number;
  readonly marks: Marks | undefined;
}

/** What a worker tells the main thread: of every window of tiers that is over, whether it has any of it or not; at last all. */
export type TeamReport = { readonly tiers: readonly TierReport[] } | { readonly part: ReplicationPart };

/**
 * So many windows, or words of marks, are told at once: for each time the main thread wakes up, on the core of one of the workers. Measured,
 * 60 AMI days by two workers: 2.70 s in place of 2.77 s, what `transfer` saves included (medians of eleven turns).
 */
const REPORTS_AT_ONCE = 64;
const WORDS_AT_ONCE = 64 * 1024;

/** Of the task before: the others may have been reading from them until all had ended. */
let oldPorts: TeamTask['ports'] = [];

/**
 * Simulates what falls to one worker of a team. The buffers in `transfer` are not needed here any more; that the thread gives them away makes
 * its next task slower, see `Team.send`.
 */
export function runPart(
  { plan, cells, replication, rank, memory, ports, progress }: TeamTask,
  report: (what: TeamReport, transfer?: ArrayBuffer[]) => void,
): void {
  for (const port of oldPorts) port?.close();
  oldPorts = ports;
  const fractions = new Float64Array(progress);
  let tiers: TierReport[] = [];
  let words = 0;
  const tell = () => {
    report({ tiers });
    tiers = [];
    words = 0;
  };
  const part = simulatePart(
    plan,
    cells,
    replication,
    new Team(memory, rank, ports),
    (tier, window, marks) => {
      tiers.push({ tier, window, marks: marks?.slice() });
      words += marks?.length ?? 0;
      if (tiers.length === REPORTS_AT_ONCE || words >= WORDS_AT_ONCE) tell();
    },
    {
      onProgress: (fraction) => {
        fractions[rank] = fraction;
      },
    },
  );
  tell();
  report(
    { part },
    part.statistics.sums.map(({ buffer }) => buffer as ArrayBuffer),
  );
}
