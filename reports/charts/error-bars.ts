/** Error bars from the fields that hold the ends of the interval: a line with a cap at either end. */
import { ink } from './theme.js';

export interface ErrorBars {
  /** Rows of the chart; those without an interval (null) have no bar. */
  readonly values: readonly object[];
  /** Along which axis the estimate lies. */
  readonly along: 'x' | 'y';
  readonly low: string;
  readonly high: string;
  /** Encoding of the estimate's own axis: type, scale, title. */
  readonly axis: object;
  /** Shift of the marks across, as `namedRows` gives it. */
  readonly yOffset?: number;
  /** Length of the caps in pixels. */
  readonly cap?: number;
}

/** Layers to be drawn over the marks; none where no interval is known, since a layer without rows has no extent. */
export function errorBars({ values, along, low, high, axis, yOffset = 0, cap = 8 }: ErrorBars): object[] {
  const known = values.filter((row) => [low, high].every((field) => Number.isFinite((row as Fields)[field])));
  if (known.length === 0) return [];
  const shift = yOffset === 0 ? {} : { yOffset };
  const orient = along === 'x' ? 'vertical' : 'horizontal';
  const end = (field: string): object => ({
    mark: { type: 'tick', orient, color: ink, thickness: 1.5, size: cap, ...shift },
    encoding: { [along]: { ...axis, field } },
  });
  const line = {
    mark: { type: 'rule', color: ink, size: 1.5, ...shift },
    encoding: { [along]: { ...axis, field: low }, [`${along}2`]: { field: high } },
  };
  return [{ data: { values: known }, layer: [line, end(low), end(high)] }];
}

type Fields = Readonly<Record<string, unknown>>;
