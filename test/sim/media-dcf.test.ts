import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDcf } from '../../sim/engine/media/dcf.js';
import type { DcfAccess, Medium } from '../../sim/media.js';
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
