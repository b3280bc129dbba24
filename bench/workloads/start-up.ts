/** What a user waits for: help, and the first look. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunInfo } from '../../sim/results.js';
import { runNode } from '../child.js';
import type { Sample, Workload } from '../sample.js';
import { sameCounts, under } from './scenarios.js';

export function startUpWorkloads(): Workload[] {
  return [
    {
      name: 'fanplan --help',
      phase: 'process',
      runs: 11,
      contenders: [{ name: 'fanplan', run: help }],
      check: () => [],
      targets: [under(0.15, 'ms')],
    },
    {
      name: 'fanplan run scenarios/first-look.yaml',
      phase: 'process',
      contenders: [{ name: 'fanplan', run: firstLook }],
      check: sameCounts(),
      targets: [under(3, 's')],
    },
  ];
}

async function help(): Promise<Sample> {
  const { stdout, wallS, peakMiB } = await runNode('bundle/bin.js', ['--help']);
  if (!stdout.includes('Usage: fanplan')) throw new Error('fanplan --help does not help');
  return { messages: 0, hops: 0, events: 0, wallS, peakMiB };
}

/** As a user runs it: all of its replications, on all cores. */
async function firstLook(): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'fanplan-bench-'));
  try {
    const { wallS, peakMiB } = await runNode('bundle/bin.js', ['run', 'scenarios/first-look.yaml', '-q', '-o', folder]);
    const { counts } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunInfo;
    return { ...counts, wallS, peakMiB };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
