/** Numbers for people: three significant digits and a unit that keeps them short. Files hold the exact values. */
import type { Unit } from './columns.js';

export const nothing = '–';

/** `1,234` or `12.3` or `0.00123`: `digits` significant digits, whole numbers in full, thousands grouped. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return nothing;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const rounded = Number.isInteger(value)
    ? value
    : Math.abs(value) >= 1000
      ? Math.round(value)
      : shorten(value, digits);
  const [whole = '', fraction] = Math.abs(rounded) < 1e-6 && rounded !== 0 ? [String(rounded)] : plain(rounded);
  const grouped = (whole.length > 3 ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : whole).replace('-', '−');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function shorten(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

function plain(value: number): string[] {
  return String(value).split('.');
}

type Scale = readonly (readonly [from: number, unit: string])[];

const timeScale: Scale = [
  [86400 * 2, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
];
const unitS: Record<string, number> = { d: 86400, h: 3600, min: 60, s: 1, ms: 1e-3, µs: 1e-6 };

/** `350 ms`, `1.5 h`, `7 d`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNumber(seconds);
  if (seconds === 0) return '0 s';
  const size = Math.abs(seconds);
  const unit = timeScale.find(([from]) => size >= from * 0.9995)?.[1] ?? 'µs';
  return `${formatNumber(shorten(seconds / unitS[unit]!, 3))} ${unit}`;
}

const decimalPrefix: Scale = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

function decimal(value: number, unit: string): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const [from, prefix] = prefixOf(value);
  return `${formatNumber(shorten(value / from, 3))} ${prefix}${unit}`;
}

function prefixOf(value: number): readonly [size: number, prefix: string] {
  return decimalPrefix.find(([least]) => Math.abs(value) >= least * 0.9995) ?? [1, ''];
}

/** `1.2 kbit/s`; a rate without limit is `unlimited`. */
export function formatBps(bps: number): string {
  return bps === Number.POSITIVE_INFINITY ? 'unlimited' : decimal(bps, 'bit/s');
}

/** `2 MB`; k = 1000. */
export function formatBytes(bytes: number): string {
  return decimal(bytes, 'B');
}

/** `97.3 %`, `< 0.01 %`. Never rounds up to 100 %: what falls short of it shows so many digits that one sees it. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return formatNumber(share);
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  let digits = Math.abs(percent) >= 90 ? 4 : 3;
  while (percent < 100 && shorten(percent, digits) >= 100 && digits < 12) digits++;
  return `${formatNumber(shorten(percent, digits), digits)} %`;
}

/** A value of a column, with its unit where the number alone would not tell. */
export function formatUnit(value: number, unit: Unit): string {
  switch (unit) {
    case 's':
      return formatSeconds(value);
    case 'B':
      return formatBytes(value);
    case 'bit/s':
      return formatBps(value);
    case '1':
      return formatShare(value);
    default:
      return formatNumber(value);
  }
}

/** Whether values of the unit carry it themselves, with a prefix that keeps them short. */
export function hasPrefixes(unit: Unit): boolean {
  return unit === 's' || unit === 'B' || unit === 'bit/s' || unit === '1';
}

/** Half the width of the interval of `value`, in the same unit and prefix as `value` itself: two significant digits. */
export function formatHalfWidth(half: number, value: number, unit: Unit): string {
  const { size, name } = scaleOf(value, unit);
  return `${formatNumber(shorten(half / size, 2))}${name === '' ? '' : ` ${name}`}`;
}

/** `221 ms ± 4.1 ms`; the value alone where nothing is known of its error. */
export function withHalfWidth(value: number, half: number, unit: Unit): string {
  const text = formatUnit(value, unit);
  return Number.isFinite(half) && Number.isFinite(value) ? `${text} ± ${formatHalfWidth(half, value, unit)}` : text;
}

function scaleOf(value: number, unit: Unit): { readonly size: number; readonly name: string } {
  switch (unit) {
    case 's': {
      const name = timeScale.find(([from]) => Math.abs(value) >= from * 0.9995)?.[1] ?? 'µs';
      return value === 0 ? { size: 1, name: 's' } : { size: unitS[name]!, name };
    }
    case 'B':
    case 'bit/s': {
      const [size, prefix] = prefixOf(value);
      return { size, name: `${prefix}${unit}` };
    }
    case '1':
      return { size: 0.01, name: '%' };
    default:
      return { size: 1, name: '' };
  }
}

/** `1 flow`, `3 flows`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
