/** Vega expressions that write axis values as the report writes numbers. */

const scaled = (steps: readonly (readonly [number, string])[], last: string): string =>
  steps.map(([from, unit]) => `datum.value >= ${from} ? format(datum.value / ${from}, '~r') + ' ${unit}' : `).join('') +
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
