import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDcf } from '../../sim/engine/media/dcf.js';
import type { DcfAccess, Medium } from '../../sim/media.js';
import { runNetwork } from './media-network.js';
import type { BenchOptions } from './medium-bench.js';
import { MediumBench } from './medium-bench.js';

const US = 1e-6;

/** IEEE 802.11 OFDM in 20 MHz; 54 Mbit/s with acknowledgements at 24 Mbit/s. */
const OFDM: DcfAccess = {
  kind: 'dcf-802.11',
  slotS: 9 * US,
  sifsS: 16 * US,
  difsS: 34 * US,
  leastWindow: 15,
  mostWindow: 1023,
};
/** Frequency hopping at 1 Mbit/s, as in Bianchi (2000), table II. */
const FHSS: DcfAccess = {
  kind: 'dcf-802.11',
  slotS: 50 * US,
  sifsS: 28 * US,
  difsS: 128 * US,
  leastWindow: 31,
  mostWindow: 1023,
};

function wifi(access: DcfAccess, medium: Partial<Medium> = {}): Medium {
  const arq = { retries: 1000, timeoutS: 0 };
  return { name: 'wifi', access, frameLoss: 0, residualLoss: 0, hiddenShare: 0, arq, ...medium };
}

function bench(medium: Medium, endpoints: number, options: Partial<BenchOptions> = {}): MediumBench {
  return new MediumBench({ medium, endpoints, open: openDcf, ...options });
}

/** Every endpoint always has a message to send up; after a tenth of the time, what gets through in the rest. */
function saturate(b: MediumBench, endpoints: number, lengthS: number) {
  b.onFate = ({ node }) => b.send(b.nowS, node);
  for (let node = 0; node < endpoints; node++) b.send(0, node);
  b.run(0.1 * lengthS);
  const [before, frames, collisions] = [b.fates.length, b.stats.frames[0]!, b.stats.collisions[0]!];
  b.run(lengthS);
  const crossed = b.fates.slice(before).filter(({ what }) => what === 'crossed');
  return {
    crossed,
    perS: crossed.length / (0.9 * lengthS),
    collided: (b.stats.collisions[0]! - collisions) / (b.stats.frames[0]! - frames),
  };
}

interface FixedPoint {
  readonly n: number;
  readonly access: DcfAccess;
  readonly frameS: number;
  readonly ackS: number; // SIFS included
}

/** Bianchi, IEEE JSAC 18 (2000) 535, equations (7) and (9): chance to send in a slot, and of a collision. */
function chances({ n, access }: FixedPoint): { tau: number; p: number } {
  const w = access.leastWindow + 1;
  const m = Math.log2((access.mostWindow + 1) / w);
  const tauOf = (p: number) =>
    2 / (1 + w + p * w * Array.from({ length: m }, (_, i) => (2 * p) ** i).reduce((a, b) => a + b, 0));
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const tau = (low + high) / 2;
    if (tauOf(1 - (1 - tau) ** (n - 1)) > tau) low = tau;
    else high = tau;
  }
  return { tau: low, p: 1 - (1 - low) ** (n - 1) };
}

/** The same, equation (13): messages per second. */
function bianchiPerS(point: FixedPoint): number {
  const { n, access, frameS, ackS } = point;
  const { tau } = chances(point);
  const some = 1 - (1 - tau) ** n;
  const one = n * tau * (1 - tau) ** (n - 1);
  const [successS, collisionS] = [frameS + ackS + access.difsS, frameS + access.difsS];
  return one / ((1 - some) * access.slotS + one * successS + (some - one) * collisionS);
}

/**
 * With the slot after a frame of which the standard makes an exception (Tinnirello, Bianchi, Xiao, IEEE Trans. Vehicular
 * Technology 59 (2010) 1055): only whoever sent last can use it, when it draws 0; as ns-3's wifi-bianchi reckons.
 * @param afterCollisionS silence after a collision: DIFS, or EIFS
 */
function refinedPerS(point: FixedPoint, afterCollisionS: number): number {
  const { n, access, frameS, ackS } = point;
  const { tau } = chances(point);
  const some = 1 - (1 - tau) ** n;
  const one = n * tau * (1 - tau) ** (n - 1);
  const again = 1 / (access.leastWindow + 1);
  const successS = (frameS + ackS + access.difsS) / (1 - again) + access.slotS;
  return one / (1 - again) / ((1 - some) * access.slotS + one * successS + (some - one) * (frameS + afterCollisionS));
}

function near(value: number, expected: number, share: number, what: string): void {
  assert.ok(Math.abs(value / expected - 1) < share, `${what}: ${value} is not within ${share} of ${expected}`);
}

/** PHY 128 and MAC 272 bits before 8184 of payload; an acknowledgement of 112 bits behind 128. */
const FHSS_FRAME_S = (128 + 272 + 8184) * US;
const FHSS_ACK_S = FHSS.sifsS + (128 + 112) * US;
/** 1500 B, 28 of MAC and 6 of LLC in symbols of 216 bits; 14 B in two symbols of 96. */
const OFDM_FRAME_S = 20 * US + 4 * US * Math.ceil((22 + 8 * 1534) / 216);
const OFDM_ACK_S = OFDM.sifsS + 28 * US;

const saturated = suite('DCF in saturation');

for (const n of [5, 10, 20]) {
  saturated(`${n} stations at 1 Mbit/s get through what Bianchi's fixed point says, and collide as often`, () => {
    const b = bench(wifi(FHSS), n, { framing: { lastB: 1023, lastS: FHSS_FRAME_S, ackS: FHSS_ACK_S } });
    const point = { n, access: FHSS, frameS: FHSS_FRAME_S, ackS: FHSS_ACK_S };
    const { perS, collided } = saturate(b, n, 120);
    near(perS, bianchiPerS(point), 0.015, 'messages per second');
    near(collided, chances(point).p, 0.06, 'share of collisions');
  });
}

/** ns-3 (wifi-bianchi.cc), 1500 B at 54 Mbit/s, after EIFS: Mbit/s. */
const NS3_MBPS: Record<number, number> = { 5: 29.2861, 20: 25.3325, 50: 22.4162 };

for (const n of [5, 20, 50]) {
  saturated(
    `${n} stations at 54 Mbit/s are within 2% of the refined fixed point, and a little above ns-3, which waits for EIFS`,
    () => {
      const point = { n, access: OFDM, frameS: OFDM_FRAME_S, ackS: OFDM_ACK_S };
      const mbps = (perS: number) => (perS * 12_000) / 1e6;
      near(mbps(refinedPerS(point, OFDM.difsS + OFDM_ACK_S)), NS3_MBPS[n]!, 0.002, 'the formula itself');

      const b = bench(wifi(OFDM), n, { framing: { lastB: 1500, lastS: OFDM_FRAME_S, ackS: OFDM_ACK_S } });
      const { perS } = saturate(b, n, 4);
      near(perS, refinedPerS(point, OFDM.difsS), 0.02, 'messages per second');
      assert.ok(mbps(perS) > NS3_MBPS[n]!, 'less than with EIFS');
      near(mbps(perS), NS3_MBPS[n]!, 0.08, 'Mbit/s');
    },
  );
}

saturated.run();

/** A frame of a millisecond, acknowledged in 44 us. */
const FRAMING = { lastB: 1000, lastS: 1000 * US, ackS: OFDM_ACK_S };
const [FRAME_S, DIFS_S, SLOT_S] = [FRAMING.lastS, OFDM.difsS, OFDM.slotS];

function close(value: number, expected: number): void {
  assert.ok(Math.abs(value - expected) < 1e-9, `${value} is not ${expected}`);
}

/** The backoff between two times, in slots; it must be a whole number of them. */
function slotsIn(lengthS: number): number {
  const slots = lengthS / SLOT_S;
  assert.ok(Math.abs(slots - Math.round(slots)) < 1e-4, `${slots} slots`);
  return Math.round(slots);
}

const byHand = suite('DCF by hand');

byHand('a frame that finds the medium idle goes at once', () => {
  const b = bench(wifi(OFDM), 3, { framing: FRAMING });
  b.send(5, 0);
  b.send(7, 2, false);
  assert.equal(
    b.run().map(({ atS }) => atS),
    [5 + FRAME_S, 7 + FRAME_S],
  );
  close(b.stats.airtimeS[0]!, FRAME_S + OFDM_ACK_S);
});

byHand('one that finds it busy goes DIFS after the acknowledgement, and 0 to 15 slots, each as likely', () => {
  const seen = new Array<number>(16).fill(0);
  const b = bench(wifi(OFDM), 2, { framing: FRAMING });
  const repeats = 1600;
  for (let i = 0; i < repeats; i++) {
    b.send(i, 0);
    b.send(i + FRAME_S / 2, 1);
  }
  for (const { node, offeredS, atS } of b.run()) {
    if (node === 0) continue;
    const firstEndS = Math.floor(offeredS) + FRAME_S + OFDM_ACK_S;
    seen[slotsIn(atS - FRAME_S - DIFS_S - firstEndS)]!++;
  }
  const chi2 = seen.reduce((sum, n) => sum + (n - repeats / 16) ** 2 / (repeats / 16), 0);
  assert.ok(chi2 < 37.7, `chi-square of 15 degrees of freedom is ${chi2}, 0.1% is beyond 37.7`);
});

byHand('one that comes less than DIFS after another draws a backoff too', () => {
  const b = bench(wifi(OFDM), 2, { framing: FRAMING });
  b.send(0, 0);
  const freeS = FRAME_S + OFDM_ACK_S;
  b.send(freeS + DIFS_S / 2, 1);
  slotsIn(b.run()[1]!.atS - FRAME_S - DIFS_S - freeS);
});

byHand('a lone station that is never done pays DIFS and 7.5 slots on average between its frames', () => {
  const { perS } = saturate(bench(wifi(OFDM), 1, { framing: FRAMING }), 1, 10);
  near(perS, 1 / (FRAME_S + OFDM_ACK_S + DIFS_S + 7.5 * SLOT_S), 0.003, 'messages per second');
});

byHand('a backoff is pending after a success, also with nothing more to send', () => {
  const seen = new Set<number>();
  const b = bench(wifi(OFDM), 1, { framing: FRAMING });
  for (let i = 0; i < 200; i++) {
    b.send(i, 0);
    b.send(i + FRAME_S + OFDM_ACK_S + DIFS_S + 1e-7, 0);
  }
  for (const { offeredS, atS } of b.run()) {
    if (Number.isInteger(offeredS)) continue;
    const startS = atS - FRAME_S;
    if (startS - offeredS > 1e-9) seen.add(slotsIn(startS - Math.floor(offeredS) - FRAME_S - OFDM_ACK_S - DIFS_S));
  }
  assert.equal(
    [...seen].sort((x, y) => x - y),
    Array.from({ length: 15 }, (_, i) => i + 1),
  );
});

byHand('two that begin at one instant collide, and so do all their repetitions with a window of one slot', () => {
  const medium = wifi({ ...OFDM, leastWindow: 0, mostWindow: 0 }, { arq: { retries: 3, timeoutS: 75 * US } });
  const b = bench(medium, 2, { framing: FRAMING });
  b.send(0, 0);
  b.send(0, 1);
  const fates = b.run();
  assert.equal(
    fates.map(({ what }) => what),
    ['lost', 'lost'],
  );
  for (const { atS } of fates) close(atS, 4 * FRAME_S + 3 * 75 * US);
  assert.equal([b.stats.frames[0], b.stats.retries[0], b.stats.collisions[0]], [8, 6, 8]);
  close(b.stats.airtimeS[0]!, 8 * FRAME_S);
});

byHand('the window doubles from attempt to attempt, up to the largest', () => {
  const retries = 6;
  const medium = wifi({ ...OFDM, mostWindow: 127 }, { frameLoss: 1, arq: { retries, timeoutS: 0 } });
  let sumS = 0;
  const messages = 3000;
  const b = bench(medium, 1, { framing: FRAMING });
  for (let i = 0; i < messages; i++) b.send(i, 0);
  for (const { atS, offeredS } of b.run()) sumS += atS - offeredS;
  const meanSlots = (sumS / messages - 7 * FRAME_S - 6 * DIFS_S) / SLOT_S;
  near(meanSlots, (31 + 63 + 127 + 127 + 127 + 127) / 2, 0.015, 'slots of six repetitions');
});

byHand('losses of frames leave p^(r + 1) of the messages lost, and (1 - p^(r + 1)) / (1 - p) attempts', () => {
  const b = bench(wifi(OFDM, { frameLoss: 0.4, arq: { retries: 2, timeoutS: 0 } }), 1, { framing: FRAMING });
  const messages = 10_000;
  for (let i = 0; i < messages; i++) b.send(0.1 * i, 0);
  const lost = b.run().filter(({ what }) => what === 'lost').length / messages;
  near(lost, 0.4 ** 3, 0.15, 'share lost'); // four standard deviations
  near(b.stats.frames[0]! / messages, (1 - 0.4 ** 3) / 0.6, 0.02, 'attempts');
});

byHand('without an ARQ a lost frame is the end of its message', () => {
  const { arq: _, ...medium } = wifi(OFDM, { frameLoss: 1 });
  const b = bench(medium, 1, { framing: FRAMING });
  b.send(0, 0);
  assert.is(b.run()[0]!.what, 'lost');
  assert.is(b.stats.frames[0], 1);
});

byHand('what is cast is sent once, without acknowledgement, and lost when it collides', () => {
  const b = bench(wifi(OFDM, { frameLoss: 1 }), 3, { framing: FRAMING, cast: true });
  b.send(0, 0, false);
  b.send(1, 0, false);
  b.send(1, 1);
  const fates = b.run(1.5);
  assert.equal(
    fates.map(({ what, isUp }) => (isUp ? 'up' : what)),
    ['crossed', 'lost'],
  );
  close(b.stats.airtimeS[1]!, 2 * FRAME_S);
});

byHand('every frame of a message contends', () => {
  const framing = { frames: 3, fullB: 1000, fullS: FRAME_S, lastB: 500, lastS: FRAME_S / 2, ackS: OFDM_ACK_S };
  const b = bench(wifi(OFDM), 1, { framing });
  b.send(0, 0);
  slotsIn(b.run()[0]!.atS - 2.5 * FRAME_S - 2 * (OFDM_ACK_S + DIFS_S));
  assert.is(b.stats.frames[0], 3);
});

byHand(
  'a more urgent message of the station goes between two frames when the quantum allows, else behind the last',
  () => {
    const downFraming = { frames: 3, fullB: 1000, fullS: FRAME_S, lastB: 1000, lastS: FRAME_S, ackS: OFDM_ACK_S };
    for (const [quantumB, first] of [
      [1000, 1],
      [Number.POSITIVE_INFINITY, 0],
    ] as const) {
      const b = bench(wifi(OFDM), 2, {
        downFraming,
        framing: FRAMING,
        server: { discipline: 'priority', quantumB, direction: 'down' },
        priority: [0, 1],
      });
      b.send(0, 0, false);
      b.send(FRAME_S / 2, 1); // from the gateway too: the server's first link leads down here
      assert.is(b.run()[0]!.node, first);
    }
  },
);

byHand('a full buffer drops, the frame on the air not counted', () => {
  const b = bench(wifi(OFDM), 1, { framing: FRAMING, server: { bufferMessages: 1 } });
  b.send(0, 0);
  b.send(FRAME_S / 2, 0);
  b.send(FRAME_S / 2, 0);
  assert.equal(
    b.run().map(({ what }) => what),
    ['dropped', 'crossed', 'crossed'],
  );
});

byHand('nothing of what a station was shows when it is used again, in whatever network', () => {
  const lossy = bench(wifi(OFDM, { frameLoss: 1 }), 1, { framing: FRAMING, hasPower: (_, atS) => atS < 0.02 });
  lossy.send(0, 0);
  lossy.run(1);
  assert.is(lossy.fates[0]?.what, 'lost'); // without power, in the middle of its attempts
  assert.ok(lossy.stats.retries[0]! > 1);
  const quiet = bench(wifi(OFDM), 1, { framing: FRAMING });
  quiet.send(0, 0);
  quiet.run(1);
  assert.is(quiet.fates[0]?.what, 'crossed');
  assert.is(quiet.stats.frames[0], 1);
  assert.is(quiet.stats.retries[0], 0);
});

byHand('an outage of the medium stops the countdown; a station without power loses what it has', () => {
  const b = bench(wifi(OFDM), 3, {
    framing: FRAMING,
    outages: [
      { server: 'X', fromS: 1, toS: 2 },
      { nodes: [1, 1], fromS: 2.5, toS: 4 },
    ],
  });
  b.send(1.5, 0);
  b.send(3, 1);
  b.send(3.5, 1, false);
  const [after, dark, unheard] = b.run();
  close(after!.atS, 2 + DIFS_S + FRAME_S);
  assert.equal([dark!.what, dark!.atS], ['lost', 3]);
  assert.is(unheard!.what === 'crossed' && unheard!.atS >= 4, true);
});

byHand('messages are held until they have crossed', () => {
  const b = bench(wifi(OFDM), 2, { framing: FRAMING });
  b.send(0, 0);
  b.send(FRAME_S / 2, 1);
  b.run(0.9 * FRAME_S);
  assert.equal(b.held(), { waiting: 1, others: 1 });
  close(b.unfinishedWorkS, 2 * (FRAME_S + OFDM_ACK_S));
  b.run();
  assert.equal(b.held(), { waiting: 0, others: 0 });
});

byHand.run();

const hidden = suite('DCF with hidden stations');
/** Enough tries to tell which pairs are hidden. */
const never = wifi({ ...OFDM, leastWindow: 0, mostWindow: 0 }, { hiddenShare: 1, arq: { retries: 0, timeoutS: 0 } });

hidden(
  'a station that does not hear the sender begins in the middle of its frame, and both are lost at the gateway',
  () => {
    const b = bench(never, 2, { framing: FRAMING });
    b.send(0, 0);
    b.send(FRAME_S / 2, 1);
    assert.equal(
      b.run().map(({ what, atS }) => [what, Math.round(atS * 1e6)]),
      [
        ['lost', 1000],
        ['lost', 1500],
      ],
    );
    assert.is(b.stats.collisions[0], 2);
  },
);

hidden('it hears the gateway: acknowledgements and frames down keep it still', () => {
  const b = bench(never, 2, { framing: FRAMING });
  b.send(0, 0);
  b.send(FRAME_S + 20 * US, 1); // SIFS is over, the acknowledgement on the air
  b.send(1, 0, false);
  b.send(1 + FRAME_S / 2, 1);
  const fates = b.run();
  assert.is(fates.filter(({ what }) => what === 'crossed').length, 4);
  close(fates[1]!.atS, FRAME_S + OFDM_ACK_S + DIFS_S + FRAME_S);
  close(fates[3]!.atS, 1 + FRAME_S + OFDM_ACK_S + DIFS_S + FRAME_S);
});

hidden('what it sends cannot be received while the gateway acknowledges another', () => {
  const b = bench(never, 2, { framing: FRAMING });
  b.send(0, 0);
  b.send(FRAME_S + 5 * US, 1); // before the acknowledgement begins
  assert.equal(
    b.run().map(({ what }) => what),
    ['crossed', 'lost'],
  );
});

hidden('who has heard a frame waits for DIFS after it, also when one that has not begins meanwhile', () => {
  const halfHidden = { ...never, hiddenShare: 0.5 };
  const nodes = [0, 1, 2, 3, 4, 5];
  const unanswered = () => bench(halfHidden, nodes.length, { framing: { ...FRAMING, ackS: 0 } });
  const hears = (one: number, other: number) => {
    const b = unanswered();
    b.send(0, other);
    b.send(FRAME_S / 2, one);
    b.run();
    return b.stats.collisions[0] === 0;
  };
  let triples = 0;
  for (const first of nodes) {
    for (const meanwhile of nodes) {
      for (const third of nodes) {
        if (new Set([first, meanwhile, third]).size < 3) continue;
        if (!hears(third, first) || hears(meanwhile, first) || hears(third, meanwhile)) continue;
        triples++;
        const b = unanswered();
        b.send(0, first);
        b.send(FRAME_S + 10 * US, meanwhile);
        b.send(FRAME_S + 20 * US, third);
        close(b.run().find(({ node }) => node === meanwhile)!.atS, 2 * FRAME_S + 10 * US);
        close(b.fates.find(({ node }) => node === third)!.atS, 2 * FRAME_S + DIFS_S);
      }
    }
  }
  assert.ok(triples > 0);
});

hidden('the share of hidden pairs is what the medium says, and costs throughput', () => {
  const perS = [0, 0.3].map(
    (hiddenShare) => saturate(bench(wifi(OFDM, { hiddenShare }), 10, { framing: FRAMING }), 10, 5).perS,
  );
  assert.ok(perS[1]! < 0.7 * perS[0]!, `${perS}`);
});

hidden.run();

const network = suite('DCF in a network');

network('a network with loss, hidden stations and outages keeps its books, and the cut does not matter', () => {
  const medium = wifi(OFDM, {
    frameLoss: 0.1,
    residualLoss: 0.01,
    hiddenShare: 0.3,
    arq: { retries: 4, timeoutS: 75 * US },
  });
  const framing = { frames: 2, fullB: 80, fullS: 0.05, lastB: 40, lastS: 0.03, ackS: OFDM_ACK_S };
  const { links, linkStart } = runNetwork(medium, framing, 5);
  const of = (column: Float64Array, link: number) => column.subarray(linkStart[link], linkStart[link]! + 3);
  for (const link of [0, 1]) {
    assert.ok(of(links.collisions, link).every((n) => n > 0));
    assert.ok(of(links.frames, link).every((n, i) => n > 2 * of(links.messages, link)[i]! * 0.9));
    assert.ok(of(links.lostMessages, link).every((n) => n > 0));
  }
});

network.run();
