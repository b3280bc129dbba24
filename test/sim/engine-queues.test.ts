/** Simulated queues against queueing theory, over independent replications. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fifoWaitS } from '../../sim/queueing/fifo-wait.js';
import { interruptions, priorityWaitsS } from '../../sim/queueing/priority-waits.js';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type LinkLiteral, type SourceLiteral } from './plan-builder.js';
import { assertMean, meanLatencyS, replicate } from './replicate.js';

/** 1 Mbit/s: 125 B take 1 ms. */
const up = (more: LinkLiteral = {}) => ({ 'LINK up': { rateBps: 1e6, ...more } });
const poisson = (name: string, perS: number, sizeB: number, more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name,
  periodS: 1 / perS,
  sizeB,
  path: ['LINK up'],
  ...more,
});

const fifo = suite('a FIFO link');

for (const load of [0.3, 0.7]) {
  fifo(`holds messages of one size as long as Pollaczek-Khinchine says (M/D/1) at load ${load}`, () => {
    const plan = buildPlan({ horizonS: 200, links: up(), sources: [poisson('a', 1000 * load, 125)] });
    const latencies = replicate(plan, 10).map((stats) => meanLatencyS(stats, 0));
    assertMean(latencies, 0.001 + fifoWaitS(1000 * load, 0.001, 1e-6), 0.02);
  });
}

fifo('lets sizes of two flows wait equally long: the wait of the mix (M/G/1)', () => {
  const sources = [poisson('short', 400, 25), poisson('long', 100, 500)]; // 0.2 ms and 4 ms
  const plan = buildPlan({ horizonS: 100, links: up(), sources });
  const waitS = fifoWaitS(500, (400 * 0.0002 + 100 * 0.004) / 500, (400 * 0.0002 ** 2 + 100 * 0.004 ** 2) / 500);
  const runs = replicate(plan, 10);
  assertMean(
    runs.map((stats) => meanLatencyS(stats, 0)),
    0.0002 + waitS,
    0.05,
  );
  assertMean(
    runs.map((stats) => meanLatencyS(stats, 1)),
    0.004 + waitS,
    0.05,
  );
});

fifo('keeps as many bytes waiting as Little says: arrival rate x size x wait', () => {
  const plan = buildPlan({ horizonS: 60, links: up(), sources: [poisson('a', 700, 125)] });
  const waitingB = replicate(plan, 10).map((stats) => stats.links.waitingIntegralBs[0]! / 60);
  assertMean(waitingB, 700 * 125 * fifoWaitS(700, 0.001, 1e-6), 0.05);
});

fifo('behind another of the same rate never has anybody wait (tandem of equal servers, one size)', () => {
  const links = { 'LINK up': { rateBps: 1e6, delayS: 0.01 }, 'NEXT up': { rateBps: 1e6 } };
  const sources = [poisson('a', 800, 125, { path: ['LINK up', 'NEXT up'] })];
  const stats = simulateReplication(buildPlan({ horizonS: 20, links, sources }), 1);
  assert.ok(stats.links.waitingMaxB[0]! > 500, 'the first link makes them wait');
  // Messages leave the first link 1 ms apart but for the rounding of times near 20 s, 4e-15 s each.
  assert.ok(stats.links.waitingIntegralBs[1]! < 1e-6, `${stats.links.waitingIntegralBs[1]} B s`);
});

fifo('shared by both directions (half duplex) is one queue: the wait of the sum', () => {
  const links = { 'LINK up': { rateBps: 1e6, server: 'air' }, 'LINK down': { rateBps: 1e6, server: 'air' } };
  const sources = [poisson('a', 350, 125), poisson('b', 350, 125, { path: ['LINK down'] })];
  const plan = buildPlan({ horizonS: 200, links, sources });
  const latencies = replicate(plan, 10).map((stats) => meanLatencyS(stats, 1));
  assertMean(latencies, 0.001 + fifoWaitS(700, 0.001, 1e-6), 0.03);
});

fifo.run();

const priority = suite('a priority link');

priority('serves each class as fast as Cobham says, without interrupting', () => {
  const rows = [
    { perS: 200, sizeB: 125 },
    { perS: 300, sizeB: 125 },
    { perS: 50, sizeB: 625 },
  ];
  const sources = rows.map(({ perS, sizeB }, i) => poisson(`class ${i}`, perS, sizeB, { priority: i }));
  const plan = buildPlan({ horizonS: 100, links: up({ discipline: 'priority' }), sources });
  const services = rows.map(({ sizeB }) => sizeB / 125_000);
  const waits = priorityWaitsS(
    rows.map(({ perS }, i) => {
      const loadS = perS * services[i]! ** 2;
      return { perS, load: perS * services[i]!, loadS, pieceLoadS: loadS };
    }),
  );
  const runs = replicate(plan, 10);
  for (const [i, waitS] of waits.entries()) {
    assertMean(
      runs.map((stats) => meanLatencyS(stats, i)),
      services[i]! + waitS,
      0.05,
    );
  }
});

priority('lets bulk yield after each quantum: urgent messages wait for a piece, bulk is stretched', () => {
  const bulkB = 12_500; // 0.1 s in 20 pieces of 5 ms
  const sources = [poisson('urgent', 50, 500, { priority: 0 }), poisson('bulk', 5, bulkB, { priority: 3 })];
  const plan = buildPlan({ horizonS: 1000, links: up({ discipline: 'priority', quantumB: 625 }), sources });
  const classes = [
    { perS: 50, load: 0.2, loadS: 50 * 0.004 ** 2, pieceLoadS: 50 * 0.004 ** 2 },
    { perS: 5, load: 0.5, loadS: 5 * 0.1 ** 2, pieceLoadS: 5 * 20 * 0.005 ** 2 },
  ];
  const waits = priorityWaitsS(classes);
  const runs = replicate(plan, 10);
  const means = (flow: number) => runs.map((stats) => meanLatencyS(stats, flow));
  assertMean(means(0), 0.004 + waits[0]!, 0.05);
  assertMean(means(1), 0.1 + waits[1]! + (0.1 - 0.005) * interruptions(classes)[1]!, 0.05);
});

priority('with one class is a FIFO link, to the bit', () => {
  const sources = [poisson('a', 500, 125), poisson('b', 100, 400)];
  const [asFifo, asPriority] = (['fifo', 'priority'] as const).map((discipline) =>
    simulateReplication(buildPlan({ horizonS: 20, links: up({ discipline }), sources }), 1),
  );
  assert.equal(asPriority!.flows, asFifo!.flows);
  assert.equal(asPriority!.links.waitingMaxB, asFifo!.links.waitingMaxB);
});

priority.run();

/**
 * Share of arrivals that an M/D/1 queue for at most `places` (in service included) turns away: 1 - 1 / (p0 + load), with
 * p0 the share of departures that leave it empty, from the chain of departures (Gross & Harris, section 5.1.8).
 */
function lossMd1k(load: number, places: number): number {
  const arrivals = [Math.exp(-load)]; // probability of n arrivals in a service
  for (let n = 1; n <= places; n++) arrivals.push((arrivals[n - 1]! * load) / n);
  const p = [1];
  for (let j = 0; j + 1 < places; j++) {
    let flow = p[j]! - p[0]! * arrivals[j]!;
    for (let i = 1; i <= j; i++) flow -= p[i]! * arrivals[j - i + 1]!;
    p.push(flow / arrivals[0]!);
  }
  const empty = 1 / p.reduce((sum, value) => sum + value, 0);
  return 1 - 1 / (empty + load);
}

const buffer = suite('a finite buffer');

buffer('the formula of the test gives Erlang loss for no waiting place: load / (1 + load)', () => {
  assert.ok(Math.abs(lossMd1k(0.8, 1) - 0.8 / 1.8) < 1e-12);
});

for (const [load, waitingPlaces] of [
  [0.9, 0],
  [0.9, 3],
  [1.4, 5],
] as const) {
  for (const discipline of ['fifo', 'priority'] as const) {
    buffer(
      `for ${waitingPlaces} messages loses the share of M/D/1/${waitingPlaces + 1} at load ${load} (${discipline})`,
      () => {
        const links = up({ bufferB: waitingPlaces * 125, discipline });
        const plan = buildPlan({ horizonS: 30, links, sources: [poisson('a', 1000 * load, 125)] });
        const runs = replicate(plan, 8);
        assertMean(
          runs.map(({ flows }) => flows.lost[0]! / flows.sent[0]!),
          lossMd1k(load, waitingPlaces + 1),
          0.05,
        );
        assert.equal(
          runs.map(({ links }) => links.droppedMessages[0]),
          runs.map(({ flows }) => flows.lost[0]),
        );
        assert.ok(runs.every(({ links }) => links.waitingMaxB[0] === waitingPlaces * 125));
      },
    );
  }
}

buffer.run();
