/** Latency of one message per instance on paths, while its servers are in given states. */
import { Deliveries } from '../deliveries.js';
import type { AreaTable } from '../plan.js';
import type { DelayPart } from '../queueing/delay-quantile.js';
import { smallColumn } from '../small-columns.js';
import type { Path, Segment, WayHop } from './part.js';
import type { DelayPerRun, ServerState } from './server-state.js';

const CENTRE = 0;
/** Cantelli's bounds of the 95th percentile, in standard deviations about the mean. */
const BELOW_MEAN = 1 / Math.sqrt(19);
const ABOVE_MEAN = Math.sqrt(19);
/** What the percentile's own precision and its step for small variances may add. */
const SLACK = 1e-3;

/**
 * A message on its way, in one instance or in the mean of several: an array of doubles, since numbers in the fields of an
 * object are allocated anew whenever they change.
 */
type At = Float64Array;
const [FIXED_S, RANDOM_S, VAR_S2, IDLE, THROUGH, BACKLOG_S] = [0, 1, 2, 3, 4, 5] as const;
const COLUMNS = 6;
/** The result of `runFrom`, used again by each call. */
const now: At = new Float64Array(COLUMNS);
const START: At = Float64Array.of(0, 0, 0, 1, 1, 0);

/** What is told of a delay, see `PathDelays.numbers`. */
export const Told = {
  weight: 0,
  weightedS: 1,
  leastP95S: 2,
  mostP95S: 3,
  backlogS: 4,
  isOutside: 5,
  isOverloaded: 6,
} as const;
export const TOLD = 7;

/**
 * Latencies on the paths of a bundle while servers are in given states, for one delivery per instance. There are hundreds of
 * thousands: columns, not objects; distributions are found again for those of which a percentile is asked.
 */
export class PathDelays {
  readonly paths: readonly Path[];
  /** By the server's id. */
  readonly states: readonly ServerState[];
  /**
   * Of path p at TOLD * p + `Told`: sums over its parts of their weights, and of weight times mean; between what the 95th
   * percentile lies; the backlog on the way; whether formulas do not hold, whether a queue grows without end (0 or 1).
   */
  readonly numbers: Float64Array;
  readonly #parent: AreaTable['parent'];

  constructor(paths: readonly Path[], states: readonly ServerState[], parent: AreaTable['parent']) {
    this.paths = paths;
    this.states = states;
    this.#parent = parent;
    this.numbers = smallColumn(TOLD * paths.length);
    for (let p = 0; p < paths.length; p++) this.#tell(paths[p], TOLD * p);
  }

  /** The distribution on a path. O(runs of instances x hops). */
  parts(p: number): DelayPart[] {
    const path = this.paths[p];
    this.#gather(path, TOLD * p);
    return ended(path);
  }

  #tell(path: Path, at: number): void {
    const { numbers } = this;
    this.#gather(path, at);
    let [weight, weightedS, least, most] = [0, 0, Infinity, 0];
    for (const { weight: own, fixedS, meanS, varS2 } of ended(path)) {
      weight += own;
      weightedS += own * (fixedS + meanS);
      const deviationS = Math.sqrt(varS2);
      const arrives = meanS < Infinity; // not where nothing is a number
      least = Math.min(least, arrives ? (fixedS + meanS - BELOW_MEAN * deviationS) * (1 - SLACK) : meanS);
      most = Math.max(most, arrives ? (fixedS + meanS + ABOVE_MEAN * deviationS) * (1 + SLACK) : meanS);
    }
    numbers[at + Told.weight] = weight;
    numbers[at + Told.weightedS] = weightedS;
    numbers[at + Told.leastP95S] = least;
    numbers[at + Told.mostP95S] = most;
  }

  #noteTrouble({ kind, hops }: Segment, at: number): void {
    for (const hop of hops) {
      const state = this.states[hop.server];
      const delay = state.delayOf(hop);
      if (!delay.isEndless && !state.isOutside) continue;
      for (let i = hop.first; i < hop.first + hop.count; i++) {
        const run = state.runOf[serving(kind, hop, i, this.#parent)];
        if (delay.randomS[run] === Infinity) this.numbers[at + Told.isOverloaded] = 1;
        if (state.delays.outside[run] !== '') this.numbers[at + Told.isOutside] = 1;
      }
    }
  }

  /** Leaves in `gathered` what comes over the last segment, and tells of backlogs and trouble on the way. */
  #gather({ segments }: Path, at: number): void {
    const { states, numbers } = this;
    const parent = this.#parent;
    gathered.clear();
    const last = segments[segments.length - 1];
    let start: At = START;
    let isTroubled = false;
    for (let s = 0; s < segments.length - 1; s++) {
      if (delaysOf(segments[s], states)) isTroubled = true;
      start = meanOver(segments[s], states, parent, start);
    }
    if (delaysOf(last, states)) isTroubled = true;
    const end = last.first + last.count;
    let backlogS = 0;
    for (let i = last.first; i < end; ) {
      const next = runFrom(i, last, states, parent, start);
      gathered.add(next - i, now[THROUGH], now[FIXED_S], now[RANDOM_S], now[VAR_S2], now[IDLE]);
      if (now[BACKLOG_S] > backlogS) backlogS = now[BACKLOG_S];
      i = next;
    }
    numbers[at + Told.backlogS] = backlogS;
    if (isTroubled) for (const segment of segments) this.#noteTrouble(segment, at);
  }
}

/** Of the path at hand, used again for the next. */
const gathered = new Deliveries();

function ended({ segments, retryS, retries }: Path): DelayPart[] {
  const parts: DelayPart[] = [];
  gathered.end(1, segments[segments.length - 1].count, retryS, retries, parts);
  return parts;
}

function meanOver(segment: Segment, states: readonly ServerState[], parent: AreaTable['parent'], start: At): At {
  const mean: At = new Float64Array(COLUMNS);
  const end = segment.first + segment.count;
  for (let i = segment.first; i < end; ) {
    const next = runFrom(i, segment, states, parent, start);
    const share = (next - i) / segment.count;
    for (let column = 0; column < COLUMNS; column++) mean[column] += share * now[column];
    i = next;
  }
  return mean;
}

/** Delays of a segment's hops, as `delaysOf` left them. */
const delays: DelayPerRun[] = [];

/** @returns whether a hop needs a closer look: its queue may grow without end, or formulas may not hold. */
function delaysOf({ hops }: Segment, states: readonly ServerState[]): boolean {
  let isTroubled = false;
  for (let h = 0; h < hops.length; h++) {
    const hop = hops[h];
    const state = states[hop.server];
    const delay = state.delayOf(hop);
    delays[h] = delay;
    if (delay.isEndless || state.isOutside) isTroubled = true;
  }
  return isTroubled;
}

/**
 * Leaves in `now` where a message is at the end of a segment, with `delays`, in instance `i`.
 * @returns the first instance after it in which any delay may be another
 */
function runFrom(
  i: number,
  { kind, first, count, hops }: Segment,
  states: readonly ServerState[],
  parent: AreaTable['parent'],
  start: At,
): number {
  let next = first + count;
  for (let column = 0; column < COLUMNS; column++) now[column] = start[column];
  for (let h = 0; h < hops.length; h++) {
    const hop = hops[h];
    const state = states[hop.server];
    const delay = delays[h];
    const run = state.runOf[hop.kind === kind ? i : serving(kind, hop, i, parent)];
    if (hop.kind === kind) next = Math.min(next, state.runEnd[run]);
    else if (hop.kind !== CENTRE) next = i + 1;
    now[FIXED_S] += delay.fixedS - hop.savedS;
    now[RANDOM_S] += delay.randomS[run];
    now[VAR_S2] += delay.varS2[run];
    now[IDLE] *= delay.idle[run];
    now[THROUGH] *= 1 - delay.lost[run];
    if (state.hasBacklog) now[BACKLOG_S] += state.loads.backlogS[run];
  }
  return next;
}

/** Instance of a hop's link that serves instance `i` of a range of `kind`. */
export function serving(kind: number, hop: WayHop, i: number, parent: AreaTable['parent']): number {
  if (hop.kind === kind) return i;
  return hop.kind === CENTRE ? 0 : parent[kind][hop.kind][i];
}
