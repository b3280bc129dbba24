/** The charts of a run's report, in its order. */
import type { Results } from '../../sim/results.js';
import { networkGraph } from '../network/graph.js';
import { networkPicture } from '../network/picture.js';
import { busyHour } from './busy-hour.js';
import type { ChartMaker, PictureMaker } from './chart.js';
import { compliance } from './compliance.js';
import { hourlyLoad } from './hourly-load.js';
import { latency } from './latency.js';
import { shares } from './shares.js';
import { utilisation } from './utilisation.js';

export const chartMakers: readonly ChartMaker[] = [compliance, latency, shares, utilisation, hourlyLoad, busyHour];

/** Names of the files of all pictures without the endings. */
export const chartNames: readonly string[] = [
  'network',
  'compliance',
  'latency',
  'shares',
  'utilisation',
  'hourly-load',
  'busy-hour',
];

/** Every picture of a run: the network where the results know it, then the charts. */
export function runPictures(results: Results): PictureMaker[] {
  const graph = networkGraph(results);
  const network: PictureMaker[] = graph === undefined ? [] : [(layout) => networkPicture(graph, layout)];
  return [
    ...network,
    ...chartMakers.map(
      (makeChart): PictureMaker =>
        (layout) =>
          makeChart(results, layout),
    ),
  ];
}
