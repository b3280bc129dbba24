import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagnostic, InputError } from '../../base/diagnostics.js';
import { compileSchema, schemaProblems } from '../../base/schema-errors.js';
import { PositionedYaml, readInput } from '../../base/yaml.js';
import { headSchema, listSchemas, type UseCaseFile, useCaseSchema } from '../schema.js';
import type { FlowRule } from '../types.js';

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

export interface CountEntry {
  readonly name: string;
  readonly kind?: 'count' | 'mean' | 'share';
  readonly value: number | string;
  readonly unit: string;
  readonly reason: string;
  readonly source: string;
  readonly most?: number | string;
  readonly rule?: string;
}

/** catalogue.yaml */
export interface Head {
  readonly id: string;
  readonly title: string;
  readonly document?: string;
  readonly profile: 'required' | 'optional';
}

export interface MappingsEntry {
  readonly distributionAutomation?: readonly { readonly scenario: string; readonly useCases: readonly string[] }[];
  readonly updateMethods?: readonly {
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
  readonly counts: Source<readonly CountEntry[]>;
  readonly rules: Source<readonly FlowRule[]>;
  readonly mappings: Source<MappingsEntry>;
}

export interface Sources {
  /** Those that fit their schema. */
  readonly useCases: readonly Source<UseCaseFile>[];
  /** Undefined when there is none, or it does not fit. */
  readonly head: Head | undefined;
  /** Undefined when one is absent or does not fit: nothing can be looked up then. */
  readonly lists: Lists | undefined;
  /** True when nothing is wrong so far. */
  readonly complete: boolean;
  /** What is wrong, file by file; checks that follow add to the lists of their files. */
  readonly problems: readonly (readonly Diagnostic[])[];
}

/** Name of a file without folder, with its text. */
export type CatalogueTexts = Readonly<Record<string, string>>;

const LISTS = ['populations', 'events', 'missing', 'counts', 'rules', 'mappings'] as const;
type ListName = (typeof LISTS)[number];
/** What stands for a list that may be absent. */
const EMPTY: Readonly<Record<Exclude<ListName, 'populations'>, string>> = {
  events: '[]',
  missing: '[]',
  counts: '[]',
  rules: '[]',
  mappings: '{}',
};
const HEAD = 'catalogue';
/** Actors and data flows of the catalogue's own; topologies/ reads them. */
export const TOPOLOGY_FILE = 'topology.yaml';

/** Compiled when a folder is first parsed: most runs read the precompiled catalogue and need none. */
function compileValidators() {
  return {
    useCase: compileSchema(useCaseSchema),
    head: compileSchema(headSchema),
    populations: compileSchema(listSchemas.populations),
    events: compileSchema(listSchemas.events),
    missing: compileSchema(listSchemas.missing),
    counts: compileSchema(listSchemas.counts),
    rules: compileSchema(listSchemas.rules),
    mappings: compileSchema(listSchemas.mappings),
  };
}

let compiled: ReturnType<typeof compileValidators> | undefined;

/** Every `.yaml` file of a catalogue in a folder. @throws InputError when there is no such folder, AccessError when one cannot be read. */
export function readFolder(folder: string): CatalogueTexts {
  if (!existsSync(folder)) {
    throw new InputError([{ code: 'NOT_FOUND', file: folder, path: '', message: 'there is no such folder' }]);
  }
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== TOPOLOGY_FILE);
  return Object.fromEntries(names.sort().map((name) => [join(folder, name), readInput(join(folder, name))]));
}

/**
 * Parses each text and checks it against its schema; problems are collected, not thrown. With a head (catalogue.yaml)
 * only the populations are needed beside the use cases.
 */
export function parseSources(texts: CatalogueTexts): Sources {
  compiled ??= compileValidators();
  const problems: Diagnostic[][] = [];
  const useCases: Source<UseCaseFile>[] = [];
  const lists: Partial<Record<ListName, Source<unknown>>> = {};
  let head: Head | undefined;
  for (const [file, text] of Object.entries(texts)) {
    const name = basename(file, '.yaml');
    const list = LISTS.find((known) => known === name);
    const yaml = new PositionedYaml(file, text);
    problems.push(yaml.diagnostics);
    if (!schemaProblems(yaml, compiled[list ?? (name === HEAD ? 'head' : 'useCase')])) continue;
    if (list !== undefined) lists[list] = { yaml, value: yaml.value };
    else if (name === HEAD) head = yaml.value as Head;
    else useCases.push({ yaml, value: yaml.value as UseCaseFile });
  }
  const given = Object.keys(texts).map((file) => basename(file, '.yaml'));
  const optional: readonly string[] = given.includes(HEAD) ? Object.keys(EMPTY) : ['counts', 'rules'];
  const absent = LISTS.filter((name) => !given.includes(name));
  for (const name of absent) {
    if (name === 'populations' || !optional.includes(name)) continue;
    const yaml = new PositionedYaml(`${name}.yaml`, EMPTY[name]);
    lists[name] = { yaml, value: yaml.value };
  }
  const needed = absent.filter((name) => !optional.includes(name));
  problems.push(
    needed.map((name) => ({
      code: 'NOT_FOUND',
      file: `${name}.yaml`,
      path: '',
      message: `the catalogue has no ${name}.yaml`,
    })),
  );
  return {
    useCases,
    head,
    lists: LISTS.every((name) => lists[name] !== undefined) ? (lists as unknown as Lists) : undefined,
    complete: problems.every((found) => found.length === 0),
    problems,
  };
}
