/** Numbers for delays and paths that are the same wherever servers are in the same states. */
import type { HopTime } from '../hop-times.js';
import { KnownLists } from './known-lists.js';
import type { Path, Segment } from './part.js';
import type { SharedLink } from './shared-network.js';

/** Halves of a double. */
const HALVES = 2;
/** Of a delay's key, of a path's, of each of its segments and hops: doubles. */
const OF_DELAY = 10;
const OF_PATH = 2;
const OF_SEGMENT = 4;
const OF_HOP = 5;

export class Interned {
  readonly #delays = new KnownLists<number>();
  readonly #paths = new KnownLists<Path>();
  /** The key at hand: doubles, compared bit by bit as pairs of whole numbers. Far faster than texts of them. */
  #key = new Float64Array(256);
  #halves = new Int32Array(this.#key.buffer);

  path(segments: readonly Segment[], retryS: number, retries: number): Path {
    const length = this.#keyOfPath(segments, retryS, retries);
    const known = this.#paths.get(this.#halves, length);
    if (known !== undefined) return known;
    const path = { segments, retryS, retries };
    this.#paths.set(this.#halves, length, path);
    return path;
  }

  delay(link: SharedLink, priority: number, isForAll: boolean, one: HopTime): number {
    const key = this.#key;
    key[0] = link.server.id;
    key[1] = link.index;
    key[2] = priority;
    key[3] = Number(isForAll);
    key[4] = one.bytes;
    key[5] = one.frames;
    key[6] = one.frameS;
    key[7] = one.afterFrameS;
    key[8] = one.afterPieceS;
    key[9] = one.pieceSqS2;
    const length = HALVES * OF_DELAY;
    const known = this.#delays.get(this.#halves, length);
    if (known !== undefined) return known;
    const id = this.#delays.size;
    this.#delays.set(this.#halves, length, id);
    return id;
  }

  /** @returns its length in halves */
  #keyOfPath(segments: readonly Segment[], retryS: number, retries: number): number {
    const most = segments.reduce((sum, { hops }) => sum + OF_SEGMENT + OF_HOP * hops.length, OF_PATH);
    if (most > this.#key.length) {
      this.#key = new Float64Array(2 * most);
      this.#halves = new Int32Array(this.#key.buffer);
    }
    const key = this.#key;
    key[0] = retryS;
    key[1] = retries;
    let at = OF_PATH;
    for (const { kind, first, count, hops } of segments) {
      key[at++] = kind;
      key[at++] = first;
      key[at++] = count;
      key[at++] = hops.length;
      for (const hop of hops) {
        key[at++] = hop.delayId;
        key[at++] = hop.kind;
        key[at++] = hop.first;
        key[at++] = hop.count;
        key[at++] = hop.savedS;
      }
    }
    return HALVES * at;
  }
}
