/** Shares of devices captured in each window: what tiers of reliability are judged by. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { simulateReplication } from '../../sim/simulate.js';
import { buildPlan, type LinkLiteral, type PlanLiteral, type SourceLiteral } from './plan-builder.js';
import { assertMean, replicate } from './replicate.js';

const run = (literal: PlanLiteral) => {
  const { tiers } = simulateReplication(buildPlan(literal), 1);
  return Object.fromEntries(Object.entries(tiers).map(([name, column]) => [name, [...column]]));
};
const tiers = (...windowS: number[]) => ({ a: { tiers: windowS.map((s) => ({ windowS: s, share: 0.9 })) } });
const links = { 'LINK up': { delayS: 1 } };
const some = (bursts: readonly number[], more: Partial<SourceLiteral> = {}): SourceLiteral => ({
  name: 'a',
  devices: 10,
  bursts,
  burstDevices: 3,
  burstFirst: true,
  path: ['LINK up'],
  ...more,
});

const captures = suite('captures');

captures('count a device once in each window in which it starts something', () => {
  const sources = [some([10, 20, 250])];
  assert.equal(run({ horizonS: 300, links, sources, flows: tiers(100) }), {
    windows: [3],
    devices: [6],
    captured: [6],
    leastShare: [1],
  });
});

captures('belong to the window of the start, though the delivery falls into the next; windows are half-open', () => {
  const late = run({ horizonS: 200, links, sources: [some([99.5])], flows: tiers(100) });
  assert.equal([late['devices'], late['captured']], [[3], [3]]);
  const next = run({ horizonS: 200, links, sources: [some([99.5, 100])], flows: tiers(100) });
  assert.equal(next['devices'], [6]);
});

captures('take a delivery within the length of a window after the start, and none later', () => {
  const slow = (delayS: number) =>
    run({ horizonS: 300, links: { 'LINK up': { delayS } }, sources: [some([10])], flows: tiers(100) });
  assert.equal(slow(100)['captured'], [3]);
  assert.equal([slow(100.5)['captured'], slow(100.5)['leastShare']], [[0], [0]]);
});

captures('leave out the window that the run cuts short, and tiers longer than the run', () => {
  const sources = [some([10, 250])];
  assert.equal(run({ horizonS: 290, links, sources, flows: tiers(100, 300, 145) }), {
    windows: [2, 0, 2],
    devices: [3, 0, 6],
    captured: [3, 0, 6],
    leastShare: [1, Number.NaN, 1],
  });
});

captures('are the same where windows are made of finer ones as where each tier is alone', () => {
  const sources = [
    some([0, 20, 99, 100, 149, 150, 199.5, 250, 300, 449.5, 599], { burstDevices: 4, burstFirst: false }),
    some([40, 360], { name: 'slow', path: ['SLOW up'] }),
  ];
  const slow = { ...links, 'SLOW up': { delayS: 120 } };
  const of = (...windowS: number[]) =>
    run({
      horizonS: 640,
      links: slow,
      sources,
      flows: { ...tiers(...windowS), slow: { tiers: tiers(...windowS).a.tiers } },
    });
  const windows = [300, 50, 70, 150, 100, 600, 50];
  const together = of(...windows);
  const alone = windows.map((windowS) => of(windowS));
  for (const name of ['windows', 'devices', 'captured', 'leastShare']) {
    for (const flow of [0, 1]) {
      const first = flow * windows.length;
      const expected = alone.map((tier) => tier[name][flow]);
      assert.equal(together[name].slice(first, first + windows.length), expected, `${name} of flow ${flow}`);
    }
  }
  assert.ok(new Set(together['captured']).size > 5);
});

captures('tell devices of instances and sources apart', () => {
  const inAreas: PlanLiteral = {
    horizonS: 100,
    kinds: { dap: 4 },
    links: { 'LINK up': { kind: 'dap' } },
    sources: [
      some([10, 20], { kind: 'dap', range: [0, 2] }),
      some([10], { name: 'b', kind: 'dap', range: [2, 2], devices: 5, path: [{ link: 'LINK up', deliver: 'a' }] }),
    ],
    flows: tiers(50),
  };
  assert.equal(run(inAreas), { windows: [2], devices: [12], captured: [12], leastShare: [1] });
});

captures('of a broadcast are its listeners, in windows in which it goes out', () => {
  assert.equal(
    run({
      horizonS: 150,
      kinds: { dap: 3 },
      links: { 'LINK down': { kind: 'dap' } },
      populations: { displays: { kind: 'dap', devices: [5, 0, 2] } },
      sources: [
        { name: 'a', bursts: [10, 60, 70], path: [{ link: 'LINK down', fan: 'everyInstance', listeners: 'displays' }] },
      ],
      flows: tiers(50),
    }),
    { windows: [3], devices: [14], captured: [14], leastShare: [1] },
  );
});

captures('of a multicast are the listeners of its area, of a message to a premise those who live there', () => {
  const literal = (path: SourceLiteral['path']): PlanLiteral => ({
    horizonS: 100,
    kinds: { dap: 2 },
    links: { 'LINK down': { kind: 'dap' }, 'HAN down': { kind: 'dap', copies: 3 } },
    populations: { displays: { kind: 'dap', devices: [5, 4] } },
    sources: [some([10], { kind: 'dap', range: [1, 1], burstDevices: 2, path })],
    flows: tiers(50),
  });
  const told = { windows: [2], leastShare: [1] };
  const area = [{ link: 'LINK down', listeners: 'displays' }];
  assert.equal(run(literal(area)), { ...told, devices: [4], captured: [4] });
  const premise = ['LINK down', { link: 'HAN down', listeners: 'displays' }];
  assert.equal(run(literal(premise)), { ...told, devices: [3], captured: [3] }, 'members 0 and 3, and 1');
  const premises = ['LINK down', { link: 'HAN down', fan: 'everyCopy' as const, listeners: 'displays' }];
  assert.equal(run(literal(premises)), { ...told, devices: [4], captured: [4] });
});

captures('of answers are those who were asked', () => {
  const { devices, captured } = run({
    horizonS: 100,
    kinds: { dap: 2 },
    links: { 'LINK down': { kind: 'dap' }, 'LINK up': { kind: 'dap' } },
    sources: [
      {
        name: 'read',
        kind: 'dap',
        devices: 7,
        bursts: [10, 20],
        burstDevices: 3,
        burstFirst: true,
        path: ['LINK down'],
      },
      { name: 'a', kind: 'dap', process: 'caused', path: ['LINK up'] },
    ],
    causes: [{ trigger: 'read', source: 'a' }],
    flows: tiers(100),
  });
  assert.equal([devices, captured], [[6], [6]]);
});

captures('do not depend on windows that end while many cells are under way', () => {
  const plan = buildPlan({
    horizonS: 7200,
    binS: 3600,
    kinds: { dap: 20 },
    links: { 'LINK up': { kind: 'dap' }, 'WAN up': { delayS: 3 } },
    sources: [some([], { kind: 'dap', process: 'poisson', periodS: 300, path: ['LINK up', 'WAN up'] })],
    flows: tiers(60),
  });
  const { tiers: cut } = simulateReplication(plan, 1);
  assert.equal(simulateReplication(plan, 1, { partition: 'single' }).tiers, cut);
  assert.is(cut.windows[0], 120);
});

captures('count who starts something at random times: 1 - exp(-rate x window) of the devices', () => {
  const plan = buildPlan({
    horizonS: 10_000,
    links,
    sources: [some([], { process: 'poisson', devices: 200, periodS: 80 })],
    flows: tiers(100),
  });
  const shares = replicate(plan, 8).map(({ tiers: t }) => t.devices[0]! / (200 * t.windows[0]!));
  assertMean(shares, 1 - Math.exp(-100 / 80), 0.01);
});

const lossy = (frameLoss: number): LinkLiteral => ({
  medium: { name: 'lossy', access: { kind: 'dedicated' }, frameLoss, residualLoss: 0, hiddenShare: 0 },
});

captures('of n sendings in a window, each lost with p: 1 - p^n', () => {
  const [p, n] = [0.6, 4];
  const plan = buildPlan({
    horizonS: 6000,
    links: { 'LINK up': lossy(p) },
    sources: [{ name: 'a', process: 'periodic', devices: 500, periodS: 1000 / n, path: ['LINK up'] }],
    flows: tiers(1000),
  });
  const runs = replicate(plan, 6);
  assertMean(
    runs.map(({ tiers: t }) => t.captured[0]! / t.devices[0]!),
    1 - p ** n,
    0.03,
  );
  assert.ok(runs.every(({ tiers: t }) => t.leastShare[0]! <= t.captured[0]! / t.devices[0]!));
});

captures('count repetitions by the application as well: 1 - p^(retries + 1)', () => {
  const [p, retries] = [0.5, 2];
  const source: SourceLiteral = { name: 'a', process: 'periodic', devices: 500, periodS: 1000, path: ['LINK up'] };
  const plan = buildPlan({
    horizonS: 6000,
    links: { 'LINK up': lossy(p) },
    // All send in the first half of a window.
    sources: [{ ...source, phase: 'synchronised', spreadS: 400, retryS: 100, retries }],
    flows: tiers(1000),
  });
  assertMean(
    replicate(plan, 6).map(({ tiers: t }) => t.captured[0]! / t.devices[0]!),
    1 - p ** (retries + 1),
    0.03,
  );
});

captures('count a repeated delivery once', () => {
  const { captured } = run({
    horizonS: 200,
    links: { 'LINK up': { delayS: 50 } },
    sources: [some([40], { retryS: 30, retries: 1 })],
    flows: tiers(100),
  });
  assert.equal(captured, [3], 'at 90 s, and again at 120 s');
});

captures.run();
