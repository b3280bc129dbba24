/** What holds for DCF, polled and scheduled media whatever their settings. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDcf } from '../../sim/engine/media/dcf.js';
import { openPolled } from '../../sim/engine/media/polled.js';
import { openScheduled } from '../../sim/engine/media/scheduled.js';
import { RandomStreams } from '../../sim/kernel/random.js';
import type { Access } from '../../sim/media.js';
import { type Fate, MediumBench } from './medium-bench.js';

const OPENERS = { dcf: openDcf, polled: openPolled, scheduled: openScheduled };
type Kind = keyof typeof OPENERS;

const MESSAGES = 200;

/** A random medium of a kind, 200 messages on it, and outages. */
function randomBench(kind: Kind, seed: number) {
  const random = new RandomStreams(1);
  random.seed(0, `${kind} ${seed}`);
  const unit = () => random.uniform(0);
  const one = <T>(of: readonly T[]): T => of[Math.floor(unit() * of.length)]!;

  const polled = {
    kind: 'polled' as const,
    pollS: one([0, 0.01]),
    turnaroundS: 0.002,
    emptyS: one([0, 0.003]),
    timeoutS: one([0.02, 0.3]),
    retries: one([0, 2]),
  };
  const accesses: Record<Kind, () => Access> = {
    dcf: () => ({
      kind: 'dcf-802.11',
      slotS: 50e-6,
      sifsS: 28e-6,
      difsS: 128e-6,
      leastWindow: one([1, 31]),
      mostWindow: one([31, 1023]),
    }),
    polled: () => {
      const isMesh = unit() < 0.3;
      return isMesh ? { kind: 'mesh', hop: polled, ringShares: [0.5, 0.5], sectors: 1, relayS: 0.001 } : polled;
    },
    scheduled: () => {
      const contends = unit() < 0.7;
      const promotionS = one([0, 0.1]);
      return {
        kind: 'scheduled',
        grantDelayS: one([0, 0.02]),
        grantPeriodS: one([0, 0.01]),
        promotionS,
        inactivityS: one([0, 0.5]),
        pagingS: one([0, 0.3]),
        ...(contends && {
          randomAccess: {
            preambles: one([1, 4, 54]),
            opportunityS: 0.005,
            attempts: one([1, 10]),
            backoffS: one([0, 0.1]),
          },
        }),
      };
    },
  };
  const arq = one([undefined, { retries: 3, timeoutS: 0.01 }]);
  const frames = one([1, 3]);
  const framing = {
    frames,
    fullB: 80,
    lastB: 40,
    fullS: 0.004,
    lastS: 0.002,
    gapS: one([0, 0.001]),
    ackS: one([0, 0.0005]),
  };
  const endpoints = one([1, 5, 40]);
  const isPriority = one([false, true]);
  const darkS = unit() * 4;
  const outS = unit() * 4;
  const b = new MediumBench({
    open: OPENERS[kind],
    medium: {
      name: kind,
      access: accesses[kind](),
      frameLoss: one([0, 0.2]),
      residualLoss: one([0, 0.05]),
      hiddenShare: one([0, 0.3]),
      ...(arq && { arq }),
    },
    endpoints,
    framing,
    seed: `${seed}`,
    cast: one([false, true]),
    server: {
      discipline: isPriority ? 'priority' : 'fifo',
      quantumB: one([Number.POSITIVE_INFINITY, 100]),
      bufferMessages: one([Number.POSITIVE_INFINITY, 3]),
    },
    priority: [0, isPriority ? 1 : 0],
    outages: [
      { nodes: [0, one([0, 2])], fromS: darkS, toS: darkS + 1 },
      { server: 'X', fromS: outS, toS: outS + one([0, 0.5]) },
    ],
  });
  const lengthS = one([1, 5]);
  for (let i = 0; i < MESSAGES; i++) b.send(unit() * lengthS, Math.floor(unit() * endpoints), unit() < 0.7);
  const airS = (frames - 1) * (framing.fullS + framing.gapS) + framing.lastS;
  return { b, airS };
}

function inTurn(fates: readonly Fate[]): boolean {
  return fates.every(({ offeredS }, i) => i === 0 || fates[i - 1]!.offeredS <= offeredS);
}

const fates = suite('fates on shared media');

for (const kind of Object.keys(OPENERS) as Kind[]) {
  fates(
    `${kind}: every message has one fate, none crosses before its airtime, and a sender's messages keep their order`,
    () => {
      for (let seed = 1; seed <= 300; seed++) {
        const { b, airS } = randomBench(kind, seed);
        const all = b.run();
        const what = `seed ${seed}`;
        assert.is(all.length, MESSAGES, what);
        assert.equal(b.held(), { waiting: 0, others: 0 }, what);
        assert.ok(Math.abs(b.unfinishedWorkS) < 1e-9, what);
        for (const fate of all) {
          const leastS = fate.what === 'crossed' ? airS : 0;
          assert.ok(fate.atS - fate.offeredS > leastS - 1e-9, `${what}: ${JSON.stringify(fate)}`);
        }
        const done = all.filter((fate) => fate.what === 'crossed' || fate.what === 'granted');
        for (const node of new Set(done.map((fate) => fate.node))) {
          const up = done.filter((fate) => fate.isUp && fate.node === node);
          assert.ok(inTurn(up), `${what}: order of endpoint ${node}`);
        }
        if (kind !== 'scheduled') assert.ok(inTurn(done.filter(({ isUp }) => !isUp)), `${what}: order of the gateway`);
        const { frames, retries, collisions } = b.stats;
        for (const link of [0, 1]) {
          assert.ok(frames[link]! >= retries[link]! || kind === 'scheduled', what);
          if (kind !== 'scheduled') assert.ok(frames[link]! >= collisions[link]!, what);
        }
      }
    },
  );
}

fates('the same settings give the same fates again', () => {
  for (const kind of Object.keys(OPENERS) as Kind[]) {
    for (let seed = 1; seed <= 20; seed++) {
      assert.equal(randomBench(kind, seed).b.run(), randomBench(kind, seed).b.run());
    }
  }
});

fates.run();
