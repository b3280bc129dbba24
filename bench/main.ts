/**
 * `npm run bench [-- NAME ...] [--runs N] [--write] [--profile]`: measures the workloads whose names contain one of NAME, all
 * without; prints a line of JSON and a row of a table for each, and ends with 1 when a run counts wrong. Contenders of a
 * workload take turns, each in a process of its own, so that a machine that is slower for a while is so for all of them.
 * `--write` puts the table into docs/benchmarks.md; `--profile` shows where the time of Metropolis goes instead.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../base/files.js';
import { version } from '../base/version.js';
import { profile } from './profile.js';
import { cppCompiler } from './reference.js';
import type { Measured, Sample, Workload } from './sample.js';
import { jsonLine, TABLE_HEAD, tableRow } from './table.js';
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

function page(rows: readonly string[], runs: number | undefined): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  const compiler = cppCompiler()?.version ?? 'no C++ compiler';
  return `# Benchmarks

Written by \`npm run bench -- --write\`; do not edit. ${new Date().toISOString().slice(0, 10)}, ${machine}, Node
${process.version}, fanplan ${version()}, ${compiler} (-O3 -march=native).

- Contenders take turns in processes of their own, ${runs ?? DEFAULT_RUNS} turns where the name says nothing else. *wall s* is that of the phase
  in parentheses: the loop, the simulation (without reading, compiling and writing), or the whole process.
- *compared*: how many times as fast fanplan is, in messages per second, median over turns of the ratio within a turn.
- Counts and known mean latencies are checked in every run: a fast wrong answer fails. Absolute times are this machine's on that
  day; ratios carry over.
- C++ is the program in \`bench/reference/\`: typed heap, no virtual calls. Of AMI day there are two: one heap for all DAPs, and a DAP
  at a time, which is what fanplan does.

${TABLE_HEAD}
${rows.join('\n')}
`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    write: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
if (values.profile) await profile('scenarios/metropolis.yaml', 1);
else {
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  const chosen = workloads().filter(
    ({ name }) =>
      positionals.length === 0 || positionals.some((part) => name.toLowerCase().includes(part.toLowerCase())),
  );
  const rows: string[] = [];
  let failed = chosen.length === 0;
  if (failed) console.error(`no workload has a name with ${positionals.join(' or ')}`);
  for (const workload of chosen) {
    const measured = await measureWorkload(workload, runs ?? workload.runs ?? DEFAULT_RUNS);
    console.log(jsonLine(measured));
    const row = tableRow(measured);
    console.log(row);
    rows.push(row);
    for (const problem of measured.problems) console.error(`WRONG  ${workload.name}: ${problem}`);
    failed ||= measured.problems.length > 0;
  }
  if (values.write && !failed) writeFileSync(join(packageRoot, 'docs', 'benchmarks.md'), page(rows, runs));
  process.exitCode = failed ? 1 : 0;
}
