/** A shared server under the load of some parts: what it carries, how long messages wait for it. */

import { binCount, binLengths, binSeconds } from '../bins.js';
import { HopDelay } from '../hop-delay.js';
import { Direction, type Plan, type PlanTime } from '../plan.js';
import { type ServerDelays, serverDelays } from '../server-delays.js';
import { addMessages, batchTimeS, busiestOf, noLoads, noteBatch, type ServerLoads } from '../server-loads.js';
import { smallColumn } from '../small-columns.js';
import { transmitterLoad } from '../transmitter-load.js';
import { addTurnarounds, type LinkVolumes, linkVolumes } from '../volumetrics.js';
import type { JoinedStation } from './joined-stations.js';
import type { WayHop } from './part.js';
import type { SharedServer } from './shared-network.js';

/** Delay of messages of one kind in each run of instances. Seconds. */
export interface DelayPerRun {
  readonly fixedS: number;
  readonly randomS: Float64Array;
  readonly varS2: Float64Array;
  readonly idle: Float64Array;
  readonly lost: Float64Array;
  readonly isEndless: boolean; // in some run
}

const BYTES = ['bytes'] as const;

/** Who is at the field end of a server's links: matters on media that several share. */
export interface FieldEnd {
  readonly isOneStation: boolean;
  /** Devices in every instance of the server's kind. */
  readonly endpoints: Float64Array;
}

/**
 * Instances that all parts load alike are one run: neighbours between two places where any part's range begins or ends.
 * O(crossings x runs) to make, the delays once per kind of message.
 */
export class ServerState {
  /** Run of each instance, and the instance after the last of each run. */
  readonly runOf: Uint32Array;
  readonly runEnd: Uint32Array;
  readonly loads: ServerLoads;
  readonly delays: ServerDelays;
  /** Per link of the server: row * bins + bin over runs, and bytes per bin of all instances together. */
  readonly bins: LinkVolumes;
  readonly totalB: readonly Float64Array[];
  /** Seconds of transmission per second, run * bins + bin. */
  readonly load: Float64Array;
  readonly plan: Plan;
  readonly hasBacklog: boolean;
  readonly isOutside: boolean;
  readonly #delay: HopDelay;
  readonly #perKind = new Map<number, DelayPerRun>();

  constructor(
    server: SharedServer,
    stations: readonly JoinedStation[],
    instances: number,
    time: PlanTime,
    classes: readonly number[],
    fieldEnd: FieldEnd,
  ) {
    const bins = binCount(time);
    [this.runOf, this.runEnd] = runsOf(
      stations,
      instances,
      server.medium === undefined ? undefined : fieldEnd.endpoints,
    );
    const runs = this.runEnd.length;
    this.plan = planOfServer(server, time, this.runEnd, fieldEnd);
    const linkStart = Uint32Array.from({ length: server.links.length + 1 }, (_, l) => l * runs);
    this.bins = this.#volumes(stations, server, bins);
    addTurnarounds(this.plan, linkStart, this.bins);
    this.totalB = server.links.map((_, l) => this.#total(l, bins));
    this.load = transmitterLoad(this.plan, this.bins.bytes, binLengths(time), this.bins);
    this.loads = noLoads(Uint32Array.of(0, runs), busiestOf(this.load, bins), classes, linkStart);
    this.#addMessages(stations, time);
    this.delays = serverDelays(this.plan, this.loads);
    this.#delay = new HopDelay(this.plan, this.loads, this.delays);
    this.hasBacklog = this.loads.backlogS.some((backlogS) => backlogS > 0);
    this.isOutside = this.delays.outside.some((reason) => reason !== '');
  }

  /** Delay of messages as a hop sends them, in every run. */
  delayOf({ delayId, link, isCast, priority, one }: WayHop): DelayPerRun {
    const known = this.#perKind.get(delayId);
    if (known !== undefined) return known;
    const runs = this.runEnd.length;
    const column = () => smallColumn(runs);
    const [randomS, varS2, idle, lost] = [column(), column(), column(), column()];
    const c = this.loads.classes.indexOf(priority);
    let fixedS = 0;
    for (let run = 0; run < runs; run++) {
      this.#delay.of(link.index, isCast, run, c, one, undefined);
      fixedS = this.#delay.fixedS;
      randomS[run] = this.#delay.randomS;
      varS2[run] = this.#delay.varS2;
      idle[run] = this.#delay.idle;
      lost[run] = this.#delay.lost;
    }
    const found = { fixedS, randomS, varS2, idle, lost, isEndless: randomS.includes(Infinity) };
    this.#perKind.set(delayId, found);
    return found;
  }

  /** Runs that a range of instances has. */
  runsIn(first: number, count: number): [first: number, end: number] {
    return [this.runOf[first], this.runOf[first + count - 1] + 1];
  }

  #volumes(stations: readonly JoinedStation[], server: SharedServer, bins: number): LinkVolumes {
    const runs = this.runEnd.length;
    const all = linkVolumes(server.links.length * runs * bins);
    // Of pipes only bytes are asked for.
    const columns = server.medium === undefined ? BYTES : (['bytes', 'messages', 'airtimeS'] as const);
    for (const { volumes } of stations) {
      for (const { link, first, count, volumes: own } of volumes) {
        const [from, end] = this.runsIn(first, count);
        for (const column of columns) {
          const [into, added] = [all[column], own[column]];
          for (let at = (link.index * runs + from) * bins; at < (link.index * runs + end) * bins; at += bins) {
            for (let b = 0; b < bins; b++) into[at + b] += added[b];
          }
        }
      }
    }
    return all;
  }

  #total(link: number, bins: number): Float64Array {
    const runs = this.runEnd.length;
    const total = smallColumn(bins);
    for (let run = 0, first = 0; run < runs; first = this.runEnd[run++]) {
      const at = (link * runs + run) * bins;
      for (let b = 0; b < bins; b++) total[b] += (this.runEnd[run] - first) * this.bins.bytes[at + b];
    }
    return total;
  }

  /** What comes in the busiest bin of each run. */
  #addMessages(stations: readonly JoinedStation[], time: PlanTime): void {
    const { loads } = this;
    const { busiest, classes, linkStart } = loads;
    const inUse = [...new Set(busiest)];
    for (const station of stations) {
      for (const bin of inUse) {
        const seconds = binSeconds(time, bin);
        for (const { link, first, count, priority, messages, one } of station.messagesIn(bin)) {
          const c = classes.indexOf(priority);
          const isDown = link.direction === Direction.down;
          const [from, end] = this.runsIn(first, count);
          for (let run = from; run < end; run++) {
            if (busiest[run] !== bin) continue;
            addMessages(loads, run, c, linkStart[link.index] + run, isDown, messages / seconds, one);
          }
        }
      }
      for (const { first, count, messages, copiesInUse, one, batch, spreadS } of station.batches) {
        const [from, end] = this.runsIn(first, count);
        const eachS = batchTimeS(this.plan, 0, one);
        for (let run = from; run < end; run++) {
          noteBatch(loads, run, (batch * messages) / copiesInUse, eachS, spreadS);
        }
      }
    }
  }
}

function runsOf(
  stations: readonly JoinedStation[],
  instances: number,
  endpoints: Float64Array | undefined,
): [Uint32Array, Uint32Array] {
  const begins = new Uint8Array(instances + 1);
  begins[0] = 1;
  for (const { ranges } of stations) for (const { first, count } of ranges) begins[first] = begins[first + count] = 1;
  if (endpoints !== undefined) {
    for (let i = 1; i < instances; i++) if (endpoints[i] !== endpoints[i - 1]) begins[i] = 1;
  }
  const runOf = new Uint32Array(instances);
  const ends: number[] = [];
  for (let i = 0; i < instances; i++) {
    if (begins[i] === 1 && i > 0) ends.push(i);
    runOf[i] = ends.length;
  }
  ends.push(instances);
  return [runOf, Uint32Array.from(ends)];
}

/** The server and its links as the only ones of a plan, a run of instances in the place of each instance. */
function planOfServer(server: SharedServer, time: PlanTime, runEnd: Uint32Array, fieldEnd: FieldEnd): Plan {
  const { links, kind } = server;
  const of = <T>(value: T) => [value];
  const perKind = [0, 1, 2].map((one) => (one === kind ? runEnd.length : 1));
  const first = (run: number) => (run === 0 ? 0 : runEnd[run - 1]);
  const endpoints = Float64Array.from(runEnd, (_, run) => fieldEnd.endpoints[first(run)]);
  const table = {
    time,
    areas: { instances: Uint32Array.from(perKind), endpoints: perKind.map(() => endpoints) },
    servers: {
      name: of(server.name),
      kind: Uint8Array.of(kind),
      copies: Uint32Array.of(server.copies),
      discipline: Uint8Array.of(server.discipline),
      quantumB: Float64Array.of(server.quantumB),
      weights: of(server.weights),
      oneStation: Uint8Array.of(Number(fieldEnd.isOneStation)),
      medium: Int32Array.of(server.medium === undefined ? -1 : 0),
    },
    media: server.medium === undefined ? [] : of(server.medium),
    links: {
      name: links.map((link) => link.name),
      kind: Uint8Array.from(links, () => kind),
      direction: Uint8Array.from(links, (link) => link.direction),
      server: new Uint32Array(links.length),
      rateBps: Float64Array.from(links, (link) => link.rateBps),
      delayS: Float64Array.from(links, (link) => link.delayS),
    },
  };
  // What closed forms ask of servers and links; hops, sources and flows are the parts'.
  return table as unknown as Plan;
}
