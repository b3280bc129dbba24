import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../base/files.js';
import { readInput } from '../base/yaml.js';
import { loadSystem } from './load.js';
import type { ModelData } from './model.js';
import type { SystemTopology } from './system.js';

const FOLDER = join(packageRoot, 'topologies', 'systems');

/** Written beside this module by the build. */
export const PRECOMPILED_SYSTEMS_FILE: string = join(dirname(fileURLToPath(import.meta.url)), 'systems.json');

/** Every system of the package by the id of its catalogue, from topologies/systems/. @throws InputError */
export function readSystems(base: ModelData): Record<string, SystemTopology> {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')) : [];
  return Object.fromEntries(
    files.sort().map((name) => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      return [name.replace(/\.yaml$/, ''), loadSystem(`topologies/systems/${name}`, text, base)];
    }),
  );
}

let systems: Readonly<Record<string, SystemTopology>> | undefined;

/** What a catalogue of the package adds to the reference architecture; undefined: nothing. */
export function builtInSystem(id: string, base: ModelData): SystemTopology | undefined {
  systems ??= existsSync(PRECOMPILED_SYSTEMS_FILE)
    ? (JSON.parse(readFileSync(PRECOMPILED_SYSTEMS_FILE, 'utf8')) as Record<string, SystemTopology>)
    : readSystems(base);
  return Object.hasOwn(systems, id) ? systems[id] : undefined;
}

/** A file with what a catalogue of the user's adds. @throws InputError, AccessError */
export function readSystem(file: string, base: ModelData): SystemTopology {
  return loadSystem(file, readInput(file), base);
}
