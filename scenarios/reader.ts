import { nearestTo } from '../base/nearest.js';
import type { KeyPath, PositionedYaml, Problem } from '../base/yaml.js';
import { BadValue } from './bad-value.js';
import { DEFAULTS } from './defaults.js';
import { type Dimension, parseQuantity, type QuantityBounds } from './quantity.js';
import type { Scenario } from './types.js';

/**
 * Reads values of a scenario file by key path. What is wrong is reported and reads as absent, so that the rest is checked
 * too; values of a wrong type, which the schema has reported, read as absent silently. Defaults that are asked for are
 * noted.
 */
export class ScenarioReader {
  readonly defaults: Scenario['defaults'][number][] = [];
  readonly #yaml: PositionedYaml;
  readonly #noted = new Set<string>();

  constructor(yaml: PositionedYaml) {
    this.#yaml = yaml;
  }

  value(path: KeyPath): unknown {
    let at: unknown = this.#yaml.value;
    for (const part of path) {
      if (at === null || typeof at !== 'object' || !Object.hasOwn(at, part)) return undefined;
      at = (at as Record<string | number, unknown>)[part];
    }
    return at;
  }

  has(path: KeyPath): boolean {
    return this.value(path) !== undefined;
  }

  keys(path: KeyPath): string[] {
    const value = this.value(path);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  }

  items(path: KeyPath): unknown[] {
    const value = this.value(path);
    return Array.isArray(value) ? value : [];
  }

  text(path: KeyPath): string | undefined {
    const value = this.value(path);
    return typeof value === 'string' ? value : undefined;
  }

  number(path: KeyPath): number | undefined {
    const value = this.value(path);
    return typeof value === 'number' ? value : undefined;
  }

  /** A text of a closed list, which the schema has checked. */
  oneOf<T extends string>(path: KeyPath, names: readonly T[]): T | undefined {
    return names.find((name) => name === this.value(path));
  }

  quantity(path: KeyPath, dimension: Dimension, bounds: QuantityBounds = {}): number | undefined {
    const value = this.value(path);
    if (typeof value !== 'string' && (typeof value !== 'number' || !Number.isFinite(value))) return undefined;
    return this.try(path, () => parseQuantity(value, dimension, bounds));
  }

  /** The result of a parser; what it throws as a bad value is reported at the path. */
  try<T>(path: KeyPath, parse: () => T): T | undefined {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      this.report(path, error.problem);
      return undefined;
    }
  }

  report(path: KeyPath, problem: Problem): void {
    this.#yaml.report(path, problem);
  }

  /** Whether a name exists; if not, that is reported with the nearest. */
  knows(path: KeyPath, found: string, names: readonly string[], what: string, more: Partial<Problem> = {}): boolean {
    if (names.includes(found)) return true;
    this.report(path, {
      code: 'UNKNOWN_NAME',
      message: `${found} is not ${what}`,
      found,
      ...nearestTo(found, names),
      ...more,
    });
    return false;
  }

  /** Notes a default and gives its value. */
  defaultOf(key: string): string | number {
    const entry = DEFAULTS.get(key);
    if (entry === undefined) throw new Error(`no default for ${key}`);
    this.note({ ...entry, value: String(entry.value) });
    return entry.value;
  }

  defaultText(key: string): string {
    return String(this.defaultOf(key));
  }

  defaultNumber(key: string): number {
    return Number(this.defaultOf(key));
  }

  note(entry: Scenario['defaults'][number]): void {
    if (this.#noted.has(entry.key)) return;
    this.#noted.add(entry.key);
    this.defaults.push(entry);
  }
}
