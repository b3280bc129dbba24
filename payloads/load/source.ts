import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import { compileSchema, schemaProblems } from '../../base/schema-errors.js';
import { PositionedYaml, readInput } from '../../base/yaml.js';
import { listSchemas, type UseCaseFile, useCaseSchema } from '../schema.js';

/** A file whose value fits its schema. */
export interface Source<T> {
  readonly yaml: PositionedYaml;
  readonly value: T;
}

export interface PopulationEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly actors: readonly string[];
  readonly count: string | number;
  readonly description: string;
  readonly needs?: readonly string[];
}

export interface EventEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly scope: 'system' | 'device';
  readonly perYear: number | { readonly least: number; readonly most: number };
  readonly source: string;
  readonly needs?: readonly string[];
}

export interface MissingEntry {
  readonly name: string;
  readonly value: number | string;
  readonly unit: string;
  readonly reason: string;
}

export interface MappingsEntry {
  readonly distributionAutomation: readonly { readonly scenario: string; readonly useCases: readonly string[] }[];
  readonly updateMethods: readonly {
    readonly device: string;
    readonly program: boolean;
    readonly firmware: boolean;
    readonly casts: readonly ('unicast' | 'multicast' | 'broadcast')[];
  }[];
  readonly actorAliases?: Readonly<Record<string, string>>;
}

/** The lists that rows refer to. */
export interface Lists {
  readonly populations: Source<readonly PopulationEntry[]>;
  readonly events: Source<readonly EventEntry[]>;
  readonly missing: Source<readonly MissingEntry[]>;
  readonly mappings: Source<MappingsEntry>;
}

export interface Sources {
  /** Those that fit their schema. */
  readonly useCases: readonly Source<UseCaseFile>[];
  /** Undefined when one is absent or does not fit: nothing can be looked up then. */
  readonly lists: Lists | undefined;
  /** True when nothing is wrong so far. */
  readonly complete: boolean;
  /** What is wrong, file by file; checks that follow add to the lists of their files. */
  readonly problems: readonly (readonly Diagnostic[])[];
}

/** Name of a file without folder, with its text. */
export type CatalogueTexts = Readonly<Record<string, string>>;

const LISTS = ['populations', 'events', 'missing', 'mappings'] as const;

/** Compiled when a folder is first parsed: most runs read the precompiled catalogue and need none. */
function compileValidators() {
  return {
    useCase: compileSchema(useCaseSchema),
    populations: compileSchema(listSchemas.populations),
    events: compileSchema(listSchemas.events),
    missing: compileSchema(listSchemas.missing),
    mappings: compileSchema(listSchemas.mappings),
  };
}

let compiled: ReturnType<typeof compileValidators> | undefined;

/** Every `.yaml` file of a folder. @throws InputError when there is no such folder, AccessError when one cannot be read. */
export function readFolder(folder: string): CatalogueTexts {
  if (!existsSync(folder)) {
    throw new InputError([{ code: 'NOT_FOUND', file: folder, path: '', message: 'there is no such folder' }]);
  }
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(names.sort().map((name) => [join(folder, name), readInput(join(folder, name))]));
}

/** Parses each text and checks it against its schema; problems are collected, not thrown. */
export function parseSources(texts: CatalogueTexts): Sources {
  compiled ??= compileValidators();
  const problems: Diagnostic[][] = [];
  const useCases: Source<UseCaseFile>[] = [];
  const lists: Partial<Record<(typeof LISTS)[number], Source<unknown>>> = {};
  for (const [file, text] of Object.entries(texts)) {
    const list = LISTS.find((name) => name === basename(file, '.yaml'));
    const yaml = new PositionedYaml(file, text);
    problems.push(yaml.diagnostics);
    if (!schemaProblems(yaml, compiled[list ?? 'useCase'])) continue;
    if (list === undefined) useCases.push({ yaml, value: yaml.value as UseCaseFile });
    else lists[list] = { yaml, value: yaml.value };
  }
  const given = Object.keys(texts).map((file) => basename(file, '.yaml'));
  const absent = LISTS.filter((name) => !given.includes(name));
  problems.push(
    absent.map((name) => ({
      code: 'NOT_FOUND',
      file: `${name}.yaml`,
      path: '',
      message: `the catalogue has no ${name}.yaml`,
    })),
  );
  return {
    useCases,
    lists: LISTS.every((name) => lists[name] !== undefined) ? (lists as unknown as Lists) : undefined,
    complete: problems.every((found) => found.length === 0),
    problems,
  };
}
