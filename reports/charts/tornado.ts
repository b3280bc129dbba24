import { formatUnit } from '../format.js';
import { axisTitle, unitLabels } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { type Estimate, estimateText, type Limit, placed, type Quantity } from './estimate.js';
import { limitLayers } from './limit.js';
import { namedRows } from './row-names.js';
import { amber, blue, emptySpec, fittedFrame, ink } from './theme.js';
import { type Words, withScope } from './words.js';

export interface TornadoInput extends Words {
  /** The result that is driven. */
  readonly result: Quantity;
  /** The result with every input as it is. */
  readonly base: Estimate;
  readonly inputs: readonly TornadoBar[];
  readonly limit?: Limit;
}

/** One input at either end of its range, all others as they are. */
export interface TornadoBar {
  readonly label: string;
  readonly least: { readonly setting: string; readonly result: Estimate };
  readonly most: { readonly setting: string; readonly result: Estimate };
}

const MOST_BARS = 20;

/** Which input's range drives the result: bars from one end of the range to the other, the longest first. */
export function tornado(input: TornadoInput, layout: Layout): Chart {
  const { result, base } = input;
  const drawable = input.inputs.filter(
    ({ least, most }) => placed(least.result.value) !== null && placed(most.result.value) !== null,
  );
  const ranked = [...drawable].sort((a, b) => swing(b) - swing(a));
  const bars = ranked.slice(0, MOST_BARS);
  const lost = input.inputs.length - drawable.length;
  const ends = [base, ...bars.flatMap(({ least, most }) => [least.result, most.result])].flatMap(
    ({ value, low, high }) => [value, placed(low) ?? value, placed(high) ?? value],
  );
  const limit = input.limit !== undefined && isNear(input.limit.value, ends) ? input.limit : undefined;
  const description =
    withScope(input.description, bars.length, ranked.length, 'inputs with the longest bars') +
    (input.limit === undefined || limit !== undefined
      ? ''
      : ` Not in the picture, for it is far off: ${input.limit.label} at ${formatUnit(input.limit.value, result.unit)}.`) +
    (lost === 0 ? '' : ` ${lost} without a finite result cannot be drawn.`);
  const head = {
    name: input.name,
    title: input.title,
    description,
    figures: {
      columns: figureColumns('input', 'least demanding', '#result', 'most demanding', '#result', '#difference'),
      rows: bars.map((bar) => [
        bar.label,
        bar.least.setting,
        estimateText(bar.least.result, result.unit),
        bar.most.setting,
        estimateText(bar.most.result, result.unit),
        formatUnit(swing(bar), result.unit),
      ]),
    },
  };
  if (bars.length === 0 || placed(base.value) === null) {
    return { ...head, spec: emptySpec(input.title, description, 'No input changes the result within bounds.', layout) };
  }
  const names = bars.map(({ label }) => label);
  const values = bars.flatMap((bar, row) =>
    (['least', 'most'] as const).map((end) => {
      const { setting, result: estimate } = bar[end];
      const right = estimate.value >= base.value;
      return {
        row,
        name: bar.label,
        at: endNames[end],
        base: base.value,
        result: estimate.value,
        low: placed(estimate.low),
        high: placed(estimate.high),
        end: right
          ? Math.max(estimate.value, placed(estimate.high) ?? estimate.value)
          : Math.min(estimate.value, placed(estimate.low) ?? estimate.value),
        left: right ? '' : setting,
        right: right ? setting : '',
      };
    }),
  );
  const { height, yOffset, y, layers } = namedRows(names, layout);
  const places = limit === undefined ? ends : [...ends, limit.value];
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const room = (to - from || Math.abs(to) || 1) * (layout === 'wide' ? 0.3 : 0.06);
  const x = {
    type: 'quantitative' as const,
    title: axisTitle(result.title, result.unit),
    scale: { domain: [from - room, to + room], zero: false, nice: false },
    axis: { labelExpr: unitLabels(result.unit), tickCount: layout === 'wide' ? 7 : 3 },
  };
  const setting = (side: 'left' | 'right') => ({
    mark: {
      type: 'text' as const,
      align: side === 'left' ? ('right' as const) : ('left' as const),
      dx: side === 'left' ? -8 : 8,
      dy: yOffset,
      color: ink,
      fontSize: 11,
      limit: 95,
    },
    encoding: { x: { ...x, field: 'end' }, text: { field: side, type: 'nominal' as const } },
  });
  return {
    ...head,
    spec: {
      ...fittedFrame(input.title, description, layout, height),
      data: { values },
      encoding: { y },
      layer: [
        {
          mark: { type: 'bar', height: 14, yOffset },
          encoding: {
            x: { ...x, field: 'base' },
            x2: { field: 'result' },
            color: {
              field: 'at',
              type: 'nominal',
              title: null,
              scale: { domain: Object.values(endNames), range: [blue, amber] },
              legend: { columns: layout === 'wide' ? 2 : 1, symbolType: 'square' },
            },
          },
        },
        ...(errorBars({ values, along: 'x', low: 'low', high: 'high', axis: x, yOffset }) as []),
        {
          mark: { type: 'rule', color: ink, size: 1.5 },
          encoding: { x: { ...x, datum: base.value }, y: { value: 0 }, y2: { value: 'height' } },
        },
        ...(limit === undefined ? [] : (limitLayers('x', x, limit) as [])),
        ...(layout === 'wide' ? [setting('left'), setting('right')] : []),
        ...layers,
      ],
    },
  };
}

/** Whether a limit can be drawn without making the bars short: within twice their range. */
function isNear(limit: number, ends: readonly number[]): boolean {
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  return limit >= from - (to - from) && limit <= to + (to - from);
}

const endNames = { least: 'least demanding end', most: 'most demanding end' } as const;

function swing({ least, most }: TornadoBar): number {
  return Math.abs(most.result.value - least.result.value);
}
