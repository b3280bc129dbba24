/** Values as a person types them: one, a list (`20,50,100 kbit/s`), or a range (`1000..10000:1000`). */
import { parse } from 'yaml';
import { InputError } from '../../base/diagnostics.js';

/** More than that is no question that a person asks, but a slip in a step. */
const MOST_VALUES = 1000;
const NUMBER = String.raw`[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`;
const RANGE = new RegExp(
  String.raw`^(${NUMBER})\s*([^\d\s.:][^.:]*?)?\s*\.\.\s*(${NUMBER})\s*([^\d\s.:][^:]*?)?\s*(?::\s*([x*])?\s*(${NUMBER})\s*(\S.*)?)?$`,
);
const WITH_UNIT = new RegExp(String.raw`^${NUMBER}(\s*)([^\d\s.,].*)$`);
const BARE = new RegExp(`^${NUMBER}$`);

/** A value, and the text that stands for it in names of variants. */
export interface TypedValue {
  readonly text: string;
  readonly value: unknown;
}

/** One value, as YAML reads it: text, number, true, [a, list], {a: map}. @throws InputError SYNTAX */
export function readValue(text: string, origin: string): TypedValue {
  const trimmed = text.trim();
  if (trimmed === '') fail(origin, 'there is no value', '(an empty text)', 'KEY=VALUE, e.g. NAN.rate=50 kbit/s');
  try {
    const value: unknown = parse(trimmed, { logLevel: 'error' });
    return { text: trimmed, value: value === null || value instanceof Date ? trimmed : value };
  } catch {
    if (!/^[[{]/.test(trimmed)) return { text: trimmed, value: trimmed };
    return fail(
      origin,
      'the list or map is not closed, or not YAML',
      trimmed,
      '[1, 2], {up: 10 kbit/s, down: 20 kbit/s}',
    );
  }
}

/**
 * A list with commas, in which a unit at the end is that of the numbers before it; or `FROM..TO:STEP`, `FROM..TO:xFACTOR`
 * with both ends. Commas within brackets and quotes belong to a value.
 * @throws InputError SYNTAX, OUT_OF_RANGE (a range that never ends, more than 1000 values), DUPLICATE
 */
export function readValues(text: string, origin: string): TypedValue[] {
  const range = RANGE.exec(text.trim());
  const values = range === null ? listOf(text, origin) : rangeOf(range, text, origin);
  const seen = new Set<string>();
  for (const { text: one } of values) {
    if (seen.has(one)) {
      throw new InputError([
        { code: 'DUPLICATE', file: origin, path: '', message: 'the same value stands here twice', found: one },
      ]);
    }
    seen.add(one);
  }
  return values;
}

function listOf(text: string, origin: string): TypedValue[] {
  const parts = splitAtCommas(text);
  const last = parts[parts.length - 1]!;
  const unit = BARE.test(last) ? null : WITH_UNIT.exec(last); // 1e30 is a number, not 1 with a unit
  return parts.map((part) =>
    readValue(unit !== null && BARE.test(part) ? `${part}${unit[1]}${unit[2]}` : part, origin),
  );
}

function rangeOf(range: RegExpExecArray, text: string, origin: string): TypedValue[] {
  const [, fromText, fromUnit, toText, toUnit, times, stepText, stepUnit] = range;
  const allowed = '1000..10000:1000, 20..100:20 kbit/s, 10..1000:x10 kbit/s';
  const [from, to, step] = [Number(fromText), Number(toText), Number(stepText)];
  if (stepText === undefined) fail(origin, 'the range has no step', text, allowed);
  const units = new Set([fromUnit, toUnit, stepUnit].filter((unit) => unit !== undefined));
  if (units.size > 1) fail(origin, 'a range has one unit', text, allowed);
  const [unit] = units;
  const multiplies = times !== undefined;
  if (multiplies ? !(step > 1 && from > 0 && to >= from) : !(step > 0 && to >= from)) {
    throw new InputError([
      { code: 'OUT_OF_RANGE', file: origin, path: '', message: 'the range never ends', found: text, allowed },
    ]);
  }
  const steps = multiplies ? Math.log(to / from) / Math.log(step) : (to - from) / step;
  const count = Math.floor(steps + 1e-9) + 1;
  if (count > MOST_VALUES) {
    const message = `the range has ${count} values`;
    throw new InputError([
      { code: 'OUT_OF_RANGE', file: origin, path: '', message, found: text, allowed: `at most ${MOST_VALUES} values` },
    ]);
  }
  return Array.from({ length: count }, (_, i) => {
    // Sums such as 0.1 + 0.2 carry noise in the 16th digit.
    const value = Number((multiplies ? from * step ** i : from + i * step).toPrecision(12));
    return readValue(unit === undefined ? String(value) : `${value} ${unit.trim()}`, origin);
  });
}

/** Commas outside brackets and quotes. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let [depth, start, quote] = [0, 0, ''];
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === '"' || c === "'") quote = c;
    else if ('[{('.includes(c)) depth++;
    else if (']})'.includes(c)) depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

function fail(origin: string, message: string, found: string, allowed: string): never {
  throw new InputError([{ code: 'SYNTAX', file: origin, path: '', message, found, allowed }]);
}
