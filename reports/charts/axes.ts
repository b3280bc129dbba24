/** Vega expressions that write axis values as the report writes numbers. */
import type { Unit } from '../columns.js';
import { hasPrefixes } from '../format.js';
import type { Quantity } from './estimate.js';

const scaled = (steps: readonly (readonly [number, string])[], last: string): string =>
  "datum.value == 0 ? '0' : " +
  steps
    .map(([from, unit]) => `abs(datum.value) >= ${from} ? format(datum.value / ${from}, '.3~r') + ' ${unit}' : `)
    .join('') +
  last;

export const bpsLabels = scaled(
  [
    [1e9, 'Gbit/s'],
    [1e6, 'Mbit/s'],
    [1e3, 'kbit/s'],
  ],
  "format(datum.value, '~r') + ' bit/s'",
);

export const secondLabels = scaled(
  [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
    [1e-3, 'ms'],
  ],
  "format(datum.value / 1e-6, '~r') + ' µs'",
);

export const percentLabels = "format(datum.value * 100, '~r') + ' %'";

const byteLabels = scaled(
  [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ],
  "format(datum.value, '~r') + ' B'",
);

/** How an axis of the unit is labelled; a unit without prefixes belongs into the title, see `axisTitle`. */
export function unitLabels(unit: Unit): string {
  switch (unit) {
    case 's':
      return secondLabels;
    case 'bit/s':
      return bpsLabels;
    case 'B':
      return byteLabels;
    case '1':
      return percentLabels;
    default:
      return "format(datum.value, ',~r')";
  }
}

/** `cost, USD/year`; nothing is added where the labels carry the unit. */
export function axisTitle(title: string, unit: Unit): string {
  return unit === '' || hasPrefixes(unit) ? title : `${title}, ${unit}`;
}

/**
 * The axis of a quantity in a plane: fitted to the values, linear or logarithmic.
 * @param values what is to be placed on it; on a logarithmic one above zero
 */
export function quantityAxis(quantity: PlaneQuantity, tickCount: number, values: readonly number[]) {
  const logarithmic = quantity.logarithmic === true && values.length > 0;
  const ticks = logarithmic ? logarithmicTicks(quantity.unit, Math.min(...values), Math.max(...values)) : [];
  return {
    type: 'quantitative' as const,
    title: axisTitle(quantity.title, quantity.unit),
    scale: logarithmic
      ? { type: 'log' as const, domain: [ticks[0]!, ticks.at(-1)!], nice: false }
      : { zero: false, nice: true },
    axis: {
      labelExpr: unitLabels(quantity.unit),
      labelOverlap: 'greedy' as const,
      ...(logarithmic ? { values: ticks } : { tickCount }),
    },
  };
}

/** Round places from below `least` to above `most`: of the clock for seconds, else 1, 2, 5, or 1 only over many decades. */
function logarithmicTicks(unit: Unit, least: number, most: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  if (unit === 's' && to - from > 1) return secondTicksFor(least, most);
  const steps = to - from > 3 ? [1] : [1, 2, 5];
  const ticks = Array.from({ length: to - from + 1 }, (_, i) =>
    steps.map((step) => Number(`${step}e${from + i}`)),
  ).flat();
  const below = ticks.filter((tick) => tick <= least).at(-1)!;
  const above = ticks.find((tick) => tick >= most && tick > below)!;
  return ticks.filter((tick) => tick >= below && tick <= above);
}

/** A logarithmic axis leaves out what is not above zero. */
export type PlaneQuantity = Quantity & { readonly logarithmic?: boolean };

/**
 * The label at the place that an axis or a header shows. Names reach Vega only so or as data, never as an order to sort by:
 * Vega would put them into an expression unescaped, where a line separator (U+2028) ends the text.
 */
export function labelsByPlace(labels: readonly string[]): string {
  const list = JSON.stringify(labels)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
  return `${list}[datum.value]`;
}

/** Round places on a logarithmic axis of seconds; clocks are not decimal. */
const secondTicks = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 70 * 86400];

/** The ticks from the last one below `least` to the first one above `most`; both > 0. */
export function secondTicksFor(least: number, most: number): number[] {
  const below = secondTicks.filter((tick) => tick <= least).at(-1) ?? secondTicks[0]!;
  const above = secondTicks.find((tick) => tick >= most) ?? secondTicks.at(-1)!;
  return secondTicks.filter((tick) => tick >= below && tick <= above);
}
