import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closedFormLatency } from '../../sim/closed-form.js';
import { priorityWaitsS } from '../../sim/queueing/priority-waits.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type PlanLiteral } from './plan-builder.js';

/** Mean latency by flow. */
function latencies(literal: PlanLiteral): Record<string, number> {
  const plan = buildPlan({ horizonS: 3600, ...literal });
  const { meanS } = closedFormLatency(plan, volumetrics(plan));
  return Object.fromEntries(plan.flows.name.map((name, f) => [name, meanS[f]]));
}

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs(actual! - expected) <= 1e-9 * Math.max(1, expected), `${actual}, not ${expected}`);

/** 8 kbit/s: a byte takes a millisecond. */
const slow = { rateBps: 8000 };

const latency = suite('closedFormLatency');

latency('is transmission, delay and the M/D/1 wait on one link', () => {
  // λ = 5/s of 100 B: S = 0.1 s, ρ = 0.5, W = 5 · 0.01 / (2 · 0.5) = 0.05 s
  const { s } = latencies({
    links: { 'L up': { ...slow, delayS: 0.02 } },
    sources: [{ name: 's', devices: 5, periodS: 1, sizeB: 100, path: ['L up'] }],
  });
  near(s, 0.05 + 0.1 + 0.02);
});

latency('adds up the hops, overhead included', () => {
  // Second hop: 200 B in 0.1 s at ρ = 0.5 once more.
  const { s } = latencies({
    links: { 'A up': slow, 'B up': { rateBps: 16000, delayS: 1 } },
    sources: [{ name: 's', devices: 5, periodS: 1, sizeB: 100, path: ['A up', { link: 'B up', overheadB: 100 }] }],
  });
  near(s, 0.15 + 0.15 + 1);
});

latency('mixes the sizes of all sources on a link', () => {
  // λ = 1/s of 0.1 s and 1/s of 0.3 s: λ·E[S²] = 0.01 + 0.09, ρ = 0.4, W = 0.1 / (2 · 0.6)
  const { small, large } = latencies({
    links: { 'L up': slow },
    sources: [
      { name: 'small', periodS: 1, sizeB: 100, path: ['L up'] },
      { name: 'large', periodS: 1, sizeB: 300, path: ['L up'] },
    ],
  });
  near(small, 1 / 12 + 0.1);
  near(large, 1 / 12 + 0.3);
});

latency('is that of the busiest hour of each link', () => {
  // Around the clock λ = 1/s, from 01:00 to 02:00 another 4/s.
  const { s, extra } = latencies({
    horizonS: 3 * 3600,
    windows: { rush: [[[3600, 7200]]] },
    links: { 'L up': slow },
    sources: [
      { name: 's', periodS: 1, sizeB: 100, path: ['L up'] },
      { name: 'extra', devices: 4, periodS: 1, sizeB: 100, window: 'rush', path: ['L up'] },
    ],
  });
  near(s, 0.15);
  near(extra, 0.15);
});

latency('lets urgent messages wait as Cobham says', () => {
  const [urgentS, bulkS] = priorityWaitsS([
    { perS: 1, load: 0.1, loadS: 0.01, pieceLoadS: 0.01 },
    { perS: 1, load: 0.5, loadS: 0.25, pieceLoadS: 0.25 },
  ]);
  const { alarm, bulk } = latencies({
    links: { 'L up': { ...slow, discipline: 'priority' } },
    sources: [
      { name: 'bulk', periodS: 1, sizeB: 500, priority: 3, path: ['L up'] },
      { name: 'alarm', periodS: 1, sizeB: 100, priority: 1, path: ['L up'] },
    ],
  });
  near(alarm, urgentS! + 0.1);
  near(bulk, bulkS! + 0.5);
});

latency('counts both directions of a half-duplex medium', () => {
  // 2.5/s each way: ρ = 0.5 together.
  const shared = { ...slow, server: 'medium' };
  const { out, back } = latencies({
    links: { 'L up': shared, 'L down': shared },
    sources: [
      { name: 'out', devices: 5, periodS: 2, sizeB: 100, path: ['L down'] },
      { name: 'back', devices: 5, periodS: 2, sizeB: 100, path: ['L up'] },
    ],
  });
  near(out, 0.15);
  near(back, 0.15);
});

latency('is infinite on an overloaded link, for the flows that cross it only', () => {
  const { s, other } = latencies({
    kinds: { dap: 2 },
    links: { 'L up': { ...slow, kind: 'dap' } },
    sources: [
      { name: 's', kind: 'dap', range: [0, 1], devices: 10, periodS: 1, sizeB: 100, path: ['L up'] },
      { name: 'other', kind: 'dap', range: [1, 1], devices: 5, periodS: 1, sizeB: 100, path: ['L up'] },
    ],
  });
  assert.is(s, Infinity);
  near(other, 0.15);
});

latency('is the mean over the messages of all areas', () => {
  // 5/s at 0.15 s in one area; 2/s in the other: W = 2 · 0.01 / (2 · 0.8) = 0.0125 s
  const path = [{ link: 'L up', deliver: 'both' }];
  const { both } = latencies({
    kinds: { dap: 2 },
    links: { 'L up': { ...slow, kind: 'dap' } },
    sources: [
      { name: 'big', kind: 'dap', range: [0, 1], devices: 5, periodS: 1, sizeB: 100, path },
      { name: 'small', kind: 'dap', range: [1, 1], devices: 2, periodS: 1, sizeB: 100, path },
    ],
  });
  near(both, (5 * 0.15 + 2 * 0.1125) / 7);
});

latency('follows a message to the substation that serves its area', () => {
  const { s } = latencies({
    kinds: { dap: 3, substation: 2 },
    parents: { dap: { substation: [0, 1, 1] } },
    links: { 'FAN up': { ...slow, kind: 'substation' } },
    sources: [{ name: 's', kind: 'dap', devices: 2, periodS: 1, sizeB: 100, path: ['FAN up'] }],
  });
  // Substation 1 has 4/s: W = 4 · 0.01 / (2 · 0.6) = 1/30 s
  near(s, (2 * 0.1125 + 4 * (1 / 30 + 0.1)) / 6);
});

latency('adds up along each branch of a tree on its own', () => {
  const found = latencies({
    links: { 'A up': { delayS: 1 }, 'B up': { delayS: 10 }, 'C up': { delayS: 100 }, 'D up': { delayS: 1000 } },
    sources: [
      {
        name: 's',
        path: {
          link: 'A up',
          next: [
            { link: 'B up', next: [{ link: 'D up', deliver: 'abd' }] },
            { link: 'C up', deliver: 'ac', next: [{ link: 'D up', deliver: 'acd' }] },
          ],
        },
      },
    ],
  });
  assert.equal(found, { abd: 1011, ac: 101, acd: 1101 });
});

latency('begins with an answer’s own sending', () => {
  const { cmd, ack } = latencies({
    links: { 'L down': { ...slow, delayS: 10 }, 'L up': { ...slow, delayS: 1 } },
    sources: [
      { name: 'cmd', devices: 5, periodS: 1, sizeB: 100, path: ['L down'] },
      { name: 'ack', process: 'caused', sizeB: 100, path: ['L up'] },
    ],
    causes: [{ trigger: 'cmd', source: 'ack' }],
  });
  near(cmd, 10.15);
  near(ack, 1.15);
});

latency('of a broadcast weighs each area by its listeners', () => {
  const { price } = latencies({
    kinds: { dap: 2 },
    populations: { meters: { kind: 'dap', devices: [1, 3] } },
    links: { 'WAN down': { delayS: 1 }, 'NAN down': { ...slow, kind: 'dap' } },
    sources: [
      {
        name: 'price',
        periodS: 1e9,
        sizeB: 100,
        path: ['WAN down', { link: 'NAN down', fan: 'everyInstance', listeners: 'meters' }],
      },
      { name: 'load', kind: 'dap', range: [1, 1], devices: 5, periodS: 1, sizeB: 100, path: ['NAN down'] },
    ],
  });
  assert.ok(Math.abs(price! - (1 * 1.1 + 3 * 1.15) / 4) < 1e-6, String(price));
});

latency('shares the load among the premises that have a device', () => {
  // 10 devices in 10 of 100 premises: 5/s in each, ρ = 0.5.
  const { s } = latencies({
    kinds: { dap: 1 },
    links: { 'HAN up': { ...slow, kind: 'dap', copies: 100 } },
    sources: [{ name: 's', kind: 'dap', devices: 10, periodS: 0.2, sizeB: 100, path: ['HAN up'] }],
  });
  near(s, 0.15);
});

latency('is the sum of delays where rates are unlimited, and nothing without messages', () => {
  const { s, silent } = latencies({
    links: { 'L up': { delayS: 0.5 } },
    sources: [
      { name: 's', periodS: 1e-3, sizeB: 1e6, path: ['L up', 'L up'] },
      { name: 'silent', process: 'caused', path: ['L up'] },
    ],
  });
  near(s, 1);
  assert.ok(Number.isNaN(silent));
});

latency.run();
