/** Where the time of a run goes: self time by function, from V8's own profiler, all threads together. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScenario } from './ordinary.js';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const ROWS = 30;

/** Prints the functions that take most of the time of one replication of a scenario file, as a table. */
export async function profile(file: string, workers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fanplan-profile-'));
  try {
    const node = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=2000'];
    const { messages, hops, events, wallS } = await runScenario(file, { workers, time: 'process', node });
    console.log(
      `${file}: ${messages} messages, ${hops} hops, ${events} events, ${wallS.toFixed(1)} s with the profiler\n`,
    );
    const selfUs = new Map<string, number>();
    for (const name of readdirSync(folder)) addProfile(JSON.parse(readFileSync(join(folder, name), 'utf8')), selfUs);
    selfUs.delete('(idle)');
    const total = [...selfUs.values()].reduce((sum, us) => sum + us, 0);
    console.log('| self | function |\n| --: | --- |');
    for (const [name, us] of [...selfUs].sort((a, b) => b[1] - a[1]).slice(0, ROWS)) {
      console.log(`| ${((100 * us) / total).toFixed(1)} % | ${name} |`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function addProfile({ nodes, samples, timeDeltas }: CpuProfile, selfUs: Map<string, number>): void {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  samples.forEach((id, i) => {
    const name = names.get(id)!;
    selfUs.set(name, (selfUs.get(name) ?? 0) + timeDeltas[i]!);
  });
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const place = /\/(?:dist|node_modules)\/(.+)$/.exec(url)?.[1];
  return place === undefined
    ? functionName || '(anonymous)'
    : `${functionName || '(anonymous)'} ${place}:${lineNumber + 1}`;
}
