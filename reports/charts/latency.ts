import type { FlowResult, Results } from '../../sim/results.js';
import { formatNumber, formatSeconds, formatShare, plural, withHalfWidth } from '../format.js';
import { byMargin, typicalLatencyS } from '../verdicts.js';
import { secondLabels, secondTicksFor } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { flowNames } from './flow-names.js';
import { namedRows } from './row-names.js';
import { blue, emptySpec, fittedFrame, ink, orange, paleBlue } from './theme.js';

const NAME = 'latency';
const TITLE = 'Latency against budget';
const MOST_FLOWS: Record<Layout, number> = { wide: 30, narrow: 20 };

interface Row {
  readonly row: number;
  readonly name: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly p95: number | null;
  readonly mean: number | null;
  readonly budget: number;
  readonly meanLow: number | null;
  readonly meanHigh: number | null;
  readonly p95Low: number | null;
  readonly p95High: number | null;
}

/** Percentiles of latency of the flows with the least margin, worst first, on a logarithmic axis with their budgets. */
export function latency(results: Results, layout: Layout): Chart {
  const { engine } = results.run;
  const meanOf = (flow: FlowResult): number =>
    engine === 'closed-form' ? typicalLatencyS(flow, engine) : flow.latencyMeanS;
  const exercised = results.flows.filter((flow) => flow.budgetS > 0 && meanOf(flow) > 0).sort(byMargin);
  const judged = exercised.filter((flow) => Number.isFinite(meanOf(flow)));
  const endless = exercised.length - judged.length;
  const flows = judged.slice(0, MOST_FLOWS[layout]);
  const scope =
    flows.length < judged.length
      ? `The ${flows.length} flows with the least margin of ${judged.length} that have a budget and sent anything`
      : 'Every flow that has a budget and sent anything';
  const description =
    `${scope}, worst first, on a logarithmic axis. Bars reach from the median (the mean, where messages are too few) to p99, thin lines show the 95 % intervals of mean and p95; ` +
    'what lies right of its budget is late.' +
    (endless === 0
      ? ''
      : ` ${plural(endless, 'flow')} without a finite latency, for a link on the way is overloaded, cannot be drawn.`);
  const base = {
    name: NAME,
    title: TITLE,
    description,
    figures: {
      columns: figureColumns(
        'payload',
        'from',
        'to',
        '#messages',
        '#mean',
        '#p50',
        '#p95',
        '#p99',
        '#budget',
        '#margin',
      ),
      rows: flows.map((flow) => [
        flow.payload,
        flow.from,
        flow.to,
        formatNumber(flow.delivered),
        withHalfWidth(meanOf(flow), flow.latencyMeanHalfWidthS, 's'),
        withHalfWidth(flow.latencyP50S, flow.latencyP50HalfWidthS, 's'),
        withHalfWidth(flow.latencyP95S, flow.latencyP95HalfWidthS, 's'),
        withHalfWidth(flow.latencyP99S, flow.latencyP99HalfWidthS, 's'),
        formatSeconds(flow.budgetS),
        formatShare(flow.margin),
      ]),
    },
  };
  if (flows.length === 0) {
    return {
      ...base,
      spec: emptySpec(
        TITLE,
        description,
        endless === 0
          ? 'No flow with a budget sent anything in this run.'
          : 'No flow with a budget has a finite latency in this run.',
        layout,
      ),
    };
  }
  const names = flowNames(flows);
  const values = flows.map((flow, i) => rowOf(flow, meanOf(flow), i, names[i]!));
  const places = values.flatMap((v) =>
    [v.low, v.high, v.mean, v.budget, v.meanLow, v.meanHigh, v.p95Low, v.p95High].filter((place) => place !== null),
  );
  const ticks = secondTicksFor(Math.min(...places), Math.max(...places));
  const { height, yOffset, y, layers } = namedRows(names, layout);
  const x = {
    type: 'quantitative' as const,
    title: 'latency, logarithmic',
    scale: { type: 'log' as const, domain: [ticks[0]!, ticks.at(-1)!], nice: false },
    axis: { labelExpr: secondLabels, values: ticks, labelOverlap: 'greedy' as const },
  };
  return {
    ...base,
    spec: {
      ...fittedFrame(TITLE, description, layout, height),
      data: { values },
      encoding: { y },
      layer: [
        {
          mark: { type: 'bar', height: 10, yOffset },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, color: part('p50 to p99') },
        },
        {
          mark: { type: 'tick', size: 14, thickness: 3, yOffset },
          encoding: { x: { ...x, field: 'p95' }, color: part('p95') },
        },
        {
          mark: { type: 'point', filled: true, size: 36, opacity: 1, yOffset },
          encoding: { x: { ...x, field: 'mean' }, color: part('mean') },
        },
        {
          mark: { type: 'tick', size: 20, thickness: 3, yOffset },
          encoding: { x: { ...x, field: 'budget' }, color: part('budget') },
        },
        ...(errorBars({ values, along: 'x', low: 'meanLow', high: 'meanHigh', axis: x, yOffset }) as []),
        ...(errorBars({ values, along: 'x', low: 'p95Low', high: 'p95High', axis: x, yOffset }) as []),
        ...layers,
      ],
    },
  };
}

const colours = { 'p50 to p99': paleBlue, p95: blue, mean: ink, budget: orange } as const;

function part(name: keyof typeof colours) {
  return {
    datum: name,
    scale: { domain: Object.keys(colours), range: Object.values(colours) },
    legend: { title: null, symbolType: 'square', columns: 4 },
  };
}

function rowOf(flow: FlowResult, mean: number, row: number, name: string): Row {
  const known = [flow.latencyP50S, flow.latencyP95S, flow.latencyP99S].filter((s) => Number.isFinite(s) && s > 0);
  const low = Number.isFinite(flow.latencyP50S) && flow.latencyP50S > 0 ? flow.latencyP50S : mean;
  const high = known.length === 0 ? null : Math.max(...known);
  return {
    row,
    name,
    low: high === null ? null : low,
    high,
    p95: flow.latencyP95S > 0 ? flow.latencyP95S : null,
    mean,
    budget: flow.budgetS,
    ...interval('mean', mean, flow.latencyMeanHalfWidthS),
    ...interval('p95', flow.latencyP95S, flow.latencyP95HalfWidthS),
  };
}

/** Ends of an interval; on a logarithmic axis it begins above zero. */
function interval<Name extends string>(name: Name, value: number, half: number) {
  const known = Number.isFinite(half) && value > 0 && half > 0;
  const low = known ? Math.max(value - half, value * LEAST_PART) : null;
  return { [`${name}Low`]: low, [`${name}High`]: known ? value + half : null } as {
    readonly [Key in `${Name}Low` | `${Name}High`]: number | null;
  };
}

/** An interval that reaches below a twentieth of its value is cut there. */
const LEAST_PART = 0.05;
