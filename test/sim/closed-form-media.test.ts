/** Closed form and simulation of the same small plans: media, carriers, replies, repetitions. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closedFormLatency } from '../../sim/closed-form.js';
import { histogramQuantile } from '../../sim/histogram-quantile.js';
import type { Access, Medium } from '../../sim/media.js';
import { simulateReplication } from '../../sim/simulate.js';
import { transmitterLoad } from '../../sim/transmitter-load.js';
import { volumetrics } from '../../sim/volumetrics.js';
import { buildPlan, type HopObject, type LinkLiteral, type PlanLiteral, type SourceLiteral } from './plan-builder.js';

const near = (actual: number | undefined, expected: number | undefined, relative: number, what = '') =>
  assert.ok(
    Math.abs(actual! - expected!) <= relative * Math.max(1e-12, Math.abs(expected!)),
    `${what} ${actual}, not ${expected}`,
  );

const framing = { lastB: 100, lastS: 0.02, gapS: 0.001, ackS: 0.004 };
const medium = (access: Access, changes: Partial<Medium> = {}): Medium => ({
  name: 'test',
  access,
  frameLoss: 0.05,
  residualLoss: 0.01,
  hiddenShare: 0,
  arq: { retries: 3, timeoutS: 0.005 },
  ...changes,
});

/** 100 endpoints that send `perS` together. */
function upFrom(perS: number, of: Medium): PlanLiteral {
  return {
    horizonS: 3600,
    kinds: { dap: 1 },
    endpoints: { dap: 100 },
    links: { 'NAN up': { kind: 'dap', delayS: 0.01, medium: of } },
    sources: [
      {
        name: 's',
        kind: 'dap',
        devices: 100,
        periodS: 100 / perS,
        sizeB: 50,
        path: [{ link: 'NAN up', framing }],
      },
    ],
  };
}

interface Tolerance {
  readonly mean: number;
  readonly p95?: number;
  readonly lost?: number;
  readonly airtime?: number;
}

/** Flow 0 and link 0; relative. */
function agree(literal: PlanLiteral, { mean, p95, lost, airtime }: Tolerance): void {
  const plan = buildPlan(literal);
  const expected = volumetrics(plan);
  const { meanS, p95S, reliability, holds, reason } = closedFormLatency(plan, expected);
  const stats = simulateReplication(plan, 1);
  assert.is(holds[0], 'valid', reason[0]);
  near(meanS[0], stats.flows.latencySumS[0]! / stats.flows.delivered[0]!, mean, 'mean');
  if (p95 !== undefined) near(p95S[0], histogramQuantile(stats.flows.histogram[0]!, 0.95), p95, 'p95');
  const gone = stats.flows.lost[0]! / (stats.flows.lost[0]! + stats.flows.delivered[0]!);
  if (lost !== undefined)
    assert.ok(Math.abs(1 - reliability[0]! - gone) <= lost, `lost ${1 - reliability[0]!}, not ${gone}`);
  near(expected.links.messages[0], stats.links.messages[0], 0.05, 'messages');
  near(expected.links.bytes[0], stats.links.bytes[0], 0.05, 'bytes');
  if (airtime !== undefined) near(expected.links.airtimeS[0], stats.links.airtimeS[0], airtime, 'airtime');
}

const both = suite('closed form and simulation');

both('agree on a dedicated medium with repetitions', () => {
  agree(upFrom(20, medium({ kind: 'dedicated' })), { mean: 0.03, p95: 0.05, lost: 0.003, airtime: 0.03 });
});

both('agree on frames that nobody repeats', () => {
  const { arq: _, ...once } = medium({ kind: 'dedicated' });
  agree(upFrom(20, once), { mean: 0.03, p95: 0.05, lost: 0.006, airtime: 0.03 });
});

both('agree on ALOHA with copies', () => {
  const { arq: _, ...once } = medium({ kind: 'aloha', slotS: 0, copies: 3, spreadS: 2 });
  agree(upFrom(3, once), { mean: 0.1, p95: 0.2, lost: 0.01, airtime: 0.08 });
});

both('agree on CSMA/CA of 802.15.4', () => {
  const access = {
    kind: 'csma-802.15.4',
    leastExponent: 3,
    mostExponent: 5,
    backoffs: 8,
    unitBackoffS: 1.16e-3,
    ccaS: 160e-6,
    turnaroundS: 1e-3,
  } as const;
  agree(upFrom(2, medium(access)), { mean: 0.03, p95: 0.2, lost: 0.004, airtime: 0.05 });
  agree(upFrom(8, medium(access)), { mean: 0.06, p95: 0.25, lost: 0.006, airtime: 0.1 });
});

both('agree on a mesh with hidden pairs and waits before repetitions', () => {
  const hop = {
    kind: 'csma-802.15.4',
    leastExponent: 3,
    mostExponent: 5,
    backoffs: 8,
    unitBackoffS: 1.16e-3,
    ccaS: 160e-6,
    turnaroundS: 1e-3,
  } as const;
  const mesh = { kind: 'mesh', hop, ringShares: [0.4, 0.3, 0.3], sectors: 3, relayS: 0.01 } as const;
  const arq = { retries: 7, timeoutS: 0.005, backoffS: 0.1 };
  const tolerance = { mean: 0.06, p95: 0.15, lost: 0.006, airtime: 0.1 };
  agree(upFrom(2, medium(mesh, { arq })), tolerance);
  agree(upFrom(2, medium(mesh, { arq, hiddenShare: 0.2 })), tolerance);
});

both('agree on DCF', () => {
  const access = {
    kind: 'dcf-802.11',
    slotS: 20e-6,
    sifsS: 10e-6,
    difsS: 50e-6,
    leastWindow: 31,
    mostWindow: 1023,
  } as const;
  agree(upFrom(15, medium(access)), { mean: 0.06, p95: 0.25, lost: 0.004, airtime: 0.05 });
});

both('agree on polling', () => {
  const access = {
    kind: 'polled',
    pollS: 0.01,
    turnaroundS: 0.005,
    emptyS: 0.005,
    timeoutS: 0.05,
    retries: 2,
  } as const;
  agree(upFrom(5, medium(access, { frameLoss: 0.01 })), { mean: 0.06, p95: 0.15, lost: 0.004 });
});

both('agree on grants of a base station', () => {
  const access = {
    kind: 'scheduled',
    grantDelayS: 0.02,
    grantPeriodS: 0.01,
    promotionS: 0.2,
    inactivityS: 10,
    pagingS: 0.3,
  } as const;
  agree(upFrom(10, medium(access)), { mean: 0.04, lost: 0.004, airtime: 0.03 });
});

both('agree on carriers that go when they are old, full or asked for', () => {
  const held = (hold: HopObject['hold']): PlanLiteral => ({
    horizonS: 36_000,
    links: { 'WAN up': { rateBps: 8000 }, 'WAN down': {} },
    sources: [
      { name: 'reads', devices: 50, periodS: 100, sizeB: 100, path: [{ link: 'WAN up', overheadB: 20, hold: hold! }] },
      { name: 'ask', process: 'periodic', periodS: 60, path: ['WAN down'] },
    ],
  });
  agree(held({ ageS: 5 }), { mean: 0.05, airtime: 0.03 });
  agree(held({ sizeB: 1000, ageS: 60 }), { mean: 0.05, airtime: 0.03 });
  agree(held({ untilFlow: 'ask' }), { mean: 0.05, airtime: 0.03 });
});

both('agree on what the application sends again', () => {
  const again: SourceLiteral = { ...upFrom(2, medium({ kind: 'dedicated' })).sources[0]!, retryS: 30, retries: 3 };
  const lossy = medium({ kind: 'dedicated' }, { frameLoss: 0.2, arq: { retries: 0, timeoutS: 0.005 } });
  agree({ ...upFrom(2, lossy), sources: [again] }, { mean: 0.1, lost: 0.004 });
});

both.run();

const exact = suite('volumetrics of media');
const volumes = (links: Record<string, LinkLiteral>, path: readonly HopObject[]) => {
  const plan = buildPlan({ links, sources: [{ name: 's', process: 'periodic', periodS: 3600, sizeB: 50, path }] });
  return { plan, expected: volumetrics(plan) };
};
const lossless = (access: Access) => medium(access, { frameLoss: 0, residualLoss: 0 });

exact('count bytes and airtime of frames, gaps and acknowledgements', () => {
  const frames = { frames: 3, fullB: 120, lastB: 50, fullS: 0.03, lastS: 0.0125, gapS: 0.001, ackS: 0.002 };
  const { expected } = volumes({ 'A up': { medium: lossless({ kind: 'dedicated' }) } }, [
    { link: 'A up', framing: frames },
  ]);
  near(expected.links.bytes[0], 24 * 290, 1e-12);
  near(expected.links.airtimeS[0], 24 * (0.0725 + 3 * 0.003), 1e-12);
});

exact('count a reply in addition, on its own link', () => {
  const dedicated = { medium: lossless({ kind: 'dedicated' }) };
  const reply = { link: 'A down', framing: { lastB: 40, lastS: 0.01 } };
  const { expected } = volumes({ 'A up': dedicated, 'A down': dedicated }, [{ link: 'A up', framing, reply }]);
  assert.equal([...expected.links.messages], [24, 24]);
  assert.equal([...expected.links.bytes], [2400, 960]);
  assert.is(expected.flows.delivered[0], 24);
});

exact('send on what got through: (1 − p^(r + 1))^n of it', () => {
  const lossy = medium({ kind: 'dedicated' }, { frameLoss: 0.5, residualLoss: 0, arq: { retries: 1, timeoutS: 0.01 } });
  const two = { frames: 2, lastB: 100, lastS: 0.02 };
  const { expected } = volumes({ 'A up': { medium: lossy }, 'B up': {} }, [
    { link: 'A up', framing: two },
    { link: 'B up' },
  ]);
  near(expected.links.messages[1], 24 * 0.75 ** 2, 1e-12);
  assert.is(expected.flows.delivered[0], 24);
});

exact('take the airtime of all relays of a mesh, of which the gateway’s domain bears three', () => {
  const hop = { kind: 'aloha', slotS: 0, copies: 1, spreadS: 1 } as const;
  const mesh = lossless({ kind: 'mesh', hop, ringShares: [0.25, 0.25, 0, 0, 0.5], sectors: 3, relayS: 0.01 });
  const { plan, expected } = volumes({ 'NAN up': { medium: mesh } }, [
    { link: 'NAN up', framing: { lastB: 100, lastS: 0.02 } },
  ]);
  const hops = 0.25 + 0.5 + 2.5;
  near(expected.links.airtimeS[0], 24 * hops * 0.02, 1e-12);
  const [load] = transmitterLoad(plan, expected.links.bytes, [86_400], expected.links);
  near(load, (24 * (0.25 + 0.5 + 1.5) * 0.02) / 86_400, 1e-12);
});

exact('ask every device once per period', () => {
  const plan = buildPlan({
    links: { 'A down': {} },
    sources: [{ name: 's', process: 'asked', devices: 20, periodS: 900, path: ['A down'] }],
  });
  near(volumetrics(plan).links.messages[0], 20 * 96, 1e-12);
});

exact.run();

const told = suite('whether the closed form holds');

function verdict(literal: PlanLiteral): { holds: string; reason: string; meanS: number } {
  const plan = buildPlan({ horizonS: 3600, ...literal });
  const { holds, reason, meanS } = closedFormLatency(plan, volumetrics(plan));
  return { holds: holds[0]!, reason: reason[0]!, meanS: meanS[0]! };
}

told('it says burst where devices send together, for all who share the link', () => {
  const together: SourceLiteral = {
    name: 'reads',
    devices: 50,
    process: 'periodic',
    phase: 'synchronised',
    periodS: 900,
    sizeB: 100,
    path: ['L up'],
  };
  const { holds, reason } = verdict({
    links: { 'L up': { rateBps: 8000 } },
    sources: [{ name: 'alarm', periodS: 600, sizeB: 100, path: ['L up'] }, together],
  });
  assert.is(holds, 'burst');
  assert.match(reason, /^L up, centre: 50 messages start together and queue for up to 4\.9 s$/);
});

told('it says burst for answers to a broadcast', () => {
  const plan = buildPlan({
    kinds: { dap: 1 },
    populations: { meters: { kind: 'dap', devices: 100 } },
    links: { 'N down': { kind: 'dap' }, 'N up': { kind: 'dap', rateBps: 8000 } },
    sources: [
      { name: 'cast', kind: 'dap', periodS: 600, path: [{ link: 'N down', listeners: 'meters' }] },
      { name: 'answer', kind: 'dap', process: 'caused', sizeB: 100, path: ['N up'] },
    ],
    causes: [{ trigger: 'cast', source: 'answer' }],
  });
  assert.equal(closedFormLatency(plan, volumetrics(plan)).holds, ['valid', 'burst']);
});

told('it says valid where the same devices spread their messages', () => {
  const spread: SourceLiteral = {
    name: 's',
    devices: 50,
    process: 'periodic',
    phase: 'synchronised',
    spreadS: 600,
    periodS: 900,
    sizeB: 100,
    path: ['L up'],
  };
  assert.is(verdict({ links: { 'L up': { rateBps: 8000 } }, sources: [spread] }).holds, 'valid');
});

told('it says overload where more comes than is carried', () => {
  const { holds, meanS } = verdict({
    links: { 'L up': { rateBps: 8000 } },
    sources: [{ name: 's', devices: 20, periodS: 1, sizeB: 100, path: ['L up'] }],
  });
  assert.is(holds, 'overload');
  assert.is(meanS, Number.POSITIVE_INFINITY);
});

told('it gives no number where a medium is beyond the range of its formula', () => {
  const { arq: _, ...once } = medium({ kind: 'aloha', slotS: 0, copies: 1, spreadS: 0 });
  const { holds, reason, meanS } = verdict(upFrom(40, once));
  assert.is(holds, 'outside');
  assert.match(reason, /NAN up, dap 1: ALOHA offers 0\.80 frames per airtime, its throughput peaks at 0\.5/);
  assert.ok(Number.isNaN(meanS));
});

told('it says overload where a master is not through in time', () => {
  const { holds } = verdict({
    links: { 'L down': { delayS: 1 } },
    sources: [{ name: 's', process: 'asked', devices: 100, periodS: 60, path: ['L down'] }],
  });
  assert.is(holds, 'overload');
});

told.run();
