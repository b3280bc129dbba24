/** Runs through the ordinary door: `fanplan run` on a scenario file, in a process of its own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { packageRoot } from '../base/files.js';
import type { RunInfo } from '../sim/results.js';
import { runNode } from './child.js';
import type { Sample } from './sample.js';

export interface RunAs {
  readonly engine?: 'simulation' | 'closed-form' | 'simjs';
  readonly workers?: number;
  /** Changes of the scenario's text, e.g. another duration: each must be found once. */
  readonly change?: readonly (readonly [from: string, to: string])[];
  /** `simulation`: without reading, compiling and writing; `process`: all of it. */
  readonly time: 'simulation' | 'process';
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/**
 * One replication of a scenario file of the project; the folder that it writes is looked at and deleted.
 * @throws Error with what it said when it fails
 */
export async function runScenario(file: string, as: RunAs): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'fanplan-bench-'));
  try {
    const scenario = join(folder, 'scenario.yaml');
    writeFileSync(scenario, changed(readFileSync(join(packageRoot, file), 'utf8'), as.change ?? []));
    const output = join(folder, 'results');
    mkdirSync(output);
    const options = ['-n', '1', '-w', String(as.workers ?? 1), '-e', as.engine ?? 'simulation', '-o', output, '-q'];
    const bin = as.node === undefined ? 'bundle/bin.js' : 'cli/bin.js'; // profiles name modules
    const { wallS, peakMiB } = await runNode(bin, ['run', scenario, ...options], as.node);
    const run = JSON.parse(readFileSync(join(output, 'run.json'), 'utf8')) as RunInfo;
    const { messages, hops, events } = run.counts;
    return {
      messages,
      hops,
      events,
      wallS: as.time === 'process' ? wallS : run.timing.simulationS,
      peakMiB,
      latencyMs: latenciesOf(join(output, 'flows.arrow')),
      more: { processS: round(wallS), simulationS: round(run.timing.simulationS), ties: run.counts.ties },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function changed(text: string, change: readonly (readonly [string, string])[]): string {
  let result = text;
  for (const [from, to] of change) {
    const parts = result.split(from);
    if (parts.length !== 2) throw new Error(`the scenario has ${parts.length - 1} times: ${from}`);
    result = parts.join(to);
  }
  return result;
}

/** Mean latencies by payload, weighted by what was delivered. */
function latenciesOf(file: string): Record<string, number> {
  const table = tableFromIPC(readFileSync(file));
  const sums: Record<string, { messages: number; sumMs: number }> = {};
  for (const row of table.toArray() as { payload: string; delivered: number; latencyMeanS: number }[]) {
    if (!(row.delivered > 0)) continue;
    sums[row.payload] ??= { messages: 0, sumMs: 0 };
    sums[row.payload]!.messages += row.delivered;
    sums[row.payload]!.sumMs += 1000 * row.delivered * row.latencyMeanS;
  }
  return Object.fromEntries(Object.entries(sums).map(([payload, { messages, sumMs }]) => [payload, sumMs / messages]));
}

function round(seconds: number): number {
  return Number(seconds.toFixed(3));
}
