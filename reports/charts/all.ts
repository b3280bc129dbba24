/** The charts of a run's report, in its order. */
import type { Results } from '../../sim/results.js';
import { busyHour } from './busy-hour.js';
import type { ChartMaker, PictureMaker } from './chart.js';
import { compliance } from './compliance.js';
import { hourlyLoad } from './hourly-load.js';
import { latency } from './latency.js';
import { utilisation } from './utilisation.js';

export const chartMakers: readonly ChartMaker[] = [compliance, latency, utilisation, hourlyLoad, busyHour];

export function runPictures(results: Results): PictureMaker[] {
  return chartMakers.map((makeChart) => (layout) => makeChart(results, layout));
}

/** Names of their files without the endings. */
export const chartNames: readonly string[] = ['compliance', 'latency', 'utilisation', 'hourly-load', 'busy-hour'];
