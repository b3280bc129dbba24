/** What holds for contended media whatever their settings, and media that must be the same. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openAloha } from '../../sim/engine/media/aloha.js';
import { openCsma } from '../../sim/engine/media/csma.js';
import { openDcf } from '../../sim/engine/media/dcf.js';
import type { OpenMedium } from '../../sim/engine/media/host.js';
import { openMesh } from '../../sim/engine/media/mesh.js';
import { MeshTree } from '../../sim/engine/media/mesh-tree.js';
import { Timers } from '../../sim/engine/media/timers.js';
import { RandomStreams } from '../../sim/kernel/random.js';
import type { Access, AlohaAccess, CsmaAccess, DcfAccess, Medium, MeshAccess } from '../../sim/media.js';
import type { Fate } from './medium-bench.js';
import { type BenchOptions, MediumBench } from './medium-bench.js';

const CSMA: CsmaAccess = {
  kind: 'csma-802.15.4',
  leastExponent: 3,
  mostExponent: 5,
  backoffs: 4,
  unitBackoffS: 320e-6,
  ccaS: 128e-6,
  turnaroundS: 192e-6,
};
const ALOHA: AlohaAccess = { kind: 'aloha', slotS: 0, copies: 2, spreadS: 0.5 };
const DCF: DcfAccess = {
  kind: 'dcf-802.11',
  slotS: 50e-6,
  sifsS: 28e-6,
  difsS: 128e-6,
  leastWindow: 31,
  mostWindow: 1023,
};
const mesh = (hop: MeshAccess['hop'], ringShares: readonly number[], sectors: number): MeshAccess => ({
  kind: 'mesh',
  hop,
  ringShares,
  sectors,
  relayS: 0.001,
});
const plain: Medium = { name: 'm', access: CSMA, frameLoss: 0, residualLoss: 0, hiddenShare: 0 };

function openerOf({ kind }: Access): OpenMedium {
  return kind === 'mesh' ? openMesh : kind === 'aloha' ? openAloha : openCsma;
}

function draws(key: string) {
  const random = new RandomStreams(1);
  random.seed(0, key);
  const unit = () => random.uniform(0);
  return { unit, one: <T>(of: readonly T[]): T => of[Math.floor(unit() * of.length)]! };
}

/** A random medium with 300 messages on it: all at once, or so few at a time that most of them meet nobody. */
function randomBench(seed: number, change: Partial<BenchOptions> = {}) {
  const { unit, one } = draws(`media ${seed}`);
  const hop = one([CSMA, { ...CSMA, turnaroundS: 0 }, ALOHA, { ...ALOHA, slotS: 0.01 }]);
  const access = one<Access>([hop, mesh(hop, [1], 1), mesh(hop, [0.4, 0.3, 0.3], 2), mesh(DCF, [0.5, 0.5], 3)]);
  const arq = one([undefined, { retries: 3, timeoutS: 0.005 }]);
  const medium: Medium = {
    ...plain,
    access,
    frameLoss: one([0, 0.1]),
    residualLoss: one([0, 0.05]),
    hiddenShare: one([0, 0.3, 1]),
    ...(arq && { arq }),
  };
  const endpoints = one([1, 5, 40]);
  const frames = one([1, 3]);
  const framing = { frames, fullB: 80, lastB: 40, fullS: 0.004, lastS: 0.002, gapS: one([0, 0.001]), ackS: 0.0005 };
  const darkFromS = unit() * 4;
  const dark = one([0, 3]);
  const outS = unit() * 3;
  const b = new MediumBench({
    medium,
    endpoints,
    open: openerOf(access),
    framing,
    seed: `${seed}`,
    cast: one([false, false, true]),
    server: { bufferMessages: one([Number.POSITIVE_INFINITY, 4]) },
    hasPower: (node, atS) => node >= dark || atS < darkFromS,
    upFromS: (atS) => (atS >= outS && atS < outS + 0.5 ? outS + 0.5 : atS),
    ...change,
  });
  const overS = one([5, 5, 100]);
  for (let i = 0; i < 300; i++) b.send(unit() * overS, Math.floor(unit() * endpoints), unit() < 0.7);
  return { b, framing, medium };
}

const all = suite('contended media');

all(
  'give every message one fate, count what they send, and hold nothing in the end; the same twice (100 settings)',
  () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { b, framing, medium } = randomBench(seed);
      const what = `setting ${seed}: ${JSON.stringify(medium)}`;
      b.run(2.5);
      const { waiting, others } = b.held();
      assert.ok(b.fates.length + waiting + others <= 300, what);
      assert.ok(waiting + others === 0 || b.unfinishedWorkS > 0, what);
      const fates = b.run();
      assert.is(fates.length, 300, what);
      assert.equal(b.held(), { waiting: 0, others: 0 }, what);
      assert.is(b.unfinishedWorkS, 0, what);

      const { frames, fullS, lastS, gapS } = framing;
      const leastS = (frames - 1) * (fullS + gapS) + lastS;
      for (const { atS, offeredS, what: fate } of fates) {
        assert.ok(fate !== 'crossed' || atS - offeredS > leastS - 1e-9, what);
      }
      for (const link of [0, 1]) {
        const { frames: sent, retries, collisions, airtimeS } = b.stats;
        assert.ok(retries[link]! <= sent[link]! && collisions[link]! <= sent[link]!, what);
        assert.ok(airtimeS[link]! >= sent[link]! * lastS - 1e-9, what);
        assert.ok(airtimeS[link]! <= sent[link]! * (fullS + gapS + framing.ackS) + 1e-9, what);
      }
      const again = randomBench(seed).b;
      again.run();
      assert.equal(again.fates, fates, what);
    }
  },
);

all('do the same when they are left alone as when they are woken for each of their events (200 settings)', () => {
  let [wakes, allWakes] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { b, medium } = randomBench(seed, { hasPower: () => true, keepsPower: true });
    const woken = randomBench(seed, { hasPower: () => true, keepsPower: false, isWoken: true }).b;
    const what = `setting ${seed}: ${JSON.stringify(medium)}`;
    for (const untilS of [1.3, 2.6, Number.POSITIVE_INFINITY]) {
      b.untilS = untilS;
      assert.equal(b.run(untilS), woken.run(untilS), what);
      assert.equal(b.held(), woken.held(), what);
      assert.is(b.unfinishedWorkS, woken.unfinishedWorkS, what);
      for (const column of ['frames', 'retries', 'collisions', 'airtimeS'] as const) {
        assert.equal(b.stats[column], woken.stats[column], `${what} ${column}`);
      }
      assert.ok(Math.abs(b.waitedS - woken.waitedS) <= 1e-9 * woken.waitedS, what);
    }
    wakes += b.wakes;
    allWakes += woken.wakes;
  }
  assert.ok(wakes < 0.5 * allWakes, `${wakes} wakes, ${allWakes} otherwise`);
});

all('let messages of one endpoint and direction get through in order where they are sent once', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { unit } = draws(`order ${seed}`);
    const b = new MediumBench({
      medium: { ...plain, hiddenShare: 0.2 },
      endpoints: 10,
      open: openCsma,
      seed: `${seed}`,
    });
    for (let i = 0; i < 200; i++) b.send(20 * unit(), Math.floor(10 * unit()));
    const last = new Map<number, number>();
    for (const { node, offeredS } of b.run()) {
      assert.ok(offeredS >= (last.get(node) ?? 0), `endpoint ${node}`);
      last.set(node, offeredS);
    }
  }
});

all('ask their host for few wakes: about one per event of their own', () => {
  const b = new MediumBench({ medium: { ...plain, access: { ...ALOHA, copies: 1 } }, endpoints: 100, open: openAloha });
  for (let node = 0; node < 100; node++) b.send(1 + node, node);
  b.run();
  assert.ok(b.wakes <= 3 * 100, `${b.wakes} for 100 messages: begin, end, pause`);
});

all.run();

const same = suite('a mesh of one ring');

same('in one sector is the CSMA of a star: the same fates to the last bit', () => {
  const fates = [CSMA, mesh(CSMA, [1], 1)].map((access): readonly Fate[] => {
    const { unit } = draws('star');
    const arq = { retries: 2, timeoutS: 0.002 };
    const medium = { ...plain, access, arq, frameLoss: 0.05, hiddenShare: 0.3 };
    const framing = { lastB: 80, lastS: 0.003, ackS: 0.0005 };
    const b = new MediumBench({ medium, endpoints: 30, open: openerOf(access), framing });
    for (let i = 0; i < 1000; i++) b.send(6 * unit(), Math.floor(30 * unit()), unit() < 0.6);
    return b.run();
  });
  assert.ok(fates[0]!.some(({ what }) => what === 'lost'));
  assert.equal(fates[0], fates[1]);
});

same('by DCF carries in saturation what the DCF of a star does', () => {
  const perS = [DCF, mesh(DCF, [1], 1)].map((access) => {
    const medium = { ...plain, access, arq: { retries: 7, timeoutS: 0 } };
    const framing = { lastB: 1000, lastS: 0.0086, ackS: 0.00027 };
    const open = access.kind === 'mesh' ? openMesh : openDcf;
    const b = new MediumBench({ medium, endpoints: 10, open, framing });
    b.onFate = ({ node }) => b.send(b.nowS, node);
    for (let node = 0; node < 10; node++) b.send(0, node);
    b.run(60);
    return [b.fates.length, b.stats.collisions[0]! / b.stats.frames[0]!] as const;
  });
  const [[star, starCollided], [ring, ringCollided]] = [perS[0]!, perS[1]!];
  assert.ok(star > 4000 && Math.abs(ring / star - 1) < 0.02, `${ring} messages, ${star} in a star`);
  assert.ok(Math.abs(ringCollided / starCollided - 1) < 0.06, `${ringCollided}, ${starCollided} in a star`);
});

same('has a tree of one leg for everybody', () => {
  const access = mesh(CSMA, [1], 1);
  const b = new MediumBench({ medium: { ...plain, access }, endpoints: 20, open: openMesh });
  const tree = new MeshTree(b.program, { ...plain, access }, access, 0);
  for (let node = 0; node < 20; node++) assert.is(tree.legs(node), 1);
});

same.run();

/** A medium with few, long messages, on which radios are mostly alone; up to `untilS` they may be run ahead. */
function loneBench(seed: number, untilS: number): MediumBench {
  const { unit, one } = draws(`lone ${seed}`);
  const hop = one<MeshAccess['hop']>([CSMA, { ...ALOHA, copies: one([1, 2]) }, DCF]);
  const access = one<Access>([hop, mesh(hop, [1], 1), mesh(hop, [0.5, 0.5], 2)]);
  const arq = one([undefined, { retries: 1, timeoutS: 0.005 }, { retries: 5, timeoutS: 0.005, backoffS: 0.02 }]);
  const medium: Medium = {
    ...plain,
    access: access.kind === 'dcf-802.11' ? mesh(DCF, [1], 1) : access,
    frameLoss: one([0, 0.2]),
    ...(arq && { arq }),
  };
  const framing = { frames: 60, fullB: 80, lastB: 40, fullS: 0.004, lastS: 0.002, gapS: 0.001, ackS: one([0, 0.0005]) };
  const darkFromS = 20 * unit();
  const outS = 20 * unit();
  const b = new MediumBench({
    medium,
    endpoints: 6,
    open: openerOf(medium.access),
    framing,
    seed: `${seed}`,
    cast: one([false, false, true]),
    isWoken: untilS < 0,
    server: { discipline: one(['fifo', 'priority']), quantumB: one([100, Number.POSITIVE_INFINITY]) },
    hasPower: (node, atS) => node > 0 || atS < darkFromS,
    upFromS: (atS) => (atS >= outS && atS < outS + 0.5 ? outS + 0.5 : atS),
  });
  b.untilS = untilS;
  for (let i = 0; i < 40; i++) b.send(30 * unit(), Math.floor(6 * unit()), unit() < 0.5);
  return b;
}

const lone = suite('radios that are alone');

lone('do the same when they are run ahead, whatever comes meanwhile, at fewer events (60 settings)', () => {
  let [ahead, inTurn] = [0, 0];
  for (let seed = 1; seed <= 60; seed++) {
    const results = [Number.NEGATIVE_INFINITY, 10, Number.POSITIVE_INFINITY].map((untilS) => {
      const b = loneBench(seed, untilS);
      const fates = [...b.run(10), ...b.run()];
      if (untilS === Number.POSITIVE_INFINITY) ahead += b.wakes;
      else if (untilS < 0) inTurn += b.wakes;
      const { frames, retries, collisions, airtimeS } = b.stats;
      return { fates, waitedS: b.waitedS, frames, retries, collisions, airtimeS };
    });
    assert.equal(results[1], results[0], `setting ${seed}`);
    assert.equal(results[2], results[0], `setting ${seed}`);
  }
  assert.ok(ahead < 0.7 * inTurn, `${ahead} wakes, ${inTurn} without`);
});

lone.run();

const timers = suite('timers');

timers('come out by time, those of one time in the order in which they were set', () => {
  const { unit } = draws('timers');
  const heap = new Timers<number>();
  const set: { atS: number; n: number }[] = [];
  for (let n = 0; n < 3000; n++) {
    const atS = Math.floor(50 * unit());
    heap.push(atS, n);
    set.push({ atS, n });
    if (unit() < 0.4) {
      set.sort((a, b) => a.atS - b.atS || a.n - b.n);
      assert.is(heap.nextS(), set[0]!.atS);
      assert.is(heap.pop(), set.shift()!.n);
    }
  }
  for (const { n } of set.sort((a, b) => a.atS - b.atS || a.n - b.n)) assert.is(heap.pop(), n);
  assert.is(heap.nextS(), Number.POSITIVE_INFINITY);
  assert.throws(() => heap.pop(), /no timer/);
});

timers.run();
