/**
 * Does the validation notice anything? Copies of the compiled program get one fault each, by replacing a text that must
 * occur exactly once, and run the cases concerned, quickly, in a process of their own. A mutant survives when no row
 * turns red. Before that the same cases must be green without a fault.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../base/files.js';
import { columns } from '../../cli/table.js';
import { type Mutant, mutants } from './mutants.js';

const build = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Within the package, where its data and dependencies are found. */
const folder = join(packageRoot, '.build', 'mutants');

interface Outcome {
  readonly rows: number;
  readonly red: number;
  /** What the run said last, where it did not end as it should. */
  readonly trouble: string;
}

/** @param patterns only the faults with one of these in their names. @returns whether every mutant was noticed */
export async function plantAll(patterns: readonly string[] = ['']): Promise<boolean> {
  const wanted = mutants.filter(({ fault }) => patterns.some((pattern) => fault.includes(pattern)));
  if (wanted.length === 0) {
    console.error(
      `no fault is called ${patterns.join(' or ')}; there are\n${mutants.map(({ fault }) => fault).join('\n')}`,
    );
    return false;
  }
  const outcomes = new Map<Mutant, Outcome>();
  const lanes = Math.max(1, Math.min(availableParallelism(), wanted.length));
  const queue = [...wanted];
  try {
    const sound = await runCases(build, [...new Set(wanted.map(({ only }) => only))].join('|'), lanes);
    if (sound.red > 0 || sound.trouble !== '') {
      console.log(`without a fault ${sound.red} of ${sound.rows} rows are red ${sound.trouble}`);
      return false;
    }
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const copy = join(folder, String(lane));
        mkdirSync(copy, { recursive: true });
        cpSync(build, copy, { recursive: true, filter: (source) => source !== folder && !source.endsWith('.d.ts') });
        for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
          outcomes.set(mutant, await plant(mutant, copy));
        }
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const noticed = wanted.filter((mutant) => isNoticed(outcomes.get(mutant)!));
  console.log(
    columns(
      wanted.map((mutant) => {
        const { rows, red, trouble } = outcomes.get(mutant)!;
        return [mutant.fault, isNoticed({ rows, red, trouble }) ? 'noticed' : 'SURVIVES', `${red} of ${rows}`, trouble];
      }),
      ['fault', '', 'rows red', ''],
    ),
  );
  console.log(`\n${noticed.length} passed, ${wanted.length - noticed.length} failed`);
  return noticed.length === wanted.length;
}

function isNoticed({ red, trouble }: Outcome): boolean {
  return red > 0 && trouble === '';
}

async function plant({ file, find, replace, only }: Mutant, copy: string): Promise<Outcome> {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  const times = sound.split(find).length - 1;
  if (times !== 1) return { rows: 0, red: 0, trouble: `its text occurs ${times} times in ${file}, not once` };
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  try {
    return await runCases(copy, only, 1);
  } finally {
    writeFileSync(path, sound);
  }
}

function runCases(program: string, only: string, workers: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const args = [join(program, 'validate', 'main.js'), '--quick', '--workers', String(workers), '--only', only];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('close', (code) => {
      const [, passed = '0', red = '0'] = /^(\d+) passed, (\d+) failed/m.exec(output) ?? [];
      const rows = Number(passed) + Number(red);
      const ended = code === (red === '0' ? 0 : 1) && rows > 0;
      const trouble = ended ? '' : `ended with code ${code}: ${errors.trim().split('\n')[0] ?? ''}`;
      resolve({ rows, red: Number(red), trouble });
    });
  });
}
