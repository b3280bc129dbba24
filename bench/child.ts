/** Programs in processes of their own, so that no memory or compiled code is left over from another one. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import type { Sample } from './sample.js';

export interface Finished {
  readonly stdout: string;
  readonly wallS: number;
}

/** Runs a program to its end. @throws Error with what it said when it does not end with 0 */
export function runProgram(
  file: string,
  given: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const env = { ...process.env, ...environment };
    const child = spawn(file, given, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'], env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const wallS = (performance.now() - startedMs) / 1000;
      if (code === 0) resolve({ stdout, wallS });
      else reject(new Error(`${file} ${given.join(' ')} ended with ${code}\n${stdout}${stderr}`));
    });
  });
}

/** A compiled file of the project, with Node. `peakMiB`: the most memory that it had. */
export async function runNode(
  file: string,
  given: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Finished & { readonly peakMiB: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'fanplan-peak-'));
  try {
    const peakFile = join(folder, 'peak');
    const dist = join(packageRoot, 'dist');
    const options = ['--import', join(dist, 'bench', 'peak.js'), ...nodeOptions, join(dist, file), ...given];
    const finished = await runProgram(process.execPath, options, { BENCH_PEAK_FILE: peakFile });
    return { ...finished, peakMiB: Number(readFileSync(peakFile, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file of `bench/measures`, which prints one Sample without its memory as JSON. */
export async function measure(name: string, ...given: readonly (string | number)[]): Promise<Sample> {
  const { stdout, peakMiB } = await runNode(join('bench', 'measures', `${name}.js`), given.map(String));
  return { ...(JSON.parse(stdout) as Sample), peakMiB };
}
