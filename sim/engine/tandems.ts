import type { Cells } from './cells.js';
import type { Program } from './program.js';
import { Way } from './way.js';

/** No hop. */
const NEVER = -1;

/** What feeds a server besides links. */
const ANYTHING_ELSE = -1;

/**
 * Pipes in tandem: all that the second one gets comes from the end of the first, one channel, in the order in which that settles it.
 * Where nobody is under way on the channel, and the end of the window is not in between, a message may be offered to the second as
 * soon as it is settled on the first, without an event: nobody can come between, and nobody looks at the second one meanwhile but
 * what it has settled before. Measured: 60 AMI days take 7.0 s in place of 7.9 s.
 *
 * @returns per hop: the next one, of which this holds; -1: its end needs an event. O(hops)
 */
export function tandems(program: Program, cells: Cells): Int32Array {
  const feeders = feedersOf(program, cells);
  return Int32Array.from(program.plan.hops.link, (_, h) => nextOf(program, feeders, h));
}

/** Per server: the links whose ends feed its own, instance by instance, in the same cell; or ANYTHING_ELSE. */
function feedersOf({ plan, hops: { isStraight } }: Program, { stays }: Cells): ReadonlySet<number>[] {
  const { hops, links, sources, servers } = plan;
  const feeders = Array.from(servers.name, () => new Set<number>());
  const feed = (h: number, by: number) => feeders[links.server[hops.link[h]]].add(by);
  for (const root of sources.rootHop) feed(root, ANYTHING_ELSE);
  for (let h = 0; h < hops.link.length; h++) {
    if (hops.reply[h] >= 0) feed(hops.reply[h], ANYTHING_ELSE);
    for (let c = hops.child[h]; c >= 0; c = hops.sibling[c]) {
      const isPlain = isStraight[c] === 1 && stays[c] === 1 && links.kind[hops.link[c]] === links.kind[hops.link[h]];
      feed(c, isPlain ? hops.link[h] : ANYTHING_ELSE);
    }
  }
  return feeders;
}

function nextOf({ plan, way, inOrder }: Program, feeders: readonly ReadonlySet<number>[], h: number): number {
  const { links, hops } = plan;
  const next = hops.child[h];
  if (next < 0 || hops.deliverFlow[h] >= 0 || hops.reply[h] >= 0 || hops.hold[h] >= 0) return NEVER;
  const [from, to] = [hops.link[h], hops.link[next]];
  const arePipes = [from, to].every((link) => way[link] === Way.pipe && inOrder[link] === 1);
  const fed = feeders[links.server[to]];
  return arePipes && fed.size === 1 && fed.has(from) ? next : NEVER;
}
