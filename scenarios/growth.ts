/** A forecast: counts and enrolments that change over the years. Read with the scenario, used by `fanplan size`. */
import { InputError } from '../base/diagnostics.js';
import type { KeyPath } from '../base/yaml.js';
import { BadValue } from './bad-value.js';
import { readKeyPath } from './key-path.js';
import type { ScenarioContext } from './load.js';
import { parseQuantity } from './quantity.js';
import type { ScenarioReader } from './reader.js';
import type { Scenario } from './types.js';

export const GROWTH = 'growth';
const DEFAULT_YEARS = 20;
const MOST_YEARS = 100;

export interface Trend {
  readonly key: string;
  readonly path: KeyPath;
  /** How it is written: `3% per year`, `2026: 1500, 2030: 4000`. */
  readonly text: string;
  /** The value in a year, as the scenario would have it. */
  valueIn(year: number): unknown;
}

export interface Growth {
  readonly from: number;
  readonly to: number;
  readonly trends: readonly Trend[];
}

/**
 * Reads the key `growth`; problems are reported to the reader.
 *
 *   growth:
 *     from: 2026                                  # the year of the scenario; default: of its start
 *     to: 2041                                    # default: 20 years on
 *     deployment.meters: 3%                       # per year, compound; all numbers below the key alike
 *     han.premises: { 2026: 1500, 2030: 4000 }    # linear in between, then constant
 *
 * @param own the scenario's file as it is written, for the numbers that grow
 */
export function readForecast(
  reader: ScenarioReader,
  own: unknown,
  scenario: Scenario,
  context: ScenarioContext,
): Growth {
  const from = yearOf(reader, 'from') ?? Number(scenario.time.startLocal.slice(0, 4));
  const to = yearOf(reader, 'to') ?? from + DEFAULT_YEARS;
  if (!(to > from && to - from <= MOST_YEARS)) {
    const allowed = `a year after ${from}, at most ${MOST_YEARS} years on`;
    reader.report([GROWTH, reader.has([GROWTH, 'to']) ? 'to' : 'from'], {
      code: 'OUT_OF_RANGE',
      message: 'the forecast has no years',
      found: `${from} to ${to}`,
      allowed,
    });
  }
  const keys = reader.keys([GROWTH]).filter((key) => key !== 'from' && key !== 'to');
  const trends = keys.flatMap((key) => {
    const trend = readTrend(reader, key, from, { base: own, scenario, context });
    return trend === undefined ? [] : [trend];
  });
  if (keys.length === 0) {
    reader.report([GROWTH], {
      code: 'MISSING_KEY',
      message: 'nothing grows',
      allowed: 'a key of the scenario: deployment.meters: 3%',
    });
  }
  return { from, to, trends };
}

interface Ground {
  readonly base: unknown;
  readonly scenario: Scenario;
  readonly context: ScenarioContext;
}

function readTrend(
  reader: ScenarioReader,
  key: string,
  from: number,
  { base, scenario, context }: Ground,
): Trend | undefined {
  const at = [GROWTH, key];
  let path: KeyPath;
  try {
    path = readKeyPath(key, context, key);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const { file: _, path: __, ...problem } of error.diagnostics) reader.report(at, { ...problem, atKey: true });
    return undefined;
  }
  const value = reader.value(at);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return table(reader, key, path);
  const perYear = shareOf(reader, at, value);
  if (perYear === undefined) return undefined;
  const ground = valueAt(base, path) ?? valueAt(scenario, path);
  if (!canScale(ground)) {
    reader.report(at, {
      code: 'CONFLICT',
      message: 'the scenario gives no number here that could grow by a percentage',
      found: ground === undefined ? 'nothing' : JSON.stringify(ground),
      allowed: `a table: ${key}: { ${from}: 1000, ${from + 10}: 2000 }`,
    });
    return undefined;
  }
  return {
    key,
    path,
    text: `${shareText(value)} per year`,
    valueIn: (year) => grown(ground, (1 + perYear) ** (year - from)),
  };
}

/** 3%, -1% per year, 0.03 */
function shareOf(reader: ScenarioReader, at: KeyPath, value: unknown): number | undefined {
  const text = typeof value === 'number' ? value : shareText(value);
  const isLess = typeof text === 'string' && text.startsWith('-');
  try {
    const share = parseQuantity(isLess ? (text as string).slice(1) : text, 'share');
    return isLess ? -share : share;
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    reader.report(at, { ...error.problem, allowed: 'a percentage per year: 3%, -1%; or a table of years' });
    return undefined;
  }
}

/** What each year is, is said with or without these words. */
function shareText(value: unknown): string {
  return String(value ?? '')
    .replace(/\s+per year\s*$/, '')
    .trim();
}

function table(reader: ScenarioReader, key: string, path: KeyPath): Trend | undefined {
  const years = reader.keys([GROWTH, key]);
  const points = years.map((year) => ({
    year: Number(year),
    value: pointOf(reader.value([GROWTH, key, year]) ?? reader.value([GROWTH, key, Number(year)])),
  }));
  const bad = points.find(
    ({ year, value }) => !(Number.isInteger(year) && year >= 1900 && year <= 2500) || value === undefined,
  );
  if (bad !== undefined || points.length === 0) {
    reader.report([GROWTH, key], {
      code: 'SYNTAX',
      message: 'a table has years with a number or a share each',
      found: points.length === 0 ? 'no year' : String(years[points.indexOf(bad!)]),
      allowed: '{ 2026: 1500, 2030: 4000 }, { 2026: 20%, 2031: 50% }',
    });
    return undefined;
  }
  const sorted = (points as { year: number; value: Point }[]).sort((a, b) => a.year - b.year);
  const isShare = sorted.some(({ value }) => value.isShare);
  const text = sorted.map(({ year, value }) => `${year}: ${value.text}`).join(', ');
  return {
    key,
    path,
    text,
    valueIn: (year) => {
      const number = between(sorted, year);
      return isShare ? `${Number((100 * number).toPrecision(12))}%` : Math.round(number);
    },
  };
}

interface Point {
  readonly number: number;
  readonly isShare: boolean;
  readonly text: string;
}

function pointOf(value: unknown): Point | undefined {
  if (typeof value === 'number' && value >= 0) return { number: value, isShare: false, text: String(value) };
  const share = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null;
  return share === null ? undefined : { number: Number(share[1]) / 100, isShare: true, text: String(value) };
}

function between(points: readonly { readonly year: number; readonly value: Point }[], year: number): number {
  const after = points.findIndex((point) => point.year >= year);
  if (after < 0) return points[points.length - 1]!.value.number;
  const [from, to] = [points[Math.max(0, after - 1)]!, points[after]!];
  if (after === 0 || from.year === to.year) return to.value.number;
  const share = (year - from.year) / (to.year - from.year);
  return from.value.number + share * (to.value.number - from.value.number);
}

/** Numbers, and maps of which some are; expressions follow what they name. */
function canScale(value: unknown): boolean {
  if (typeof value === 'number') return true;
  if (typeof value === 'string') return /^\d+(\.\d+)?\s*%$/.test(value.trim());
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).some(canScale);
}

function grown(value: unknown, factor: number): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? Math.round(value * factor) : value * factor;
  if (typeof value === 'string') {
    const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim());
    return share === null ? value : `${Math.min(100, Number((Number(share[1]) * factor).toPrecision(12)))}%`;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, grown(part, factor)]));
}

function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (at, key) => (at !== null && typeof at === 'object' ? (at as Record<string | number, unknown>)[key] : undefined),
    root,
  );
}

function yearOf(reader: ScenarioReader, key: string): number | undefined {
  const path = [GROWTH, key];
  if (!reader.has(path)) return undefined;
  const value = reader.value(path);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1900 && value <= 2500) return value;
  reader.report(path, {
    code: 'WRONG_TYPE',
    message: 'this is no year',
    found: String(value),
    allowed: 'a year such as 2026',
  });
  return undefined;
}
