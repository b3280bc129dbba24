/** Two FIFO links in a row, each of 1 Mbit/s, exponential sizes of 125 B in the mean. */
import { histogramQuantile } from '../../sim/histogram-quantile.js';
import { type Case, planCase } from '../case.js';
import { meanLatencyS, meanRow, quantileRow, steady } from '../steady.js';
import { tandemOfKeptSizes } from '../theory/lindley.js';
import { erlang2Cdf, quantileOf } from '../theory/queues.js';

const SERVICE_S = 0.001;
const WARM_UP_S = 20;
const MESSAGES: Record<number, number> = { 0.3: 200_000, 0.7: 500_000, 0.9: 5_000_000 };
const links = { 'FIRST up': { rateBps: 1e6 }, 'SECOND up': { rateBps: 1e6 } };

const redrawn = Object.entries(MESSAGES).map(([key, messages]) => {
  const load = Number(key);
  const rate = (1 - load) / SERVICE_S;
  return planCase({
    group: 'tandem',
    subject: 'service redrawn per hop',
    load,
    source:
      'Jackson, Oper. Res. 5 (1957) 518-521; Burke, Oper. Res. 4 (1956) 699-704: two independent exponential sojourns',
    replications: 20,
    plan: () =>
      steady(WARM_UP_S, (messages * SERVICE_S) / load, {
        links,
        sources: [
          {
            name: 'a',
            periodS: SERVICE_S / load,
            sizeB: 125,
            sizeLaw: 'exponentialPerHop',
            path: ['FIRST up', 'SECOND up'],
          },
        ],
      }),
    rows: [
      meanRow('a', { exact: 2 / rate }),
      ...[0.5, 0.9, 0.99].map((q) =>
        quantileRow(
          'a',
          q,
          quantileOf((x) => erlang2Cdf(rate, x), q, 100 / rate),
        ),
      ),
    ],
  });
});

/** Jackson's value is shown beside what it is not. */
const kept = Object.entries(MESSAGES).map(([key, messages]) => {
  const load = Number(key);
  return planCase({
    group: 'tandem',
    subject: 'sizes kept over hops',
    load,
    source: 'no formula: Lindley recursion over the same law (validate/theory/lindley.ts); as if redrawn: Jackson',
    replications: 20,
    plan: () =>
      steady(WARM_UP_S, (messages * SERVICE_S) / load, {
        links,
        sources: [
          {
            name: 'both',
            periodS: SERVICE_S / load,
            sizeB: 125,
            sizeLaw: 'exponential',
            path: { link: 'FIRST up', deliver: 'first', next: [{ link: 'SECOND up', deliver: 'both' }] },
          },
        ],
      }),
    reference: (replication) => {
      const [first, , both] = tandemOfKeptSizes(load, messages, 20_000, `kept ${load} ${replication}`);
      return [first * SERVICE_S, both * SERVICE_S, Number.NaN, Number.NaN];
    },
    rows: [
      meanRow('first', { independent: true }, 'mean sojourn, first'),
      meanRow('both', { independent: true }, 'mean sojourn, both'),
      {
        quantity: 'mean, as if redrawn',
        unit: 's',
        claim: { shown: (2 * SERVICE_S) / (1 - load) },
        measure: (stats, plan) => meanLatencyS(stats, plan, 'both'),
      },
      {
        quantity: 'p99, as if redrawn',
        unit: 's',
        claim: { shown: quantileOf((x) => erlang2Cdf((1 - load) / SERVICE_S, x), 0.99, 1) },
        measure: (stats, plan) => histogramQuantile(stats.flows.histogram[plan.flows.name.indexOf('both')]!, 0.99),
      },
    ],
  });
});

export const tandemCases: readonly Case[] = [...redrawn, ...kept];
