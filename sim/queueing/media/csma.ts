import { attemptsByWay, type Failure } from '../attempts.js';
import { type Contended, type ContendedLoad, FIXED_POINT_PRECISION, FIXED_POINT_STEPS } from './contended.js';

/** Unslotted CSMA/CA of IEEE 802.15.4; see CsmaAccess of media.ts. */
export interface CsmaParameters {
  readonly leastExponent: number;
  readonly mostExponent: number;
  readonly backoffs: number;
  readonly unitBackoffS: number;
  readonly ccaS: number;
  readonly turnaroundS: number;
}

/** Share of the time that frames and acknowledgements may take before the mean field is left where all hear each other; see docs/closed-form.md. */
export const MOST_BUSY = 0.35;
/** Quantiles that stand for a distribution. */
const POINTS = 100;

/**
 * Unslotted CSMA/CA below saturation, as a fixed point of the rate of transmissions Λ:
 * - An assessment finds the channel busy with probability b = Λ·D, D the time in which a frame with its acknowledgement
 *   is heard by an assessment of `ccaS`; hidden endpoints' frames are not heard, acknowledgements are by all.
 * - Backoffs are short against frames, so that the next assessment often meets the same frame: with X_k the sum of k
 *   further backoffs it does with E[(1 - X_k / D)+], the frame's rest being uniform; else it is as likely busy as any.
 *   More than `backoffs` busy assessments fail the attempt.
 * - A frame is hit by those whose assessment ended within a turn-around of its own, e^(-2·Λ·turnaround), by an
 *   acknowledgement that starts in the gap it was sent into, by hidden endpoints, e^(-2·Λ·h·frame), and by strangers alike,
 *   who do not fail themselves and so are not met again.
 * - Attempts that fail are repeated: Λ = frames per second × attempts × share that transmits. Who collided meets again:
 *   both repeat after the same timeout, in one slot with 2^-BE, or one finds the other's frame from its start on; those
 *   who do not hear each other overlap again unless their backoffs differ by more than the frames were apart. Where
 *   repetitions wait further, uniformly up to `backoffS`, the difference of these waits adds to that of the backoffs.
 * Holds while frames and acknowledgements take up to 35 % / (1 + 4h) of the time and the fixed point exists; else `outside`.
 * O(steps + backoffs² + units of backoff).
 * Source: mean field of independent attempts as in Buratti and Verdone, IEEE Trans. Vehicular Technology 58 (2009), and Di
 * Marco et al., IEEE Trans. Vehicular Technology 61 (2012); derived here for unslotted access with a window of 2 turn-arounds
 * and correlated assessments. Leaves out: contention of those who waited for the same frame (errs towards few collisions).
 */
export function csma(load: ContendedLoad, access: CsmaParameters): Contended {
  const { framesPerS, strangersPerS, frameS, ackS, hiddenShare, noise, retries, timeoutS, backoffS } = load;
  const { ccaS, turnaroundS, backoffs } = access;
  const ackAirS = Math.max(0, ackS - turnaroundS);
  const gapS = Math.min(turnaroundS, ackS);
  const heardAckS = ackS > 0 ? ackAirS + Math.min(ccaS, gapS) : 0;
  const heardS = (frameS + ccaS) * (1 - hiddenShare) + heardAckS;
  const stay = sameFrame(access, frameS + ackS + ccaS);
  const stages = stageBackoffs(access);

  const fresh = freshFrame(access, frameS + ackS + ccaS);
  const meetAgain = meanOverDifference(access, backoffS, (apartS) => (apartS <= turnaroundS ? 1 : 0));
  const hiddenAgain = meanOverDifference(access, backoffS, (apartS) => Math.max(0, 1 - apartS / (2 * frameS)));
  // The wait before a repetition may outlast what kept the channel busy, or the frame of the other.
  const outlast = backoffS / (frameS + ackS);
  const stillThere = outlast > 1 ? 1 / (2 * outlast) : 1 - outlast / 2;
  const meetsFrame = outlast > 1 ? 1 - (1 - 1 / outlast) ** 2 : 1;
  let perS = framesPerS;
  let [busy, failed, lost, hit] = [0, 0, noise, 0];
  let through: number[] = [];
  let ways: Failure[] = [];
  let repeated = 1;
  let settled = false;
  for (let step = 0; step < FIXED_POINT_STEPS; step++) {
    busy = Math.min(1, perS * heardS * (1 - hit / 2));
    through = stillBusy(busy, stay, backoffs);
    failed = through[backoffs];
    const intoGap = ackS > 0 ? Math.min(1, (perS * Math.max(0, gapS - ccaS)) / Math.max(1e-9, 1 - busy)) : 0;
    const near = 1 - Math.exp(-perS * 2 * turnaroundS * (1 - hiddenShare)) * (1 - intoGap);
    const far = 1 - Math.exp(-perS * 2 * hiddenShare * (frameS + turnaroundS));
    const strange = 1 - Math.exp(-strangersPerS * repeated * 2 * (frameS + turnaroundS));
    const clear = (1 - near) * (1 - far);
    hit = 1 - clear * (1 - strange);
    lost = 1 - (1 - failed) * (1 - hit) * (1 - noise);
    const or = (one: number) => one + (1 - one) * lost;
    const missed = stillBusyAfter(busy, fresh, backoffs);
    ways = [
      { first: failed, again: or(failed > 0 ? (stillThere * missed) / 2 : 0) },
      { first: (1 - failed) * near, again: or(meetAgain + ((1 - meetAgain) / 2) * meetsFrame * missed) },
      { first: (1 - failed) * (1 - near) * far, again: or(hiddenAgain) },
      { first: (1 - failed) * clear * (strange + (1 - strange) * noise), again: lost },
    ];
    repeated = attemptsByWay(ways, retries).mean * (1 - failed);
    const next = framesPerS * repeated;
    const damped = (perS + next) / 2;
    settled = Math.abs(damped - perS) <= FIXED_POINT_PRECISION * damped;
    perS = damped;
    if (settled || busy >= 1) break;
  }
  let [accessS, accessVarS2] = [turnaroundS, 0];
  for (let k = 0; k <= backoffs; k++) {
    const reached = k === 0 ? 1 : through[k - 1];
    const { meanS, varS2 } = stages[k];
    accessS += reached * meanS;
    accessVarS2 += reached * varS2 + reached * (1 - reached) * meanS * meanS;
  }
  // A failed attempt either found no idle channel, or sent its frame and waited.
  const sentFailed = lost > 0 ? 1 - failed / lost : 1;
  const taken = (perS + strangersPerS * repeated) * (frameS + ackS);
  const most = MOST_BUSY / (1 + 4 * hiddenShare);
  return {
    lost,
    ways,
    accessS,
    accessVarS2,
    failedS: accessS + sentFailed * (frameS + timeoutS) + backoffS / 2,
    failedVarS2: accessVarS2 + sentFailed * (1 - sentFailed) * (frameS + timeoutS) ** 2 + backoffS ** 2 / 12,
    busy: taken,
    outside:
      settled && taken <= most
        ? ''
        : `CSMA/CA would have the medium taken ${(100 * taken).toFixed(0)} % of the time, the formula holds to ${(100 * most).toFixed(0)} %`,
  };
}

/** Backoff and assessment k of an attempt: uniform over 0 .. 2^BE − 1 units, then `ccaS`. */
function stageBackoffs(access: CsmaParameters): { meanS: number; varS2: number }[] {
  return Array.from({ length: access.backoffs + 1 }, (_, k) => {
    const values = 2 ** exponentAt(access, k);
    const { unitBackoffS, ccaS } = access;
    return { meanS: ((values - 1) / 2) * unitBackoffS + ccaS, varS2: ((values * values - 1) / 12) * unitBackoffS ** 2 };
  });
}

const exponentAt = ({ leastExponent, mostExponent }: CsmaParameters, k: number): number =>
  Math.min(leastExponent + k, mostExponent);

/** stay[k]: probability that assessment k after a busy one meets the same frame, heard for `heardS` in all; stay[0] = 1. */
function sameFrame(access: CsmaParameters, heardS: number): number[] {
  const { backoffs, unitBackoffS, ccaS } = access;
  const stay = [1];
  let units: number[] = [1]; // distribution of the sum of backoffs, in units
  for (let k = 1; k <= backoffs; k++) {
    const values = 2 ** exponentAt(access, k);
    const next = new Array<number>(units.length + values - 1).fill(0);
    let [window, share] = [0, 0];
    for (let n = 0; n < next.length; n++) {
      window += n < units.length ? units[n] : 0;
      window -= n >= values ? units[n - values] : 0;
      next[n] = window / values;
      share += next[n] * Math.max(0, 1 - (n * unitBackoffS + k * ccaS) / heardS);
    }
    stay.push(share);
    if (share < 1e-6) {
      while (stay.length <= backoffs) stay.push(0);
      break;
    }
    units = next;
  }
  return stay;
}

/** through[k]: probability that assessments 0 .. k of an attempt all find the channel busy. O(backoffs²). */
function stillBusy(busy: number, stay: readonly number[], backoffs: number): number[] {
  const after = [1]; // after[k]: k more, given one that met a fresh frame
  for (let k = 1; k <= backoffs; k++) {
    let value = stay[k];
    for (let j = 1; j <= k; j++) value += (stay[j - 1] - stay[j]) * busy * after[k - j];
    after.push(value);
  }
  return after.map((value) => busy * value);
}

/** fresh[k]: probability that assessment k still meets a frame that began just before the first backoff; see `sameFrame`. */
function freshFrame(access: CsmaParameters, heardS: number): number[] {
  const { unitBackoffS, ccaS, backoffs } = access;
  let meanS = 0;
  let varS2 = 0;
  return Array.from({ length: backoffs + 1 }, (_, k) => {
    const values = 2 ** exponentAt(access, k);
    meanS += ((values - 1) / 2) * unitBackoffS + ccaS;
    varS2 += ((values * values - 1) / 12) * unitBackoffS ** 2;
    // Sum of uniform backoffs, taken as uniform with its mean and variance.
    const halfS = Math.sqrt(3 * varS2);
    return Math.min(1, Math.max(0, (heardS - (meanS - halfS)) / (2 * halfS)));
  });
}

/** Probability that all assessments of an attempt find the channel busy when a frame of another has just begun. */
function stillBusyAfter(busy: number, fresh: readonly number[], backoffs: number): number {
  let through = 1;
  let before = 1;
  for (let k = 0; k <= backoffs; k++) {
    const same = before > 0 ? Math.min(1, fresh[k] / before) : 0;
    through *= same + (1 - same) * busy;
    before = fresh[k];
  }
  return through;
}

/**
 * Mean of a function of how far apart two begin to sense who repeat after the same timeout: the difference of two backoffs
 * of BE, and of two further waits, uniform up to `backoffS`. For hidden frames that overlapped, with a first offset uniform
 * over ± frame, the probability to overlap again is that of (1 − |Δ| / (2·frame))+. O(2^BE x POINTS).
 */
function meanOverDifference(
  { leastExponent, unitBackoffS }: CsmaParameters,
  backoffS: number,
  of: (apartS: number) => number,
): number {
  const values = 2 ** leastExponent;
  const points = backoffS > 0 ? POINTS : 1;
  let mean = 0;
  for (let d = 1 - values; d < values; d++) {
    const weight = (values - Math.abs(d)) / values ** 2;
    for (let i = 0; i < points; i++) {
      // Quantiles of a triangular distribution over ± 1.
      const u = (2 * (i + 0.5)) / points;
      const wait = u < 1 ? Math.sqrt(u) - 1 : 1 - Math.sqrt(2 - u);
      mean += (weight / points) * of(Math.abs(d * unitBackoffS + wait * backoffS));
    }
  }
  return mean;
}
