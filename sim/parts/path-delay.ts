/** Latency of one message per instance on a path, while its servers are in given states. */
import { Deliveries } from '../deliveries.js';
import type { AreaTable } from '../plan.js';
import type { DelayPart } from '../queueing/delay-quantile.js';
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

export class PathDelay {
  readonly path: Path;
  /** Of the path's servers. */
  readonly states: readonly ServerState[];
  /** For one delivery per instance. */
  readonly parts: readonly DelayPart[];
  /** Sums over the parts of their weights, and of weight times mean. */
  readonly weight: number;
  readonly weightedS: number;
  /** Between these the 95th percentile lies. */
  readonly leastP95S: number;
  readonly mostP95S: number;
  readonly backlogS: number;
  readonly isOutside: boolean;
  readonly isOverloaded: boolean;

  /** @param states of the path's servers */
  constructor(path: Path, states: readonly ServerState[], parent: AreaTable['parent']) {
    const { segments, retryS, retries } = path;
    this.path = path;
    this.states = states;
    let start: At = new Float64Array(COLUMNS);
    start[IDLE] = 1;
    start[THROUGH] = 1;
    let [isOutside, isOverloaded, backlogS] = [false, false, 0];
    for (const segment of segments) {
      for (const hop of segment.hops) {
        const state = states[hop.server];
        const delay = state.delayOf(hop);
        if (!delay.isEndless && !state.isOutside) continue;
        for (let i = hop.first; i < hop.first + hop.count; i++) {
          const run = state.runOf[serving(segment.kind, hop, i, parent)];
          if (delay.randomS[run] === Infinity) isOverloaded = true;
          if (state.delays.outside[run] !== '') isOutside = true;
        }
      }
    }
    for (const segment of segments.slice(0, -1)) start = meanOver(segment, states, parent, start);
    const last = segments[segments.length - 1];
    const gathered = new Deliveries();
    const delays = delaysOf(last, states);
    const end = last.first + last.count;
    for (let i = last.first; i < end; ) {
      const next = runFrom(i, last, delays, states, parent, start);
      gathered.add(next - i, now[THROUGH], now[FIXED_S], now[RANDOM_S], now[VAR_S2], now[IDLE]);
      if (now[BACKLOG_S] > backlogS) backlogS = now[BACKLOG_S];
      i = next;
    }
    const parts: DelayPart[] = [];
    gathered.end(1, last.count, retryS, retries, parts);
    let [weight, weightedS, least, most] = [0, 0, Infinity, 0];
    for (const { weight: own, fixedS, meanS, varS2 } of parts) {
      weight += own;
      weightedS += own * (fixedS + meanS);
      const deviationS = Math.sqrt(varS2);
      const arrives = meanS < Infinity; // not where nothing is a number
      least = Math.min(least, arrives ? (fixedS + meanS - BELOW_MEAN * deviationS) * (1 - SLACK) : meanS);
      most = Math.max(most, arrives ? (fixedS + meanS + ABOVE_MEAN * deviationS) * (1 + SLACK) : meanS);
    }
    this.parts = parts;
    this.weight = weight;
    this.weightedS = weightedS;
    this.leastP95S = least;
    this.mostP95S = most;
    this.backlogS = backlogS;
    this.isOutside = isOutside;
    this.isOverloaded = isOverloaded;
  }
}

function meanOver(segment: Segment, states: readonly ServerState[], parent: AreaTable['parent'], start: At): At {
  const mean: At = new Float64Array(COLUMNS);
  const delays = delaysOf(segment, states);
  const end = segment.first + segment.count;
  for (let i = segment.first; i < end; ) {
    const next = runFrom(i, segment, delays, states, parent, start);
    const share = (next - i) / segment.count;
    for (let column = 0; column < COLUMNS; column++) mean[column] += share * now[column];
    i = next;
  }
  return mean;
}

function delaysOf({ hops }: Segment, states: readonly ServerState[]): DelayPerRun[] {
  return hops.map((hop) => states[hop.server].delayOf(hop));
}

/**
 * Leaves in `now` where a message is at the end of a segment in instance `i`.
 * @param delays of the segment's hops
 * @returns the first instance after it in which any delay may be another
 */
function runFrom(
  i: number,
  { kind, first, count, hops }: Segment,
  delays: readonly DelayPerRun[],
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
