/**
 * Which messages somebody waits for. A source is *tracked* when it sends again what is not done in time, or asks its
 * devices one after the other; what its deliveries cause, and what that causes in turn, is tracked with it, so that an
 * answer to a repeated command is known to be the same answer.
 *
 * Only trees with one receiver at the end of each branch can be tracked. What fans out or is heard by a population is
 * caused once, by the first delivery, and is an ordinary message.
 */
import { Fan, type Plan, Process } from '../plan.js';

/** Deliveries of a tree that fit the bits of an i32. */
const MOST_DELIVERIES = 31;

export interface Tracking {
  /** Per source row, 1: repeats or asks. */
  readonly isTracked: Uint8Array;
  /** Per source row, 1: its messages can be tracked when what caused them is. */
  readonly isTrackable: Uint8Array;
  /** Per hop that delivers in a trackable tree: which of the tree's deliveries it is. */
  readonly bit: Uint8Array;
  /** Per source row that is trackable: flow of each of its tree's deliveries. */
  readonly flows: readonly (readonly number[])[];
  /** For each tracked source row: rows whose messages may be tracked because of it, itself included. */
  readonly families: ReadonlyMap<number, readonly number[]>;
}

/**
 * O(hops + sources + tracked sources x causes).
 * @throws Error when a source is to repeat or ask and its messages fan out, when it would repeat at once, or too often
 */
export function compileTracking(plan: Plan): Tracking {
  const { sources, hops, causes } = plan;
  const rows = sources.name.length;
  const bit = new Uint8Array(hops.link.length);
  const flowsOf = new Map<number, readonly number[] | undefined>(); // per root
  const flows: (readonly number[])[] = [];
  const isTrackable = new Uint8Array(rows);
  const isTracked = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const root = sources.rootHop[row];
    if (!flowsOf.has(root)) flowsOf.set(root, deliveriesOf(plan, root, bit));
    const deliveries = flowsOf.get(root);
    flows.push(deliveries ?? []);
    isTrackable[row] = Number(deliveries !== undefined);
    const repeats = sources.retryS[row] < Number.POSITIVE_INFINITY && sources.retries[row] > 0;
    if (!repeats && sources.process[row] !== Process.asked) continue;
    isTracked[row] = 1;
    if (deliveries === undefined)
      throw new Error(`plan: ${sources.name[row]} repeats or asks, and its messages have many receivers`);
    if (!(sources.retryS[row] > 0))
      throw new Error(`plan: ${sources.name[row]} repeats after ${sources.retryS[row]} s`);
    if (sources.retries[row] > 254)
      throw new Error(`plan: ${sources.name[row]} repeats ${sources.retries[row]} times, more than 254`);
    if (sources.process[row] === Process.asked && !(sources.concurrency[row] > 0))
      throw new Error(`plan: ${sources.name[row]} asks no device at a time`);
  }

  const families = new Map<number, readonly number[]>();
  for (let row = 0; row < rows; row++) {
    if (isTracked[row] === 0) continue;
    const family = [row];
    for (const member of family) {
      for (let c = 0; c < causes.trigger.length; c++) {
        const source = causes.source[c];
        if (!flows[member].includes(causes.trigger[c]) || isTrackable[source] === 0) continue;
        if (!family.includes(source)) family.push(source);
      }
    }
    families.set(row, family);
  }
  return { isTracked, isTrackable, bit, flows, families };
}

/** Flows that the tree from `root` delivers, by bit; undefined when one of its hops reaches many. */
function deliveriesOf({ hops }: Plan, root: number, bit: Uint8Array): readonly number[] | undefined {
  const flows: number[] = [];
  const hopsToGo = [root];
  for (const h of hopsToGo) {
    if (hops.fan[h] !== Fan.own || hops.listeners[h] >= 0) return undefined;
    if (hops.deliverFlow[h] >= 0) bit[h] = flows.push(hops.deliverFlow[h]) - 1;
    for (let c = hops.child[h]; c >= 0; c = hops.sibling[c]) hopsToGo.push(c);
  }
  return flows.length > MOST_DELIVERIES ? undefined : flows;
}

/** Every hop of the tree from `root`. */
export function hopsBelow({ hops }: Plan, root: number): number[] {
  const below = [root];
  for (const h of below) for (let c = hops.child[h]; c >= 0; c = hops.sibling[c]) below.push(c);
  return below;
}
