/** Unslotted CSMA/CA of IEEE 802.15.4: one exchange by hand, published formulas, and a second model of the saturated medium. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openCsma } from '../../sim/engine/media/csma.js';
import { RandomStreams } from '../../sim/kernel/random.js';
import type { CsmaAccess, Medium } from '../../sim/media.js';
import type { BenchOptions } from './medium-bench.js';
import { MediumBench } from './medium-bench.js';
import { crossedShares } from './offered-load.js';
import { assertMean } from './replicate.js';

/** 2.4 GHz: symbols of 16 us. */
const SYMBOL_S = 16e-6;
const ZIGBEE: CsmaAccess = {
  kind: 'csma-802.15.4',
  leastExponent: 3,
  mostExponent: 5,
  backoffs: 4,
  unitBackoffS: 20 * SYMBOL_S,
  ccaS: 8 * SYMBOL_S,
  turnaroundS: 12 * SYMBOL_S,
};
const FRAME_S = 80 * 2 * SYMBOL_S;
const ACK_S = (12 + 11 * 2) * SYMBOL_S;
const ARQ = { retries: 3, timeoutS: 54 * SYMBOL_S };

function medium(access: CsmaAccess, more: Partial<Medium> = {}): Medium {
  return { name: 'csma', access, frameLoss: 0, residualLoss: 0, hiddenShare: 0, ...more };
}
function bench(of: Medium, endpoints: number, more: Partial<BenchOptions> = {}): MediumBench {
  const framing = { lastB: 80, lastS: FRAME_S, ackS: ACK_S };
  return new MediumBench({ medium: of, endpoints, open: openCsma, framing, ...more });
}
function near(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${value}, not ${expected}`);
}

const alone = suite('CSMA with one endpoint');

alone('loses nothing; each message takes whole backoffs, 2^BE - 1 halves of one on average', () => {
  const b = bench(medium(ZIGBEE, { arq: ARQ }), 1);
  const messages = 4000;
  for (let i = 0; i < messages; i++) b.send(i, 0);
  const backoffs = b.run().map(({ offeredS, atS }) => {
    const units = (atS - offeredS - ZIGBEE.ccaS - ZIGBEE.turnaroundS - FRAME_S) / ZIGBEE.unitBackoffS;
    assert.ok(Math.abs(units - Math.round(units)) < 1e-3 && units > -0.5 && units < 7.5, `${units} backoffs`);
    return units;
  });
  assert.is(backoffs.length, messages);
  assertMean(backoffs, 3.5, 0.04);
  assert.is(b.stats.collisions[0], 0);
  assert.is(b.stats.frames[0], messages);
  near(b.stats.airtimeS[0]! / messages, FRAME_S + ACK_S);
});

alone('sends its next frame after the acknowledgement and the gap', () => {
  const access = { ...ZIGBEE, leastExponent: 0 };
  const framing = { frames: 3, fullB: 80, lastB: 40, fullS: FRAME_S, lastS: FRAME_S / 2, ackS: ACK_S, gapS: 0.001 };
  const b = bench(medium(access, { arq: ARQ }), 1, { framing });
  b.send(0, 0);
  const beginS = access.ccaS + access.turnaroundS;
  near(b.run()[0]!.atS, 3 * beginS + 2 * (FRAME_S + ACK_S + 0.001) + FRAME_S / 2);
});

alone('does not take its own last frame for somebody else, whatever the rounding of times', () => {
  const access = { ...ZIGBEE, leastExponent: 0, backoffs: 0 };
  const framing = { frames: 20, fullB: 80, lastB: 80, fullS: FRAME_S, lastS: FRAME_S };
  const b = bench(medium(access), 1, { framing });
  for (let i = 0; i < 100; i++) b.send(1e5 + i, 0);
  assert.ok(b.run().every(({ what }) => what === 'crossed'));
});

alone('repeats a frame that noise took after the timeout, and gives up after its retries', () => {
  const access = { ...ZIGBEE, leastExponent: 0, mostExponent: 0 };
  const b = bench(medium(access, { arq: ARQ, frameLoss: 1 }), 1);
  b.send(0, 0);
  const [fate] = b.run();
  assert.is(fate!.what, 'lost');
  near(fate!.atS, 4 * (access.ccaS + access.turnaroundS + FRAME_S + ARQ.timeoutS));
  assert.is(b.stats.frames[0], 4);
  assert.is(b.stats.retries[0], 3);
  near(b.stats.airtimeS[0]!, 4 * FRAME_S);
});

alone('loses the share p^(retries + 1) to noise', () => {
  const of = medium(ZIGBEE, { arq: { ...ARQ, retries: 1 }, frameLoss: 0.3 });
  const options = { medium: of, endpoints: 1, open: openCsma, framing: { lastB: 80, lastS: FRAME_S, ackS: ACK_S } };
  assertMean(crossedShares(options, 1, 2000, 10), 1 - 0.3 ** 2, 0.02);
});

alone.run();

const listening = suite('listening');

listening('to a long frame fails once for each backoff that is allowed, and for each attempt', () => {
  const access = { ...ZIGBEE, leastExponent: 0, mostExponent: 0 };
  const b = bench(medium(access, { arq: ARQ }), 2, { framing: { lastB: 80, lastS: 10 } });
  b.send(0, 0);
  b.send(1, 1);
  const [fate] = b.run();
  assert.is(fate!.node, 1);
  assert.is(fate!.what, 'lost');
  near(fate!.atS, 1 + (ARQ.retries + 1) * (access.backoffs + 1) * access.ccaS);
  assert.is(b.stats.frames[0], 1);
});

listening('hears an acknowledgement', () => {
  const access = { ...ZIGBEE, leastExponent: 0, mostExponent: 0, backoffs: 0 };
  const frameEndS = access.ccaS + access.turnaroundS + FRAME_S;
  const assessedFrom = (fromS: number) => {
    const b = bench(medium(access, { arq: { retries: 0, timeoutS: 0.001 } }), 2);
    b.send(0, 0);
    b.send(fromS, 1);
    b.run();
    return b.fates.find(({ node }) => node === 1)!.what;
  };
  assert.is(assessedFrom(frameEndS - access.ccaS / 2), 'lost');
  assert.is(assessedFrom(frameEndS + ACK_S / 2), 'lost');
  assert.is(assessedFrom(frameEndS + ACK_S), 'crossed');
});

listening('in the turn-around before an acknowledgement keeps only its sender still', () => {
  const access = { ...ZIGBEE, leastExponent: 0, mostExponent: 0, backoffs: 0 };
  const frameEndS = access.ccaS + access.turnaroundS + FRAME_S;
  for (const [node, frames] of [
    [0, 1],
    [1, 2],
  ] as const) {
    const b = bench(medium(access, { arq: { retries: 0, timeoutS: 0.001 } }), 2);
    b.send(0, 0, false);
    b.send(frameEndS + 0.00003, node);
    b.run();
    assert.is(b.stats.frames[0]! + b.stats.frames[1]!, frames);
  }
});

listening('does not hear whoever turns around: both frames are lost', () => {
  const access = { ...ZIGBEE, leastExponent: 0, mostExponent: 0, backoffs: 0 };
  const after = (s: number) => {
    const b = bench(medium(access), 2, { framing: { lastB: 80, lastS: FRAME_S } });
    b.send(0, 0);
    b.send(s, 1);
    return b.run().map(({ what, node }) => `${node} ${what}`);
  };
  assert.equal(after(0.9 * access.turnaroundS), ['0 lost', '1 lost']);
  assert.equal(after(1.1 * access.turnaroundS), ['1 lost', '0 crossed']); // 1 hears 0 and gives up
});

/** Senses at once and gives up when it hears anybody: the nonpersistent CSMA of theory. */
const nonpersistent = (turnaroundS: number): CsmaAccess => ({
  ...ZIGBEE,
  leastExponent: 0,
  mostExponent: 0,
  backoffs: 0,
  ccaS: 0,
  turnaroundS,
});

for (const [load, a] of [
  [0.5, 0.1],
  [2, 0.05],
] as const) {
  listening(`without backoff is nonpersistent CSMA: Kleinrock and Tobagi's throughput at G = ${load}, a = ${a}`, () => {
    // Kleinrock, Tobagi, IEEE Trans. Communications 23 (1975) 1400, equation (8); a: turn-around as a share of the frame.
    const throughput = (load * Math.exp(-a * load)) / (load * (1 + 2 * a) + Math.exp(-a * load));
    const of = medium(nonpersistent(a * FRAME_S));
    const options = { medium: of, endpoints: 20_000, open: openCsma, framing: { lastB: 80, lastS: FRAME_S } };
    assertMean(crossedShares(options, load / FRAME_S, 2000, 12), throughput / load, 0.05);
  });
}

listening('to nobody, all being hidden, is pure ALOHA: exp(-2 G)', () => {
  const of = medium(nonpersistent(0), { hiddenShare: 1 });
  const options = { medium: of, endpoints: 20_000, open: openCsma, framing: { lastB: 80, lastS: FRAME_S } };
  assertMean(crossedShares(options, 0.4 / FRAME_S, 2000, 12), Math.exp(-0.8), 0.05);
});

listening('between two who are hidden and have long frames: collisions last, unless repetitions wait longer', () => {
  const lostOf = (backoffS: number) => {
    const of = medium(ZIGBEE, { hiddenShare: 1, arq: { retries: 7, timeoutS: 0.002, backoffS } });
    const b = bench(of, 2, { framing: { lastB: 80, lastS: 0.03 } });
    for (let i = 0; i < 200; i++) {
      b.send(2 * i, 0);
      b.send(2 * i + 0.01, 1);
    }
    return b.run().filter(({ what }) => what === 'lost').length / 400;
  };
  assert.ok(lostOf(0) > 0.9, `${lostOf(0)} lost`);
  assert.ok(lostOf(0.2) < 0.02, `${lostOf(0.2)} lost`);
});

listening.run();

const saturated = suite('CSMA in saturation');

/** Every endpoint has a message at any time. */
function saturate(b: MediumBench, endpoints: number, lengthS: number): MediumBench {
  b.onFate = ({ node }) => b.send(b.nowS, node);
  for (let node = 0; node < endpoints; node++) b.send(0.01 * ((Math.SQRT2 * node) % 1), node);
  b.run(lengthS);
  return b;
}

saturated('without turn-around those who hear each other do not collide; those who do not, do', () => {
  const access = { ...ZIGBEE, turnaroundS: 0 };
  const hearing = saturate(bench(medium(access, { arq: ARQ }), 20), 20, 10);
  assert.ok(hearing.stats.frames[0]! > 2000);
  assert.is(hearing.stats.collisions[0], 0);
  const hidden = saturate(bench(medium(access, { arq: ARQ, hiddenShare: 1 }), 20), 20, 10);
  assert.ok(hidden.stats.collisions[0]! > 0.5 * hidden.stats.frames[0]!);
});

/**
 * The same medium from the standard's flow chart, without acknowledgements and repetitions: stations in a list, the one
 * whose assessment ends first goes on. @returns shares of all messages that crossed, collided, found no free channel; per second
 */
function flowChart(n: number, lengthS: number, seed: string) {
  const random = new RandomStreams(1);
  random.seed(0, seed);
  const { leastExponent, mostExponent, backoffs, unitBackoffS, ccaS, turnaroundS } = ZIGBEE;
  const waitS = (be: number) => Math.floor(random.uniform(0) * 2 ** be) * unitBackoffS + ccaS;
  const stations = Array.from({ length: n }, () => ({
    nb: 0,
    be: leastExponent,
    atS: 0.01 * random.uniform(0) + waitS(leastExponent),
  }));
  let onAir: { fromS: number; toS: number; met: boolean }[] = [];
  const count = { crossed: 0, collided: 0, busy: 0 };
  for (;;) {
    const station = stations.reduce((first, other) => (other.atS < first.atS ? other : first));
    const nowS = station.atS;
    if (nowS > lengthS) break;
    for (const { toS, met } of onAir) if (toS < nowS - ccaS) count[met ? 'collided' : 'crossed']++;
    onAir = onAir.filter(({ toS }) => toS >= nowS - ccaS);
    if (onAir.some(({ fromS, toS }) => fromS < nowS && toS > nowS - ccaS)) {
      station.nb++;
      station.be = Math.min(station.be + 1, mostExponent);
      if (station.nb > backoffs) {
        count.busy++;
        station.nb = 0;
        station.be = leastExponent;
      }
      station.atS = nowS + waitS(station.be);
      continue;
    }
    const frame = { fromS: nowS + turnaroundS, toS: nowS + turnaroundS + FRAME_S, met: false };
    for (const other of onAir) {
      if (other.toS <= frame.fromS) continue;
      other.met = true;
      frame.met = true;
    }
    onAir.push(frame);
    station.nb = 0;
    station.be = leastExponent;
    station.atS = frame.toS + waitS(leastExponent);
  }
  const all = count.crossed + count.collided + count.busy;
  return { crossed: count.crossed / all, collided: count.collided / all, perS: all / lengthS };
}

for (const n of [3, 12]) {
  saturated(`${n} endpoints fare as in a program of the standard's flow chart`, () => {
    const runs = Array.from({ length: 8 }, (_, run) => {
      const b = bench(medium(ZIGBEE), n, { framing: { lastB: 80, lastS: FRAME_S }, seed: `${run}` });
      saturate(b, n, 20);
      const model = flowChart(n, 20, `chart ${run}`);
      const crossed = b.fates.filter(({ what }) => what === 'crossed').length;
      return {
        crossed: crossed / b.fates.length / model.crossed,
        collided: b.stats.collisions[0]! / b.fates.length / model.collided,
        perS: b.fates.length / 20 / model.perS,
      };
    });
    for (const key of ['crossed', 'collided', 'perS'] as const) {
      assertMean(
        runs.map((run) => run[key]),
        1,
        0.15,
      );
    }
  });
}

saturated.run();
