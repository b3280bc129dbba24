/** Polling: a master asks one endpoint after the other. */
import { ENDLESS_WAIT, type Wait } from '../wait.js';

export interface PollingLoad {
  readonly endpoints: number;
  /** Time for an endpoint that has nothing to send: poll, turn-around, answer; repetitions of lost polls included. */
  readonly walkS: number;
  /** Of that the answer, which a message takes the place of. */
  readonly emptyS: number;
  /** Messages up of all endpoints together: λ, λ·E[S], λ·E[S²]. */
  readonly perS: number;
  readonly load: number;
  readonly loadS: number;
  /** Messages of the master itself, which go between two polls: λ·E[S], λ·E[S²]. */
  readonly masterLoad: number;
  readonly masterLoadS: number;
}

export interface Polling {
  /** From a message's coming to its endpoint to the poll that fetches it. */
  readonly up: Wait;
  readonly down: Wait;
  /** Mean time from one poll of an endpoint to the next. */
  readonly cycleS: number;
}

/**
 * Mean waits of polling in a circle of `endpoints` alike, at most one message for each poll (1-limited):
 * W = (λ·E[S²] + r·(N + ρ)) / (2(1 − ρ − λ·r)), r the walk, S what a message adds to it; of a message of the master what is under way when it comes,
 * and the master's queue: λ_m·E[S_m²] / (2(1 − ρ_m)) + the residual of a walk or message. The master takes its share of
 * the time from the circle: walks and messages last 1 / (1 − ρ_m) times as long. A cycle lasts N·r / (1 − ρ).
 * The second moment goes from that of a uniform wait, 4/3 of the mean's square, when nobody sends, to that of an
 * exponential one, 2, at full load: in proportion to the load.
 * @returns endless waits where ρ + λ·r >= 1, ρ_m included. O(1).
 * Source: Takagi, Analysis of Polling Systems (1986), symmetric limited service; Takagi, ACM Computing Surveys 20 (1988),
 * equation for constant walks. The master's part is an approximation. Leaves out: endpoints that differ, several
 * messages fetched at once.
 */
export function polling(polled: PollingLoad): Polling {
  const { endpoints, walkS, emptyS, perS, masterLoad, masterLoadS } = polled;
  if (masterLoad >= 1) return { up: ENDLESS_WAIT, down: ENDLESS_WAIT, cycleS: Infinity };
  const stretch = 1 / (1 - masterLoad);
  // What a message takes more than `nothing to send`, and an exchange that brings a message.
  const load = Math.max(0, polled.load - perS * emptyS);
  const loadS = Math.max(0, polled.loadS - 2 * polled.load * emptyS + perS * emptyS * emptyS);
  const exchangeLoad = load + perS * walkS;
  const exchangeLoadS = loadS + 2 * load * walkS + perS * walkS * walkS;
  const walk = walkS * stretch;
  const busy = load * stretch;
  const left = 1 - busy - perS * walk;
  const cycleS = busy < 1 ? (endpoints * walk) / (1 - busy) : Infinity;
  const walking = Math.max(0, 1 - exchangeLoad - masterLoad);
  const residualS = (walking * walkS + exchangeLoadS + masterLoadS) / 2;
  const downS = residualS / (1 - masterLoad);
  const down = { idle: 0, meanS: downS, meanSqS2: (4 / 3) * downS * downS };
  if (left <= 0) return { up: ENDLESS_WAIT, down, cycleS };
  const meanS = (loadS * stretch * stretch + walk * (endpoints + busy)) / (2 * left);
  const full = 1 - left;
  return { up: { idle: 0, meanS, meanSqS2: (4 / 3 + (2 / 3) * full) * meanS * meanS }, down, cycleS };
}
