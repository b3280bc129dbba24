import { attempts } from '../attempts.js';
import { type Contended, type ContendedLoad, FIXED_POINT_PRECISION, FIXED_POINT_STEPS } from './contended.js';

/** Distributed coordination function of IEEE 802.11, basic access; see DcfAccess of media.ts. */
export interface DcfParameters {
  readonly slotS: number;
  readonly sifsS: number;
  readonly difsS: number;
  readonly leastWindow: number;
  readonly mostWindow: number;
}

/** Share of the saturation throughput up to which the unsaturated mean field is used. */
const MOST_OF_SATURATION = 0.9;

export interface Saturation {
  /** Probability that a station sends in a slot, and that what it sends collides. */
  readonly sends: number;
  readonly collides: number;
  /** Frames that get through per second. */
  readonly framesPerS: number;
}

/**
 * Saturation of `stations` that always have a frame: Bianchi's fixed point of τ = 2(1 − 2p) / ((1 − 2p)(W + 1) +
 * p·W·(1 − (2p)^m)) and p = 1 − (1 − τ)^(n − 1), with W = leastWindow + 1 and W·2^m = mostWindow + 1; found by bisection.
 * A slot is empty (slotS), or carries a frame (frame, SIFS and acknowledgement, DIFS), or a collision (frame, DIFS).
 * O(bisections). Source: Bianchi, IEEE JSAC 18 (2000), equations 7, 9, 13. Leaves out: retry limits (few frames are lost),
 * hidden stations, frames of mixed lengths.
 */
export function dcfSaturation(stations: number, frameS: number, ackS: number, access: DcfParameters): Saturation {
  let [low, high] = [0, 1 - 1e-12];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (collisionOf(sendsAt(middle, access), stations) > middle) low = middle;
    else high = middle;
  }
  const collides = (low + high) / 2;
  const sends = sendsAt(collides, access);
  const idle = (1 - sends) ** stations;
  const success = stations * sends * (1 - sends) ** (stations - 1);
  const slotS =
    idle * access.slotS + success * doneS(frameS, ackS, access) + (1 - idle - success) * hitS(frameS, access);
  return { sends, collides, framesPerS: success / slotS };
}

/**
 * DCF below saturation: the rate of attempts is that of the load, Λ·attempts, so that with a generic slot of mean length
 * E a station sends in it with τ = Λ·attempts·E / n, and p = 1 − (1 − τ)^(n − 1), with noise and hidden stations
 * on top; E as in `dcfSaturation`. A frame that comes to an idle medium goes at once, others wait as for
 * one server, S / (2(1 − ρ)), and count W / 2 slots down; after a failed attempt twice as many, of E each. Holds to 90 %
 * of the saturation throughput; else `outside`.
 * O(steps). Source: balance of rates with the slots of Bianchi (2000), as in Malone, Duffy and Leith, IEEE/ACM Trans.
 * Networking 15 (2007), for queues that are mostly empty. Leaves out what `dcfSaturation` leaves out.
 */
export function dcf(load: ContendedLoad, access: DcfParameters): Contended {
  const { framesPerS, frameS, ackS, endpoints, hiddenShare, noise, retries, timeoutS } = load;
  const stations = Math.max(1, endpoints);
  const saturation = dcfSaturation(stations, frameS, ackS, access);
  const okS = doneS(frameS, ackS, access);
  const badS = hitS(frameS, access);
  let [slotS, lost, collides, sends] = [access.slotS, noise, 0, 0];
  for (let step = 0; step < FIXED_POINT_STEPS; step++) {
    const perS = framesPerS * attempts(lost, retries).mean;
    const wanted = Math.min(1, (perS * slotS) / stations);
    const before = sends;
    sends = (sends + wanted) / 2;
    collides = 1 - (1 - collisionOf(sends, stations)) * Math.exp(-2 * hiddenShare * perS * frameS);
    lost = 1 - (1 - collides) * (1 - noise);
    const idle = (1 - sends) ** stations;
    const success = stations * sends * (1 - sends) ** (stations - 1);
    slotS = idle * access.slotS + success * okS + (1 - idle - success) * badS;
    if (Math.abs(sends - before) <= FIXED_POINT_PRECISION * sends) break;
  }
  const perS = framesPerS * attempts(lost, retries).mean;
  const busy = Math.min(1, perS * (lost * badS + (1 - lost) * okS));
  // A frame that finds the medium idle goes at once; others queue for it as for one server (M/G/1), and count a backoff.
  const backoffS = (access.leastWindow / 2) * access.slotS;
  const left = Math.max(1e-9, 1 - busy);
  const queueS = okS / (2 * left);
  const afterS = queueS + backoffS;
  const afterVarS2 = (2 * busy - 1) * queueS ** 2 + okS ** 2 / (3 * left) + (2 * backoffS) ** 2 / 12;
  // An attempt after a failed one has a backoff in any case, of twice the window.
  const againS = (Math.min(2 * (access.leastWindow + 1) - 1, access.mostWindow) / 2) * slotS + access.difsS;
  const limit = MOST_OF_SATURATION * saturation.framesPerS * (1 - noise);
  return {
    lost,
    ways: [{ first: lost, again: lost }],
    accessS: busy * afterS,
    accessVarS2: busy * afterVarS2 + busy * (1 - busy) * afterS * afterS,
    failedS: frameS + timeoutS + againS,
    failedVarS2: (2 * againS) ** 2 / 12,
    busy,
    outside:
      framesPerS <= limit
        ? ''
        : `DCF is offered ${framesPerS.toFixed(1)} frames/s, ${stations} stations saturate at ${saturation.framesPerS.toFixed(1)}`,
  };
}

function sendsAt(collides: number, { leastWindow, mostWindow }: DcfParameters): number {
  const window = leastWindow + 1;
  const stages = Math.round(Math.log2((mostWindow + 1) / window));
  // (1 − (2p)^m) / (1 − 2p) as a sum, which has no pole at p = 1/2.
  let [sum, power] = [0, 1];
  for (let i = 0; i < stages; i++) {
    sum += power;
    power *= 2 * collides;
  }
  return 2 / (window + 1 + collides * window * sum);
}

const collisionOf = (sends: number, stations: number): number => 1 - (1 - sends) ** (stations - 1);

const doneS = (frameS: number, ackS: number, { difsS }: DcfParameters): number => frameS + ackS + difsS;

const hitS = (frameS: number, { difsS }: DcfParameters): number => frameS + difsS;
