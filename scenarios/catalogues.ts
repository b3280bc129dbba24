/** The catalogues that a scenario names, and the reference architecture with what they add to it. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../base/diagnostics.js';
import { nearestTo } from '../base/nearest.js';
import type { Problem } from '../base/yaml.js';
import { builtInCatalogue, builtInCatalogues, catalogueFolder, DEFAULT_CATALOGUE } from '../payloads/catalogue.js';
import { TOPOLOGY_FILE } from '../payloads/load/source.js';
import { loadCatalogue } from '../payloads/load.js';
import { mergeCatalogues } from '../payloads/merge.js';
import type { Catalogue } from '../payloads/types.js';
import {
  builtInSystem,
  extendModel,
  type ModelData,
  ReferenceModel,
  readSystem,
  referenceData,
  referenceModel,
  type SystemTopology,
} from '../topologies/index.js';
import { checkExpressions } from './catalogue-expressions.js';
import type { ScenarioReader } from './reader.js';

/** What is in play: requirements, and where they travel. */
export interface World {
  /** The catalogues merged. */
  readonly catalogue: Catalogue;
  /** Each by itself, in the order of the merged one. */
  readonly catalogues: readonly Catalogue[];
  readonly model: ReferenceModel;
}

const worlds = new Map<string, World>();
const MOST_KEPT = 20;

/**
 * Opens catalogues: names of the package's, or folders. What was opened is kept; a folder is read again when one of its
 * files has changed.
 * @param refs as `resolveCatalogue` gives them; at least one
 * @throws InputError with everything that is wrong in a folder, or between catalogues; AccessError
 */
export function openCatalogues(refs: readonly string[] = [DEFAULT_CATALOGUE]): World {
  const key = [...refs].sort().map(stateOf).join('\n');
  const known = worlds.get(key);
  if (known !== undefined) return known;
  const opened = refs.map(openOne).sort((a, b) => (a.catalogue.id < b.catalogue.id ? -1 : 1));
  const systems = new Map(
    opened.flatMap(({ catalogue, system }) => (system === undefined ? [] : [[catalogue.id, system] as const])),
  );
  const world: World = {
    catalogue: mergeCatalogues(opened.map(({ catalogue }) => catalogue)),
    catalogues: opened.map(({ catalogue }) => catalogue),
    model: systems.size === 0 ? referenceModel() : new ReferenceModel(extendModel(referenceData(), systems)),
  };
  if (worlds.size >= MOST_KEPT) worlds.clear();
  worlds.set(key, world);
  return world;
}

/** A catalogue, and of a folder the size and time of each file: studies open the same one for every variant. */
function stateOf(ref: string): string {
  if (isBuiltIn(ref)) return ref;
  const files = existsSync(ref) ? readdirSync(ref).filter((name) => name.endsWith('.yaml')) : [];
  const states = files.sort().map((name) => {
    const { size, mtimeMs } = statSync(join(ref, name));
    return `${name} ${size} ${mtimeMs}`;
  });
  return [ref, ...states].join('|');
}

/**
 * What a name in a scenario means: a catalogue of the package, or a folder beside the scenario's file.
 * @returns the name, or the folder's absolute path; or what is wrong with it
 */
export function resolveCatalogue(text: string, besideFolder: string): string | Problem {
  if (isBuiltIn(text)) return text;
  if (/^\.|[\\/]/.test(text)) {
    const folder = resolve(besideFolder, text);
    if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
    return { code: 'NOT_FOUND', message: 'there is no such folder', found: text, allowed: ALLOWED() };
  }
  return {
    code: 'UNKNOWN_NAME',
    message: `${text} is not a catalogue`,
    found: text,
    allowed: ALLOWED(),
    ...nearestTo(text, builtInCatalogues()),
  };
}

const ALLOWED = () => `${builtInCatalogues().join(', ')}, or a folder with a catalogue of your own: ./my-catalogue`;

function isBuiltIn(ref: string): boolean {
  return builtInCatalogues().includes(ref);
}

function openOne(ref: string): { readonly catalogue: Catalogue; readonly system: SystemTopology | undefined } {
  if (isBuiltIn(ref)) return { catalogue: builtInCatalogue(ref), system: builtInSystem(ref, referenceData()) };
  const { catalogue, system } = readCatalogueFolder(ref);
  return { catalogue, system };
}

/**
 * Reads a user's catalogue with the actors of its own.
 * @throws InputError with every problem of its topology, or else of its other files; AccessError
 */
export function readCatalogueFolder(folder: string): { catalogue: Catalogue; system: SystemTopology | undefined } {
  const file = join(folder, TOPOLOGY_FILE);
  const id = basename(resolve(folder));
  const isOfPackage = isBuiltIn(id) && resolve(folder) === catalogueFolder(id); // topologies/systems/ has its topology
  const own = () => (existsSync(file) ? readSystem(file, referenceData()) : undefined);
  const system = isOfPackage ? builtInSystem(id, referenceData()) : own();
  return { catalogue: readWith(folder, referenceData(), system), system };
}

/** The YAML of one of the package's catalogues; for the build. @throws InputError */
export function readBuiltIn(id: string, base: ModelData, system: SystemTopology | undefined): Catalogue {
  const catalogue = readWith(catalogueFolder(id), base, system);
  if (catalogue.id === basename(catalogueFolder(id))) return catalogue;
  throw new InputError([
    {
      code: 'CONFLICT',
      file: join(catalogueFolder(id), 'catalogue.yaml'),
      path: 'id',
      message: 'a catalogue of the package has the name of its folder',
      found: catalogue.id,
      allowed: id,
    },
  ]);
}

function readWith(folder: string, base: ModelData, system: SystemTopology | undefined): Catalogue {
  const all = [...base.actors, ...(system?.actors ?? [])];
  const actors = all.filter((actor) => actor.node !== true).map((actor) => actor.name);
  const catalogue = loadCatalogue(folder, { actors, ...(system === undefined ? {} : { with: system }) });
  checkExpressions(
    folder,
    catalogue.counts.map(({ name }) => name),
  );
  return catalogue;
}

/**
 * As `openCatalogues`, by names as a person gives them on a command line; folders are beside the current one.
 * @throws InputError for each that does not exist, with the nearest
 */
export function openNamedCatalogues(names: readonly string[] = [DEFAULT_CATALOGUE]): World {
  const found = names.map((name) => resolveCatalogue(name, '.'));
  const problems = found.flatMap((one) => (typeof one === 'string' ? [] : [{ file: '--catalogue', path: '', ...one }]));
  if (problems.length > 0) throw new InputError(problems);
  return openCatalogues(found as string[]);
}

/** The catalogues of a scenario; what is none is reported. SG-Network where it names none. */
export function readCatalogues(reader: ScenarioReader, file: string): readonly string[] {
  const refs = reader.items(['catalogues']).flatMap((item, i) => {
    if (typeof item !== 'string') return [];
    const found = resolveCatalogue(item, dirname(file));
    if (typeof found === 'string') return [found];
    reader.report(['catalogues', i], found);
    return [];
  });
  return refs.length > 0 ? refs : [DEFAULT_CATALOGUE];
}
