/**
 * `npm run validate`: simulation against theory, published results and independent programs.
 *
 * Usage: node dist/validate/main.js [--only PATTERN] [--quick] [--workers N] [--markdown FILE] [--mutants]
 *   --only      cases whose name contains the pattern (`queues`, `M/D/1, load 0.9`); several parted by |
 *   --quick     a quarter of the replications, whatever the half widths
 *   --markdown  where the page goes; a complete run writes docs/validation.md
 *   --mutants   plants faults one at a time and expects red rows
 * The last line is `N passed, N failed`: rows, or mutants. Exit code 1 when a row is red or a mutant survives, 2 for wrong usage.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../base/files.js';
import { cases } from './cases.js';
import { judge } from './judge.js';
import { runCases } from './run.js';
import { markdownPage, textTable } from './table.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    workers: { type: 'string' },
    markdown: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
});

if (values.mutants) {
  const { plantAll } = await import('./mutants/plant.js');
  process.exitCode = (await plantAll(values.only?.split('|'))) ? 0 : 1;
} else {
  const patterns = values.only?.split('|');
  const wanted = cases.filter(({ name }) => patterns?.some((pattern) => name.includes(pattern)) ?? true);
  if (wanted.length === 0) {
    console.error(`no case has ${values.only} in its name; there are\n${cases.map(({ name }) => name).join('\n')}`);
    process.exitCode = 2;
  } else {
    const startedMs = performance.now();
    const measured = await runCases(wanted, {
      quick: values.quick,
      workers: values.workers === undefined ? undefined : Number(values.workers),
      onDone: ({ name }) => process.stderr.isTTY && process.stderr.write(`${name}\n`),
    });
    const rows = judge(measured, !values.quick);
    console.log(textTable(rows));
    const red = rows.filter((row) => !row.ok);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    console.log(`\n${rows.length} rows in ${seconds} s`);
    console.log(`${rows.length - red.length} passed, ${red.length} failed`);
    const complete = patterns === undefined && !values.quick;
    const page = values.markdown ?? (complete ? join(packageRoot, 'docs', 'validation.md') : undefined);
    if (page !== undefined) writeFileSync(page, markdownPage(rows));
    process.exitCode = red.length > 0 ? 1 : 0;
  }
}
