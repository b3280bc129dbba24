import type { KeyPath, Problem } from '../../base/yaml.js';
import { DIMENSIONS, type Dimension, type DimensionOf, toSi } from './dimensions.js';
import { type Document, readSource, type Source } from './sources.js';

/** A figure as a YAML file has it, e.g. `{ value: 50, unit: kbit/s, source: "wisun-br-linux, ws_regdb.c" }`. */
export interface WrittenFigure {
  readonly value: number;
  readonly unit: string;
  readonly source: string;
}

/** What stands behind a loaded number. */
export interface Figure {
  /** Value and unit as written, e.g. `50 kbit/s`. */
  readonly written: string;
  readonly source: Source;
}

/** Figures by the path of the number that they stand behind, e.g. `rates.up.phyBps`. */
export type Figures = Readonly<Record<string, Figure>>;

/**
 * What a map of figures holds: names of loaded fields with their dimension, or maps within. A name that ends in `?` may
 * be absent. A written key is the name without the suffix of its unit: `phyBps` is written `phy: { unit: kbit/s, ... }`.
 */
export interface Shape {
  readonly [name: string]: Dimension | Shape;
}

/** The shape of a type whose fields are numbers named with their units, or maps of such. */
export type ShapeOf<T> = {
  readonly [K in keyof T & string as Record<never, never> extends Pick<T, K> ? `${K}?` : K]-?: NonNullable<
    T[K]
  > extends number
    ? DimensionOf<K>
    : ShapeOf<NonNullable<T[K]>>;
};

interface Field {
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
  readonly inner: Dimension | Shape;
}

function fieldsOf(shape: Shape): Field[] {
  return Object.entries(shape).map(([entry, inner]) => {
    const optional = entry.endsWith('?');
    const name = optional ? entry.slice(0, -1) : entry;
    const suffix = typeof inner === 'string' ? DIMENSIONS[inner].suffix : '';
    return { name, key: suffix === '' ? name : name.slice(0, -suffix.length), optional, inner };
  });
}

/** JSON Schema of a figure: a number of at least 0, one of the dimension's units, and a source. */
export function figureSchema(dimension: Dimension): object {
  const { units, most } = DIMENSIONS[dimension];
  const names = Object.keys(units);
  return {
    type: 'object',
    description: `a figure: { value: number, unit: ${names.join(' or ')}, source: text }`,
    additionalProperties: false,
    required: ['value', 'unit', 'source'],
    properties: {
      value: { type: 'number', minimum: 0, ...(most === undefined ? {} : { maximum: most / units[names[0]!]! }) },
      unit: { enum: names },
      source: { type: 'string', minLength: 1 },
    },
  };
}

/** Keys that a map of figures may have, as written. */
export function keysOf(shape: Shape): string[] {
  return fieldsOf(shape).map(({ key }) => key);
}

/** Keys, by path, that a whole map of figures has and a written one lacks. */
export function missingKeys(shape: Shape, written: object): KeyPath[] {
  return fieldsOf(shape).flatMap(({ key, optional, inner }): KeyPath[] => {
    const value = (written as Record<string, unknown>)[key];
    if (value === undefined) return optional ? [] : [[key]];
    if (typeof inner === 'string' || typeof value !== 'object' || value === null) return [];
    return missingKeys(inner, value).map((path) => [key, ...path]);
  });
}

export interface MapSchema {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

/**
 * JSON Schema of a written map of figures.
 * @param complete false: any part may be left to what it is like
 * @param figure   schema of one figure
 */
export function shapeSchema(
  shape: Shape,
  complete: boolean,
  figure: (dimension: Dimension) => object = figureSchema,
): MapSchema {
  const fields = fieldsOf(shape);
  return {
    type: 'object',
    additionalProperties: false,
    required: complete ? fields.filter((field) => !field.optional).map((field) => field.key) : [],
    properties: Object.fromEntries(
      fields.map(({ key, inner }) => [
        key,
        typeof inner === 'string' ? figure(inner) : shapeSchema(inner, complete, figure),
      ]),
    ),
  };
}

/** Collects figures and problems while a file is read. */
export interface FigureSink {
  readonly documents: ReadonlyMap<string, Document>;
  readonly figures: Record<string, Figure>;
  /** @param path key path as written, below the map that is read */
  report(path: KeyPath, problem: Problem): void;
  /** Reads figures that are written in another way than `WrittenFigure`; undefined for what is wrong, and reported. */
  readonly read?: (written: unknown, dimension: Dimension, at: KeyPath) => ReadFigure | undefined;
}

export interface ReadFigure extends Figure {
  /** In the dimension's SI unit. */
  readonly value: number;
}

/** The number of a written figure in its SI unit (NaN where it is wrong); what stands behind it goes to the sink under `name`. */
export function readFigure(
  written: WrittenFigure,
  dimension: Dimension,
  name: string,
  at: KeyPath,
  sink: FigureSink,
): number {
  if (sink.read !== undefined) {
    const figure = sink.read(written, dimension, at);
    if (figure !== undefined) sink.figures[name] = { written: figure.written, source: figure.source };
    return figure?.value ?? Number.NaN;
  }
  const read = readSource(written.source, sink.documents);
  if ('problem' in read) sink.report([...at, 'source'], read.problem);
  else sink.figures[name] = { written: writtenText(written), source: read.source };
  return toSi(written.value, written.unit, dimension);
}

/**
 * Turns a written map that fits the shape's schema into plain numbers in SI units.
 * @param name dotted path of the map among loaded names; empty at the top
 * @param at   its key path as written
 */
export function readShape(shape: Shape, written: object, name: string, at: KeyPath, sink: FigureSink): object {
  const result: Record<string, unknown> = {};
  for (const field of fieldsOf(shape)) {
    const value = (written as Record<string, object | undefined>)[field.key];
    if (value === undefined) continue;
    const inner = name === '' ? field.name : `${name}.${field.name}`;
    const below = [...at, field.key];
    result[field.name] =
      typeof field.inner === 'string'
        ? readFigure(value as WrittenFigure, field.inner, inner, below, sink)
        : readShape(field.inner, value, inner, below, sink);
  }
  return result;
}

function writtenText({ value, unit }: WrittenFigure): string {
  if (unit === 'count') return String(value);
  return unit === '%' ? `${value}%` : `${value} ${unit}`;
}
