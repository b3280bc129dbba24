/** Times of messages on links that parts share: the same object wherever the same frames cross the same link. */
import { isCast } from '../casts.js';
import { type FrameCut, type HopTime, timeOf } from '../hop-times.js';
import type { Plan } from '../plan.js';
import { KnownLists } from './known-lists.js';
import { NumberKey } from './number-key.js';
import type { SharedLink } from './shared-network.js';

/** Of a city's 948 profiles 13,600 hops of families take 374 different times. */
export class KnownTimes {
  readonly #times = new KnownLists<HopTime>();
  readonly #numbers = new Map<HopTime, number>();
  readonly #key = new NumberKey();

  /** As `timeOf`. @param link shared link that the hop crosses */
  of(plan: Plan, hop: number, cut: FrameCut, link: SharedLink): HopTime {
    const key = this.#key;
    key.clear();
    key.add(link.server.id);
    key.add(link.index);
    key.add(Number(isCast(plan, hop)));
    key.add(cut.bytes);
    key.add(cut.frames);
    key.add(cut.airS);
    key.add(cut.fullS);
    key.add(cut.fullB);
    key.add(cut.gapS);
    key.add(cut.ackS);
    return key.in(this.#times) ?? key.keep(this.#times, timeOf(plan, hop, cut));
  }

  /** Dense, from 0; the same number: the same times. */
  numberOf(time: HopTime): number {
    let number = this.#numbers.get(time);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(time, number);
    }
    return number;
  }
}
