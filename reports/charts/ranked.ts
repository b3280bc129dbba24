import { textWidth } from '../text-width.js';
import { axisTitle, unitLabels } from './axes.js';
import { type Chart, figureColumns, type Layout, layoutWidth } from './chart.js';
import { errorBars } from './error-bars.js';
import { type Estimate, estimateText, type Limit, placed, type Quantity } from './estimate.js';
import { limitLayers } from './limit.js';
import { namedRows } from './row-names.js';
import { categorical, emptySpec, fittedFrame, ink } from './theme.js';
import { type Words, withScope } from './words.js';

export interface RankedInput extends Words {
  readonly value: Quantity;
  /** In the order in which they are to be drawn, best or worst first. */
  readonly items: readonly RankedItem[];
  /** Most items drawn; default 30. */
  readonly most?: number;
  readonly limit?: Limit;
  /** Colours of groups in the order of the legend; default: those of categories, as they come. */
  readonly groups?: readonly (readonly [group: string, colour: string])[];
}

export interface RankedItem {
  readonly label: string;
  readonly value: Estimate;
  /** Tells colours apart, e.g. a family of profiles; its name stands in the legend. At most eight. */
  readonly group?: string;
  /** A few words behind the bar, e.g. the verdict or the rank. */
  readonly note?: string;
}

/** Bars in their order, each with the interval of its estimate. */
export function ranked(input: RankedInput, layout: Layout): Chart {
  const { value, limit } = input;
  const drawable = input.items.filter((item) => placed(item.value.value) !== null);
  const items = drawable.slice(0, input.most ?? 30);
  const lost = input.items.length - drawable.length;
  const description =
    withScope(input.description, items.length, drawable.length, 'first') +
    (lost === 0 ? '' : ` ${lost} without a finite value cannot be drawn.`);
  const groups = [...new Set(items.flatMap(({ group }) => group ?? []))];
  const legend =
    input.groups?.filter(([group]) => groups.includes(group)) ??
    groups.map((group, i) => [group, categorical[i % categorical.length]!] as const);
  const head = {
    name: input.name,
    title: input.title,
    description,
    figures: {
      columns: figureColumns('name', ...(groups.length === 0 ? [] : ['group']), `#${value.title}`, 'note'),
      rows: items.map((item) => [
        item.label,
        ...(groups.length === 0 ? [] : [item.group ?? '']),
        estimateText(item.value, value.unit),
        item.note ?? '',
      ]),
    },
  };
  if (items.length === 0) {
    return { ...head, spec: emptySpec(input.title, description, 'No value to compare.', layout) };
  }
  const values = items.map((item, row) => ({
    row,
    name: item.label,
    value: item.value.value,
    low: placed(item.value.low),
    high: placed(item.value.high),
    end: Math.max(item.value.value, placed(item.value.high) ?? item.value.value, 0),
    group: item.group ?? '',
    note: layout === 'wide' ? (item.note ?? '') : '',
  }));
  const { height, yOffset, y, layers } = namedRows(
    items.map(({ label }) => label),
    layout,
  );
  const least = Math.min(0, ...values.map((v) => v.low ?? v.value));
  const most = Math.max(0, ...values.map((v) => v.end), ...(limit === undefined ? [] : [limit.value]));
  const room = roomFor(values, layout);
  const x = {
    type: 'quantitative' as const,
    title: axisTitle(value.title, value.unit),
    scale: { domain: [least, most + (most - least || 1) * room], nice: false },
    axis: { labelExpr: unitLabels(value.unit), tickCount: layout === 'wide' ? 8 : 3 },
  };
  return {
    ...head,
    spec: {
      ...fittedFrame(input.title, description, layout, height),
      data: { values },
      encoding: { y },
      layer: [
        {
          mark: { type: 'bar', height: 14, yOffset, color: categorical[0]! },
          encoding: {
            x: { ...x, field: 'value' },
            ...(groups.length === 0
              ? {}
              : {
                  color: {
                    field: 'group',
                    type: 'nominal' as const,
                    title: null,
                    scale: { domain: legend.map(([group]) => group), range: legend.map(([, colour]) => colour) },
                    legend: { columns: layout === 'wide' ? 4 : 1, symbolType: 'square' as const },
                  },
                }),
          },
        },
        ...(errorBars({ values, along: 'x', low: 'low', high: 'high', axis: x, yOffset }) as []),
        ...(limit === undefined ? [] : (limitLayers('x', x, limit) as [])),
        {
          mark: { type: 'text', align: 'left', dx: 8, dy: yOffset, color: ink, fontSize: 12 },
          encoding: { x: { ...x, field: 'end' }, text: { field: 'note', type: 'nominal' } },
        },
        ...layers,
      ],
    },
  };
}

/** Part of the bars' range that is left behind the longest bar, so that its note is not cut. */
function roomFor(values: readonly { readonly name: string; readonly note: string }[], layout: Layout): number {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => textWidth(text, 12)));
  const note = widest(values.map((v) => v.note));
  if (note === 0) return 0.05;
  const plot = layoutWidth[layout] - Math.min(400, widest(values.map((v) => v.name))) - 60;
  const part = Math.min(0.6, (note + 16) / plot);
  return part / (1 - part);
}
