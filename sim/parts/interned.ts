/** Delays and paths that are the same wherever they come from. */
import { KnownLists } from './known-lists.js';
import { NumberKey } from './number-key.js';
import type { Path, Segment } from './part.js';
import type { SharedLink } from './shared-network.js';

export class Interned {
  readonly #delays = new KnownLists<number>();
  readonly #paths = new KnownLists<Path>();
  readonly #key = new NumberKey();

  /** A number for what messages wait and take on a link wherever its server is in the same state. @param time its number, see `KnownTimes` */
  delay(link: SharedLink, priority: number, isForAll: boolean, time: number): number {
    const key = this.#key;
    key.clear();
    key.add(link.server.id);
    key.add(link.index);
    key.add(priority);
    key.add(Number(isForAll));
    key.add(time);
    return key.numberIn(this.#delays);
  }

  path(segments: readonly Segment[], retryS: number, retries: number): Path {
    const key = this.#key;
    key.clear();
    key.add(retryS);
    key.add(retries);
    for (const { kind, first, count, hops } of segments) {
      key.add(kind);
      key.add(first);
      key.add(count);
      key.add(hops.length);
      for (const hop of hops) {
        key.add(hop.delayId);
        key.add(hop.kind);
        key.add(hop.first);
        key.add(hop.count);
        key.add(hop.savedS);
      }
    }
    const known = key.in(this.#paths);
    if (known !== undefined) return known;
    const servers = [...new Set(segments.flatMap(({ hops }) => hops.map(({ server }) => server)))];
    return key.keep(this.#paths, { id: this.#paths.size, segments, retryS, retries, servers });
  }
}
