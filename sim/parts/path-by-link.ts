/** Where on a path latency is spent, see `delayByLink`. */
import type { AreaTable } from '../plan.js';
import type { Path, Segment } from './part.js';
import { type StatesNow, serving } from './path-delay.js';

/**
 * Adds weighted seconds on each link, by its name, for so many deliveries per instance; links where messages stay for
 * ever to `endless`. @returns the weight
 */
export function addByLink(
  { segments }: Path,
  deliveries: number,
  now: StatesNow,
  parent: AreaTable['parent'],
  sums: Map<string, number>,
  endless: Set<string>,
): number {
  const last = segments[segments.length - 1];
  /** Of the segments before the last: what messages spent there on average, and the share not lost. */
  const before: { readonly link: string; readonly delayS: number }[] = [];
  let through = 1;
  for (const segment of segments.slice(0, -1)) {
    let kept = 0;
    const perHop = new Float64Array(segment.hops.length);
    eachInstance(segment, now, parent, (delays, share) => {
      kept += share / segment.count;
      for (let h = 0; h < perHop.length; h++) perHop[h] += delays[h] / segment.count;
    });
    perHop.forEach((delayS, h) => {
      before.push({ link: segment.hops[h].link.name, delayS });
    });
    through *= kept;
  }
  let weight = 0;
  eachInstance(last, now, parent, (delays, share) => {
    const all = [...before, ...last.hops.map(({ link }, h) => ({ link: link.name, delayS: delays[h] }))];
    const never = all.find(({ delayS }) => delayS === Infinity);
    if (never !== undefined) {
      endless.add(never.link);
      return;
    }
    const own = deliveries * through * share;
    weight += own;
    for (const { link, delayS } of all) sums.set(link, (sums.get(link) ?? 0) + own * delayS);
  });
  return weight;
}

function eachInstance(
  { kind, first, count, hops }: Segment,
  now: StatesNow,
  parent: AreaTable['parent'],
  visit: (delays: Float64Array, through: number) => void,
): void {
  const delays = new Float64Array(hops.length);
  for (let i = first; i < first + count; i++) {
    let through = 1;
    hops.forEach((hop, h) => {
      const { state } = now[hop.server];
      const delay = state.delayOf(hop);
      const run = state.runOf[serving(kind, hop, i, parent)];
      delays[h] = delay.fixedS + delay.randomS[run] - hop.savedS;
      through *= 1 - delay.lost[run];
    });
    visit(delays, through);
  }
}
