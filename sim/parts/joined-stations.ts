/** What several parts together put on a server, added up once however many bundles have it. */
import type { HopTime } from '../hop-times.js';
import { ByRange } from './by-range.js';
import { KnownLists } from './known-lists.js';
import { type Crossing, PRIORITIES, type Station } from './part.js';
import { type RangeVolumes, volumesOf } from './range-volumes.js';
import type { SharedLink, SharedServer } from './shared-network.js';

/** Stations of one server, joined. */
export interface JoinedStation {
  readonly server: SharedServer;
  /** Dense, from 0; the same number: the same crossings of the same parts, in their order. */
  readonly content: number;
  readonly volumes: readonly RangeVolumes[];
  readonly isCrossed: boolean;
  /** Messages that start together. */
  readonly batches: readonly Crossing[];
  /** Where any crossing begins or ends. */
  readonly ranges: readonly { readonly first: number; readonly count: number }[];
  /** What comes in a bin, by link, range and priority. Found once per bin. O(crossings). */
  messagesIn(bin: number): readonly MeanMessages[];
}

/** Messages of one priority in equal instances of a link. */
export interface MeanMessages {
  readonly link: SharedLink;
  readonly first: number;
  readonly count: number;
  readonly priority: number;
  /** Per instance and bin, of one copy. */
  readonly messages: number;
  /** Their mean times: of what sums over messages are made, see `addMessages`. */
  readonly one: HopTime;
}

export class JoinedStations {
  /** By the contents of the stations, after the server. */
  readonly #known = new KnownLists<JoinedStation>();
  #list = new Int32Array(256);

  /** @param stations of one server, at least one. O(stations) where they are known, else O(crossings x bins) */
  of(stations: readonly Station[]): JoinedStation {
    if (stations.length >= this.#list.length) this.#list = new Int32Array(2 * stations.length);
    const list = this.#list;
    list[0] = stations[0].server.id;
    for (let i = 0; i < stations.length; i++) list[i + 1] = stations[i].content;
    const known = this.#known.get(list, stations.length + 1);
    if (known !== undefined) return known;
    const made = joined(stations, this.#known.size);
    this.#known.set(list, stations.length + 1, made);
    return made;
  }
}

function joined(stations: readonly Station[], content: number): JoinedStation {
  const [{ server }] = stations;
  const crossings = stations.flatMap((station) => station.crossings);
  const groups = groupsOf(crossings);
  const known = new Map<number, readonly MeanMessages[]>();
  return {
    server,
    content,
    isCrossed: crossings.length > 0,
    batches: crossings.filter(({ batch }) => batch > 1),
    ranges: groups.map(([{ first, count }]) => ({ first, count })),
    volumes: volumesOf(stations),
    messagesIn(bin) {
      const found = known.get(bin) ?? groups.flatMap((group) => meanMessages(group, bin) ?? []);
      known.set(bin, found);
      return found;
    },
  };
}

/** Those of one priority in the same instances of a link, in the order of their first. */
function groupsOf(crossings: readonly Crossing[]): Crossing[][] {
  const groups: Crossing[][] = [];
  const known = new ByRange<Crossing[]>();
  for (const crossing of crossings) {
    const { link, priority, first, count } = crossing;
    let group = known.get(link.index * PRIORITIES + priority, first, count);
    if (group === undefined) {
      group = [];
      known.set(link.index * PRIORITIES + priority, first, count, group);
      groups.push(group);
    }
    group.push(crossing);
  }
  return groups;
}

/** Undefined where nothing comes. */
function meanMessages(crossings: readonly Crossing[], bin: number): MeanMessages | undefined {
  const [{ link, first, count, priority, one: any }] = crossings;
  const sum = { messages: 0, service: 0, square: 0, cube: 0, pieceSquare: 0, pieceCube: 0, frames: 0, air: 0, ack: 0 };
  for (const { perBin, messages: each, copiesInUse, one } of crossings) {
    const messages = (perBin[bin] * each) / copiesInUse;
    sum.messages += messages;
    sum.service += messages * one.serviceS;
    sum.square += messages * one.serviceSqS2;
    sum.cube += messages * one.serviceCubeS3;
    sum.pieceSquare += messages * one.pieceSqS2;
    sum.pieceCube += messages * one.pieceCubeS3;
    sum.frames += messages * one.frames;
    sum.air += messages * one.frames * one.frameS;
    sum.ack += messages * one.frames * one.ackS;
  }
  if (sum.messages === 0) return undefined;
  const one: HopTime = {
    ...any,
    serviceS: sum.service / sum.messages,
    serviceSqS2: sum.square / sum.messages,
    serviceCubeS3: sum.cube / sum.messages,
    pieceSqS2: sum.pieceSquare / sum.messages,
    pieceCubeS3: sum.pieceCube / sum.messages,
    frames: sum.frames / sum.messages,
    frameS: sum.air / sum.frames,
    ackS: sum.ack / sum.frames,
  };
  return { link, first, count, priority, messages: sum.messages, one };
}
