/** Waits as distributions that two moments and an atom describe. */

/** Time in queue: P(W = 0), E[W], E[W²]. Infinite moments where the queue grows without end. */
export interface Wait {
  readonly idle: number;
  readonly meanS: number;
  readonly meanSqS2: number;
}

export const NO_WAIT: Wait = { idle: 1, meanS: 0, meanSqS2: 0 };
export const ENDLESS_WAIT: Wait = { idle: 0, meanS: Infinity, meanSqS2: Infinity };
