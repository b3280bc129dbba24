/** What a frame meets on a medium that several contend for, in the mean field of a Poisson load. */

import type { Failure } from '../attempts.js';

/** Load of one medium: everything that its radios have to send, first attempts. Means are over frames. */
export interface ContendedLoad {
  /** Frames per second, ≥ 0. */
  readonly framesPerS: number;
  readonly frameS: number;
  /** Acknowledgement, turn-around before it included; 0: none. */
  readonly ackS: number;
  /** Radios, the gateway not counted. */
  readonly endpoints: number;
  /** Share of pairs of endpoints that do not hear each other. */
  readonly hiddenShare: number;
  /** Frames per second of others, first attempts, that the sender never hears and the receiver does, who get through all the same. */
  readonly strangersPerS: number;
  /** Share of frames lost by noise. */
  readonly noise: number;
  /** Repetitions of a lost frame, and from its end to its repetition; 0 without ARQ. */
  readonly retries: number;
  readonly timeoutS: number;
  /** A further wait before a repetition, uniform from 0 to this; see Arq.backoffS. */
  readonly backoffS: number;
}

export interface Contended {
  /** Probability that an attempt is lost: collision, noise, or no idle channel found. */
  readonly lost: number;
  /** The same by what loses it, and how likely that loses the next attempt as well. */
  readonly ways: readonly Failure[];
  /** From the begin of an attempt to the start of its frame: mean and variance. */
  readonly accessS: number;
  readonly accessVarS2: number;
  /** From the begin of an attempt that failed to that of the next: mean and variance. */
  readonly failedS: number;
  readonly failedVarS2: number;
  /** Share of the medium's time that is taken, in the place of its gateway. */
  readonly busy: number;
  /** Why the formula does not hold at this load; empty within its range. */
  readonly outside: string;
}

/** The same load with strangers among the hidden. */
export function withStrangers(load: ContendedLoad): ContendedLoad {
  const { framesPerS, strangersPerS, hiddenShare } = load;
  const perS = framesPerS + strangersPerS;
  if (strangersPerS === 0 || perS === 0) return load;
  return {
    ...load,
    framesPerS: perS,
    strangersPerS: 0,
    hiddenShare: 1 - (framesPerS * (1 - hiddenShare)) / perS,
  };
}

/** Steps of a fixed point, damped by half; what has not settled by then is beyond its knee. */
export const FIXED_POINT_STEPS = 200;
export const FIXED_POINT_PRECISION = 1e-9;
