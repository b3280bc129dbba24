/** What parts put on the links of a server. */
import { addLoad, type LinkVolumes, linkVolumes } from '../volumetrics.js';
import type { Station } from './part.js';
import type { SharedLink } from './shared-network.js';

/** All that goes over equal instances of a link; per instance. */
export interface RangeVolumes {
  readonly link: SharedLink;
  readonly first: number;
  readonly count: number;
  readonly volumes: LinkVolumes;
}

interface Gathered extends RangeVolumes {
  /** Of the part at hand. */
  readonly own: LinkVolumes;
  part: number;
}

/**
 * Sums by link and range, first within a part, then over parts: the order that gives the same last digit whatever is
 * bundled. O(crossings x bins).
 * @param stations of one server
 */
export function volumesOf(stations: readonly Station[]): RangeVolumes[] {
  const ranges = new Map<string, Gathered>();
  stations.forEach(({ crossings }, part) => {
    const used: Gathered[] = [];
    for (const { link, first, count, perBin, messages, one } of crossings) {
      const key = `${link.index} ${first} ${count}`;
      let range = ranges.get(key);
      if (range === undefined) {
        const [volumes, own] = [linkVolumes(perBin.length), linkVolumes(perBin.length)];
        range = { link, first, count, volumes, own, part: -1 };
        ranges.set(key, range);
      }
      if (range.part !== part) {
        range.part = part;
        used.push(range);
      }
      addLoad(range.own, 0, perBin, messages, one.bytes, one.airtimeS);
    }
    for (const { volumes, own } of used) moveInto(volumes, own);
  });
  return [...ranges.values()].map(({ link, first, count, volumes }) => ({ link, first, count, volumes }));
}

/** Leaves nothing in `own`. */
function moveInto({ bytes, messages, airtimeS }: LinkVolumes, own: LinkVolumes): void {
  for (let b = 0; b < bytes.length; b++) {
    bytes[b] += own.bytes[b];
    messages[b] += own.messages[b];
    airtimeS[b] += own.airtimeS[b];
  }
  own.bytes.fill(0);
  own.messages.fill(0);
  own.airtimeS.fill(0);
}
