/** `npm start`: without arguments the first look, replacing its last result; with arguments, the command line itself. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../base/files.js';

if (process.argv.length === 2) process.argv.push('run', 'scenarios/first-look.yaml', '--force');
await import(pathToFileURL(join(packageRoot, 'dist', 'bundle', 'bin.js')).href);
