/** Messages of so many frames that one of them is easily lost for good. */
import type { Plan } from '../../sim/plan.js';
import type { Assumptions } from './assumptions.js';
import { everyHop } from './every-hop.js';

/** A message that is lost more often than this, by noise alone, is worth a note. */
const OFTEN = 0.01;
/** Names that one entry shows. */
const SHOWN = 3;

/**
 * Notes for each link over which messages go that lose a frame for good in more than one case of a hundred: the message is
 * lost as a whole, and sent again as a whole where its application repeats it. Transports that repeat single blocks do
 * better. Noise and retries only: 1 - (1 - loss^(retries + 1))^frames; contention adds to it. O(sources x hops).
 */
export function noteTransfers(plan: Omit<Plan, 'assumptions'>, assumptions: Assumptions): void {
  const { framings, hops, links, servers, media, sources } = plan;
  const lossy = new Map<number, { names: Set<string>; most: number }>();
  everyHop(plan, (source, hop) => {
    const link = hops.link[hop]!;
    const medium = media[servers.medium[links.server[link]!]!];
    const row = hops.framing[hop]!;
    if (medium === undefined || row < 0) return;
    const frameLost = medium.frameLoss ** ((medium.arq?.retries ?? 0) + 1);
    const lost = 1 - (1 - frameLost) ** framings.frames[row]!;
    if (!(lost > OFTEN) || framings.frames[row]! === 1) return;
    const known = lossy.get(link) ?? { names: new Set(), most: 0 };
    known.names.add(sources.name[source]!);
    lossy.set(link, { names: known.names, most: Math.max(known.most, lost) });
  });
  for (const [link, { names, most }] of lossy) {
    const more = names.size > SHOWN ? ` and ${names.size - SHOWN} more` : '';
    assumptions.add({
      kind: 'limit',
      key: `${links.name[link]}: large messages`,
      value: `${Number((100 * most).toPrecision(2))} %`,
      reason: `lost for want of one frame, at most, among ${[...names].slice(0, SHOWN).join('; ')}${more}: a message is lost, and sent again by its application, as a whole; transports that repeat single blocks lose less`,
    });
  }
}
