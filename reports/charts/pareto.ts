import { type PlaneQuantity, quantityAxis } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { type Estimate, estimateText, placed } from './estimate.js';
import { blue, emptySpec, fittedFrame, ground, ink, muted } from './theme.js';
import type { Words } from './words.js';

export interface ParetoInput extends Words {
  readonly x: PlaneQuantity;
  readonly y: PlaneQuantity;
  readonly points: readonly ParetoPoint[];
}

export interface ParetoPoint {
  readonly label: string;
  readonly x: Estimate;
  readonly y: Estimate;
  /** Nothing else is better in one and no worse in the other. */
  readonly front: boolean;
}

/** More of the front than this are left without number and name. */
const MOST_NUMBERED = 14;

/** All candidates by two results, those on the front joined, numbered along x and named beside the picture. */
export function pareto(input: ParetoInput, layout: Layout): Chart {
  const { x, y, description } = input;
  const logX = x.logarithmic === true;
  const logY = y.logarithmic === true;
  const points = input.points.filter((p) => placed(p.x.value, logX) !== null && placed(p.y.value, logY) !== null);
  const front = points.filter((point) => point.front).sort((a, b) => a.x.value - b.x.value || a.y.value - b.y.value);
  const rest = points.filter((point) => !point.front);
  const lost = input.points.length - points.length;
  const told = lost === 0 ? description : `${description} ${lost} without a finite value cannot be drawn.`;
  const head = {
    name: input.name,
    title: input.title,
    description: told,
    figures: {
      columns: figureColumns('#number', 'name', `#${x.title}`, `#${y.title}`),
      rows: [...front, ...rest].map((point, i) => [
        i < front.length ? String(i + 1) : '',
        point.label,
        estimateText(point.x, x.unit),
        estimateText(point.y, y.unit),
      ]),
    },
  };
  if (points.length === 0) return { ...head, spec: emptySpec(input.title, told, 'No candidate to draw.', layout) };
  const wide = layout === 'wide';
  const names = wide ? front.slice(0, MOST_NUMBERED) : [];
  const row = (point: ParetoPoint, number: string) => ({
    number,
    x: point.x.value,
    xLow: placed(point.x.low, logX),
    xHigh: placed(point.x.high, logX),
    y: point.y.value,
    yLow: placed(point.y.low, logY),
    yHigh: placed(point.y.high, logY),
  });
  const xAxis = quantityAxis(
    x,
    wide ? 6 : 4,
    points.flatMap((p) => ends(p.x, logX)),
  );
  const yAxis = quantityAxis(
    y,
    6,
    points.flatMap((p) => ends(p.y, logY)),
  );
  const place = { x: { ...xAxis, field: 'x' }, y: { ...yAxis, field: 'y' } };
  const frontValues = front.map((point, i) => row(point, String(i + 1)));
  const numbered = frontValues.slice(0, MOST_NUMBERED);
  return {
    ...head,
    spec: {
      ...fittedFrame(input.title, told, layout, wide ? 360 : 280),
      padding: { left: 4, top: 8, right: wide && names.length > 0 ? NAMES_WIDTH : 12, bottom: 4 },
      layer: [
        ...(rest.length === 0
          ? []
          : [
              {
                data: { values: rest.map((point) => row(point, '')) },
                mark: { type: 'point' as const, filled: true, size: 24, opacity: 0.6, color: muted },
                encoding: place,
              },
            ]),
        {
          data: { values: frontValues },
          mark: {
            type: 'line',
            interpolate: 'step-after',
            color: blue,
            strokeWidth: 1.5,
            point: { filled: true, color: blue, size: 30 },
          },
          encoding: place,
        },
        ...(errorBars({ values: frontValues, along: 'x', low: 'xLow', high: 'xHigh', axis: xAxis }).map((layer) => ({
          ...layer,
          encoding: { y: place.y },
        })) as []),
        ...(errorBars({ values: frontValues, along: 'y', low: 'yLow', high: 'yHigh', axis: yAxis }).map((layer) => ({
          ...layer,
          encoding: { x: place.x },
        })) as []),
        {
          data: { values: numbered },
          mark: { type: 'point', filled: true, size: 260, opacity: 1, color: blue, stroke: ground, strokeWidth: 1 },
          encoding: place,
        },
        {
          data: { values: numbered },
          mark: { type: 'text', color: ground, fontSize: 11, fontWeight: 'bold', baseline: 'middle' },
          encoding: { ...place, text: { field: 'number', type: 'nominal' } },
        },
        ...names.map((point, i) => ({
          data: { values: [{ name: `${i + 1}  ${point.label}` }] },
          mark: {
            type: 'text' as const,
            align: 'left' as const,
            dx: 14,
            baseline: 'top' as const,
            color: ink,
            limit: NAMES_WIDTH - 20,
          },
          encoding: {
            x: { value: 'width' as const },
            y: { value: i * 20 },
            text: { field: 'name', type: 'nominal' as const },
          },
        })),
        ...(names.length === front.length || !wide
          ? []
          : [
              {
                data: { values: [{ name: `and ${front.length - names.length} more` }] },
                mark: { type: 'text' as const, align: 'left' as const, dx: 14, baseline: 'top' as const, color: muted },
                encoding: {
                  x: { value: 'width' as const },
                  y: { value: names.length * 20 },
                  text: { field: 'name', type: 'nominal' as const },
                },
              },
            ]),
      ],
    },
  };
}

/** Room for the names of the front beside the picture, pixels. */
const NAMES_WIDTH = 240;

function ends({ value, low, high }: Estimate, logarithmic: boolean): number[] {
  return [value, low, high].flatMap((end) => placed(end, logarithmic) ?? []);
}
