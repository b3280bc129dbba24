/** What studies compare networks by: a few numbers of each, in closed form and of every replication. */
import type { FlowResult, LinkResult } from '../../sim/results.js';
import type { ProfileRow } from '../profiles/types.js';

/** Years of operation in the cost that networks are compared by. */
export const COST_YEARS = 10;

export type MeasureId =
  | 'misses'
  | 'margin'
  | 'utilisation'
  | 'reliability'
  | 'cost'
  | 'inTime'
  | 'latency'
  | `load ${string}`;

/**
 * Rows of one replication, or of all. The busy hour of a link is that of all replications in either: the clock hour with
 * the highest mean bytes, as in the closed form, and not the highest hour that each replication happens to have.
 */
export interface SimulatedRows {
  readonly flows: readonly FlowResult[];
  readonly links: readonly LinkResult[];
}

export interface Measure {
  readonly id: MeasureId;
  /** For headings, axes and sentences. */
  readonly title: string;
  readonly unit: '' | '1' | 's' | 'bit/s' | 'USD';
  readonly better: 'less' | 'more';
  /** NaN where it has no meaning. */
  readonly closedForm: ((row: ProfileRow) => number) | undefined;
  readonly simulated: ((own: SimulatedRows, all: SimulatedRows) => number) | undefined;
}

/** Those that every network has; `loadMeasures` has one for each network. */
export const MEASURES: readonly Measure[] = [
  {
    id: 'misses',
    title: 'missed requirements',
    unit: '',
    better: 'less',
    closedForm: (row) => row.latency.missesP95 + (row.reliability?.misses ?? 0),
    simulated: ({ flows }) =>
      flows.filter(({ margin }) => margin < 0).length +
      flows.filter(({ reliability, requiredReliability }) => reliability < requiredReliability).length,
  },
  {
    id: 'margin',
    title: 'worst latency margin',
    unit: '1',
    better: 'more',
    closedForm: (row) => row.latency.worstP95?.margin ?? NaN,
    simulated: ({ flows }) => leastOf(flows.map(({ margin }) => margin)),
  },
  {
    id: 'utilisation',
    title: 'highest busy-hour utilisation',
    unit: '1',
    better: 'less',
    closedForm: (row) => Math.max(0, ...row.networks.map(({ busiest }) => busiest?.utilisation ?? 0)),
    simulated: (own, all) => busiestUtilisation(own, all, ({ rateBps }) => Number.isFinite(rateBps)),
  },
  {
    id: 'reliability',
    title: 'least reliability to spare',
    unit: '1',
    better: 'more',
    closedForm: ({ reliability }) => (reliability === null ? NaN : reliability.share - reliability.required),
    simulated: undefined,
  },
  {
    id: 'cost',
    title: `cost of links over ${COST_YEARS} years`,
    unit: 'USD',
    better: 'less',
    closedForm: ({ cost }) =>
      cost === null || cost.unknown.length > 0 ? NaN : cost.capexUsd + COST_YEARS * cost.opexUsdPerYear,
    simulated: undefined,
  },
  {
    id: 'inTime',
    title: 'messages within their budget',
    unit: '1',
    better: 'more',
    closedForm: undefined,
    simulated: ({ flows }) => {
      // Weighted by what was sent: what waits at the end and is not late yet counts with the share of its flow.
      const judged = flows.filter(
        ({ budgetS, sent, reliability }) => budgetS > 0 && sent > 0 && !Number.isNaN(reliability),
      );
      const sum = (of: (flow: FlowResult) => number) => judged.reduce((total, flow) => total + of(flow), 0);
      return sum(({ sent, reliability }) => sent * reliability) / sum(({ sent }) => sent);
    },
  },
  {
    id: 'latency',
    title: 'mean latency of all messages',
    unit: 's',
    better: 'less',
    closedForm: undefined,
    simulated: ({ flows }) => {
      const own = flows.filter(({ delivered }) => delivered > 0);
      const messages = own.reduce((sum, { delivered }) => sum + delivered, 0);
      return own.reduce((sum, { delivered, latencyMeanS }) => sum + delivered * latencyMeanS, 0) / messages;
    },
  },
];

/** Busy-hour load of a network's busier direction, all its links together. Closed form, which volumes need no more than. */
export function loadMeasure(network: string): Measure {
  return {
    id: `load ${network}`,
    title: `busy-hour load of ${network}`,
    unit: 'bit/s',
    better: 'less',
    closedForm: (row) => {
      const own = row.networks.find((one) => one.network === network);
      return own === undefined ? NaN : Math.max(0, ...own.directions.map(({ busyHourBps }) => busyHourBps));
    },
    simulated: undefined,
  };
}

/** Busy-hour utilisation of a network's most utilised link. */
export function utilisationMeasure(network: string): Measure {
  return {
    id: 'utilisation',
    title: `busy-hour utilisation of ${network}`,
    unit: '1',
    better: 'less',
    closedForm: (row) => row.networks.find((one) => one.network === network)?.busiest?.utilisation ?? NaN,
    simulated: (own, all) =>
      busiestUtilisation(own, all, (link) => link.network === network && Number.isFinite(link.rateBps)),
  };
}

function leastOf(values: readonly number[]): number {
  return values.reduce(
    (least, value) => (Number.isNaN(value) || value >= least ? least : value),
    Number.POSITIVE_INFINITY,
  );
}

/** Of the link that is busiest on the mean of all replications; 0 without any. */
function busiestUtilisation(own: SimulatedRows, all: SimulatedRows, counts: (link: LinkResult) => boolean): number {
  let [busiest, most] = [-1, 0];
  all.links.forEach((link, i) => {
    if (!counts(link) || !(link.busyHourUtilisation > most)) return;
    [busiest, most] = [i, link.busyHourUtilisation];
  });
  return busiest < 0 ? 0 : own.links[busiest]!.busyHourUtilisation;
}
