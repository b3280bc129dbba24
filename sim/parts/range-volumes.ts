/** What parts put on the links of a server. */
import { addLoad, type LinkVolumes, linkVolumes } from '../volumetrics.js';
import { ByRange } from './by-range.js';
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
  own: LinkVolumes;
  part: number;
}

/** Volumes of a part that nobody uses, empty; of so many bins. */
const spare: LinkVolumes[] = [];
let spareBins = 0;
const NOTHING = linkVolumes(0);

function takeSpare(bins: number): LinkVolumes {
  if (bins !== spareBins) spare.length = 0;
  spareBins = bins;
  return spare.pop() ?? linkVolumes(bins);
}

/**
 * Sums by link and range, first within a part, then over parts: the order that gives the same last digit whatever is
 * bundled. O(crossings x bins).
 * @param stations of one server
 */
export function volumesOf(stations: readonly Station[]): RangeVolumes[] {
  const known = new ByRange<Gathered>();
  const all: Gathered[] = [];
  stations.forEach(({ crossings }, part) => {
    const used: Gathered[] = [];
    for (const { link, first, count, perBin, messages, one } of crossings) {
      let range = known.get(link.index, first, count);
      if (range === undefined) {
        range = { link, first, count, volumes: linkVolumes(perBin.length), own: NOTHING, part: -1 };
        known.set(link.index, first, count, range);
        all.push(range);
      }
      if (range.part !== part) {
        range.part = part;
        range.own = takeSpare(perBin.length);
        used.push(range);
      }
      addLoad(range.own, 0, perBin, messages, one.bytes, one.airtimeS);
    }
    for (const { volumes, own } of used) {
      moveInto(volumes, own);
      spare.push(own);
    }
  });
  return all.map(({ link, first, count, volumes }) => ({ link, first, count, volumes }));
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
