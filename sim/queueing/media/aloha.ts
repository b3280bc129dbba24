import { attempts } from '../attempts.js';
import type { Contended, ContendedLoad } from './contended.js';

/** Frames on the air per airtime at which throughput peaks: 1 / (2e) = 0.184 and 1 / e = 0.368. */
const PURE_PEAK = 0.5;
const SLOTTED_PEAK = 1;
const STEPS = 400;

/** How frames overlap. */
export interface AlohaLoad extends ContendedLoad {
  /** 0: pure. */
  readonly slotS: number;
  /** Times that each frame is sent where there is no ARQ (`retries` 0). */
  readonly copies: number;
  /** ARQ: a lost frame is sent again uniformly within this time after the timeout. */
  readonly spreadS: number;
}

/**
 * Pure and slotted ALOHA with frames of one length: an attempt gets through with e^(-2G), slotted e^(-G), where G is the
 * number of frames on the air per airtime, copies and repetitions included: throughput S = G·e^(-2G), S = G·e^(-G).
 * Slotted frames of k slots meet those that start in 2k - 1 slots: e^(-(2k - 1)·G/k). Acknowledgements follow frames
 * that got through and disturb like them.
 * Holds to the peaks G = 0.5 and G = 1, where it is stable; beyond, or where repetitions drive G there, `outside`.
 * O(steps of the fixed point) with ARQ, O(1) without.
 * Source: Abramson, AFIPS 37 (1970); Roberts, ASIS note 8 (1972). Assumes many endpoints; leaves out capture, frames of
 * mixed lengths, and that a radio does not meet itself (errs towards loss by 1 / endpoints).
 */
export function aloha(load: AlohaLoad): Contended {
  const { framesPerS, frameS, ackS, slotS, noise, retries, timeoutS, spreadS, copies } = load;
  const isSlotted = slotS > 0;
  const slots = isSlotted ? Math.max(1, Math.ceil(frameS / slotS - 1e-6)) : 0;
  const vulnerableS = isSlotted ? (2 * slots - 1) * slotS : 2 * frameS;
  const spill = isSlotted ? Math.ceil((frameS + ackS) / slotS - 1e-6) - slots : 0;
  const ackWindowS = isSlotted ? spill * slotS : ackS;
  const unitS = isSlotted ? slotS * slots : frameS;
  const peak = isSlotted ? SLOTTED_PEAK : PURE_PEAK;
  const sentPerS = framesPerS * (retries > 0 ? 1 : copies);
  let perS = sentPerS;
  let lost = noise;
  for (let step = 0; step < STEPS; step++) {
    lost = 1 - (1 - noise) * Math.exp(-perS * (vulnerableS + (1 - lost) * ackWindowS));
    const next = retries > 0 ? sentPerS * attempts(lost, retries).mean : sentPerS;
    if (Math.abs(next - perS) <= 1e-12 * next && step > 50) break;
    perS = next;
    if (perS * unitS > peak) break;
  }
  const onAir = perS * unitS;
  const accessS = slotS / 2;
  return {
    lost,
    ways: [{ first: lost, again: lost }],
    accessS,
    accessVarS2: (slotS * slotS) / 12,
    failedS: accessS + frameS + timeoutS + spreadS / 2,
    failedVarS2: (slotS * slotS + spreadS * spreadS) / 12,
    busy: perS * frameS,
    outside:
      onAir <= peak ? '' : `ALOHA offers ${onAir.toFixed(2)} frames per airtime, its throughput peaks at ${peak}`,
  };
}

/** Throughput S of ALOHA at offered traffic G, both in frames per airtime (per slot). O(1). */
export function alohaThroughput(offered: number, isSlotted: boolean): number {
  return offered * Math.exp(-(isSlotted ? 1 : 2) * offered);
}

/** A message that is sent several times: the first copy at once, the others uniformly within `spreadS` of it. */
export interface Copies {
  /** No copy gets through. */
  readonly lost: number;
  /** Time from the first copy to the first that gets through, given that one does: P(0), mean, mean square. */
  readonly atOnce: number;
  readonly meanS: number;
  readonly meanSqS2: number;
}

/**
 * Copies that are lost with probability `lost` each, independently. Of k others that get through the first is the least
 * of k uniform times: mean spread / (k + 1), mean square 2·spread² / ((k + 1)(k + 2)). O(copies).
 */
export function firstCopy(lost: number, copies: number, spreadS: number): Copies {
  const others = copies - 1;
  let probability = lost ** others; // binomial: k of the others get through
  let [any, meanS, meanSqS2] = [0, 0, 0];
  for (let k = 1; k <= others; k++) {
    probability = lost > 0 ? (probability * (1 - lost) * (others - k + 1)) / (lost * k) : Number(k === others);
    any += probability;
    meanS += (probability * spreadS) / (k + 1);
    meanSqS2 += (probability * 2 * spreadS * spreadS) / ((k + 1) * (k + 2));
  }
  const through = 1 - lost + lost * any;
  return {
    lost: lost ** copies,
    atOnce: through > 0 ? (1 - lost) / through : 0,
    meanS: through > 0 ? (lost * meanS) / through : 0,
    meanSqS2: through > 0 ? (lost * meanSqS2) / through : 0,
  };
}
