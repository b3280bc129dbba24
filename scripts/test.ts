/**
 * Runs every compiled test file in a process of its own and adds up what uvu says. uvu 0.5.6 exits 0 for a file that
 * never calls `.run()`, for a suite whose `before` throws and for a forgotten `.only`; so a file counts as passed only
 * when it ran at least one test, passed equals total and nothing was skipped.
 * Usage: node dist/scripts/test.js [--prove] [PATTERN ...]   runs the files whose path contains a pattern; the last line
 * is `N passed, N failed`. `--prove` runs the proofs (`npm run prove` and `npm run validate`, a quarter of an
 * hour) first and counts their claims too.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface FileOutcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
  readonly complaint: string | undefined;
}

/** A file that takes so long hangs: all of them together take less. */
const LONGEST_MS = 15 * 60_000;

const testFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'test');
const proofs: readonly (readonly [file: string, ...given: string[]])[] = [
  ['../prove/agreement.js'],
  ['../prove/properties.js'],
  ['../prove/engines.js'],
  ['../prove/profiles.js'],
  ['../prove/planner.js'],
  ['../validate/main.js'],
  ['../validate/main.js', '--mutants'],
];
const given = process.argv.slice(2);
const patterns = given.filter((argument) => argument !== '--prove');
const files = readdirSync(testFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js') && (patterns.length === 0 || patterns.some((p) => file.includes(p))))
  .sort();

function runFile(file: string): Promise<FileOutcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(testFolder, file)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('close', (code) => resolve(judge(file, output, code)));
  });
}

function judge(file: string, output: string, code: number | null): FileOutcome {
  const number = (label: string) => Number(new RegExp(`${label}:\\s+(\\d+)`).exec(output)?.[1] ?? 0);
  const [total, passed, skipped] = [number('Total'), number('Passed'), number('Skipped')];
  let complaint: string | undefined;
  if (code === null) complaint = `was killed, or took longer than ${LONGEST_MS / 60_000} minutes`;
  else if (total === 0) complaint = 'ran no test (is a suite without .run()?)';
  else if (passed !== total) complaint = `${total - passed} of ${total} failed`;
  else if (skipped > 0) complaint = `${skipped} skipped`;
  else if (code !== 0) complaint = `ended with exit code ${code}`;
  const failed = complaint === undefined ? 0 : Math.max(1, total - passed);
  return { file, passed, failed, output, complaint };
}

/** Runs a proof, showing what it prints but for its last line, the counts. */
function runProof([proof, ...own]: (typeof proofs)[number]): Promise<{
  readonly passed: number;
  readonly failed: number;
}> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(testFolder, proof), ...own], { stdio: ['ignore', 'pipe', 'inherit'] });
    let line = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const lines = (line + chunk.toString()).split('\n');
      line = lines.pop()!;
      for (const complete of lines) {
        if (COUNTS.test(complete)) line = complete;
        else console.log(complete);
      }
    });
    child.on('close', (code) => {
      const counts = COUNTS.exec(line)?.slice(1).map(Number);
      if (counts === undefined) console.log(`FAIL  ${proof} ended with exit code ${code} and without counts`);
      const [passed = 0, failed = 1] = counts ?? [];
      resolve({ passed, failed: failed === 0 && code !== 0 ? 1 : failed });
    });
  });
}
const COUNTS = /^(\d+) passed, (\d+) failed$/;

const proved: { readonly passed: number; readonly failed: number }[] = [];
if (given.includes('--prove')) for (const proof of proofs) proved.push(await runProof(proof));

const queue = [...files];
const outcomes: FileOutcome[] = [];
async function work(): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const outcome = await runFile(file);
    outcomes.push(outcome);
    const name = relative('.', join(testFolder, file)).replace(/^dist\//, '');
    if (outcome.complaint === undefined) console.log(`ok    ${name} (${outcome.passed})`);
    else console.log(`FAIL  ${name}: ${outcome.complaint}\n${outcome.output}`);
  }
}
await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, work));

const sum = (key: 'passed' | 'failed') => [...proved, ...outcomes].reduce((total, outcome) => total + outcome[key], 0);
const nothing = files.length === 0 ? 1 : 0;
if (nothing) console.log('no test file matches');
console.log(`${sum('passed')} passed, ${sum('failed') + nothing} failed`);
process.exitCode = sum('failed') + nothing === 0 ? 0 : 1;
