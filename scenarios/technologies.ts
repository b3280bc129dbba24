import type { KeyPath } from '../base/yaml.js';
import { DIMENSIONS, type Dimension, toSi } from '../topologies/figures/dimensions.js';
import {
  type FigureSink,
  keysOf,
  missingKeys,
  type ReadFigure,
  readShape,
  type Shape,
} from '../topologies/figures/shape.js';
import { technologyLibrary } from '../topologies/technologies.js';
import { checkFigures } from '../topologies/technology-checks.js';
import { technologyOf, type WrittenAccess, type WrittenTechnology } from '../topologies/technology-load.js';
import { ACCESS_SHAPES, MESH_SHAPE, TECHNOLOGY_SHAPE } from '../topologies/technology-schema.js';
import type { Access, Technology } from '../topologies/technology-types.js';
import { BadValue } from './bad-value.js';
import { parseQuantity } from './quantity.js';
import type { ScenarioReader } from './reader.js';

const ROOT = 'technologies';
/** What stands behind a figure of a scenario. */
export const GIVEN = 'given by the scenario';
/** Hops of a mesh that the simulation serves. */
const MESH_HOPS: readonly Access['kind'][] = ['csma-802.15.4', 'polled', 'dcf-802.11', 'aloha', 'slotted-aloha'];
/** Largest count. */
const MOST = 1_000_000;
/** Keys of some access or other; what is none of them the schema reports. */
const ANY_ACCESS: readonly string[] = ['hop', ...[...Object.values(ACCESS_SHAPES), MESH_SHAPE].flatMap(keysOf)];
/** Sections that a technology of a scenario may leave out: no message is sent otherwise for them. */
const OPTIONAL = ['endpoints', 'reach', 'cost', 'availability'];

/**
 * Technologies as a scenario writes them: those of the library by name; new ones, with or without `like`, under
 * `technologies`; and in the place of a name a map of what differs (`{ like: zigbee, loss: { frame: 10% } }`). Keys are
 * those of the library, figures are texts with their units and need no source. `access` and `arq` are merged key by key
 * where the kind of access stays.
 */
export class ScenarioTechnologies {
  readonly #reader: ScenarioReader;
  /** By key path; undefined: wrong, and reported. */
  readonly #read = new Map<string, Technology | undefined>();
  readonly #names: readonly string[];

  constructor(reader: ScenarioReader) {
    this.#reader = reader;
    this.#names = reader.keys([ROOT]);
    for (const name of this.#names) this.#define(name, [name]);
  }

  /** The technology that stands at a path, by name or by what differs. @param label of a map, for its name */
  at(path: KeyPath, label: string): Technology | undefined {
    const key = path.join('.');
    if (!this.#read.has(key)) {
      const name = this.#reader.text(path);
      const found = name === undefined ? this.#written(path, undefined, label, []) : this.#named(path, name, []);
      this.#read.set(key, found);
    }
    return this.#read.get(key);
  }

  /** @param above names whose definitions led here */
  #named(path: KeyPath, name: string, above: readonly string[]): Technology | undefined {
    if (this.#names.includes(name)) {
      if (!above.includes(name)) return this.#define(name, [...above, name]);
      const message = 'the technology is like itself';
      this.#reader.report(path, { code: 'CONFLICT', message, found: [...above, name].join(' is like ') });
      return undefined;
    }
    const library = technologyLibrary();
    const names = [...this.#names, ...library.map((technology) => technology.name)];
    const allowed = names.join(', ');
    if (!this.#reader.knows(path, name, names, 'a technology', { allowed })) return undefined;
    return library.find((technology) => technology.name === name);
  }

  #define(name: string, above: readonly string[]): Technology | undefined {
    const path = [ROOT, name];
    const key = path.join('.');
    if (this.#read.has(key)) return this.#read.get(key);
    if (technologyLibrary().some((technology) => technology.name === name)) {
      this.#reader.report(path, {
        code: 'DUPLICATE',
        message: 'the library has a technology of this name',
        found: name,
        allowed: `another name: my-${name}: { like: ${name}, ... }`,
        atKey: true,
      });
    }
    const found = this.#written(path, name, name, above);
    this.#read.set(key, found);
    return found;
  }

  /** @param name given; undefined: made of what it is like and the label */
  #written(path: KeyPath, name: string | undefined, label: string, above: readonly string[]): Technology | undefined {
    const reader = this.#reader;
    const written = reader.value(path);
    if (written === null || typeof written !== 'object' || Array.isArray(written)) return undefined;
    const like = reader.text([...path, 'like']);
    if (like === undefined && reader.has([...path, 'like'])) return undefined;
    const base = like === undefined ? undefined : this.#named([...path, 'like'], like, above);
    if (like !== undefined && base === undefined) return undefined;
    const own = written as WrittenTechnology;
    let isWhole = this.#hasAccess(own.access, [...path, 'access'], base?.access, base === undefined);
    if (base === undefined) isWhole = this.#hasAll(own, path) && isWhole;
    else if (base.arq === undefined) isWhole = this.#hasArq(own, path) && isWhole;

    let isRight = true;
    const report: FigureSink['report'] = (at, problem) => {
      isRight = false;
      reader.report([...path, ...at], problem);
    };
    const reading = {
      documents: new Map(),
      report,
      read: (value: unknown, dimension: Dimension, at: KeyPath) =>
        readFigure(value, dimension, String(at[at.length - 1]), (problem) => report(at, problem)),
    };
    if (!isWhole) {
      readShape(TECHNOLOGY_SHAPE as Shape, own, '', [], { ...reading, figures: {} }); // what else is wrong is said as well
      return undefined;
    }
    const title = own.title ?? base?.title ?? label;
    const technology = technologyOf(
      name ?? (like === undefined ? `technology of ${label}` : `${like} of ${label}`),
      { leavesOut: '', ...(base === undefined ? { networks: [] } : { leavesOut: base.leavesOut }), ...own, title },
      base ?? NOTHING,
      reading,
      true,
    );
    if (isRight) checkFigures(technology, report);
    return isRight ? technology : undefined;
  }

  /** Whether a technology without `like` says all that sending needs. */
  #hasAll(own: WrittenTechnology, path: KeyPath): boolean {
    const missing = [
      ...['duplex', 'access'].filter((key) => !Object.hasOwn(own, key)).map((key) => [key]),
      ...missingKeys(TECHNOLOGY_SHAPE as Shape, own).filter((at) => !OPTIONAL.includes(String(at[0]))),
    ];
    for (const at of missing) this.#missing([...path, ...at]);
    return missing.length === 0;
  }

  /** Whether the repetition of a technology that is like one without it is complete: there is nothing to merge it with. */
  #hasArq(own: WrittenTechnology, path: KeyPath): boolean {
    const missing = missingKeys(TECHNOLOGY_SHAPE as Shape, own).filter(([section]) => section === 'arq');
    for (const at of missing) this.#missing([...path, ...at]);
    return missing.length === 0;
  }

  /**
   * Whether the keys of an access belong to its kind, and are complete where it is like no other of its kind.
   * @param below what it is like; undefined: nothing
   */
  #hasAccess(
    access: WrittenAccess | undefined,
    path: KeyPath,
    below: Access | undefined,
    mustStand: boolean,
    isHop = false,
  ): boolean {
    if (access === undefined) return true; // what must stand is reported with the rest
    if (typeof access !== 'object' || access === null) return false;
    const kind = access.kind ?? below?.kind;
    if (kind === undefined) {
      if (mustStand) this.#missing([...path, 'kind']);
      return false;
    }
    if (kind !== 'mesh' && ACCESS_SHAPES[kind] === undefined) return false; // reported by the schema
    if (isHop && !MESH_HOPS.includes(kind)) {
      const message = 'relays of a mesh cannot take turns in this way';
      const allowed = MESH_HOPS.join(', ');
      this.#reader.report([...path, 'kind'], { code: 'CONFLICT', message, found: kind, allowed });
      return false;
    }
    const base = below?.kind === kind ? below : undefined;
    const shape = (kind === 'mesh' ? MESH_SHAPE : ACCESS_SHAPES[kind]) as Shape;
    const keys = keysOf(shape);
    const allowed = ['kind', ...(kind === 'mesh' ? ['hop'] : []), ...keys];
    const strange = Object.keys(access).filter((key) => ANY_ACCESS.includes(key) && !allowed.includes(key));
    for (const key of strange) {
      this.#reader.report([...path, key], {
        code: 'UNKNOWN_KEY',
        message: `access ${kind} has no ${key}`,
        found: key,
        allowed: allowed.join(', '),
        atKey: true,
      });
    }
    const missing = base === undefined ? missingKeys(shape, access) : [];
    for (const at of missing) this.#missing([...path, ...at]);
    let isHopWhole = true;
    if (kind === 'mesh') {
      const hopBelow = base?.kind === 'mesh' ? base.hop : undefined;
      if (access.hop === undefined && hopBelow === undefined) this.#missing([...path, 'hop']);
      isHopWhole =
        access.hop === undefined
          ? hopBelow !== undefined
          : this.#hasAccess(access.hop, [...path, 'hop'], hopBelow, true, true);
    }
    return strange.length === 0 && missing.length === 0 && isHopWhole;
  }

  #missing(path: KeyPath): void {
    const key = String(path[path.length - 1]);
    this.#reader.report(path, {
      code: 'MISSING_KEY',
      message: `${key} is missing`,
      allowed: 'all figures, or like: a technology that has the others',
    });
  }
}

/** JSON Schema of a figure in a scenario. */
export function figureTextSchema(dimension: Dimension): object {
  const unit = Object.keys(DIMENSIONS[dimension].units)[0]!;
  const description =
    dimension === 'count' ? 'a number: 4' : `a figure with its unit: 4${unit === '%' ? '' : ' '}${unit}`;
  return { description, type: ['string', 'number'] };
}

/** A figure as a scenario writes it: `150 kbit/s`, `12 ms`, `10%`, `4`, `40 USD`. */
function readFigure(
  value: unknown,
  dimension: Dimension,
  key: string,
  report: (problem: BadValue['problem']) => void,
): ReadFigure | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined; // reported by the schema
  try {
    const source = { kind: 'assumption', text: GIVEN } as const;
    return { value: parseFigure(value, dimension, key), written: String(value), source };
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    report(error.problem);
    return undefined;
  }
}

function parseFigure(value: string | number, dimension: Dimension, key: string): number {
  if (dimension === 'money' || dimension === 'moneyPerYear') return parseMoney(value, dimension);
  if (dimension !== 'count') return parseQuantity(value, dimension);
  const count = parseQuantity(value, 'number', { most: MOST });
  if (Number.isInteger(count) || key === 'typicalHops') return count;
  throw new BadValue({ code: 'OUT_OF_RANGE', message: 'a whole number is expected here', found: String(value) });
}

function parseMoney(value: string | number, dimension: 'money' | 'moneyPerYear'): number {
  const { units } = DIMENSIONS[dimension];
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(\S+)$/.exec(String(value).trim()) ?? [];
  if (value === 0) return 0;
  if (amount !== undefined && unit !== undefined && Object.hasOwn(units, unit))
    return toSi(Number(amount), unit, dimension);
  const allowed = Object.keys(units)
    .map((name) => `40 ${name}`)
    .join(', ');
  throw new BadValue({ code: 'WRONG_UNIT', message: 'this is no amount of money', found: String(value), allowed });
}

/** What a technology without `like` is on top of: what no message is sent otherwise for. */
const NOTHING = {
  endpoints: { least: 1, typical: 1, most: 1e6 },
  reach: { urbanM: 0, suburbanM: 0, ruralM: 0 },
  cost: {
    linkCapexUsd: 0,
    linkOpexUsdPerYear: 0,
    gatewayCapexUsd: 0,
    gatewayOpexUsdPerYear: 0,
    endpointCapexUsd: 0,
    endpointOpexUsdPerYear: 0,
  },
  availability: 1,
  figures: {},
} as unknown as Technology;
