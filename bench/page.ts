/** Results that are kept: docs/benchmarks.jsonl, a line for each workload, and docs/benchmarks.md, made of all lines. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import { version } from '../base/version.js';
import { cppCompiler } from './reference.js';
import type { Measured, Workload } from './sample.js';
import { jsonLine, TABLE_HEAD, tableRow } from './table.js';

interface Kept {
  readonly workload: string;
  readonly date: string;
  readonly on: string;
  readonly row: string;
}

const LINES = join(packageRoot, 'docs', 'benchmarks.jsonl');
const PAGE = join(packageRoot, 'docs', 'benchmarks.md');

/** Replaces the lines of what was measured, drops those of workloads that are no more, and writes the page. */
export function keepResults(measured: readonly Measured[], workloads: readonly Workload[]): void {
  const kept = new Map<string, Kept>();
  if (existsSync(LINES)) {
    for (const line of readFileSync(LINES, 'utf8').trimEnd().split('\n')) {
      const entry = JSON.parse(line) as Kept;
      kept.set(entry.workload, entry);
    }
  }
  const about = { date: new Date().toISOString().slice(0, 10), on: machine() };
  for (const one of measured) {
    kept.set(one.workload.name, { ...(JSON.parse(jsonLine(one)) as Kept), ...about, row: tableRow(one) });
  }
  const entries = workloads.map(({ name }) => kept.get(name)).filter((entry) => entry !== undefined);
  writeFileSync(LINES, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  writeFileSync(PAGE, page(entries));
}

function machine(): string {
  const compiler = cppCompiler()?.version ?? 'no C++ compiler';
  const cores = `${cpus().length} cores (${cpus()[0]?.model.trim() || 'unknown'})`;
  return `${cores}, Node ${process.version}, fanplan ${version()}, ${compiler} -O3 -march=native`;
}

function page(entries: readonly Kept[]): string {
  const origins = [...new Set(entries.map(({ date, on }) => `${date}: ${on}`))];
  return `# Benchmarks

Written by \`npm run bench -- --write\`; do not edit. Measured on

${origins.map((origin) => `- ${origin}`).join('\n')}

How to read it:

- Contenders take turns in processes of their own, five turns where \`bench/workloads/\` says nothing else. *wall s* is that of the
  phase in parentheses: the loop, the simulation (without reading, compiling and writing), or the whole process.
- *compared*: how many times as fast fanplan is, in messages per second (where the row is about memory: how many times as
  large), median over turns of the ratio within a turn.
- Counts, and mean latencies that are known, are checked in every run: a fast wrong answer fails. Absolute times are that
  machine's; ratios carry over.
- simjs, where nothing else is said, is the reference engine: the same plan, with superposed sources, on the library simjs. AMI
  day also stands against a model written straight on simjs, an entity with a timer for each meter, as its manual teaches.
- C++ is the program in \`bench/reference/\`: typed heap, no virtual calls. Of AMI day there are two: one heap for all DAPs, and a DAP
  at a time, which is what fanplan does. M/M/1 is written straight on the kernel, and V8 told to take more
  into functions, as engines do for long runs; *as a plan* it goes through the whole engine, with its statistics.

${TABLE_HEAD}
${entries.map(({ row }) => row).join('\n')}
`;
}
