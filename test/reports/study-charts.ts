/** One example of every chart that studies draw: with names as given, without anything, or with values that are not finite. */
import type { Chart, Layout } from '../../reports/charts/chart.js';
import type { Estimate } from '../../reports/charts/estimate.js';
import { growth } from '../../reports/charts/growth.js';
import { margins } from '../../reports/charts/margins.js';
import { pareto } from '../../reports/charts/pareto.js';
import { ranked } from '../../reports/charts/ranked.js';
import { sweep } from '../../reports/charts/sweep.js';
import { tornado } from '../../reports/charts/tornado.js';

type What = 'all' | 'nothing' | 'endless';
type Make = (layout: Layout, name: string, what?: What) => Chart;

const spread = (value: number, part = 0.1): Estimate => ({
  value,
  low: value * (1 - part),
  high: value * (1 + part),
  samples: 5,
});
const some = <T>(items: readonly T[], what: What): readonly T[] => (what === 'nothing' ? [] : items);
/** Every second value endless, every third unknown. */
const cut = (estimate: Estimate, i: number, what: What): Estimate =>
  what !== 'endless' ? estimate : i % 3 === 0 ? { value: Number.NaN } : { value: Number.POSITIVE_INFINITY };

export const studyCharts: Readonly<Record<string, Make>> = {
  tornado: (layout, name, what = 'all') =>
    tornado(
      {
        name: 'tornado',
        title: 'What drives the latency of on-demand reads',
        description: 'Each input at either end of its range, all others as they are.',
        result: { title: 'p95 of on-demand reads', unit: 's' },
        base: { value: 4 },
        limit: { label: 'budget 5 s', value: 5 },
        inputs: some(
          ['multi-interval reads, how often', 'on-demand reads, how often', 'size of multi-interval reads', 'hops'].map(
            (input, i) => ({
              label: `${name} ${input}`,
              least: { setting: '4/day', result: cut(spread(4 - 1.6 / (i + 1)), i, what) },
              most: { setting: '24/day', result: cut(spread(4 + 2.4 / (i + 1)), i + 1, what) },
            }),
          ),
          what,
        ),
      },
      layout,
    ),
  ranked: (layout, name, what = 'all') =>
    ranked(
      {
        name: 'ranked',
        title: 'Cost of the profiles',
        description: 'Cheapest first.',
        value: { title: 'cost', unit: 'USD/year' },
        limit: { label: 'budget', value: 9000 },
        items: some(
          Array.from({ length: 34 }, (_, i) => ({
            label: `${name} profile ${i}`,
            value: cut(spread(1000 + 300 * i), i, what),
            group: ['WAN', 'Internet', 'both'][i % 3]!,
            note: i % 2 === 0 ? 'passes' : 'undecided',
          })),
          what,
        ),
      },
      layout,
    ),
  sweep: (layout, name, what = 'all') =>
    sweep(
      {
        name: 'sweep',
        title: 'Latency by the rate of the NAN',
        description: 'Each point is five replications.',
        x: { title: 'rate of the NAN', unit: 'bit/s', logarithmic: true },
        y: { title: 'p95 of on-demand reads', unit: 's', logarithmic: true },
        limit: { label: 'budget 5 s', value: 5 },
        series: some(['baseload', 'highload'], what).map((load, s) => ({
          label: `${name} ${load}`,
          points: [10e3, 20e3, 50e3, 100e3].map((x, i) => ({ x, y: cut(spread((60e3 * (s + 1)) / x, 0.2), i, what) })),
        })),
      },
      layout,
    ),
  pareto: (layout, name, what = 'all') => {
    const points = Array.from({ length: 60 }, (_, i) => {
      const x = 1000 + ((i * 37) % 60) * 100;
      const y = 4e6 / x / (1 + ((i * 17) % 10) / 10);
      return { label: `${name} P${i}`, x, y };
    });
    return pareto(
      {
        name: 'pareto',
        title: 'Cost and worst margin',
        description: 'Every profile; those on the front are joined.',
        x: { title: 'cost', unit: 'USD/year' },
        y: { title: 'busy-hour load of the WAN', unit: 'bit/s' },
        points: some(points, what).map(({ label, x, y }, i) => ({
          label,
          x: { value: x },
          y: cut(spread(y, 0.05), i, what),
          front: points.every((other) => other.x > x || other.y > y || (other.x === x && other.y === y)),
        })),
      },
      layout,
    );
  },
  growth: (layout, name, what = 'all') =>
    growth(
      {
        name: 'growth',
        title: 'When each link runs out',
        description: 'Busy-hour utilisation under the forecast.',
        headroom: 0.7,
        classes: some(['NAN up', 'WAN up', 'FAN down'], what).map((label, s) => ({
          label: `${name} ${label}`,
          years: Array.from({ length: 10 }, (_, i) => ({
            year: 2026 + i,
            utilisation: cut(spread((0.2 + 0.1 * s) * 1.12 ** i, 0.05), i, what),
          })),
          ...(s === 0 ? {} : { exhausted: 2026 + (s === 1 ? 8 : 6) }),
        })),
      },
      layout,
    ),
  margins: (layout, name, what = 'all') =>
    margins(
      {
        name: 'margins',
        title: 'Margins by technology',
        description: 'The tightest payloads first; left of zero the budget is missed.',
        candidates: ['wi-sun-fsk-150', 'lte-m', 'g3-plc'].map((technology) => `${name} ${technology}`),
        rows: some(
          Array.from({ length: 12 }, (_, i) => ({
            label: `${name} payload ${i}`,
            margins: [spread(0.9 - 0.1 * i), spread(0.5 - 0.2 * i), { value: 0.95 }].map((estimate) =>
              what === 'endless' ? { value: Number.NaN } : estimate,
            ),
          })),
          what,
        ),
      },
      layout,
    ),
};
