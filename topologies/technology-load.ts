import { nearestTo } from '../base/nearest.js';
import { compileSchema, schemaProblems } from '../base/schema-errors.js';
import { type KeyPath, PositionedYaml } from '../base/yaml.js';
import { type Figure, type FigureSink, readShape, type Shape } from './figures/shape.js';
import type { Document } from './figures/sources.js';
import { checkFigures } from './technology-checks.js';
import { ACCESS_SHAPES, MESH_SHAPE, TECHNOLOGY_SHAPE, technologySchema } from './technology-schema.js';
import type { Access, SingleHopAccess, Technology } from './technology-types.js';

/** A technology as written; the figures of a whole one are those of its shape, each `{ value, unit, source }`. */
export interface WrittenTechnology {
  readonly title: string;
  /** A technology that this one is like in all that is not written here. */
  readonly like?: string;
  readonly networks?: readonly string[];
  readonly duplex?: 'half' | 'full';
  readonly access?: WrittenAccess;
  readonly leavesOut?: string;
}

export interface WrittenAccess {
  /** Absent: that of what it is like, where that is merged. */
  readonly kind?: Access['kind'];
  readonly hop?: WrittenAccess;
}

const FILE_SCHEMA = {
  type: 'object',
  minProperties: 1,
  propertyNames: {
    pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    description: 'small letters, digits and hyphens, e.g. wi-sun-fsk-50',
  },
  additionalProperties: {
    if: { type: 'object', required: ['like'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: technologySchema(false),
    else: technologySchema(true),
  },
};

let validate: ReturnType<typeof compileSchema> | undefined;

/**
 * Reads a technology library.
 * @param texts     YAML texts by file name; each is a map of technologies by name
 * @param documents what sources may cite
 * @param networks  names that `networks` may have; unchecked when absent
 * @throws InputError with every problem of the first file that has any
 */
export function loadTechnologies(
  texts: Readonly<Record<string, string>>,
  documents: ReadonlyMap<string, Document>,
  networks?: readonly string[],
): readonly Technology[] {
  validate ??= compileSchema(FILE_SCHEMA);
  const library = new Map<string, Technology>();
  for (const [name, text] of Object.entries(texts)) {
    const yaml = new PositionedYaml(`topologies/technologies/${name}`, text);
    if (schemaProblems(yaml, validate)) readFile(yaml, library, documents, networks);
    yaml.throwIfBad();
  }
  return [...library.values()];
}

function readFile(
  yaml: PositionedYaml,
  library: Map<string, Technology>,
  documents: ReadonlyMap<string, Document>,
  networks: readonly string[] | undefined,
): void {
  for (const [name, written] of Object.entries(yaml.value as Record<string, WrittenTechnology>)) {
    if (library.has(name)) {
      yaml.report([name], { code: 'DUPLICATE', message: 'another file has this name', found: name, atKey: true });
      continue;
    }
    const base = written.like === undefined ? undefined : library.get(written.like);
    if (written.like !== undefined && base === undefined) {
      yaml.report([name, 'like'], unknown('technology above this one', written.like, [...library.keys()]));
      continue;
    }
    written.networks?.forEach((network, i) => {
      if (networks !== undefined && !networks.includes(network)) {
        yaml.report([name, 'networks', i], unknown('network', network, networks));
      }
    });
    const report: FigureSink['report'] = (path, problem) => yaml.report([name, ...path], problem);
    const technology = technologyOf(name, written, base, { documents, report });
    checkFigures(technology, (path, problem) => report(path.length > 1 ? [...path, 'value'] : path, problem));
    library.set(name, technology);
  }
}

/**
 * A technology from what is written, on top of what it is like. Numbers and the sources behind them are taken over
 * together.
 * @param written whole, or what differs from `base`
 * @param merges  false: `access` and `arq` are replaced as a whole; true: key by key, where the kind of access stays
 */
export function technologyOf(
  name: string,
  written: WrittenTechnology,
  base: Technology | undefined,
  reading: Omit<FigureSink, 'figures'>,
  merges = false,
): Technology {
  const figures: Record<string, Figure> = {};
  const sink: FigureSink = { ...reading, figures };
  const numbers = readShape(TECHNOLOGY_SHAPE as Shape, written, '', [], sink);
  const access = written.access && readAccess(written.access, ['access'], sink, merges ? base?.access : undefined);
  const words = {
    name,
    title: written.title,
    ...(written.networks === undefined ? {} : { networks: written.networks }),
    ...(written.duplex === undefined ? {} : { duplex: written.duplex }),
    ...(access === undefined ? {} : { access }),
    ...(written.leavesOut === undefined ? {} : { leavesOut: written.leavesOut }),
  };
  if (base === undefined) return { ...words, ...numbers, figures } as unknown as Technology;
  const technology = overlaid(base, { ...words, ...numbers }, merges ? ['access'] : ['access', 'arq']);
  const kept = Object.entries(base.figures).filter(([path]) => hasPath(technology, path.split('.')));
  return { ...technology, figures: { ...Object.fromEntries(kept), ...figures } };
}

/** @param below what it is merged with, as far as it is of the same kind */
function readAccess(written: WrittenAccess, path: KeyPath, sink: FigureSink, below: Access | undefined): Access {
  const name = path.join('.');
  const kind = written.kind ?? below!.kind;
  const base = below?.kind === kind ? below : undefined;
  if (kind !== 'mesh') {
    return { ...base, kind, ...readShape(ACCESS_SHAPES[kind] as Shape, written, name, path, sink) } as SingleHopAccess;
  }
  const hopBelow = base?.kind === 'mesh' ? base.hop : undefined;
  const hop = written.hop === undefined ? hopBelow : readAccess(written.hop, [...path, 'hop'], sink, hopBelow);
  return { ...base, kind, hop, ...readShape(MESH_SHAPE as Shape, written, name, path, sink) } as Access;
}

function hasPath(value: unknown, path: readonly string[]): boolean {
  if (path.length === 0) return value !== undefined;
  return (
    typeof value === 'object' && value !== null && hasPath((value as Record<string, unknown>)[path[0]!], path.slice(1))
  );
}

/** `over` on top of `base`, map by map; `whole` names the parts that are not merged. */
function overlaid<T extends object>(base: T, over: object, whole: readonly string[]): T {
  const result: Record<string, unknown> = Object.fromEntries(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    const merged = isMap(value) && isMap(below) && !whole.includes(key);
    result[key] = merged ? overlaid(below, value, []) : value;
  }
  return result as T;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(kind: string, found: string, names: readonly string[]) {
  return {
    code: 'UNKNOWN_NAME',
    message: `there is no such ${kind}`,
    found,
    allowed: names.join(', '),
    ...nearestTo(found, names),
  } as const;
}
