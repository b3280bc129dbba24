/**
 * The columns of every result table, defined once: Arrow, CSV, Parquet and the tables of the report read this list, so
 * that a name, a unit or a description cannot differ between them. The compiler refuses a column that is missing.
 */
import type { Assumption, OutOfScope } from '../sim/plan.js';
import type {
  AvailabilityResult,
  BusyHourShare,
  ChainResult,
  FlowResult,
  HourResult,
  LinkResult,
  SystemLoad,
  TierResult,
} from '../sim/results.js';

/**
 * `text` differs from row to row, `category` repeats (a dictionary in Arrow), `int32` is whole, `float64` may be missing
 * (NaN in the results, null in files) or infinite. Counts are `float64`, exact up to 2^53.
 */
export type ColumnType = 'text' | 'category' | 'int32' | 'float64';

/**
 * `1` is a share or ratio; empty means a name or an ordinal number. Seconds, bytes, bits per second and shares are shown
 * with the prefix that keeps them short; any other unit (`years`, `USD/month`) stands in the heading.
 */
export type Unit = '' | '1' | 's' | 'B' | 'bit/s' | 'messages' | 'frames' | 'devices' | 'links' | (string & {});

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: Unit;
  /** Short heading for people, without the unit. */
  readonly heading: string;
  readonly description: string;
  /** Names of the columns with the column's 95 % interval: people read them in one cell, files keep them apart. */
  readonly interval?: Interval;
}

export type Interval = { readonly halfWidth: string } | { readonly low: string; readonly high: string };

type TypeOf<Value> = Value extends string ? 'text' | 'category' : 'int32' | 'float64';
type ColumnsOf<Row> = {
  readonly [Name in keyof Row]-?: readonly [type: TypeOf<Row[Name]>, unit: Unit, heading: string, description: string];
};
type IntervalsOf<Row> = {
  readonly [Name in keyof Row]?:
    | { readonly halfWidth: keyof Row & string }
    | { readonly low: keyof Row & string; readonly high: keyof Row & string };
};

/**
 * The columns of a table whose rows are of the type `Row`, in the order of the definitions; every one must be there.
 * @param intervals columns that are estimates, with those that hold their intervals
 */
export function columns<Row>(definitions: ColumnsOf<Row>, intervals: IntervalsOf<Row> = {}): readonly Column[] {
  const entries = Object.entries(definitions) as [string, readonly [ColumnType, Unit, string, string]][];
  const intervalOf = intervals as Readonly<Record<string, Interval>>;
  return entries.map(([name, [type, unit, heading, description]]) => {
    const interval = intervalOf[name];
    return { name, type, unit, heading, description, ...(interval === undefined ? {} : { interval }) };
  });
}

export const flowColumns = columns<FlowResult>(
  {
    flow: ['text', '', 'flow', 'name of the flow, unique in the run'],
    catalogueFlow: ['text', '', 'catalogue flow', 'id of the flow in the catalogue'],
    useCase: ['category', '', 'use case', 'id of the use case'],
    businessScenario: ['category', '', 'business scenario', 'business scenario of the specification'],
    section: ['category', '', 'section', 'section of the specification'],
    payload: ['category', '', 'payload', 'name of the payload'],
    type: ['category', '', 'type', 'payload type'],
    from: ['category', '', 'from', 'originating actors'],
    to: ['category', '', 'to', 'destination actors'],
    route: ['category', '', 'route', 'data flow references in the order they are crossed'],
    networks: ['category', '', 'networks', 'networks in the order they are crossed'],
    howOften: ['category', '', 'how often', 'the text of the source'],
    mode: ['category', '', 'mode', 'empty for routine operation, else the mode the flow belongs to'],
    sizeB: ['float64', 'B', 'size', 'application bytes of one message, before overhead'],
    priority: ['int32', '', 'class', 'priority class, 0 is served first'],
    sent: ['float64', 'messages', 'sent', 'expected deliveries of messages sent in the measured run, all replications'],
    delivered: ['float64', 'messages', 'delivered', 'deliveries, all replications'],
    late: ['float64', 'messages', 'late', 'delivered after the budget, or in flight at the end and past it'],
    lost: ['float64', 'messages', 'lost', 'never delivered'],
    resent: ['float64', 'messages', 'resent', 'sent again by the application'],
    duplicates: ['float64', 'messages', 'duplicates', 'delivered once more than needed'],
    inFlightStart: ['float64', 'messages', 'in flight at start', 'on their way when the measured run began'],
    inFlightEnd: ['float64', 'messages', 'in flight at end', 'on their way when the measured run ended'],
    expectedSent: ['float64', 'messages', 'expected', 'closed form: messages expected in the measured run'],
    closedFormLatencyS: ['float64', 's', 'closed-form latency', 'closed form: mean latency in the busy hour'],
    closedFormP95S: ['float64', 's', 'closed-form p95', 'closed form: 95th percentile in the busy hour'],
    closedFormReliability: [
      'float64',
      '1',
      'closed-form share',
      'closed form: share that gets through by loss and retry limits, early or late',
    ],
    closedFormHolds: [
      'category',
      '',
      'closed form holds',
      'valid, or why its approximation does not hold: burst, overload, outside',
    ],
    closedFormReason: ['text', '', 'closed form, why not', 'what on the way the closed form does not know'],
    latencyMeanS: ['float64', 's', 'mean', 'mean latency of delivered messages'],
    latencyMeanHalfWidthS: ['float64', 's', 'mean ±', 'half width of the 95 % interval of the mean'],
    latencyP50S: ['float64', 's', 'p50', 'median latency'],
    latencyP50HalfWidthS: ['float64', 's', 'p50 ±', 'half width of the 95 % interval of the median'],
    latencyP95S: ['float64', 's', 'p95', '95th percentile of latency'],
    latencyP95HalfWidthS: ['float64', 's', 'p95 ±', 'half width of the 95 % interval of the 95th percentile'],
    latencyP99S: ['float64', 's', 'p99', '99th percentile of latency'],
    latencyP99HalfWidthS: ['float64', 's', 'p99 ±', 'half width of the 95 % interval of the 99th percentile'],
    latencyP999S: ['float64', 's', 'p99.9', '99.9th percentile of latency'],
    latencyP999HalfWidthS: ['float64', 's', 'p99.9 ±', 'half width of the 95 % interval of the 99.9th percentile'],
    latencyMaxS: ['float64', 's', 'longest', 'longest latency seen'],
    budgetS: ['float64', 's', 'budget', 'latency that the requirement allows'],
    requiredReliability: ['float64', '1', 'required', 'share that must be delivered within the budget'],
    reliability: ['float64', '1', 'achieved', 'share delivered within the budget'],
    reliabilityLow: ['float64', '1', 'low', 'lower end of the 95 % interval of the share'],
    reliabilityHigh: ['float64', '1', 'high', 'upper end of the 95 % interval of the share'],
    deadlineS: ['float64', 's', 'deadline', 'after the event that began it: a fault, the start of a campaign'],
    deadlineShare: ['float64', '1', 'by the deadline', 'share delivered by the deadline'],
    deadlineShareLow: ['float64', '1', 'low', 'lower end of its 95 % interval'],
    deadlineShareHigh: ['float64', '1', 'high', 'upper end of its 95 % interval'],
    sinceEventP50S: ['float64', 's', 'p50 since event', 'median time from the event to the delivery'],
    sinceEventP50HalfWidthS: ['float64', 's', 'p50 since event ±', 'half width of its 95 % interval'],
    sinceEventP95S: ['float64', 's', 'p95 since event', '95th percentile of the time from the event to the delivery'],
    sinceEventP95HalfWidthS: ['float64', 's', 'p95 since event ±', 'half width of its 95 % interval'],
    sinceEventLastS: ['float64', 's', 'last since event', 'time from the event to the last delivery'],
    verdict: ['category', '', 'verdict', 'pass, fail, undecided, not exercised, not judged or no budget'],
    verdictReason: ['text', '', 'reason', 'why the verdict is what it is'],
    evidence: [
      'category',
      '',
      'evidence',
      'enough or few: whether the number of messages alone would show the verdict',
    ],
    margin: ['float64', '1', 'margin', 'part of the budget that is left at p95 (or the mean); negative when missed'],
  },
  {
    latencyMeanS: { halfWidth: 'latencyMeanHalfWidthS' },
    latencyP50S: { halfWidth: 'latencyP50HalfWidthS' },
    latencyP95S: { halfWidth: 'latencyP95HalfWidthS' },
    latencyP99S: { halfWidth: 'latencyP99HalfWidthS' },
    latencyP999S: { halfWidth: 'latencyP999HalfWidthS' },
    deadlineShare: { low: 'deadlineShareLow', high: 'deadlineShareHigh' },
    sinceEventP50S: { halfWidth: 'sinceEventP50HalfWidthS' },
    sinceEventP95S: { halfWidth: 'sinceEventP95HalfWidthS' },
    reliability: { low: 'reliabilityLow', high: 'reliabilityHigh' },
  },
);

export const tierColumns = columns<TierResult>(
  {
    flow: ['text', '', 'flow', 'name of the flow'],
    catalogueFlow: ['text', '', 'catalogue flow', 'id of the flow in the catalogue'],
    payload: ['category', '', 'payload', 'name of the payload'],
    tier: ['category', '', 'tier', 'the required share and its window'],
    windowS: ['float64', 's', 'window', 'length of the window'],
    requiredShare: ['float64', '1', 'required', 'share of originating devices to be captured in each window'],
    windows: ['float64', '', 'windows', 'whole windows of the measured run'],
    devices: ['float64', 'devices', 'devices', 'devices that start a message in a window, mean'],
    capturedShare: ['float64', '1', 'captured', 'share captured, mean over windows and replications'],
    worstShare: ['float64', '1', 'worst window', 'share captured in the worst window, mean over the replications'],
    worstShareLow: ['float64', '1', 'low', 'lower end of its 95 % interval'],
    worstShareHigh: ['float64', '1', 'high', 'upper end of its 95 % interval'],
    verdict: ['category', '', 'verdict', 'pass, fail, undecided, not exercised or not judged'],
    verdictReason: ['text', '', 'reason', 'why the verdict is what it is'],
  },
  { worstShare: { low: 'worstShareLow', high: 'worstShareHigh' } },
);

export const availabilityColumns = columns<AvailabilityResult>(
  {
    flow: ['text', '', 'flow', 'name of the flow'],
    catalogueFlow: ['text', '', 'catalogue flow', 'id of the flow in the catalogue'],
    payload: ['category', '', 'payload', 'name of the payload'],
    components: ['category', '', 'parts', 'links and nodes of the route that may fail, with their availability'],
    fallbackComponents: ['category', '', 'parts of the fallback', 'the same of the fallback route'],
    up: ['float64', '1', 'up', 'share of the time in which the ordinary route is up'],
    onFallback: ['float64', '1', 'on fallback', 'share of the time in which the fallback route serves'],
    down: ['float64', '1', 'down', 'share of the time in which no route is up'],
    reliabilityUp: ['float64', '1', 'achieved when up', 'share delivered within the budget, ordinary routes'],
    reliabilityOnFallback: [
      'float64',
      '1',
      'achieved on fallback',
      'share delivered within the budget, fallback routes',
    ],
    reliability: ['float64', '1', 'achieved', 'share delivered within the budget over all states'],
    reliabilityLow: ['float64', '1', 'low', 'lower end of its 95 % interval'],
    reliabilityHigh: ['float64', '1', 'high', 'upper end of its 95 % interval'],
    requiredReliability: ['float64', '1', 'required', 'share that must be delivered within the budget'],
    verdict: ['category', '', 'verdict', 'of the share over all states'],
  },
  { reliability: { low: 'reliabilityLow', high: 'reliabilityHigh' } },
);

export const chainColumns = columns<ChainResult>({
  chain: ['category', '', 'chain', 'name of the chain'],
  section: ['category', '', 'section', 'section of the specification'],
  leg: ['text', '', 'leg', 'a leg, all of them, or those that a printed sub-total covers'],
  flows: ['text', '', 'catalogue flows', 'flows of the catalogue that make the leg'],
  printed: ['category', '', 'printed', 'the sub-total as the source prints it'],
  budgetS: ['float64', 's', 'budget', 'sum of the latencies that the requirements allow'],
  requiredReliability: ['float64', '1', 'required', 'product of the required shares'],
  leastB: ['float64', 'B', 'least size', 'sum of the smallest sizes'],
  mostB: ['float64', 'B', 'largest size', 'sum of the largest sizes'],
  latencyMeanS: ['float64', 's', 'mean', 'sum of the mean latencies; of several receivers the last'],
  closedFormLatencyS: [
    'float64',
    's',
    'closed-form latency',
    'closed form: sum of the mean latencies in the busy hour',
  ],
  reliability: ['float64', '1', 'achieved', 'product of the shares delivered within their budgets'],
});

export const linkColumns = columns<LinkResult>(
  {
    link: ['category', '', 'link', 'name of the link'],
    network: ['category', '', 'network', 'network of the link'],
    direction: ['category', '', 'direction', 'up, down or across'],
    area: ['category', '', 'area', 'area instance in which the link stands'],
    dataFlow: ['category', '', 'data flows', 'data flow references that cross the link'],
    endpoints: ['float64', 'devices', 'endpoints', 'devices in the area in which the link stands'],
    messagesPerEndpointDay: [
      'float64',
      'messages',
      'messages per endpoint and day',
      'messages offered per device and day',
    ],
    bytesPerEndpointDay: [
      'float64',
      'B',
      'bytes per endpoint and day',
      'bytes offered with overhead per device and day',
    ],
    copies: ['float64', 'links', 'copies', 'links of this kind in the area, pooled in this row'],
    rateBps: ['float64', 'bit/s', 'rate', 'transmission rate of one link'],
    offeredMessages: ['float64', 'messages', 'offered messages', 'messages offered, mean of the replications'],
    offeredB: ['float64', 'B', 'offered', 'bytes offered with overhead, mean of the replications'],
    carriedB: ['float64', 'B', 'carried', 'bytes transmitted, mean of the replications'],
    meanBps: ['float64', 'bit/s', 'mean load', 'offered load over the whole run'],
    busyHour: ['category', '', 'busy hour', 'clock hour with the highest mean load'],
    busyHourBps: ['float64', 'bit/s', 'busy-hour load', 'offered load in the busy hour'],
    busiest10sBps: ['float64', 'bit/s', 'busiest 10 s', 'highest load over ten seconds'],
    utilisation: ['float64', '1', 'mean utilisation', 'load over capacity, whole run'],
    utilisationHalfWidth: ['float64', '1', 'mean utilisation ±', 'half width of its 95 % interval'],
    busyHourUtilisation: ['float64', '1', 'busy-hour utilisation', 'load over capacity in the busy hour'],
    busyHourUtilisationHalfWidth: [
      'float64',
      '1',
      'busy-hour utilisation ±',
      'half width of the 95 % interval of the busy-hour utilisation',
    ],
    queueMeanB: ['float64', 'B', 'mean queue', 'waiting bytes, time-weighted mean'],
    queueMaxB: ['float64', 'B', 'longest queue', 'most bytes waiting at once'],
    drops: ['float64', 'messages', 'drops', 'messages that found the buffer full'],
    technology: ['category', '', 'technology', 'link technology; empty where a rate and a delay are given by hand'],
    frames: ['float64', 'frames', 'frames', 'attempts to send a frame, mean of the replications'],
    retries: ['float64', 'frames', 'retries', 'attempts after the first of a frame'],
    collisions: ['float64', 'frames', 'collisions', 'attempts that met another frame'],
    lost: ['float64', 'messages', 'lost', 'messages given up on the medium: retries used up, or lost for good'],
    closedFormB: ['float64', 'B', 'closed-form bytes', 'closed form: bytes offered with overhead'],
    closedFormMessages: ['float64', 'messages', 'closed-form messages', 'closed form: messages offered'],
    closedFormBusyHourBps: ['float64', 'bit/s', 'closed-form busy hour', 'closed form: load in the busy hour'],
  },
  {
    utilisation: { halfWidth: 'utilisationHalfWidth' },
    busyHourUtilisation: { halfWidth: 'busyHourUtilisationHalfWidth' },
  },
);

export const hourColumns = columns<HourResult>(
  {
    network: ['category', '', 'network', 'network'],
    direction: ['category', '', 'direction', 'up, down or across'],
    bin: ['int32', '', 'bin', 'number of the hour, counted from the start of the measured run'],
    label: ['category', '', 'hour', 'local clock time at which the hour begins'],
    hour: ['int32', '', 'clock hour', 'local clock hour, 0 to 23'],
    bytes: ['float64', 'B', 'bytes', 'bytes offered, mean of the replications, all links of the network'],
    messages: ['float64', 'messages', 'messages', 'messages offered, mean of the replications'],
    bps: ['float64', 'bit/s', 'load', 'mean load of the hour, all links of the network'],
    bpsHalfWidth: ['float64', 'bit/s', 'load ±', 'half width of the 95 % interval of the load, over replications'],
    utilisation: ['float64', '1', 'utilisation', 'load over capacity, all links of the network'],
    worstUtilisation: ['float64', '1', 'worst link', 'utilisation of the most loaded link'],
    closedFormBytes: ['float64', 'B', 'closed-form bytes', 'closed form: bytes offered'],
    closedFormMessages: ['float64', 'messages', 'closed-form messages', 'closed form: messages offered'],
  },
  { bps: { halfWidth: 'bpsHalfWidth' } },
);

export const busyHourColumns = columns<BusyHourShare>({
  network: ['category', '', 'network', 'network'],
  direction: ['category', '', 'direction', 'up, down or across'],
  label: ['category', '', 'busy hour', 'clock hour with the highest mean load'],
  useCase: ['category', '', 'use case', 'id of the use case'],
  payload: ['category', '', 'payload', 'name of the payload'],
  bytes: ['float64', 'B', 'bytes', 'bytes in the busy hour, with overhead'],
  share: ['float64', '1', 'share', 'part of all bytes of the busy hour'],
});

export const systemColumns = columns<SystemLoad>({
  link: ['category', '', 'link', 'name of the link'],
  network: ['category', '', 'network', 'network'],
  direction: ['category', '', 'direction', 'up, down or across'],
  area: ['category', '', 'area', 'the area in which the link is busiest'],
  busyHour: ['category', '', 'busy hour', 'clock hour in which all systems together load the link most'],
  system: ['category', '', 'system', 'id of the catalogue; upkeep: what keeps sessions open'],
  busyHourBytes: ['float64', 'B', 'bytes', 'expected bytes of the system in the busy hour, with overhead'],
  busyHourBps: ['float64', 'bit/s', 'load', 'expected load of the system in the busy hour'],
  share: ['float64', '1', 'share', 'part of all bytes of the busy hour'],
  utilisation: ['float64', '1', 'utilisation', 'what the system takes of the link in the busy hour'],
  ownBusyHour: ['category', '', 'own busy hour', 'clock hour in which the system by itself loads the link most'],
  ownBusyHourBps: ['float64', 'bit/s', 'own load', 'expected load of the system in its own busy hour'],
});

export const assumptionColumns = columns<Assumption>({
  kind: ['category', '', 'kind', 'default, choice, reading, missing, derived or limit'],
  key: ['text', '', 'key', 'key path of the scenario that changes it, or the catalogue flow concerned'],
  value: ['text', '', 'value', 'the value that entered the run'],
  unit: ['category', '', 'unit', 'unit of the value'],
  reason: ['text', '', 'reason', 'why this value'],
  source: ['text', '', 'source', 'where it comes from'],
});

export const outOfScopeColumns = columns<OutOfScope>({
  catalogueFlow: ['text', '', 'catalogue flow', 'id of the flow in the catalogue'],
  useCase: ['category', '', 'use case', 'id of the use case'],
  section: ['category', '', 'section', 'section of the specification'],
  payload: ['category', '', 'payload', 'name of the payload'],
  by: [
    'category',
    '',
    'left out by',
    'profile, load, alternative (another one holds), deployment (has none of the devices), or user',
  ],
  reason: ['category', '', 'reason', 'why the flow is not in the run'],
});
