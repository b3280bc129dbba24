import type { FlowResult, Results } from '../../sim/results.js';
import { formatNumber, formatShare } from '../format.js';
import { compareText, verdictOrder } from '../verdicts.js';
import { percentLabels } from './axes.js';
import { type Chart, figureColumns, type Layout } from './chart.js';
import { errorBars } from './error-bars.js';
import { flowNames } from './flow-names.js';
import { namedRows } from './row-names.js';
import { blue, emptySpec, fittedFrame, ink, orange } from './theme.js';
import { withScope } from './words.js';

const NAME = 'shares';
const TITLE = 'Share in time against what is required';
const MOST_FLOWS = 20;

/** Shares delivered within the budget with their 95 % intervals, the closest to what is required first. */
export function shares(results: Results, layout: Layout): Chart {
  const judged = results.flows
    .filter((flow) => Number.isFinite(flow.reliability) && flow.requiredReliability > 0)
    .sort((a, b) => distance(a) - distance(b) || compareText(a.flow, b.flow));
  const flows = judged.slice(0, MOST_FLOWS);
  const description = withScope(
    'Points are shares of messages delivered within their budget, thin lines their 95 % intervals over the replications; ' +
      'a flow passes when its whole interval lies right of what is required.',
    flows.length,
    judged.length,
    'flows that come closest to what is required, or miss it most,',
  );
  const head = {
    name: NAME,
    title: TITLE,
    description,
    figures: {
      columns: figureColumns('payload', 'from', 'to', '#messages', '#required', '#in time', '#low', '#high', 'verdict'),
      rows: flows.map((flow) => [
        flow.payload,
        flow.from,
        flow.to,
        formatNumber(flow.sent),
        ...[flow.requiredReliability, flow.reliability, flow.reliabilityLow, flow.reliabilityHigh].map(formatShare),
        flow.verdict,
      ]),
    },
  };
  if (flows.length === 0) {
    return { ...head, spec: emptySpec(TITLE, description, 'No flow with a required share was simulated.', layout) };
  }
  const names = flowNames(flows);
  const values = flows.map((flow, row) => ({
    row,
    name: names[row]!,
    share: flow.reliability,
    required: flow.requiredReliability,
    low: known(flow.reliabilityLow),
    high: known(flow.reliabilityHigh),
  }));
  const least = Math.min(...values.flatMap((v) => [v.share, v.required, v.low ?? 1]));
  const { height, yOffset, y, layers } = namedRows(names, layout);
  const x = {
    type: 'quantitative' as const,
    title: 'share of messages in time',
    scale: { domain: [Math.max(0, least - (1 - least) * 0.05), 1], nice: false, zero: false },
    axis: { labelExpr: percentLabels, tickCount: layout === 'wide' ? 8 : 3 },
  };
  return {
    ...head,
    spec: {
      ...fittedFrame(TITLE, description, layout, height),
      padding: { left: 4, top: 4, right: 20, bottom: 4 },
      data: { values },
      encoding: { y: { ...y, ...(layout === 'wide' ? { axis: { ...y.axis, grid: true } } : {}) } },
      layer: [
        ...(errorBars({ values, along: 'x', low: 'low', high: 'high', axis: x, yOffset }) as []),
        {
          mark: { type: 'tick', size: 16, thickness: 3, yOffset },
          encoding: { x: { ...x, field: 'required' }, color: part('required') },
        },
        {
          mark: { type: 'point', filled: true, size: 60, opacity: 1, yOffset, stroke: ink, strokeWidth: 0.5 },
          encoding: { x: { ...x, field: 'share' }, color: part('in time') },
        },
        ...layers,
      ],
    },
  };
}

const colours = { required: orange, 'in time': blue } as const;

function part(name: keyof typeof colours) {
  return {
    datum: name,
    scale: { domain: Object.keys(colours), range: Object.values(colours) },
    legend: { title: null, symbolType: 'square', columns: 2 },
  };
}

function known(share: number): number | null {
  return Number.isFinite(share) ? share : null;
}

/** Failing flows first, then by how far the interval lies from what is required. */
function distance({ verdict, reliability, reliabilityLow, requiredReliability }: FlowResult): number {
  const low = Number.isFinite(reliabilityLow) ? reliabilityLow : reliability;
  return verdictOrder.indexOf(verdict) * 10 + (low - requiredReliability);
}
