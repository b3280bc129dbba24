import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled command, beside the compiled tests. */
export const bin = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'cli', 'bin.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `fanplan ...args` as a user would and waits for its end. */
export function fanplan(
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Ended {
  const child = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
    env: { ...process.env, ...options.env },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** Runs a shell line in which `fanplan` is the compiled command; for pipes. */
export function shell(line: string, cwd: string): Ended {
  const child = spawnSync('bash', ['-c', `fanplan() { "${process.execPath}" "${bin}" "$@"; }; ${line}`], {
    encoding: 'utf8',
    cwd,
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** Starts the command, waits for `ready` on standard error, sends a signal and waits for the end. */
export function interrupt(args: readonly string[], ready: RegExp, signal: NodeJS.Signals, cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd });
    let out = '';
    let err = '';
    let sent = false;
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      if (!sent && ready.test(err)) {
        sent = true;
        child.kill(signal);
      }
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** An empty folder that is removed when the test process ends. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanplan-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
