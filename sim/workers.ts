/** One replication on several threads. */
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { type Cells, partition, piecesOf } from './engine/cells.js';
import { compileProgram, type Program } from './engine/program.js';
import { Statistics } from './engine/statistics.js';
import { teamMemory } from './engine/team.js';
import { takeThread } from './engine-threads.js';
import { serverLayout } from './link-layout.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import { shareOut, workOfCells } from './shares.js';
import { Interrupted, type ReplicationPart } from './simulate.js';
import type { TeamReport, TeamTask } from './team-task.js';
import { TierWindows } from './tier-windows.js';

const PROGRESS_EVERY_MS = 100;

export interface TeamOptions {
  /** Called about ten times a second with the fraction that is done, 0..1. */
  readonly onProgress?: (fraction: number) => void;
  /** Ends the workers, and with them the work. */
  readonly signal?: AbortSignal;
}

interface Parts {
  /** Of any replication: its keys and its seed are not to be used. */
  readonly program: Program;
  readonly cells: Cells;
  /** Of each cell, see shares.ts. */
  readonly work: Float64Array;
}

const partsOfPlans = new WeakMap<Plan, Parts>();

/** How a plan is cut, whatever the replication: worked out once, since who asks whether a team is worth it may want one. */
function partsOf(plan: Plan): Parts {
  const known = partsOfPlans.get(plan);
  if (known !== undefined) return known;
  const program = compileProgram(plan, 0);
  const cells = partition(program, 'cells');
  const parts = { program, cells, work: workOfCells(program, cells) };
  partsOfPlans.set(plan, parts);
  return parts;
}

/** What a team would have to do: how many workers may have a part in it, and how many messages cross links, about. */
export function teamWork(plan: Plan): { readonly cells: number; readonly hops: number } {
  const { cells, work } = partsOf(plan);
  return { cells: piecesOf(cells), hops: work.reduce((sum, ofCell) => sum + ofCell, 0) };
}

/** As `Workers.simulate`, with workers of its own. */
export async function simulateInTeam(
  plan: Plan,
  replication: number,
  size: number,
  options: TeamOptions = {},
): Promise<ReplicationStats> {
  const workers = new Workers(size);
  try {
    return await workers.simulate(plan, replication, options);
  } finally {
    await workers.end();
  }
}

/** A team of threads that simulate one replication at a time together. */
export class Workers {
  private readonly threads: readonly Worker[];

  constructor(size: number) {
    this.threads = Array.from({ length: size }, takeThread);
  }

  end(): Promise<unknown> {
    return Promise.all(this.threads.map((thread) => thread.terminate()));
  }

  /**
   * Simulates replication `replication` of `plan`; each worker runs its cells of the network (engine/team.ts). The result
   * is that of `simulateReplication`, byte for byte. Each worker has the plan, and columns over all of its instances.
   * When it throws, the team is of no use any more.
   * @throws Interrupted when `signal` aborts
   * @throws Error when a worker fails
   */
  async simulate(plan: Plan, replication: number, { onProgress, signal }: TeamOptions = {}): Promise<ReplicationStats> {
    if (signal?.aborted) throw new Interrupted();
    const size = this.threads.length;
    const { program, cells, work } = partsOf(plan);
    const workerOf = shareOut(cells, work, size);
    const servers = serverLayout(plan)[plan.servers.name.length];
    const memory = teamMemory(size, cells.levelStart.length - 1, workerOf, servers);
    const progress = new SharedArrayBuffer(8 * size);
    const fractions = new Float64Array(progress);
    const parts: ReplicationPart[] = [];
    const off: (() => void)[] = [];
    const timer = setInterval(() => onProgress?.(fractions.reduce((a, b) => a + b, 0) / size), PROGRESS_EVERY_MS);
    try {
      const ended = new Promise<void>((resolve, reject) => {
        const abort = () => reject(new Interrupted());
        signal?.addEventListener('abort', abort, { once: true });
        off.push(() => signal?.removeEventListener('abort', abort));
        const ports = connect(size);
        for (const [rank, thread] of this.threads.entries()) {
          const onMessage = (report: TeamReport) => {
            if ('part' in report) parts.push(report.part);
            else for (const { tier, window, marks } of report.tiers) tierWindows.add(tier, window, marks);
            if (parts.length === size) resolve();
          };
          const onExit = (code: number) => reject(new Error(`simulation: worker ${rank} ended with ${code}`));
          thread.on('message', onMessage).on('error', reject).on('exit', onExit);
          off.push(() => thread.off('message', onMessage).off('error', reject).off('exit', onExit));
          const task: TeamTask = { plan, cells, replication, rank, memory, ports: ports[rank], progress };
          thread.postMessage(
            task,
            ports[rank].filter((port) => port !== undefined),
          );
        }
      });
      // What they report is counted here; made while they make theirs.
      const stats = new Statistics(program);
      const tierWindows = new TierWindows(size, stats.captures.shares);
      await ended;
      for (const { statistics } of parts) stats.add(statistics);
      const { warmUpDays, settled } = parts[0];
      return stats.result(replication, warmUpDays, settled);
    } catch (fault) {
      await this.end(); // others may be waiting for one that failed
      throw fault;
    } finally {
      clearInterval(timer);
      for (const remove of off) remove();
    }
  }
}

/** A channel between each two workers: `[a][b]` is the end at a of that to b. */
function connect(size: number): (MessagePort | undefined)[][] {
  const ports: (MessagePort | undefined)[][] = Array.from({ length: size }, () => new Array(size).fill(undefined));
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const { port1, port2 } = new MessageChannel();
      ports[a][b] = port1;
      ports[b][a] = port2;
    }
  }
  return ports;
}
