import type { BusyHourShare, Results } from '../../sim/results.js';
import { formatBytes, formatShare } from '../format.js';
import { compareText } from '../verdicts.js';
import { labelsByPlace, percentLabels } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { categorical, emptySpec, fittedFrame, ground, ink } from './theme.js';

const NAME = 'busy-hour';
const TITLE = 'What makes up the busy hour';
const REST = 'other use cases';
const MOST_FIGURES = 10;

/** Bytes of the busy hour of each network and direction, split by use case and, within one, by payload. */
export function busyHour(results: Results, layout: Layout): Chart {
  const description =
    'Bytes of the busy hour of each network and direction by use case, in closed form; thin gaps part the payloads of a use case.';
  const shares = results.busyHours.filter((row) => row.bytes > 0);
  const groups = groupOf(shares);
  const base = {
    name: NAME,
    title: TITLE,
    description,
    figures: {
      columns: figureColumns('network', 'busy hour', 'use case', 'payload', '#bytes', '#share'),
      rows: [...groups.values()].flatMap((rows) =>
        [...rows]
          .sort((a, b) => b.bytes - a.bytes || compareText(a.payload, b.payload))
          .slice(0, MOST_FIGURES)
          .map((row) => [
            `${row.network} ${row.direction}`,
            row.label,
            row.useCase,
            row.payload,
            formatBytes(row.bytes),
            formatShare(row.share),
          ]),
      ),
    },
  };
  if (groups.size === 0) {
    return { ...base, spec: emptySpec(TITLE, description, 'No network carried anything in this run.', layout) };
  }
  const useCases = largestUseCases(shares);
  const values = [...groups.values()].flatMap((rows, row) => segments(rows, row, useCases));
  const names = [...groups.values()].map((rows) => nameOf(rows));
  const notes = [...groups.values()].map((rows, row) => ({
    row,
    note: formatBytes(rows.reduce((sum, one) => sum + one.bytes, 0)),
  }));
  return {
    ...base,
    spec: {
      ...fittedFrame(TITLE, description, layout, groups.size * 32),
      encoding: {
        y: {
          field: 'row',
          type: 'ordinal',
          title: null,
          axis: {
            labelExpr: labelsByPlace(names),
            labelColor: ink,
            labelLimit: layout === 'wide' ? 260 : 130,
            ticks: false,
            domain: false,
          },
        },
      },
      layer: [
        {
          data: { values },
          mark: { type: 'bar', height: 22, stroke: ground, strokeWidth: 0.75 },
          encoding: {
            x: {
              field: 'from',
              type: 'quantitative',
              title: 'share of the bytes of the busy hour',
              scale: { domain: [0, layout === 'wide' ? 1.08 : 1.3], nice: false },
              axis: { labelExpr: percentLabels, values: layout === 'wide' ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1] },
            },
            x2: { field: 'to' },
            color: {
              field: 'useCase',
              type: 'nominal',
              title: null,
              scale: { domain: useCases, range: useCases.map((useCase, i) => colourOf(useCase, i)) },
              legend: {
                columns: layout === 'wide' ? useCases.length : 1,
                symbolType: 'square',
                symbolSize: 120,
                labelLimit: 150,
                columnPadding: 12,
              },
            },
          },
        },
        {
          data: { values: notes },
          mark: { type: 'text', align: 'left', dx: 6, color: ink },
          encoding: { x: { datum: 1 }, text: { field: 'note', type: 'nominal' } },
        },
      ],
    },
  };
}

function groupOf(shares: readonly BusyHourShare[]): Map<string, BusyHourShare[]> {
  const groups = new Map<string, BusyHourShare[]>();
  for (const row of shares) {
    const key = JSON.stringify([row.network, row.direction]);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  return groups;
}

function nameOf(rows: readonly BusyHourShare[]): string {
  const [first] = rows;
  return `${first!.network} ${first!.direction}, ${first!.label}`;
}

/** The use cases with the largest shares over all networks, as many as there are colours; then the rest. */
function largestUseCases(shares: readonly BusyHourShare[]): string[] {
  const total = new Map<string, number>();
  for (const row of shares) total.set(row.useCase, (total.get(row.useCase) ?? 0) + row.share);
  const ranked = [...total].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([useCase]) => useCase);
  const most = categorical.length - 1;
  return ranked.length <= most ? ranked : [...ranked.slice(0, most), REST];
}

function colourOf(useCase: string, place: number): string {
  return useCase === REST ? categorical.at(-1)! : categorical[place]!;
}

interface Segment {
  readonly row: number;
  readonly useCase: string;
  readonly payload: string;
  readonly from: number;
  readonly to: number;
}

/** Segments end to end from 0 to 1, use cases in the order of the legend, the largest payload of each first. */
function segments(rows: readonly BusyHourShare[], row: number, useCases: readonly string[]): Segment[] {
  const known = new Set(useCases);
  const named = rows.map((one) => ({ ...one, useCase: known.has(one.useCase) ? one.useCase : REST }));
  const place = new Map(useCases.map((useCase, i) => [useCase, i]));
  named.sort(
    (a, b) => place.get(a.useCase)! - place.get(b.useCase)! || b.bytes - a.bytes || compareText(a.payload, b.payload),
  );
  const total = named.reduce((sum, one) => sum + one.bytes, 0);
  let end = 0;
  return named.map((one) => {
    const from = end / total;
    end += one.bytes;
    return { row, useCase: one.useCase, payload: one.payload, from, to: end / total };
  });
}
