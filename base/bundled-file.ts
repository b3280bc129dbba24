/** Files of the bundle that scripts/bundle.ts makes. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionOf } from './code-cache.js';
import { packageRoot } from './files.js';

export const BUNDLE: string = join(packageRoot, 'dist', 'bundle');

/** The name by which a bundled file knows its URL. */
export const OWN_URL = 'ownUrl';

/** What a file of the bundle exports; each call evaluates it. */
export function bundledFile<T>(name: string): T {
  const path = join(BUNDLE, name);
  const url = pathToFileURL(path).href;
  const module = { exports: {} };
  functionOf(path, ['module', 'require', OWN_URL])(module, createRequire(url), url);
  return module.exports as T;
}
