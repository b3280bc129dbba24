import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closedFormLatency } from '../../sim/closed-form.js';
import type { Plan } from '../../sim/plan.js';
import type { LatencyHistogram, ReplicationStats } from '../../sim/replication.js';
import type { FlowResult } from '../../sim/results.js';
import { summarise } from '../../sim/summary.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type FlowLiteral, type PlanLiteral } from './plan-builder.js';

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${actual}, not ${expected}`);

/** What one replication says about the only flow; link columns are `linkFill` everywhere. */
interface Told {
  readonly latenciesS?: readonly number[];
  readonly late?: number;
  readonly lost?: number;
  readonly inFlightStart?: number;
  readonly inFlightEnd?: number;
  readonly inFlightLate?: number;
  readonly duplicates?: number;
  readonly resent?: number;
  readonly deadlineMissed?: number;
  readonly sinceEventS?: readonly number[];
  readonly captured?: number;
  readonly leastShare?: number;
  readonly linkFill?: number;
  readonly bins?: (row: number, bin: number) => number;
}

function statsOf(plan: Plan, replication: number, told: Told): ReplicationStats {
  const { linkStart } = volumetrics(plan);
  const rows = linkStart[linkStart.length - 1];
  const bins = plan.time.binLabel.length;
  const latenciesS = told.latenciesS ?? [];
  const one = (value = 0) => Float64Array.of(value);
  const column = () => new Float64Array(rows).fill(told.linkFill ?? 0);
  const perBin = () =>
    Float64Array.from({ length: rows * bins }, (_, i) => told.bins?.(Math.floor(i / bins), i % bins) ?? 0);
  const inFlight = (told.inFlightEnd ?? 0) - (told.inFlightStart ?? 0);
  return {
    replication,
    warmUpDays: 1,
    settled: true,
    counts: { messages: 0, hops: 0, events: 0, ties: 0 },
    flows: {
      sent: one(latenciesS.length + (told.lost ?? 0) + inFlight),
      delivered: one(latenciesS.length),
      lateDelivered: one(told.late),
      lost: one(told.lost),
      inFlightStart: one(told.inFlightStart),
      inFlightEnd: one(told.inFlightEnd),
      inFlightLate: one(told.inFlightLate),
      latencySumS: one(latenciesS.reduce((total, value) => total + value, 0)),
      latencyMaxS: one(Math.max(0, ...latenciesS)),
      histogram: [histogramOf(latenciesS)],
      duplicates: one(told.duplicates),
      resent: one(told.resent),
      deadlineMissed: one(told.deadlineMissed),
      sinceEvent: [histogramOf(told.sinceEventS ?? [])],
    },
    tiers: {
      windows: Float64Array.from(plan.tiers.windowS, (windowS) => Math.floor(plan.time.horizonS / windowS)),
      devices: Float64Array.from(plan.tiers.flow, () => 200),
      captured: Float64Array.from(plan.tiers.flow, () => told.captured ?? 0),
      leastShare: Float64Array.from(plan.tiers.flow, () => told.leastShare ?? 0),
    },
    linkStart,
    links: {
      messages: column(),
      bytes: column(),
      carriedB: column(),
      droppedMessages: column(),
      busiest10sB: column(),
      waitingIntegralBs: column(),
      waitingMaxB: column(),
      inSystemStart: column(),
      inSystemEnd: column(),
      frames: column(),
      retries: column(),
      collisions: column(),
      lostMessages: column(),
      airtimeS: column(),
      idleS: column(),
    },
    bins: { bytes: perBin(), messages: perBin() },
  };
}

function histogramOf(values: readonly number[]): LatencyHistogram {
  const buckets = values.map((value) => Math.floor(new Uint32Array(new Float64Array([value]).buffer)[1] / 2 ** 13));
  const first = Math.min(...buckets);
  const counts = new Float64Array(values.length === 0 ? 0 : Math.max(...buckets) - first + 1);
  for (const bucket of buckets) counts[bucket - first]++;
  return { first, counts };
}

function planOf(flow: FlowLiteral = {}, literal: Partial<PlanLiteral> = {}): Plan {
  return buildPlan({
    horizonS: 7200,
    links: { 'WAN up': { rateBps: 8000 } },
    endpoints: { centre: 50 },
    sources: [{ name: 'read', devices: 100, periodS: 3600, sizeB: 90, path: [{ link: 'WAN up', overheadB: 10 }] }],
    flows: { read: { budgetS: 2, requiredReliability: 0.9, useCase: 'meter-reading', ...flow } },
    ...literal,
  });
}

function summaryOf(plan: Plan, told: readonly Told[]) {
  const expected = volumetrics(plan);
  const replications = told.map((one, r) => statsOf(plan, r, one));
  const engine = told.length === 0 ? 'closed-form' : 'simulation';
  return summarise(plan, replications, expected, closedFormLatency(plan, expected), engine);
}

const flowOf = (plan: Plan, told: readonly Told[]): FlowResult => summaryOf(plan, told).flows[0];
const hundred = (latencyS: number) => new Array(100).fill(latencyS);

const flows = suite('summarise, flows');

flows('adds up counts over replications; late are the delivered and the waiting past the budget', () => {
  const row = flowOf(planOf(), [
    { latenciesS: [1, 3], late: 1, lost: 2, inFlightStart: 1, inFlightEnd: 5, inFlightLate: 4 },
    { latenciesS: [1], lost: 1 },
  ]);
  const { sent, delivered, late, lost, inFlightStart, inFlightEnd } = row;
  assert.equal([sent, delivered, late, lost, inFlightStart, inFlightEnd], [10, 3, 5, 3, 1, 5]);
  assert.is(inFlightStart + sent, delivered + lost + inFlightEnd);
});

flows('keeps what is expected per run beside it', () => {
  const row = flowOf(planOf(), [{ latenciesS: [1] }, { latenciesS: [1] }]);
  assert.is(row.expectedSent, 200);
  // λ = 100/3600 per second of 0.1 s
  const [perS, serviceS] = [100 / 3600, 0.1];
  near(row.closedFormLatencyS, serviceS + (perS * serviceS ** 2) / (2 * (1 - perS * serviceS)));
});

flows('counts repetitions of the application and second deliveries apart', () => {
  const row = flowOf(planOf(), [
    { latenciesS: [1], resent: 3, duplicates: 2 },
    { latenciesS: [1], resent: 1 },
  ]);
  assert.equal([row.sent, row.delivered, row.resent, row.duplicates], [2, 2, 4, 2]);
});

flows('judges tiers by the worst window, and the flow by the worst of its requirements', () => {
  const tiers = [
    { windowS: 3600, share: 0.9 },
    { windowS: 86_400, share: 0.98 },
  ];
  const plan = planOf({ requiredReliability: NaN, tiers });
  const told = { latenciesS: hundred(1), captured: 190, leastShare: 0.92 };
  const pass = summaryOf(plan, [told, told]);
  assert.equal(
    pass.tiers.map(({ verdict, capturedShare, worstShare }) => [verdict, capturedShare, worstShare]),
    [
      ['pass', 0.95, 0.92],
      ['not judged', 0.95, 0.92],
    ],
  );
  assert.is(pass.flows[0].verdict, 'pass');
  assert.match(pass.flows[0].verdictReason, 'the run is 2 h');
  const poor = { ...told, leastShare: 0.8 };
  assert.is(summaryOf(plan, [poor, poor]).flows[0].verdict, 'fail');
  assert.is(summaryOf(plan, [told, poor]).flows[0].verdict, 'undecided');
});

flows('judges what a deadline after an event demands, though every message kept its own budget', () => {
  const plan = planOf({ deadlineS: 10 });
  const told = { latenciesS: hundred(1), sinceEventS: hundred(8) };
  assert.is(flowOf(plan, [told, told]).verdict, 'pass');
  const late = { ...told, deadlineMissed: 20 };
  const row = flowOf(plan, [late, late]);
  assert.equal([row.verdict, row.deadlineShare], ['fail', 0.8]);
  assert.match(row.verdictReason, '10 s after the event: at most 80 % in time');
});

flows('pools latencies and gives the mean the spread of the replications', () => {
  const row = flowOf(planOf(), [{ latenciesS: [1, 1, 1] }, { latenciesS: [3] }]);
  assert.is(row.latencyMeanS, 1.5);
  near(row.latencyMeanHalfWidthS, 12.706204736432095);
  assert.is(row.latencyMaxS, 3);
});

flows('reports the upper edge of a percentile’s bucket, never beyond the largest latency', () => {
  const { latencyP50S, latencyP95S } = flowOf(planOf(), [
    { latenciesS: [...hundred(1), ...hundred(1.5)] },
    { latenciesS: [...hundred(1), ...hundred(1.5)] },
  ]);
  assert.is(latencyP50S, 1.0078125);
  assert.is(latencyP95S, 1.5);
});

flows('has no percentile and no half width where there are too few messages or replications', () => {
  const few = flowOf(planOf(), [{ latenciesS: hundred(1) }, { latenciesS: hundred(1) }]);
  assert.not(Number.isNaN(few.latencyP95S));
  assert.ok(Number.isNaN(few.latencyP95HalfWidthS)); // 100 in each replication
  assert.ok(Number.isNaN(few.latencyP99S));
  const once = flowOf(planOf(), [{ latenciesS: hundred(1) }]);
  assert.ok(Number.isNaN(once.latencyMeanHalfWidthS));
});

flows('has the half width of the 95th percentile over replications with 200 messages each', () => {
  const twoHundred = (latencyS: number) => ({ latenciesS: [...hundred(latencyS), ...hundred(latencyS)] });
  const row = flowOf(planOf(), [twoHundred(1), twoHundred(2)]);
  // Buckets end at 1.0078125 and 2.015625: half of the difference, times t at one degree of freedom.
  near(row.latencyP95HalfWidthS, (12.706204736432095 * 1.0078125) / 2);
});

flows('judges the share of messages with a known outcome; those on their way in time do not count', () => {
  const told = { latenciesS: hundred(1), late: 2, lost: 10, inFlightEnd: 40, inFlightLate: 15 };
  const row = flowOf(planOf({ requiredReliability: 0.99 }), [told, told, told]);
  near(row.reliability, 98 / 125);
  assert.is(row.verdict, 'fail');
});

flows('passes on few messages that are all in time, and says that they are few', () => {
  const five = Array.from({ length: 5 }, () => ({ latenciesS: [1, 1, 1, 1, 1, 1] }));
  const row = flowOf(planOf({ requiredReliability: 0.88 }), five);
  // 30 of 30: Wilson's lower bound is 30 / (30 + 1.96²) = 0.8865.
  assert.equal([row.reliabilityLow, row.verdict, row.evidence], [1, 'pass', 'enough']);
  const rare = flowOf(planOf({ requiredReliability: 0.995 }), five);
  assert.equal([rare.verdict, rare.evidence], ['pass', 'few']);
});

flows('measures the margin by the 95th percentile, by the mean where there is none', () => {
  near(flowOf(planOf(), [{ latenciesS: [...hundred(1), ...hundred(3)] }]).margin, -0.5);
  near(flowOf(planOf(), [{ latenciesS: [1, 1] }]).margin, 0.5);
  assert.ok(Number.isNaN(flowOf(planOf({ budgetS: NaN }), [{ latenciesS: [1] }]).margin));
});

flows('is not exercised without messages', () => {
  const row = flowOf(planOf(), [{}, {}]);
  assert.is(row.verdict, 'not exercised');
  assert.ok(Number.isNaN(row.latencyMeanS) && Number.isNaN(row.latencyMaxS) && Number.isNaN(row.reliability));
});

flows.run();

const closed = suite('summarise, closed form');

closed('has expectations for counts and NaN for what only a simulation tells', () => {
  const row = flowOf(planOf(), []);
  assert.is(row.sent, 200);
  for (const value of [row.delivered, row.late, row.lost, row.latencyMeanS, row.latencyP95S, row.reliability]) {
    assert.ok(Number.isNaN(value));
  }
  assert.is(row.verdict, 'undecided');
  near(row.margin, (2 - row.closedFormLatencyS) / 2);
});

closed('fails on an overloaded link, with no end to the margin', () => {
  const row = flowOf(planOf({}, { links: { 'WAN up': { rateBps: 8 } } }), []);
  assert.is(row.closedFormLatencyS, Infinity);
  assert.is(row.verdict, 'fail');
  assert.is(row.margin, -Infinity);
});

closed('has the expected load of each link and hour', () => {
  const { links, hours } = summaryOf(planOf(), []);
  const link = links[0];
  assert.equal([link.offeredMessages, link.offeredB, link.closedFormB], [200, 20000, 20000]);
  // 50 endpoints, two hours of 24
  assert.equal([link.endpoints, link.messagesPerEndpointDay, link.bytesPerEndpointDay], [50, 48, 4800]);
  near(link.utilisation, 20000 / 7200 / 1000);
  for (const value of [link.carriedB, link.busiest10sBps, link.queueMeanB, link.queueMaxB, link.drops]) {
    assert.ok(Number.isNaN(value));
  }
  assert.equal(
    hours.map((hour) => [hour.bytes, hour.closedFormBytes]),
    [
      [10000, 10000],
      [10000, 10000],
    ],
  );
});

closed('must not be given replications, nor a simulation none', () => {
  const plan = planOf();
  const expected = volumetrics(plan);
  const latencies = closedFormLatency(plan, expected);
  assert.throws(
    () => summarise(plan, [], expected, latencies, 'simulation'),
    /0 replications of the engine simulation/,
  );
  assert.throws(() => summarise(plan, [statsOf(plan, 0, {})], expected, latencies, 'closed-form'), /1 replications/);
});

closed.run();

const links = suite('summarise, links and hours');

const areas: Partial<PlanLiteral> = {
  kinds: { dap: 2 },
  links: { 'NAN up': { kind: 'dap', rateBps: 8000 }, 'NAN down': { kind: 'dap', rateBps: 16000 }, 'LAN up': {} },
  sources: [{ name: 'read', kind: 'dap', periodS: 3600, path: ['NAN up', 'LAN up'] }],
};

links('has a row per area instance, numbered from 1', () => {
  const rows = summaryOf(planOf({}, areas), [{}, {}]).links;
  assert.equal(
    rows.map((row) => [row.link, row.area, row.direction]),
    [
      ['NAN up', 'dap 1', 'up'],
      ['NAN up', 'dap 2', 'up'],
      ['NAN down', 'dap 1', 'down'],
      ['NAN down', 'dap 2', 'down'],
      ['LAN up', 'centre', 'up'],
    ],
  );
});

links('takes means over the replications, and the largest queue', () => {
  const row = summaryOf(planOf(), [{ linkFill: 7200 }, { linkFill: 14400 }]).links[0];
  assert.is(row.offeredB, 10800);
  assert.is(row.meanBps, 12);
  assert.is(row.carriedB, 10800);
  near(row.utilisation, 12 / 8000);
  assert.is(row.queueMeanB, 1.5);
  assert.is(row.queueMaxB, 14400);
  assert.is(row.drops, 10800);
  assert.is(row.busiest10sBps, 8640);
});

links('measures the busy hour of each link by its own bytes', () => {
  const bins = (row: number, bin: number) => (row === bin ? 450_000 : 90_000);
  const [first, second] = summaryOf(planOf({}, areas), [{ bins }, { bins }]).links;
  assert.equal([first!.busyHourBps, second!.busyHourBps], [1000, 1000]);
  near(first!.busyHourUtilisation, 0.125);
  assert.not.equal(first!.busyHour, second!.busyHour);
});

links('counts both directions towards the utilisation of a half-duplex medium', () => {
  const shared = { kind: 'dap', rateBps: 8000, server: 'medium' };
  const plan = planOf({}, { ...areas, links: { 'NAN up': shared, 'NAN down': shared, 'LAN up': {} } });
  const rows = summaryOf(plan, [{ linkFill: 720_000, bins: () => 360_000 }]);
  near(rows.links[0].utilisation, 0.2);
  near(rows.links[0].busyHourUtilisation, 0.2);
  near(rows.hours[0].utilisation, 0.2);
});

links('spreads the time that a medium was taken over the hours by their bytes', () => {
  const air = { name: 'air', access: { kind: 'dedicated' }, frameLoss: 0, residualLoss: 0, hiddenShare: 0 } as const;
  const plan = planOf({}, { ...areas, links: { 'NAN up': { kind: 'dap', rateBps: 8000, medium: air }, 'LAN up': {} } });
  // 1800 s for 1800 bytes in two hours: repetitions, which no formula foresaw.
  const { links: rows, hours } = summaryOf(plan, [{ linkFill: 1800, bins: (_, bin) => (bin === 0 ? 1350 : 450) }]);
  near(rows[0].utilisation, 0.25);
  near(rows[0].busyHourUtilisation, 0.375);
  near(hours[1].utilisation, 0.125);
});

links('averages premises, which share nothing', () => {
  const plan = planOf({}, { ...areas, links: { 'NAN up': { kind: 'dap', rateBps: 8000, copies: 10 }, 'LAN up': {} } });
  near(summaryOf(plan, [{ linkFill: 720_000 }]).links[0].utilisation, 0.01);
});

links('has a row per network, direction and bin, the worst link beside the whole', () => {
  // Area 1 offers 360 kB an hour, 0.8 kbit/s; area 2 a quarter of it.
  const bins = (row: number) => [360_000, 90_000, 0, 0, 450_000][row];
  const { hours } = summaryOf(planOf({}, areas), [{ bins }]);
  assert.equal(
    hours.map((row) => `${row.network} ${row.direction} ${row.bin}`),
    ['NAN down 0', 'NAN down 1', 'NAN up 0', 'NAN up 1', 'LAN up 0', 'LAN up 1'],
  );
  const nan = hours[2];
  assert.equal([nan.bytes, nan.bps], [450_000, 1000]);
  near(nan.utilisation, 1000 / 16000);
  near(nan.worstUtilisation, 0.1);
  assert.equal([hours[4].bytes, hours[4].utilisation, hours[4].worstUtilisation], [450_000, 0, 0]);
});

links(
  'gives the load of an hour an interval over the replications, of the whole network, and none to a single one',
  () => {
    // Areas of 360 and 90 kB, then half of that: 1000 and 500 bit/s. Student's t of one degree of freedom is Cauchy's: a tangent, 12.7062.
    const whole = { bins: (row: number) => [360_000, 90_000, 0, 0, 0][row] };
    const half = { bins: (row: number) => [180_000, 45_000, 0, 0, 0][row] };
    const { hours } = summaryOf(planOf({}, areas), [whole, half]);
    near(hours[2].bps, 750);
    near(hours[2].bpsHalfWidth / 250, Math.tan(0.475 * Math.PI));
    assert.ok(Number.isNaN(summaryOf(planOf({}, areas), [whole]).hours[2].bpsHalfWidth));
  },
);

links('sums hours to the total of the links', () => {
  const bins = (row: number, bin: number) => 1000 * (row + 1) + bin;
  const summary = summaryOf(planOf({}, areas), [{ bins }, { bins: (row) => row }]);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const ofRows = sum([0, 1, 2, 3, 4].flatMap((row) => [0, 1].map((bin) => (bins(row, bin) + row) / 2)));
  near(sum(summary.hours.map((hour) => hour.bytes)), ofRows);
});

links.run();

const busy = suite('summarise, busy hours');

busy('names payloads by bytes, the largest first', () => {
  const plan = buildPlan({
    horizonS: 7200,
    windows: { first: [[[0, 3600]]], second: [[[3600, 7200]]] },
    links: { 'WAN up': {}, 'WAN down': {} },
    sources: [
      { name: 'alarm', devices: 10, periodS: 3600, sizeB: 100, path: ['WAN up'] },
      { name: 'read', devices: 10, periodS: 3600, sizeB: 300, window: 'second', path: ['WAN up'] },
      { name: 'early', devices: 10, periodS: 3600, sizeB: 299, window: 'first', path: ['WAN up'] },
    ],
    flows: { alarm: { useCase: 'outage' }, read: { useCase: 'meter-reading' } },
  });
  const rows = summaryOf(plan, []).busyHours;
  assert.equal(
    rows.map((row) => [row.network, row.direction, row.useCase, row.payload, row.bytes, row.share]),
    [
      ['WAN', 'up', 'meter-reading', 'read', 3000, 0.75],
      ['WAN', 'up', 'outage', 'alarm', 1000, 0.25],
    ],
  );
});

busy.run();
