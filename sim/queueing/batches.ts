/** Messages that are held and go on together. */

/** Expected figures of a carrier that goes when it is full or old, see `batches`. */
export interface Batches {
  /** Messages in a carrier. */
  readonly messages: number;
  /** Frames of a carrier, each for as many messages as `perFrame` says; the last one need not be full. */
  readonly frames: number;
  /** Mean and mean square of the time that a message is held. */
  readonly heldS: number;
  readonly heldSqS2: number;
}

/** Beyond this expected number the Poisson count is taken as its mean. */
const LARGE = 400;

/**
 * Carriers that open with a message and go when `most` messages are in them or `ageS` after they opened; messages come
 * as a Poisson stream of `perS`. With N = Poisson(λ·age): E[messages] = E[min(most, 1 + N)]; a message that came as the
 * j-th waits for the rest of the gathering. Time held: total over a carrier Σ_j j·P(N >= j) / λ, j < most.
 * The mean square is that of a uniform distribution with this mean, 4/3 of the mean's square: exact for age alone at high
 * rates, and when held until asked at regular times.
 * O(min(most, λ·age)). Source: renewal argument, Poisson counts within the open time. Leaves out: arrivals at once, sizes
 * that differ (`most` is a mean).
 * @param perS   λ > 0
 * @param most   messages that fill a carrier, >= 1; Infinity
 * @param ageS   >= 0; Infinity
 * @param perFrame messages that fill a frame, > 0; Infinity: no frames
 */
export function batches(perS: number, most: number, ageS: number, perFrame = Infinity): Batches {
  const expected = perS * ageS;
  const last = Math.max(1, most);
  let [messages, totalS] = [1, 0];
  let frames = framesOf(1, perFrame);
  if (last === Infinity || expected > LARGE || last > 2 * LARGE) {
    const others = Math.min(last - 1, expected);
    if (others === Infinity) return { messages: Infinity, frames: Infinity, heldS: Infinity, heldSqS2: Infinity };
    messages += others;
    // The last frame of a number that varies is half full in the mean.
    const varies = expected < last - 1 && messages > perFrame;
    frames = varies ? messages / perFrame + 0.5 : framesOf(messages, perFrame);
    totalS = others < expected ? ((last - 1) * last) / (2 * perS) : ageS + (perS * ageS * ageS) / 2;
  } else {
    // tail = P(N >= j)
    let probability = Math.exp(-expected);
    let tail = expected === Infinity ? 1 : 1 - probability;
    for (let j = 1; j < last && tail > 0; j++) {
      messages += tail;
      totalS += (j * tail) / perS;
      frames += tail * (framesOf(j + 1, perFrame) - framesOf(j, perFrame));
      probability *= expected === Infinity ? 0 : expected / j;
      tail -= probability;
    }
  }
  const heldS = totalS / messages;
  return { messages, frames, heldS, heldSqS2: (4 / 3) * heldS * heldS };
}

function framesOf(messages: number, perFrame: number): number {
  return perFrame === Infinity ? 1 : Math.ceil(messages / perFrame - 1e-9);
}
