import type { Unit } from 'mathjs';
import { nearestName } from '../base/nearest.js';
import type { Problem } from '../base/yaml.js';
import { BadValue } from './bad-value.js';
import { mathjs, parseExpression } from './expression.js';

export type Dimension =
  | 'rate'
  | 'time'
  | 'size'
  | 'share'
  | 'number'
  | 'perDay'
  | 'perYear'
  | 'length'
  | 'bits'
  | 'timePerLength';

interface DimensionFacts {
  /** What it is, with its article. */
  readonly name: string;
  readonly examples: string;
  /** Unit of the result, as mathjs writes it; empty for plain numbers. */
  readonly unit: string;
  /** Multiplies the result in `unit`: seconds of the period for frequencies. */
  readonly scale: number;
  /** Unit that a bare number most likely meant; absent where a bare number is right. */
  readonly likely?: string;
  readonly most: number;
}

const DAY_S = 86_400;
/** As the catalogue counts (365/12 days a month); mathjs has 365.25 days in a year. */
const YEAR_S = 365 * DAY_S;

const DIMENSIONS: Readonly<Record<Dimension, DimensionFacts>> = {
  rate: {
    name: 'a rate',
    examples: '100 kbit/s, 1 Mbit/s, 19.2 kbps',
    unit: 'bit/s',
    scale: 1,
    likely: 'kbit/s',
    most: 1e15,
  },
  time: {
    name: 'a time',
    examples: '5 ms, 30 s, 15 min, 1 hr, 2 days',
    unit: 's',
    scale: 1,
    likely: 's',
    most: 100 * YEAR_S,
  },
  size: {
    name: 'a size',
    examples: '60 B, 1.5 kB (k = 1000), 2 MB, 64 KiB',
    unit: 'B',
    scale: 1,
    likely: 'B',
    most: 1e15,
  },
  share: { name: 'a share', examples: '20%, 0.2', unit: '', scale: 1, most: 1 },
  number: { name: 'a plain number', examples: '12, 0.5', unit: '', scale: 1, most: 1e12 },
  perDay: {
    name: 'a rate of messages',
    examples: '24, 25/1000, 6 per day, 1 per hour',
    unit: 's^-1',
    scale: DAY_S,
    most: 1e9,
  },
  perYear: {
    name: 'a rate of events',
    examples: '4, 12 per year, 1 per month',
    unit: 's^-1',
    scale: YEAR_S,
    most: 1e9,
  },
  length: { name: 'a length', examples: '300 m, 5 km', unit: 'm', scale: 1, likely: 'm', most: 1e9 },
  bits: { name: 'a number of bits', examples: '288 bit', unit: 'bit', scale: 1, likely: 'bit', most: 1e9 },
  timePerLength: {
    name: 'a time per length',
    examples: '4.9 us/km',
    unit: 's/m',
    scale: 1,
    likely: 'us/km',
    most: 1,
  },
};

/** Words that users write, in bits, seconds and metres. Case matters, as `Mbit` and `mbit` differ by nine orders of magnitude. */
const UNITS: Readonly<Record<string, readonly [number, 'bit' | 's' | 'bit/s' | 'm']>> = {
  ...Object.fromEntries(['bit', 'bits'].map((word) => [word, [1, 'bit']])),
  kbit: [1e3, 'bit'],
  Mbit: [1e6, 'bit'],
  Gbit: [1e9, 'bit'],
  ...Object.fromEntries(['B', 'byte', 'bytes'].map((word) => [word, [8, 'bit']])),
  kB: [8e3, 'bit'],
  MB: [8e6, 'bit'],
  GB: [8e9, 'bit'],
  KiB: [8 * 1024, 'bit'],
  MiB: [8 * 1024 ** 2, 'bit'],
  GiB: [8 * 1024 ** 3, 'bit'],
  bps: [1, 'bit/s'],
  kbps: [1e3, 'bit/s'],
  Mbps: [1e6, 'bit/s'],
  Gbps: [1e9, 'bit/s'],
  us: [1e-6, 's'],
  ms: [1e-3, 's'],
  ...Object.fromEntries(['s', 'sec', 'second', 'seconds'].map((word) => [word, [1, 's']])),
  ...Object.fromEntries(['min', 'minute', 'minutes'].map((word) => [word, [60, 's']])),
  ...Object.fromEntries(['h', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, [3600, 's']])),
  ...Object.fromEntries(['d', 'day', 'days'].map((word) => [word, [DAY_S, 's']])),
  ...Object.fromEntries(['week', 'weeks'].map((word) => [word, [7 * DAY_S, 's']])),
  ...Object.fromEntries(['month', 'months'].map((word) => [word, [YEAR_S / 12, 's']])),
  ...Object.fromEntries(['year', 'years'].map((word) => [word, [YEAR_S, 's']])),
  m: [1, 'm'],
  km: [1e3, 'm'],
};

/** `kb` is read as bits by some and as bytes by others, so it is not accepted. */
const AMBIGUOUS: Readonly<Record<string, string>> = {
  b: 'bit or B',
  kb: 'kbit or kB',
  Kb: 'kbit or kB',
  Mb: 'Mbit or MB',
  mb: 'Mbit or MB',
  Gb: 'Gbit or GB',
  gb: 'Gbit or GB',
  m: 'min or ms',
};

let unitScope: ReadonlyMap<string, Unit> | undefined;

export interface QuantityBounds {
  readonly least?: number;
  /** True: 0 is too little. */
  readonly positive?: boolean;
  readonly most?: number;
  /** True: the word `unlimited` gives Infinity. */
  readonly unlimited?: boolean;
}

/**
 * A quantity with its unit in SI units: rate in bit/s, time in s, size in B, share as 0..1, `perDay` and `perYear` as
 * numbers per day and per year. Arithmetic is allowed (`2 * 60 B`, `25/1000 per day`), and so is `1 hr 30 min`. A bare 0
 * needs no unit.
 * @throws BadValue WRONG_UNIT for another dimension, an unknown unit or a bare number where a unit is needed; SYNTAX;
 *   OUT_OF_RANGE for what is negative, not finite or outside the bounds
 */
export function parseQuantity(value: string | number, dimension: Dimension, bounds: QuantityBounds = {}): number {
  if (bounds.unlimited && value === 'unlimited') return Number.POSITIVE_INFINITY;
  const amount = typeof value === 'number' ? bareNumber(value, value, dimension) : withUnit(value, dimension);
  // Products like 9 * 0.001 carry noise in the 16th digit, which would show in results and hashes.
  const clean = Number(amount.toPrecision(15));
  const { most, examples, unit } = DIMENSIONS[dimension];
  const [least, highest] = [bounds.least ?? 0, bounds.most ?? most];
  if (clean >= least && clean <= highest && (clean > 0 || !bounds.positive)) return clean;
  throw new BadValue({
    code: 'OUT_OF_RANGE',
    message: Number.isFinite(clean)
      ? `the value is ${bound(clean, highest, bounds.positive)}`
      : 'the value is not finite',
    found: String(value),
    allowed:
      `${bounds.positive ? 'more than 0' : `from ${least}`} to ${highest} ${unit}, for example ${examples}`.replace(
        / +,/,
        ',',
      ),
    ...(dimension === 'share' && clean > 1 && clean <= 100 && !String(value).includes('%')
      ? { nearest: `${clean}%` }
      : {}),
  });
}

function bound(value: number, most: number, positive: boolean | undefined): string {
  if (value > most) return 'too large';
  return value === 0 && positive ? 'zero' : value < 0 ? 'negative' : 'too small';
}

function withUnit(text: string, dimension: Dimension): number {
  const trimmed = text.trim();
  if (trimmed === '') throw new BadValue(wrongUnit('the text is empty', '(an empty text)', dimension));
  const plain = plainAmount(trimmed, dimension);
  if (plain !== undefined) return plain;
  // `25 per 1000 per day` divides twice, `1 per 15 min` by all that follows; `1 hr 30 min` would otherwise multiply.
  const spoken = trimmed.replace(/\bper\s+(\d+(?:\.\d+)?\s*(?!per\b)[A-Za-z]+)/g, '/ ($1)').replace(/\bper\b/g, '/');
  const sums = /^(\d+(\.\d+)?\s*[A-Za-z]+\s+){1,3}\d+(\.\d+)?\s*[A-Za-z]+$/.test(spoken);
  const expression = parseExpression(sums ? spoken.replace(/([A-Za-z])\s+(?=\d)/g, '$1 + ') : spoken, [], mathjs());
  const units = unitsByWord();
  for (const name of expression.names) {
    const isMinutes = name === 'm' && dimension !== 'length' && dimension !== 'timePerLength';
    if (!units.has(name) || isMinutes) throw unknownUnit(name, text, dimension);
  }
  let result: unknown;
  try {
    result = expression.evaluate(units);
  } catch {
    throw new BadValue(wrongUnit('the units of this sum do not fit together', text, dimension));
  }
  if (typeof result === 'number') return bareNumber(result, text, dimension);
  const { unit, scale, name } = DIMENSIONS[dimension];
  const amount = result as Unit;
  if (unit === '' || !amount.equalBase(mathjs().unit(1, unit))) {
    throw new BadValue(wrongUnit(`this is ${dimensionOf(amount)}, ${name} is expected here`, text, dimension));
  }
  return amount.toNumber(unit) * scale;
}

/**
 * A number and a unit that fits, as nearly all quantities are: without mathjs, whose units take 0.05 s at first use.
 * Undefined: it is not that simple.
 */
function plainAmount(text: string, dimension: Dimension): number | undefined {
  const [, number, word, perS] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)(\s*\/\s*s)?$/.exec(text) ?? [];
  if (word === undefined || !Object.hasOwn(UNITS, word)) return undefined;
  const [amount, base] = UNITS[word]!;
  const { unit, scale } = DIMENSIONS[dimension];
  const result = Number(number) * amount * scale;
  if (unit === 'B' && base === 'bit' && perS === undefined) return result / 8;
  return unit === `${base}${perS === undefined ? '' : '/s'}` ? result : undefined;
}

function bareNumber(value: number, found: string | number, dimension: Dimension): number {
  const { likely, name } = DIMENSIONS[dimension];
  if (likely === undefined || value === 0 || !Number.isFinite(value)) return value;
  const problem = wrongUnit(`${name} needs a unit`, String(found), dimension);
  throw new BadValue({ ...problem, nearest: `${value} ${likely}` });
}

function dimensionOf(unit: Unit): string {
  const known = Object.values(DIMENSIONS).find(
    (facts) => facts.unit !== '' && unit.equalBase(mathjs().unit(1, facts.unit)),
  );
  return known?.name ?? 'something else';
}

function unknownUnit(name: string, text: string, dimension: Dimension): BadValue {
  // Two letters are near to everything: there only the case may differ.
  const words = Object.keys(UNITS).filter((word) => name.length > 2 || word.toLowerCase() === name.toLowerCase());
  const near = AMBIGUOUS[name] ?? nearestName(name, words);
  return new BadValue({
    ...wrongUnit(`${name} is not a unit`, text, dimension),
    ...(near === undefined ? {} : { nearest: near }),
  });
}

function wrongUnit(message: string, found: string, dimension: Dimension): Problem {
  return {
    code: 'WRONG_UNIT',
    message,
    found,
    allowed: `${DIMENSIONS[dimension].name}: ${DIMENSIONS[dimension].examples}`,
  };
}

function unitsByWord(): ReadonlyMap<string, Unit> {
  unitScope ??= new Map(Object.entries(UNITS).map(([word, [amount, unit]]) => [word, mathjs().unit(amount, unit)]));
  return unitScope;
}
