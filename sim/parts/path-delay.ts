/** Latency of one message per instance on paths, while its servers are in given states. */
import { Deliveries } from '../deliveries.js';
import type { AreaTable } from '../plan.js';
import type { DelayPart } from '../queueing/delay-quantile.js';
import { KnownLists } from './known-lists.js';
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
const at: At = new Float64Array(COLUMNS);
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

/** The state of every server that a path crosses, by the server's id; the same number: the same state. */
export type StatesNow = readonly { readonly id: number; readonly state: ServerState }[];

/**
 * Latencies on paths while servers are in given states, for one delivery per instance. Each path and the states of its
 * servers once, whoever takes it: of 97,000 that a city's 948 profiles ask for 56,000 differ. Columns, not
 * objects; distributions are found again for those of which a percentile is asked.
 */
export class PathDelays {
  /**
   * Of row r at TOLD * r + `Told`: sums over its parts of their weights, and of weight times mean; between what the 95th
   * percentile lies; the backlog on the way; whether formulas do not hold, whether a queue grows without end (0 or 1).
   */
  numbers = new Float64Array(TOLD * 1024);
  readonly parent: AreaTable['parent'];
  /** Row by the path and the states of its servers. */
  readonly #rows = new KnownLists<number>();
  readonly #list = new Int32Array(256);

  constructor(parent: AreaTable['parent']) {
    this.parent = parent;
  }

  /** The row of a path's latency. O(servers of the path) where it is known, else as `parts`. */
  rowOf(path: Path, now: StatesNow): number {
    const { servers } = path;
    const list = this.#list;
    list[0] = path.id;
    for (let i = 0; i < servers.length; i++) list[i + 1] = now[servers[i]].id;
    const known = this.#rows.get(list, servers.length + 1);
    if (known !== undefined) return known;
    const row = this.#rows.size;
    this.#rows.set(list, servers.length + 1, row);
    this.#tell(path, now, TOLD * row);
    return row;
  }

  /** The distribution on a path. O(runs of instances x hops). */
  parts(path: Path, now: StatesNow): DelayPart[] {
    gather(path, now, this.parent);
    return ended(path);
  }

  #tell(path: Path, now: StatesNow, at: number): void {
    if (at + TOLD > this.numbers.length) {
      const larger = new Float64Array(2 * this.numbers.length);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    const { numbers } = this;
    const isTroubled = gather(path, now, this.parent);
    numbers[at + Told.backlogS] = backlogS;
    if (isTroubled) for (const segment of path.segments) this.#noteTrouble(segment, now, at);
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

  #noteTrouble({ kind, hops }: Segment, now: StatesNow, at: number): void {
    for (const hop of hops) {
      const { state } = now[hop.server];
      const delay = state.delayOf(hop);
      if (!delay.isEndless && !state.isOutside) continue;
      for (let i = hop.first; i < hop.first + hop.count; i++) {
        const run = state.runOf[serving(kind, hop, i, this.parent)];
        if (delay.randomS[run] === Infinity) this.numbers[at + Told.isOverloaded] = 1;
        if (state.delays.outside[run] !== '') this.numbers[at + Told.isOutside] = 1;
      }
    }
  }
}

/** Of the path at hand, used again for the next. */
const gathered = new Deliveries();
let backlogS = 0;

/**
 * Leaves in `gathered` what comes over the last segment, and in `backlogS` the backlog on the way.
 * @returns whether a hop needs a closer look
 */
function gather({ segments }: Path, now: StatesNow, parent: AreaTable['parent']): boolean {
  gathered.clear();
  const last = segments[segments.length - 1];
  let start: At = START;
  let isTroubled = false;
  for (let s = 0; s < segments.length - 1; s++) {
    if (delaysOf(segments[s], now)) isTroubled = true;
    start = meanOver(segments[s], parent, start);
  }
  if (delaysOf(last, now)) isTroubled = true;
  const end = last.first + last.count;
  backlogS = 0;
  for (let i = last.first; i < end; ) {
    const next = runFrom(i, last, parent, start);
    gathered.add(next - i, at[THROUGH], at[FIXED_S], at[RANDOM_S], at[VAR_S2], at[IDLE]);
    if (at[BACKLOG_S] > backlogS) backlogS = at[BACKLOG_S];
    i = next;
  }
  return isTroubled;
}

function ended({ segments, retryS, retries }: Path): DelayPart[] {
  const parts: DelayPart[] = [];
  gathered.end(1, segments[segments.length - 1].count, retryS, retries, parts);
  return parts;
}

function meanOver(segment: Segment, parent: AreaTable['parent'], start: At): At {
  const mean: At = new Float64Array(COLUMNS);
  const end = segment.first + segment.count;
  for (let i = segment.first; i < end; ) {
    const next = runFrom(i, segment, parent, start);
    const share = (next - i) / segment.count;
    for (let column = 0; column < COLUMNS; column++) mean[column] += share * at[column];
    i = next;
  }
  return mean;
}

/** States of the servers of a segment's hops and delays there, as `delaysOf` left them. */
const states: ServerState[] = [];
const delays: DelayPerRun[] = [];

/** @returns whether a hop needs a closer look: its queue may grow without end, or formulas may not hold. */
function delaysOf({ hops }: Segment, now: StatesNow): boolean {
  let isTroubled = false;
  for (let h = 0; h < hops.length; h++) {
    const hop = hops[h];
    const { state } = now[hop.server];
    const delay = state.delayOf(hop);
    states[h] = state;
    delays[h] = delay;
    if (delay.isEndless || state.isOutside) isTroubled = true;
  }
  return isTroubled;
}

/**
 * Leaves in `at` where a message is at the end of a segment, with `states` and `delays`, in instance `i`.
 * @returns the first instance after it in which any delay may be another
 */
function runFrom(i: number, { kind, first, count, hops }: Segment, parent: AreaTable['parent'], start: At): number {
  let next = first + count;
  for (let column = 0; column < COLUMNS; column++) at[column] = start[column];
  for (let h = 0; h < hops.length; h++) {
    const hop = hops[h];
    const state = states[h];
    const delay = delays[h];
    const run = state.runOf[hop.kind === kind ? i : serving(kind, hop, i, parent)];
    if (hop.kind === kind) next = Math.min(next, state.runEnd[run]);
    else if (hop.kind !== CENTRE) next = i + 1;
    at[FIXED_S] += delay.fixedS - hop.savedS;
    at[RANDOM_S] += delay.randomS[run];
    at[VAR_S2] += delay.varS2[run];
    at[IDLE] *= delay.idle[run];
    at[THROUGH] *= 1 - delay.lost[run];
    if (state.hasBacklog) at[BACKLOG_S] += state.loads.backlogS[run];
  }
  return next;
}

/** Instance of a hop's link that serves instance `i` of a range of `kind`. */
export function serving(kind: number, hop: WayHop, i: number, parent: AreaTable['parent']): number {
  if (hop.kind === kind) return i;
  return hop.kind === CENTRE ? 0 : parent[kind][hop.kind][i];
}
