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

/** A message on its way, in one instance or in the mean of several. */
interface At {
  fixedS: number;
  randomS: number;
  varS2: number;
  idle: number;
  through: number;
  backlogS: number;
}

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
    let start: At = { fixedS: 0, randomS: 0, varS2: 0, idle: 1, through: 1, backlogS: 0 };
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
    eachRun(last, states, parent, start, (count, at) => {
      gathered.add(count, at.through, at.fixedS, at.randomS, at.varS2, at.idle);
      if (at.backlogS > backlogS) backlogS = at.backlogS;
    });
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
  const mean: At = { fixedS: 0, randomS: 0, varS2: 0, idle: 0, through: 0, backlogS: 0 };
  eachRun(segment, states, parent, start, (count, at) => {
    const share = count / segment.count;
    mean.fixedS += share * at.fixedS;
    mean.randomS += share * at.randomS;
    mean.varS2 += share * at.varS2;
    mean.idle += share * at.idle;
    mean.through += share * at.through;
    mean.backlogS += share * at.backlogS;
  });
  return mean;
}

/** Calls `visit` for runs of instances in which all delays of a segment are the same. */
function eachRun(
  { kind, first, count, hops }: Segment,
  states: readonly ServerState[],
  parent: AreaTable['parent'],
  start: At,
  visit: (count: number, at: At) => void,
): void {
  const end = first + count;
  const delays: DelayPerRun[] = hops.map((hop) => states[hop.server].delayOf(hop));
  const at = { ...start };
  for (let i = first; i < end; ) {
    let next = end;
    at.fixedS = start.fixedS;
    at.randomS = start.randomS;
    at.varS2 = start.varS2;
    at.idle = start.idle;
    at.through = start.through;
    at.backlogS = start.backlogS;
    for (let h = 0; h < hops.length; h++) {
      const hop = hops[h];
      const state = states[hop.server];
      const delay = delays[h];
      const run = state.runOf[serving(kind, hop, i, parent)];
      if (hop.kind === kind) next = Math.min(next, state.runEnd[run]);
      else if (hop.kind !== CENTRE) next = i + 1;
      at.fixedS += delay.fixedS - hop.savedS;
      at.randomS += delay.randomS[run];
      at.varS2 += delay.varS2[run];
      at.idle *= delay.idle[run];
      at.through *= 1 - delay.lost[run];
      if (state.hasBacklog) at.backlogS += state.loads.backlogS[run];
    }
    visit(next - i, at);
    i = next;
  }
}

/** Instance of a hop's link that serves instance `i` of a range of `kind`. */
export function serving(kind: number, hop: WayHop, i: number, parent: AreaTable['parent']): number {
  if (hop.kind === kind) return i;
  return hop.kind === CENTRE ? 0 : parent[kind][hop.kind][i];
}
