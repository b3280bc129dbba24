/** Messages that are larger than a buffer on their way. */
import type { Plan } from '../../sim/plan.js';
import type { Assumptions } from './assumptions.js';
import { everyHop } from './every-hop.js';

/** Names that one entry shows. */
const SHOWN = 3;

/**
 * Notes for each link whose buffer is smaller than messages that go over it: where they have to wait they are dropped as a
 * whole, since nothing on the way holds back the rest of a transfer. O(sources x hops).
 */
export function noteBuffers(plan: Omit<Plan, 'assumptions'>, assumptions: Assumptions): void {
  const { framings, hops, links, servers, sources } = plan;
  const tooLarge = new Map<number, Set<string>>();
  everyHop(plan, (source, hop) => {
    const row = hops.framing[hop];
    const wireB =
      row < 0
        ? sources.sizeB[source] + hops.overheadB[hop]
        : (framings.frames[row] - 1) * framings.fullB[row] + framings.lastB[row];
    const link = hops.link[hop];
    if (hops.hold[hop] < 0 && wireB > servers.bufferB[links.server[link]]) {
      tooLarge.set(link, (tooLarge.get(link) ?? new Set()).add(sources.name[source]));
    }
  });
  for (const [link, names] of tooLarge) {
    const more = names.size > SHOWN ? ` and ${names.size - SHOWN} more` : '';
    assumptions.add({
      kind: 'limit',
      key: `${links.name[link]}: buffer`,
      value: `${servers.bufferB[links.server[link]]}`,
      unit: 'B',
      reason: `smaller than messages of ${[...names].slice(0, SHOWN).join('; ')}${more}: where they have to wait they are dropped as a whole, for nothing holds back the rest of a transfer`,
    });
  }
}
