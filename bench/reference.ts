/** The C++ programs of `bench/reference`, compiled when a compiler is there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../base/files.js';
import { runProgram } from './child.js';
import type { Contender, Sample } from './sample.js';

const FLAGS = ['-O3', '-march=native', '-std=c++17'];
const folder = join(packageRoot, '.build', 'reference');
const compiled = new Map<string, string | undefined>();
let compiler: string | undefined;

/** The first of the usual compilers that answers, with its version; undefined: there is none. */
export function cppCompiler(): { readonly command: string; readonly version: string } | undefined {
  for (const command of [process.env['CXX'] ?? 'c++', 'g++', 'clang++']) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout.split('\n')[0]! };
  }
  return undefined;
}

/** Path of a reference program; undefined where nothing can compile it. @throws Error when the compiler refuses it */
function referenceProgram(name: string): string | undefined {
  if (compiled.has(name)) return compiled.get(name);
  compiler ??= cppCompiler()?.command;
  let program: string | undefined;
  if (compiler !== undefined) {
    mkdirSync(folder, { recursive: true });
    program = join(folder, name);
    const source = join(packageRoot, 'bench', 'reference', `${name}.cpp`);
    const { status, stderr } = spawnSync(compiler, [...FLAGS, '-o', program, source], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${source} does not compile\n${stderr}`);
  }
  compiled.set(name, program);
  return program;
}

/** A contender for a list of contenders: empty, with a word, where there is no compiler. */
export function cpp(label: string, name: string, ...given: readonly (string | number)[]): Contender[] {
  const program = referenceProgram(name);
  if (program === undefined) {
    console.error(`no C++ compiler: ${label} is left out`);
    return [];
  }
  const run = async () => {
    const { stdout } = await runProgram(program, given.map(String));
    return { peakMiB: Number.NaN, ...(JSON.parse(stdout) as Omit<Sample, 'peakMiB'>) };
  };
  return [{ name: label, run }];
}
