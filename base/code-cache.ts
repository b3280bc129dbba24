/**
 * Files of code that are functions, with what V8 made of them in the build (scripts/code-cache.ts): what has run there is neither
 * parsed nor compiled again. Measured: `run scenarios/first-look.yaml` 3.03 s in place of 3.23 s, `compare --profiles all` in closed
 * form 2.0 s in place of 2.2 s; `--help` takes 0.11 s in place of 0.08 s, for it has all that others need. What is kept holds
 * for the same text, V8, flags and platform; anything else is compiled as ever. The engine's threads are modules, of which Node keeps
 * nothing (scripts/bundle-thread.ts).
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { packageRoot } from './files.js';
import { beginLoading, endLoading } from './optimising.js';

export const CODE_FOLDER: string = join(packageRoot, 'dist', 'code-cache');

/** What this thread has evaluated, by the file that its code is kept in. */
const evaluated = new Map<string, Script>();

/**
 * The function whose body a file is.
 * @param parameters their names
 */
export function functionOf(path: string, parameters: readonly string[]): (...given: readonly unknown[]) => void {
  const content = readFileSync(path);
  const text = content.toString(isAscii(content) ? 'latin1' : 'utf8'); // the same for ASCII, of megabytes 8 ms sooner
  const file = join(CODE_FOLDER, `${keyOf(content)}.bin`);
  const kept = contentOf(file);
  const head = `(function (${parameters.join(', ')}) {`;
  beginLoading();
  const script = new Script(`${head}${text}\n})`, {
    filename: path,
    columnOffset: -head.length,
    ...(kept === undefined ? {} : { cachedData: kept }),
  });
  endLoading();
  evaluated.set(file, script);
  return script.runInThisContext();
}

/** What a CommonJS file that the build wrote exports: as `require`, but for its code, and each call evaluates it. */
export function exportsOf<T>(path: string): T {
  const module = { exports: {} };
  functionOf(path, ['module', 'exports', 'require'])(module, module.exports, createRequire(path));
  return module.exports as T;
}

/** For the build, under V8's own flags: keeps the code of all that this thread has evaluated so far, as far as it was used. */
export function saveCode(): void {
  mkdirSync(CODE_FOLDER, { recursive: true });
  for (const [file, script] of evaluated) writeFileSync(file, script.createCachedData());
}

/** V8 looks at its version, its flags and the length of the text, but not at the text and the platform. */
function keyOf(content: Buffer): string {
  const { platform, arch, versions } = process;
  return createHash('sha256').update(`${platform} ${arch} ${versions.v8} `).update(content).digest('hex').slice(0, 24);
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // another Node than that of the build
  }
}
