/** Messages of sources on servers: the same object wherever the same messages cross the same links, whatever their way behind. */
import type { Load } from '../walk.js';
import { KnownLists } from './known-lists.js';
import { NumberKey } from './number-key.js';
import type { Crossing } from './part.js';
import type { SharedServer } from './shared-network.js';
import type { Walk, WalkCrossing } from './walks.js';

/** What goes over the links of a server. */
export interface ServerTraffic {
  readonly server: SharedServer;
  /** In their order. */
  readonly crossings: readonly Crossing[];
  /** The same number: the same crossings of the same server. */
  readonly content: number;
}

/** Messages per bin; the same object for the same numbers. */
interface Column {
  /** Dense, from 0. */
  readonly id: number;
  readonly perBin: Float64Array;
  /** In all bins. */
  readonly sent: number;
}

/** Messages of one load of a source. */
interface Sent {
  readonly load: Load;
  readonly column: Column;
  readonly sends: number;
  readonly priority: number;
}

export class KnownTraffic {
  readonly #columns = new KnownLists<Column>();
  readonly #ofLoads = new KnownLists<readonly ServerTraffic[]>();
  readonly #ofLoadOnServer = new KnownLists<ServerTraffic>();
  readonly #ofPart = new KnownLists<ServerTraffic>();
  readonly #key = new NumberKey();
  readonly #keyOnServer = new NumberKey();

  /** O(bins). */
  column(perBin: Float64Array): Column {
    const key = this.#key;
    key.clear();
    for (let bin = 0; bin < perBin.length; bin++) key.add(perBin[bin]);
    const known = key.in(this.#columns);
    if (known !== undefined) return known;
    let sent = 0;
    for (let bin = 0; bin < perBin.length; bin++) sent += perBin[bin];
    return key.keep(this.#columns, { id: this.#columns.size, perBin, sent });
  }

  /** Messages of a load that take a walk, each sent so many times; by server. O(1) where they are known, else O(crossings). */
  ofLoad(walk: Walk, load: Load, column: Column, sends: number, priority: number): readonly ServerTraffic[] {
    const key = this.#key;
    key.clear();
    key.add(walk.id);
    key.add(column.id);
    key.add(load.batch);
    key.add(load.spreadS);
    key.add(sends);
    const known = key.in(this.#ofLoads);
    if (known !== undefined) return known;
    const sent = { load, column, sends, priority };
    return key.keep(
      this.#ofLoads,
      byServer(walk.crossings).map((own) => this.#onServer(own, sent)),
    );
  }

  /** What the loads of a part put on one server, in their order. O(loads) where it is known. */
  ofPart(server: SharedServer, loads: readonly ServerTraffic[]): ServerTraffic {
    const key = this.#key;
    key.clear();
    key.add(server.id);
    for (const { content } of loads) key.add(content);
    const known = key.in(this.#ofPart);
    if (known !== undefined) return known;
    const crossings = loads.flatMap((own) => own.crossings);
    return key.keep(this.#ofPart, { server, crossings, content: this.#ofPart.size });
  }

  /** @param crossings of one server */
  #onServer(crossings: readonly WalkCrossing[], { load, column, sends, priority }: Sent): ServerTraffic {
    const [{ link: any }] = crossings;
    const { batch, spreadS } = load;
    const { perBin } = column;
    const key = this.#keyOnServer;
    key.clear();
    key.add(any.server.id);
    key.add(column.id);
    key.add(batch);
    key.add(spreadS);
    key.add(priority);
    for (const { link, first, count, messages, weight, copiesInUse, time } of crossings) {
      key.add(link.index);
      key.add(first);
      key.add(count);
      key.add(weight * (messages * sends));
      key.add(copiesInUse);
      key.add(time);
    }
    const known = key.in(this.#ofLoadOnServer);
    if (known !== undefined) return known;
    const own = crossings.map(({ link, first, count, messages, weight, copiesInUse, one }): Crossing => {
      const each = weight * (messages * sends);
      return { link, first, count, messages: each, copiesInUse, perBin, batch, spreadS, one, priority };
    });
    const content = this.#ofLoadOnServer.size;
    return key.keep(this.#ofLoadOnServer, { server: any.server, crossings: own, content });
  }
}

/** Crossings of each server, in their order. */
function byServer(crossings: readonly WalkCrossing[]): WalkCrossing[][] {
  const found = new Map<SharedServer, WalkCrossing[]>();
  for (const crossing of crossings) {
    const { server } = crossing.link;
    const own = found.get(server);
    if (own === undefined) found.set(server, [crossing]);
    else own.push(crossing);
  }
  return [...found.values()];
}
