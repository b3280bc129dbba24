/** The charts of a report, in its order. */

import { busyHour } from './busy-hour.js';
import type { ChartMaker } from './chart.js';
import { compliance } from './compliance.js';
import { hourlyLoad } from './hourly-load.js';
import { latency } from './latency.js';
import { utilisation } from './utilisation.js';

export const chartMakers: readonly ChartMaker[] = [compliance, latency, utilisation, hourlyLoad, busyHour];
