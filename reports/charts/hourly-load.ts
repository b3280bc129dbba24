import type { HourResult, Results } from '../../sim/results.js';
import { formatBps } from '../format.js';
import { bpsLabels, labelsByPlace } from './axes.js';
import { type Chart, type Figures, figureColumns, type Layout, layoutWidth } from './chart.js';
import { blue, emptySpec, frame, ink, orange } from './theme.js';

const NAME = 'hourly-load';
const TITLE = 'Load of each hour';
const BIN_S = 3600;

/** Hourly load per network and direction as bars, the closed form as a line over them; one panel each, own scales. */
export function hourlyLoad(results: Results, layout: Layout): Chart {
  const simulated = results.run.engine !== 'closed-form';
  const description =
    'Mean load of every hour, all links of a network together, one panel per network and direction with a scale of its own. ' +
    (simulated
      ? 'Bars are simulated with their 95 % intervals over replications, the line is the closed form.'
      : 'The line is the closed form; nothing was simulated.');
  const hours = results.hours.filter((hour) => hour.bps > 0 || hour.closedFormBytes > 0);
  const panels = [...new Set(hours.map(panelOf))];
  const labels = binLabels(results.hours);
  const base = { name: NAME, title: TITLE, description, figures: figures(results.hours, panels, labels) };
  if (panels.length === 0) {
    return { ...base, spec: emptySpec(TITLE, description, 'No network carried anything in this run.', layout) };
  }
  const values = results.hours
    .filter((hour) => panels.includes(panelOf(hour)))
    .map((hour) => ({
      panel: panels.indexOf(panelOf(hour)),
      bin: hour.bin,
      bps: simulated && Number.isFinite(hour.bps) ? hour.bps : null,
      ...ends(hour),
      closedFormBps: (hour.closedFormBytes * 8) / binLengthS(hour.bin, results.run.horizonS),
    }));
  const hasInterval = simulated && values.some(({ low }) => low !== null);
  const columns = layout === 'wide' ? 2 : 1;
  const x = {
    field: 'bin',
    type: 'ordinal',
    title: null,
    axis: {
      labelExpr: labelsByPlace(labels),
      values: axisBins(labels.length),
      labelAngle: 0,
      labelOverlap: 'greedy',
      grid: false,
    },
  } as const;
  return {
    ...base,
    spec: {
      ...frame(TITLE, description),
      data: { values },
      facet: { field: 'panel', type: 'ordinal', title: null, header: { labelExpr: labelsByPlace(panels) } },
      columns,
      spacing: { row: 22, column: 24 },
      resolve: { scale: { y: 'independent' }, axis: { x: 'independent' } },
      spec: {
        width: layoutWidth[layout] / columns - 100,
        height: 84,
        encoding: { x },
        layer: [
          ...(simulated ? [bars] : []),
          ...(hasInterval ? [intervals] : []),
          {
            mark: { type: 'line', interpolate: 'step', strokeWidth: 2 },
            encoding: { y: { field: 'closedFormBps', type: 'quantitative' }, color: { datum: 'closed form' } },
          },
        ],
      },
    },
  };
}

const bars = {
  mark: { type: 'bar' },
  encoding: {
    y: {
      field: 'bps',
      type: 'quantitative',
      title: null,
      axis: {
        labelExpr: bpsLabels,
        tickCount: 3,
        domain: false,
        ticks: false,
        labelPadding: 6,
        minExtent: 72,
        maxExtent: 72,
      },
    },
    color: {
      datum: 'simulated',
      scale: { domain: ['simulated', 'closed form'], range: [blue, orange] },
      legend: { title: null },
    },
  },
} as const;

/** The layer reads the rows of its panel, so that a facet can part them: errorBars has rows of its own. */
const intervals = {
  mark: { type: 'rule', color: ink, strokeWidth: 1.25 },
  encoding: {
    y: { field: 'low', type: 'quantitative' },
    y2: { field: 'high' },
  },
} as const;

/** Of the 95 % interval; null where one replication, or none, tells nothing of chance. */
function ends({ bps, bpsHalfWidth }: HourResult): { readonly low: number | null; readonly high: number | null } {
  const known = Number.isFinite(bpsHalfWidth);
  return { low: known ? Math.max(0, bps - bpsHalfWidth) : null, high: known ? bps + bpsHalfWidth : null };
}

const panelOf = (hour: HourResult): string => `${hour.network} ${hour.direction}`;

/** The last hour may be cut by the end of the run. */
function binLengthS(bin: number, horizonS: number): number {
  return Math.min(BIN_S, horizonS - bin * BIN_S);
}

/** Clock label of each bin; the same label may come twice where clocks are set back. */
function binLabels(hours: readonly HourResult[]): string[] {
  const labels: string[] = [];
  for (const hour of hours) labels[hour.bin] = hour.label;
  return labels;
}

/** Every sixth hour of a day, every day of a longer run. */
function axisBins(bins: number): number[] {
  const step = bins <= 8 ? 1 : bins <= 48 ? 6 : 24;
  return Array.from({ length: Math.ceil(bins / step) }, (_, i) => i * step);
}

/** `12 kbit/s ± 0.3 kbit/s`. */
function loadText(hour: HourResult | undefined): string {
  const { bps = Number.NaN, bpsHalfWidth = Number.NaN } = hour ?? {};
  return Number.isFinite(bpsHalfWidth) ? `${formatBps(bps)} ± ${formatBps(bpsHalfWidth)}` : formatBps(bps);
}

function figures(hours: readonly HourResult[], panels: readonly string[], labels: readonly string[]): Figures {
  const load = new Map(hours.map((hour) => [`${hour.bin} ${panelOf(hour)}`, hour]));
  return {
    columns: figureColumns('hour', ...panels.map((panel) => `#${panel}`)),
    rows: labels.map((label, bin) => [label, ...panels.map((panel) => loadText(load.get(`${bin} ${panel}`)))]),
  };
}
