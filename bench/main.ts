/**
 * `npm run bench [-- NAME ...] [--runs N] [--write] [--profile]`: measures the workloads whose names contain one of NAME, all
 * without; prints a line of JSON and a row of a table for each, and ends with 1 when a run counts wrong. Contenders of a
 * workload take turns, each in a process of its own, so that a machine that is slower for a while is so for all of them.
 * `--write` keeps what was measured in docs/benchmarks.jsonl, a line for each workload, and writes docs/benchmarks.md from all
 * lines; `--profile` shows where the time of Metropolis goes instead.
 */
import { parseArgs } from 'node:util';
import { keepResults } from './page.js';
import { profile } from './profile.js';
import type { Measured, Sample, Workload } from './sample.js';
import { jsonLine, tableRow } from './table.js';
import { workloads } from './workloads.js';

const DEFAULT_RUNS = 5;

async function measureWorkload(workload: Workload, runs: number): Promise<Measured> {
  const samples = new Map<string, Sample[]>(workload.contenders.map(({ name }) => [name, []]));
  const problems: string[] = [];
  for (let turn = 0; turn < runs; turn++) {
    for (const contender of workload.contenders) {
      const sample = await contender.run();
      samples.get(contender.name)!.push(sample);
      problems.push(...workload.check(sample, contender.name).map((problem) => `${contender.name}: ${problem}`));
    }
  }
  return { workload, samples, problems };
}

const USAGE = 'npm run bench [-- NAME ...] [--runs N] [--write] [--profile]';

/** @returns undefined where there is something to say instead, which is said */
function readArguments() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: {
        runs: { type: 'string' },
        write: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { runs, help } = read.values;
    if (runs !== undefined && !/^[1-9][0-9]*$/.test(runs))
      throw new Error(`--runs: a whole number from 1, not ${runs}`);
    if (!help) return read;
    console.log(
      `${USAGE}\n\n${workloads()
        .map(({ name }) => name)
        .join('\n')}`,
    );
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exitCode = 2;
  }
  return undefined;
}

async function run({ values, positionals }: NonNullable<ReturnType<typeof readArguments>>): Promise<void> {
  if (values.profile) {
    await profile('scenarios/metropolis.yaml', 1);
    return;
  }
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  const chosen = workloads().filter(
    ({ name }) =>
      positionals.length === 0 || positionals.some((part) => name.toLowerCase().includes(part.toLowerCase())),
  );
  let failed = chosen.length === 0;
  if (failed) console.error(`no workload has a name with ${positionals.join(' or ')}`);
  for (const workload of chosen) {
    const measured = await measureWorkload(workload, runs ?? workload.runs ?? DEFAULT_RUNS);
    console.log(jsonLine(measured));
    console.log(tableRow(measured));
    if (values.write && measured.problems.length === 0) keepResults([measured], workloads()); // at once: the next may take an hour
    for (const problem of measured.problems) console.error(`WRONG  ${workload.name}: ${problem}`);
    failed ||= measured.problems.length > 0;
  }
  process.exitCode = failed ? 1 : 0;
}

const given = readArguments();
if (given !== undefined) await run(given);
