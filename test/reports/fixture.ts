/**
 * Results of a believable utility for the tests of the reports: 10,000 meters in 10 DAP areas, six networks, 24 hours,
 * every kind of verdict. All values come from the rows and from a hash of names, so that they are the same everywhere.
 */
import type { Assumption, OutOfScope } from '../../sim/plan.js';
import {
  type AvailabilityResult,
  type BusyHourShare,
  type ChainResult,
  type FlowResult,
  type HourResult,
  type LinkResult,
  RESULTS_VERSION,
  type Results,
  type SystemLoad,
  type TierResult,
  type Verdict,
} from '../../sim/results.js';
import { fixtureRows } from './fixture-rows.js';

const REPLICATIONS = 5;
const DAPS = 10;
const HOURS = 24;

/** Uniform in (0, 1) from a name: FNV-1a with a final mix. */
function noise(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (((h ^ (h >>> 13)) >>> 0) + 0.5) / 4294967296;
}

interface NetworkOfFixture {
  readonly name: string;
  readonly rateBps: { readonly up: number; readonly down: number };
  readonly areas: readonly string[];
  readonly copies: number;
  readonly delayS: number;
  readonly overheadB: number;
}

const dapAreas = Array.from({ length: DAPS }, (_, i) => `dap ${i + 1}`);
const networks: readonly NetworkOfFixture[] = [
  { name: 'LAN', rateBps: { up: 1e8, down: 1e8 }, areas: ['centre'], copies: 1, delayS: 0.001, overheadB: 60 },
  { name: 'WAN', rateBps: { up: 9600, down: 9600 }, areas: dapAreas, copies: 1, delayS: 0.12, overheadB: 80 },
  { name: 'NAN', rateBps: { up: 1200, down: 2400 }, areas: dapAreas, copies: 1, delayS: 0.4, overheadB: 40 },
  {
    name: 'FAN',
    rateBps: { up: 2400, down: 2400 },
    areas: dapAreas.slice(0, 4),
    copies: 1,
    delayS: 0.05,
    overheadB: 40,
  },
  { name: 'HAN', rateBps: { up: 25e4, down: 25e4 }, areas: dapAreas, copies: 200, delayS: 0.02, overheadB: 30 },
  {
    name: 'Internet',
    rateBps: { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY },
    areas: ['centre'],
    copies: 1,
    delayS: 0.06,
    overheadB: 80,
  },
];

const feederActor = /^(Feeder|Distr\. Cust|DAC|FAN|Distr\. SCADA)/;
const premiseActor = /^(IPD|PHEV|ESI|Cust\. EMS)/;
const meterActor = /^(2-Way|DAPjm)/;

function networksFor(from: string, to: string): string[] {
  const both = [from, to];
  if (both.some((actor) => actor.startsWith('Cust. Browser'))) return ['Internet', 'LAN'];
  if (both.some((actor) => feederActor.test(actor))) return ['FAN', 'LAN'];
  if (both.some((actor) => premiseActor.test(actor))) return ['LAN', 'WAN', 'NAN', 'HAN'];
  if (both.some((actor) => meterActor.test(actor))) return ['LAN', 'WAN', 'NAN'];
  return ['LAN'];
}

const upward = (from: string): boolean =>
  feederActor.test(from) || premiseActor.test(from) || meterActor.test(from) || from.startsWith('Cust.');

interface FlowSeed {
  readonly flow: FlowResult;
  readonly perDay: number;
  readonly path: readonly string[];
  readonly direction: 'up' | 'down';
}

function flowSeed(line: string): FlowSeed {
  const parts = line.split('; ');
  const [useCase, section, payload, type, from, to, howOften] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const [perDay, sizeB, printedBudgetS, requiredReliability] = parts.slice(7).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const path = networksFor(from, to);
  const direction = upward(from) ? 'up' : 'down';
  const budgetS = type === 'negot-thrd' ? Number.NaN : printedBudgetS;
  const sent = Math.round(perDay * REPLICATIONS * (0.97 + 0.06 * noise(`${payload} sent`)));
  const crossed = networks.filter((network) => path.includes(network.name));
  const serviceS = crossed.reduce((sum, n) => sum + ((sizeB + n.overheadB) * 8) / n.rateBps[direction] + n.delayS, 0);
  const meanS = serviceS * (1.1 + 6 * noise(`${payload} wait`) ** 6);
  const p95 = meanS * 2.1;
  const p99 = meanS * 3.4;
  const withTail = (seconds: number, q: number): number => (sent >= 10 / (1 - q) ? seconds : Number.NaN);
  const reachedP = Number.isNaN(budgetS)
    ? 1
    : Math.min(1, budgetS / p99 >= 1 ? 1 - 0.002 * noise(`${payload} late`) : 0.9 * (budgetS / p99));
  const delivered = Math.round(sent * (0.999 + 0.001 * noise(`${payload} lost`)));
  const lost = sent - delivered;
  const late = Math.round(delivered * (1 - reachedP));
  const reliability = sent === 0 ? Number.NaN : (delivered - late) / sent;
  const half = sent === 0 ? Number.NaN : 2.8 * Math.sqrt(Math.max(reliability * (1 - reliability), 1e-5) / sent);
  const reliabilityLow = Math.max(0, reliability - half);
  const reliabilityHigh = Math.min(1, reliability + half);
  const [verdict, verdictReason] = judge(sent, budgetS, requiredReliability, reliabilityLow, reliabilityHigh);
  const some = sent > 0;
  const flow: FlowResult = {
    flow: `${section}/${payload}`,
    catalogueFlow: `${section}/${payload}`,
    useCase,
    businessScenario: `Scenario ${section}`,
    section,
    payload,
    type,
    from,
    to,
    route: path.map((name) => `${name} ${direction}`).join(' + '),
    networks: path.join(', '),
    howOften,
    mode: '',
    sizeB,
    priority: type === 'alarm' ? 0 : sizeB > 1000 ? 2 : 1,
    sent,
    delivered,
    late,
    lost,
    resent: 0,
    duplicates: 0,
    inFlightStart: 0,
    inFlightEnd: 0,
    expectedSent: perDay * REPLICATIONS,
    closedFormLatencyS: serviceS * 1.5,
    closedFormP95S: serviceS * 2.5,
    closedFormReliability: 0.9999,
    closedFormHolds: payload.startsWith('RTP') ? 'burst' : 'valid',
    closedFormReason: payload.startsWith('RTP') ? '400 answers begin together on NAN up' : '',
    latencyMeanS: some ? meanS : Number.NaN,
    latencyMeanHalfWidthS: some ? meanS * 0.04 : Number.NaN,
    latencyP50S: withTail(meanS * 0.85, 0.5),
    latencyP50HalfWidthS: withTail(meanS * 0.03, 0.5),
    latencyP95S: withTail(p95, 0.95),
    latencyP95HalfWidthS: withTail(p95 * 0.06, 0.95),
    latencyP99S: withTail(p99, 0.99),
    latencyP99HalfWidthS: withTail(p99 * 0.08, 0.99),
    latencyP999S: withTail(p99 * 1.6, 0.999),
    latencyP999HalfWidthS: withTail(p99 * 0.2, 0.999),
    latencyMaxS: some ? p99 * 2 : Number.NaN,
    budgetS,
    requiredReliability: Number.isNaN(budgetS) ? Number.NaN : requiredReliability,
    reliability,
    reliabilityLow,
    reliabilityHigh,
    deadlineS: Number.NaN,
    deadlineShare: Number.NaN,
    deadlineShareLow: Number.NaN,
    deadlineShareHigh: Number.NaN,
    sinceEventP50S: Number.NaN,
    sinceEventP50HalfWidthS: Number.NaN,
    sinceEventP95S: Number.NaN,
    sinceEventP95HalfWidthS: Number.NaN,
    sinceEventLastS: Number.NaN,
    verdict,
    verdictReason,
    evidence: verdict === 'pass' || verdict === 'fail' ? (sent >= 600 ? 'enough' : 'few') : '',
    margin: some ? (budgetS - (sent >= 200 ? p95 : meanS)) / budgetS : Number.NaN,
  };
  return { flow, perDay, path, direction };
}

function judge(sent: number, budgetS: number, required: number, low: number, high: number): [Verdict, string] {
  if (Number.isNaN(budgetS)) return ['no budget', 'the source states no latency'];
  if (budgetS > 86400) return ['not judged', 'the window of 7 d is longer than the run of 1 d'];
  if (sent === 0) return ['not exercised', 'no message was sent in 24 h'];
  const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
  if (low >= required) return ['pass', `at least ${percent(low)} within the budget, ${percent(required)} required`];
  if (high < required) return ['fail', `at most ${percent(high)} within the budget, ${percent(required)} required`];
  return ['undecided', `${sent} messages leave ${percent(low)} to ${percent(high)}, ${percent(required)} required`];
}

/** Share of the day's traffic in an hour: meters read at night, people active by day. */
function hourShare(path: readonly string[], hour: number): number {
  const day = hour >= 7 && hour < 22 ? 1.5 : 0.25;
  const night = hour < 6 ? 2.6 : 0.5;
  const raw = path.includes('NAN') ? night + day * 0.3 : day;
  return raw / 24;
}

const overheadOf = (name: string): number => networks.find((network) => network.name === name)!.overheadB;
const label = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

function hourRow(
  seeds: readonly FlowSeed[],
  network: NetworkOfFixture,
  direction: 'up' | 'down',
  hour: number,
): HourResult {
  let messages = 0;
  let bytes = 0;
  for (const seed of seeds) {
    if (seed.direction !== direction || !seed.path.includes(network.name)) continue;
    const inHour = seed.perDay * hourShare(seed.path, hour);
    messages += inHour;
    bytes += inHour * (seed.flow.sizeB + network.overheadB);
  }
  const wobble = 0.95 + 0.1 * noise(`${network.name} ${direction} ${hour}`);
  const bps = (bytes * wobble * 8) / 3600;
  const capacityBps = network.rateBps[direction] * network.areas.length * network.copies;
  return {
    network: network.name,
    direction,
    bin: hour,
    label: label(hour),
    hour,
    bytes: bytes * wobble,
    messages: messages * wobble,
    bps,
    bpsHalfWidth: bps * 0.04,
    utilisation: bps / capacityBps,
    worstUtilisation: (bps / capacityBps) * 1.8,
    closedFormBytes: bytes,
    closedFormMessages: messages,
  };
}

function linkRow(
  hours: readonly HourResult[],
  network: NetworkOfFixture,
  direction: 'up' | 'down',
  area: string,
): LinkResult {
  const part = (0.5 + noise(`${network.name} ${area}`)) / network.areas.length;
  const busy = hours.reduce((best, hour) => (hour.bps > best.bps ? hour : best));
  const bytes = hours.reduce((sum, hour) => sum + hour.bytes, 0) * part;
  const messages = hours.reduce((sum, hour) => sum + hour.messages, 0) * part;
  const capacityBps = network.rateBps[direction] * network.copies;
  const busyHourBps = busy.bps * part;
  const busyHourUtilisation = busyHourBps / capacityBps;
  return {
    link: `${network.name} ${direction}`,
    network: network.name,
    direction,
    area,
    dataFlow: network.name === 'NAN' ? '1D 1Dg 1Dw' : '1Ca',
    endpoints: network.name === 'NAN' ? 1000 : 1,
    messagesPerEndpointDay: messages / (network.name === 'NAN' ? 1000 : 1),
    bytesPerEndpointDay: bytes / (network.name === 'NAN' ? 1000 : 1),
    copies: network.copies,
    rateBps: network.rateBps[direction],
    offeredMessages: messages,
    offeredB: bytes,
    carriedB: bytes,
    meanBps: (bytes * 8) / 86400,
    busyHour: busy.label,
    busyHourBps,
    busiest10sBps: busyHourBps * 4,
    utilisation: (bytes * 8) / 86400 / capacityBps,
    utilisationHalfWidth: ((bytes * 8) / 86400 / capacityBps) * 0.02,
    busyHourUtilisation,
    busyHourUtilisationHalfWidth: busyHourUtilisation * 0.05,
    queueMeanB: 40 * busyHourUtilisation,
    queueMaxB: 20000 * busyHourUtilisation,
    drops: busyHourUtilisation > 0.9 ? 17 : 0,
    technology: network.name === 'NAN' ? 'wi-sun-fsk-150' : '',
    frames: network.name === 'NAN' ? messages * 1.1 : Number.NaN,
    retries: network.name === 'NAN' ? messages * 0.1 : Number.NaN,
    collisions: network.name === 'NAN' ? messages * 0.02 : Number.NaN,
    lost: 0,
    closedFormB: bytes * 1.01,
    closedFormMessages: messages * 1.01,
    closedFormBusyHourBps: busyHourBps * 1.02,
  };
}

function busyHourRows(seeds: readonly FlowSeed[], hours: readonly HourResult[]): BusyHourShare[] {
  const busy = hours.reduce((best, hour) => (hour.bps > best.bps ? hour : best));
  const parts = seeds
    .filter((seed) => seed.direction === busy.direction && seed.path.includes(busy.network) && seed.perDay > 0)
    .map((seed) => ({
      useCase: seed.flow.useCase,
      payload: seed.flow.payload,
      bytes: seed.perDay * hourShare(seed.path, busy.hour) * (seed.flow.sizeB + overheadOf(busy.network)),
    }))
    .sort((a, b) => b.bytes - a.bytes);
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  return parts.map((part) => ({
    network: busy.network,
    direction: busy.direction,
    label: busy.label,
    ...part,
    share: part.bytes / total,
  }));
}

const assumptions: readonly Assumption[] = [
  {
    kind: 'default',
    key: 'links.NAN.rate',
    value: '1.2 / 2.4',
    unit: 'kbit/s',
    reason: 'a modest mesh',
    source: 'scenario defaults',
  },
  {
    kind: 'default',
    key: 'links.WAN.rate',
    value: '9.6',
    unit: 'kbit/s',
    reason: 'a narrow cellular bearer',
    source: 'scenario defaults',
  },
  {
    kind: 'default',
    key: 'range',
    value: 'most',
    unit: '',
    reason: 'the most demanding end of every range',
    source: 'READINGS',
  },
  {
    kind: 'missing',
    key: 'missing.bulkFileMB',
    value: '2',
    unit: 'MB',
    reason: 'the source leaves the size open (xMB)',
    source: 'missing.yaml',
  },
  {
    kind: 'reading',
    key: '4.10.4.4/Mtr-read_multi-interval-data_cmd',
    value: '15',
    unit: 's',
    reason: 'the stricter of two latencies is for electric meters',
    source: '4.10.4.4',
  },
  {
    kind: 'choice',
    key: 'choices.fcir-control',
    value: 'dms',
    unit: '',
    reason: 'one of three controllers',
    source: '4.4.1.7',
  },
  {
    kind: 'derived',
    key: '4.15.4.7/valve_opr_cancel_cmd',
    value: '',
    unit: '',
    reason: 'by analogy with the electric switch',
    source: '4.15.4.2',
  },
  {
    kind: 'limit',
    key: 'NAN',
    value: '',
    unit: '',
    reason: 'contention on the mesh is not modelled; latencies are lower than in the field',
    source: 'model',
  },
  ...Array.from(
    { length: 40 },
    (_, i): Assumption => ({
      kind: 'default',
      key: `deployment.feeder.item${i + 1}`,
      value: String(Math.round(noise(`count ${i}`) * 100)),
      unit: '',
      reason: 'not given; scaled from the number of meters',
      source: 'scenario defaults',
    }),
  ),
];

const outOfScope: readonly OutOfScope[] = [
  ...['bulk_Cust_Subset_Acct_Premise_Info_REP_data', 'SW_opr_cmd', 'prepay_cust_enroll_cmd'].map((payload) => ({
    catalogueFlow: `4.3.4.4/${payload}/rep`,
    useCase: 'cust-info',
    section: '4.3.4.4',
    payload,
    by: 'profile' as const,
    reason: 'the profile has no retail energy provider',
  })),
  ...Array.from({ length: 18 }, (_, i) => ({
    catalogueFlow: `4.9.4.${i + 1}/NIC_firmware_update_cmd`,
    useCase: 'firmware-program-update',
    section: `4.9.4.${i + 1}`,
    payload: 'NIC_firmware_update_cmd',
    by: 'load' as const,
    reason: 'only at highload',
  })),
];

/** Believable results; equal for every call. */
export function makeResults(): Results {
  const seeds = fixtureRows.split('\n').map(flowSeed);
  const hours: HourResult[] = [];
  const links: LinkResult[] = [];
  const busyHours: BusyHourShare[] = [];
  for (const network of networks) {
    for (const direction of ['up', 'down'] as const) {
      const own = Array.from({ length: HOURS }, (_, hour) => hourRow(seeds, network, direction, hour));
      hours.push(...own);
      links.push(...network.areas.map((area) => linkRow(own, network, direction, area)));
      busyHours.push(...busyHourRows(seeds, own));
    }
  }
  return {
    run: {
      resultsVersion: RESULTS_VERSION,
      fanplan: '0.1.0',
      node: 'v20.20.2',
      scenario: 'First look: a town of 10,000 meters',
      scenarioFile: 'scenarios/first-look.yaml',
      scenarioHash: '3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed',
      catalogueHash: '89e6c98d92887913cadf06b2adb97f26cde4849b89e6c98d92887913cadf06b2',
      profile: 'AHEM3CvIW+DCSIRsF',
      load: 'baseload',
      seed: '1',
      engine: 'simulation',
      replications: REPLICATIONS,
      startLocal: '2026-07-15T00:00:00',
      zone: 'America/Chicago',
      horizonS: 86400,
      warmUpDays: [1, 1, 1, 1, 1],
      exit: 'done',
      counts: {
        flows: seeds.length,
        links: links.length,
        messages: 1234567,
        hops: 4938268,
        events: 5123456,
        ties: 321,
      },
      timing: { startedAt: '2026-07-15T09:30:00.000Z', wallS: 4.2, simulationS: 3.1 },
    },
    flows: seeds.map((seed) => seed.flow),
    tiers: tierRows(seeds[0]!.flow),
    availability: [availabilityRow(seeds[0]!.flow)],
    chains: chainRows(),
    links,
    hours,
    busyHours,
    systems: links.slice(0, 2).flatMap((link) => systemRows(link)),
    assumptions,
    outOfScope,
    deployment: [
      { name: 'electric meters', count: 8000 },
      { name: 'gas meters', count: 1500 },
      { name: 'water meters', count: 500 },
      { name: 'DAPs', count: DAPS },
      { name: 'substations', count: 4 },
      { name: 'feeders', count: 16 },
      { name: 'HAN devices', count: 1800 },
    ],
  };
}

/** A run in which nothing was sent and nothing was planned. */
export function makeEmptyResults(): Results {
  return {
    ...makeResults(),
    flows: [],
    links: [],
    tiers: [],
    availability: [],
    chains: [],
    hours: [],
    busyHours: [],
    systems: [],
    assumptions: [],
    outOfScope: [],
    deployment: [],
  };
}

/** A link of which a second system takes a quarter. */
function systemRows({ link, network, direction, area, busyHour, busyHourBps }: LinkResult): SystemLoad[] {
  const shares = { 'sg-network': 0.75, 'ami-d3': 0.25 };
  return Object.entries(shares).map(([system, share]) => ({
    link,
    network,
    direction,
    area,
    busyHour,
    system,
    busyHourBytes: (busyHourBps * 3600 * share) / 8,
    busyHourBps: busyHourBps * share,
    share: share as number,
    utilisation: (busyHourBps * share) / 1e5,
    ownBusyHour: busyHour,
    ownBusyHourBps: busyHourBps * share,
  }));
}

/** The same results with one hostile text in every text cell that a scenario or a catalogue could carry. */
export function makeHostileResults(hostile: string): Results {
  const results = makeResults();
  return {
    ...results,
    run: { ...results.run, scenario: hostile, scenarioFile: hostile, profile: hostile, seed: hostile, zone: hostile },
    flows: results.flows.map((flow, i) => ({
      ...flow,
      flow: `${hostile} ${i}`,
      useCase: hostile,
      payload: `${hostile} ${i}`,
      from: hostile,
      to: hostile,
      route: hostile,
      networks: hostile,
      verdictReason: hostile,
    })),
    links: results.links.map((link) => ({ ...link, link: hostile, network: hostile, area: hostile })),
    hours: results.hours.map((hour) => ({ ...hour, network: `${hostile} ${hour.network}`, label: hostile })),
    busyHours: results.busyHours.map((row) => ({ ...row, network: hostile, useCase: hostile, payload: hostile })),
    systems: results.systems.map((row) => ({ ...row, link: hostile, area: hostile, system: hostile })),
    assumptions: [{ kind: 'default', key: hostile, value: hostile, unit: hostile, reason: hostile, source: hostile }],
    outOfScope: [
      { catalogueFlow: hostile, useCase: hostile, section: hostile, payload: hostile, by: 'user', reason: hostile },
    ],
    deployment: [{ name: hostile, count: 1 }],
  };
}

function tierRows(flow: FlowResult): TierResult[] {
  const row = (tier: string, windowS: number, requiredShare: number, worstShare: number): TierResult => ({
    flow: flow.flow,
    catalogueFlow: flow.catalogueFlow,
    payload: flow.payload,
    tier,
    windowS,
    requiredShare,
    windows: Math.floor(86_400 / windowS),
    devices: 8000,
    capturedShare: worstShare + 0.001,
    worstShare,
    worstShareLow: worstShare - 0.002,
    worstShareHigh: worstShare + 0.002,
    verdict: worstShare - 0.002 >= requiredShare ? 'pass' : 'fail',
    verdictReason: `at least ${100 * worstShare} % of the devices captured`,
  });
  return [row('90% over 4 h', 14_400, 0.9, 0.95), row('98% over 1 day', 86_400, 0.98, 0.96)];
}

function availabilityRow(flow: FlowResult): AvailabilityResult {
  const [up, onFallback] = [0.998, 0.0015];
  return {
    flow: flow.flow,
    catalogueFlow: flow.catalogueFlow,
    payload: flow.payload,
    components: '1Ca 99.8 %',
    fallbackComponents: '1Cba 99.9 %, 1Cc 99.5 %',
    up,
    onFallback,
    down: 1 - up - onFallback,
    reliabilityUp: 0.9999,
    reliabilityOnFallback: 0.98,
    reliability: up * 0.9999 + onFallback * 0.98,
    reliabilityLow: 0.999,
    reliabilityHigh: 0.9995,
    requiredReliability: flow.requiredReliability,
    verdict: 'pass',
  };
}

function chainRows(): ChainResult[] {
  const row = (leg: string, printed: string, budgetS: number, requiredReliability: number): ChainResult => ({
    chain: 'into island mode',
    section: '4.5.4.2',
    leg,
    flows: printed === '' && leg !== 'all legs' ? '4.5.4.2/distr_cust_storage_in-island-mode_alarm/fep' : '',
    printed,
    budgetS,
    requiredReliability,
    leastB: 25,
    mostB: 50,
    latencyMeanS: budgetS / 10,
    closedFormLatencyS: budgetS / 10,
    reliability: 0.999,
  });
  return [row('leg 1', '', 4, 0.98), row('all legs', '', 26, 0.92), row('printed < 22 sec', '< 22 sec', 22, 0.94)];
}
