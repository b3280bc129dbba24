/** All deployment profiles in closed form: the computing, and the whole comparison with its report. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, runNode } from '../child.js';
import type { Sample, Workload } from '../sample.js';
import { under } from './scenarios.js';

const SCENARIO = 'scenarios/city-highload.yaml';
const PROFILES = 948;

export function profileWorkloads(): Workload[] {
  const all: Workload['check'] = ({ messages }) => (messages === PROFILES ? [] : [`${messages} profiles`]);
  return [
    {
      name: '948 profiles in closed form',
      phase: 'computing',
      contenders: [{ name: 'fanplan', run: () => measure('profiles', SCENARIO) }],
      check: all,
      targets: [under(2, 's')],
    },
    {
      name: 'fanplan compare --profiles all --shortlist 0',
      phase: 'process',
      contenders: [{ name: 'fanplan', run: compare }],
      check: all,
      targets: [under(5, 's')],
    },
  ];
}

async function compare(): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'fanplan-bench-'));
  try {
    const given = ['compare', SCENARIO, '--profiles', 'all', '--shortlist', '0', '-o', folder, '--json'];
    const { stdout, wallS, peakMiB } = await runNode('bundle/bin.js', given);
    const { tables } = JSON.parse(stdout) as { tables: { candidates: readonly unknown[] } };
    return { messages: tables.candidates.length, hops: 0, events: 0, wallS, peakMiB };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
