/** One replication on several threads. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { partition } from './engine/cells.js';
import { compileProgram } from './engine/program.js';
import { workOfCells } from './engine/shares.js';
import { Statistics } from './engine/statistics.js';
import { teamMemory } from './engine/team.js';
import { serverLayout } from './link-layout.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { Interrupted, type ReplicationPart } from './simulate.js';
import type { TeamReport, TeamTask } from './team-worker.js';
import { TierWindows } from './tier-windows.js';

const PROGRESS_EVERY_MS = 100;

export interface TeamOptions {
  /** Called about ten times a second with the fraction that is done, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  /** Ends the work. */
  readonly signal?: AbortSignal;
}

/** How much a team has to do: how many workers may have a part in it, and how many messages cross links, about. */
export function teamWork(plan: Plan): { readonly cells: number; readonly hops: number } {
  const program = compileProgram(plan, 0);
  const cells = partition(program, 'cells');
  const perS = workOfCells(program, cells).reduce((sum, work) => sum + work, 0);
  return { cells: cells.count, hops: perS * plan.time.horizonS };
}

/**
 * Simulates replication `replication` of `plan` with `size` workers, each of which runs its cells of the network
 * (engine/team.ts). The result is that of `simulateReplication`, byte for byte. Each worker has the plan and columns over all
 * of its instances.
 * @throws Interrupted when `signal` aborts
 * @throws Error when a worker fails; the others are ended
 */
export async function simulateInTeam(
  plan: Plan,
  replication: number,
  size: number,
  { onProgress, signal }: TeamOptions = {},
): Promise<ReplicationStats> {
  if (signal?.aborted) throw new Interrupted();
  const program = compileProgram(plan, replication);
  const levels = partition(program, 'cells').levelStart.length - 1;
  const memory = teamMemory(size, levels, serverLayout(plan)[plan.servers.name.length]);
  const progress = new SharedArrayBuffer(8 * size);
  const fractions = new Float64Array(progress);
  const ports = connect(size);
  const stats = new Statistics(program);
  const tierWindows = new TierWindows(size, stats.captures.shares);
  const workers: Worker[] = [];
  const end = () => Promise.all(workers.map((worker) => worker.terminate()));
  const timer = setInterval(() => onProgress?.(fractions.reduce((a, b) => a + b, 0) / size), PROGRESS_EVERY_MS);
  let abort = () => {};
  try {
    const parts = await new Promise<ReplicationPart[]>((resolve, reject) => {
      abort = () => reject(new Interrupted());
      signal?.addEventListener('abort', abort, { once: true });
      const done = new Map<number, ReplicationPart>();
      for (const [rank, own] of ports.entries()) {
        const task: TeamTask = { plan, replication, rank, memory, ports: own, progress };
        const worker = new Worker(new URL('./team-worker.js', import.meta.url), {
          workerData: task,
          transferList: own.filter((port) => port !== undefined),
        });
        workers.push(worker);
        worker.on('message', (report: TeamReport) => {
          if ('part' in report) done.set(rank, report.part);
          else tierWindows.add(report.tier, report.window, report.open);
          if (done.size === size) resolve([...done.values()]);
        });
        worker.on('error', reject);
        worker.on('exit', (code) => {
          if (!done.has(rank)) reject(new Error(`simulation: worker ${rank} ended with ${code}`));
        });
      }
    });
    for (const { statistics } of parts) stats.add(statistics);
    const { warmUpDays, settled } = parts[0]!;
    return stats.result(replication, warmUpDays, settled);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', abort);
    await end();
  }
}

/** A channel between each two workers: `[a][b]` is the end at a of that to b. */
function connect(size: number): (MessagePort | undefined)[][] {
  const ports: (MessagePort | undefined)[][] = Array.from({ length: size }, () => new Array(size).fill(undefined));
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const { port1, port2 } = new MessageChannel();
      ports[a]![b] = port1;
      ports[b]![a] = port2;
    }
  }
  return ports;
}
