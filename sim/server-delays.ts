/** How long messages wait for each transmitter, by its discipline and the access to its medium. */

import { meanHops } from './hop-times.js';
import type { Access, Medium, PolledAccess, ScheduledAccess } from './media.js';
import { Discipline, type Plan } from './plan.js';
import { attempts } from './queueing/attempts.js';
import { fairWaits } from './queueing/fair-waits.js';
import { fifoWait } from './queueing/fifo-wait.js';
import { aloha } from './queueing/media/aloha.js';
import { type Contended, type ContendedLoad, withStrangers } from './queueing/media/contended.js';
import { csma } from './queueing/media/csma.js';
import { dcf } from './queueing/media/dcf.js';
import { turningShare } from './queueing/media/half-duplex.js';
import { type Polling, polling } from './queueing/media/polled.js';
import { type Grant, grantDown, grantUp, idleShare } from './queueing/media/scheduled.js';
import { type ClassLoad, interruptions, interruptionVars, priorityWaits } from './queueing/priority-waits.js';
import { NO_WAIT, type Wait } from './queueing/wait.js';
import type { ServerLoads } from './server-loads.js';
import { smallColumn } from './small-columns.js';

/** Columns over server instances and classes: row * classes + class; of contended media and grants per server instance. */
export interface ServerDelays {
  readonly idle: Float64Array;
  readonly waitS: Float64Array;
  readonly waitVarS2: Float64Array;
  /** Per second of transmission after the first piece, see `interruptions`. */
  readonly interruptedS: Float64Array;
  readonly interruptedVarS2: Float64Array;
  /** Half duplex: share of messages before which the server turns, per link instance (linkStart). */
  readonly turns: Float64Array;
  /** Media that several contend for: what each frame meets on the way between ring i + 1 and the ring before it, and the wait in the gateway's own queue. */
  readonly contended: readonly (readonly Contended[] | undefined)[];
  readonly downWait: readonly (Wait | undefined)[];
  readonly grants: readonly (Grants | undefined)[];
  /** Why formulas do not hold; empty where they do. */
  readonly outside: readonly string[];
}

export interface Grants {
  readonly up: Grant;
  readonly down: Grant;
}

/** O(server instances x classes²). */
export function serverDelays(plan: Plan, loads: ServerLoads): ServerDelays {
  const { servers, media } = plan;
  const { classes, start, busiest } = loads;
  const column = () => smallColumn(busiest.length * classes.length);
  const contended = new Array<readonly Contended[] | undefined>(busiest.length);
  const downWait = new Array<Wait | undefined>(busiest.length);
  const grants = new Array<Grants | undefined>(busiest.length);
  const outside = new Array<string>(busiest.length).fill('');
  const found = {
    idle: column(),
    waitS: column(),
    waitVarS2: column(),
    interruptedS: column(),
    interruptedVarS2: column(),
    turns: new Float64Array(loads.linkPerS.length),
  };
  for (let server = 0; server < servers.name.length; server++) {
    const medium: Medium | undefined = media[servers.medium[server]];
    const known = new Map<string, readonly Contended[]>(); // areas of one size meet the same: thousands of areas have hundreds of sizes
    for (let at = start[server]; at < start[server + 1]; at++) {
      const own = classLoads(loads, at);
      const endpoints = endpointsAt(plan, server, at - start[server]);
      let waits: readonly Wait[];
      if (medium === undefined || !isShared(medium.access)) {
        const access = medium?.access;
        if (access?.kind === 'half-duplex') {
          addTurnarounds(plan, loads, server, at, access.turnaroundS, own, found.turns);
        }
        if (access?.kind === 'scheduled') {
          grants[at] = grantsOf(access, own, loads.downPerS[at], endpoints);
          outside[at] = grants[at]?.up.outside ?? '';
        }
        waits = queueWaits(plan, server, own);
        if (servers.discipline[server] === Discipline.priority) {
          found.interruptedS.set(interruptions(own), at * classes.length);
          found.interruptedVarS2.set(interruptionVars(own), at * classes.length);
        }
      } else if (isPolled(medium.access)) {
        const polled = pollingAt(loads, at, medium, endpoints, own);
        downWait[at] = polled.down;
        waits = own.map(() => polled.up);
      } else {
        const what = [loads.framesPerS[at], loads.airLoad[at], loads.ackLoad[at], endpoints].join(' ');
        const one = known.get(what) ?? contendedAt(loads, at, medium, endpoints);
        known.set(what, one);
        contended[at] = one;
        outside[at] = one.find((ring) => ring.outside !== '')?.outside ?? '';
        const meanS = meanServiceS(loads, at, medium, one);
        downWait[at] = senderWait(loads.downPerS[at], meanS);
        const upPerS = own.reduce((sum, { perS }) => sum + perS, 0) - loads.downPerS[at];
        const wait = senderWait(Math.max(0, upPerS) / endpoints, meanS);
        waits = own.map(() => wait);
      }
      waits.forEach(({ idle, meanS, meanSqS2 }, c) => {
        const row = at * classes.length + c;
        found.idle[row] = idle;
        found.waitS[row] = meanS;
        found.waitVarS2[row] = meanS === Infinity ? Infinity : Math.max(0, meanSqS2 - meanS * meanS);
      });
    }
  }
  return { ...found, contended, downWait, grants, outside };
}

/** Whether the links give messages to a medium with a queue per endpoint, or serve them themselves one after the other. */
export const isShared = ({ kind }: Access): boolean =>
  kind !== 'dedicated' && kind !== 'half-duplex' && kind !== 'scheduled';

/** Whether a master asks: over one hop, or in a mesh. */
export const isPolled = (access: Access): boolean =>
  access.kind === 'polled' || (access.kind === 'mesh' && access.hop.kind === 'polled');

/** Hops by which a message crosses its medium, other than a mesh one. */
export function ringShares(access: Access): readonly number[] {
  return access.kind === 'mesh' ? access.ringShares : ONE_HOP;
}

const ONE_HOP = [1];

type MutableLoad = { -readonly [Key in keyof ClassLoad]: ClassLoad[Key] };

function classLoads(loads: ServerLoads, at: number): MutableLoad[] {
  const from = at * loads.classes.length;
  return loads.classes.map((_, c) => ({
    perS: loads.perS[from + c],
    load: loads.load[from + c],
    loadS: loads.loadS[from + c],
    loadS2: loads.loadS2[from + c],
    pieceLoadS: loads.pieceLoadS[from + c],
    pieceLoadS2: loads.pieceLoadS2[from + c],
  }));
}

function queueWaits({ servers }: Plan, server: number, own: readonly ClassLoad[]): readonly Wait[] {
  if (servers.discipline[server] === Discipline.priority) return priorityWaits(own);
  if (servers.discipline[server] === Discipline.fair && own.length > 1) {
    const weights = servers.weights[server];
    return fairWaits(
      own,
      own.map((_, c) => weights[Math.min(c, weights.length - 1)] ?? 1),
    );
  }
  const sum = (key: keyof ClassLoad) => own.reduce((total, one) => total + one[key], 0);
  const wait = sum('perS') > 0 ? fifoWait(sum('load'), sum('loadS'), sum('loadS2')) : NO_WAIT;
  return own.map(() => wait);
}

/** Lengthens the services of a half-duplex server, and notes the share of each link's messages before which it turns. */
function addTurnarounds(
  plan: Plan,
  loads: ServerLoads,
  server: number,
  at: number,
  turnaroundS: number,
  own: MutableLoad[],
  turns: Float64Array,
): void {
  const { links } = plan;
  const rows = [...links.server.keys()]
    .filter((link) => links.server[link] === server)
    .map((link) => loads.linkStart[link] + at - loads.start[server]);
  const perS = rows.map((row) => loads.linkPerS[row]);
  const total = perS.reduce((sum, one) => sum + one, 0);
  for (const [i, row] of rows.entries()) turns[row] = total > 0 ? 1 - perS[i] / total : 0;
  const share = turningShare(perS);
  for (const one of own) {
    one.loadS2 += share * turnaroundS * (3 * one.loadS + 3 * one.load * turnaroundS + one.perS * turnaroundS ** 2);
    one.pieceLoadS2 += share * turnaroundS * (3 * one.pieceLoadS + 3 * one.load * turnaroundS);
    one.loadS += share * turnaroundS * (2 * one.load + one.perS * turnaroundS);
    one.pieceLoadS += share * turnaroundS * (2 * one.load + one.perS * turnaroundS);
    one.load += share * turnaroundS * one.perS;
  }
}

function grantsOf(access: ScheduledAccess, own: readonly ClassLoad[], downPerS: number, endpoints: number): Grants {
  const perS = own.reduce((sum, one) => sum + one.perS, 0);
  const idle = access.promotionS > 0 || access.pagingS > 0 || access.randomAccess !== undefined ? 1 : 0;
  const share = idle * idleShare(perS / endpoints, access.inactivityS);
  return { up: grantUp(access, share, share * (perS - downPerS)), down: grantDown(access, share) };
}

/**
 * What a frame meets on the medium of a server instance. Ring by ring in a mesh: a frame from ring r to ring r − 1 hears
 * what is sent from rings r − 1, r and r + 1 of its sector, and from ring 1 of all sectors where r is 1; hidden from it, and
 * disturbing its receiver, are ring r − 2 of its sector, and for ring 2 the other sectors of ring 1, which its parent hears.
 * Rings farther in relay what comes from those farther out. Down is taken like up.
 */
function contendedAt(loads: ServerLoads, at: number, medium: Medium, endpoints: number): Contended[] {
  const { access, arq, hiddenShare, frameLoss: noise } = medium;
  const framesPerS = loads.framesPerS[at];
  const load = {
    framesPerS,
    frameS: framesPerS > 0 ? loads.airLoad[at] / framesPerS : 0,
    ackS: framesPerS > 0 ? loads.ackLoad[at] / framesPerS : 0,
    endpoints,
    hiddenShare,
    strangersPerS: 0,
    noise,
    retries: arq?.retries ?? 0,
    timeoutS: arq?.timeoutS ?? 0,
    backoffS: arq?.backoffS ?? 0,
  };
  if (access.kind !== 'mesh') return [contendedHop(access, load, medium)];
  const { ringShares, sectors } = access;
  const crossing = (ring: number) =>
    ring < 1 ? 0 : framesPerS * ringShares.slice(ring - 1).reduce((sum, share) => sum + share, 0);
  return ringShares.map((_, i) => {
    const ring = i + 1;
    const elsewhere = crossing(1) * (1 - 1 / sectors);
    const strangersPerS = ring === 2 ? elsewhere : crossing(ring - 2) / sectors;
    const heard = (crossing(ring - 1) + crossing(ring) + crossing(ring + 1)) / sectors + (ring === 1 ? elsewhere : 0);
    return contendedHop(access.hop, { ...load, framesPerS: heard, strangersPerS }, medium);
  });
}

function contendedHop(hop: Access, load: ContendedLoad, medium: Medium): Contended {
  switch (hop.kind) {
    case 'aloha':
      return aloha({ ...withStrangers(load), slotS: hop.slotS, copies: hop.copies, spreadS: hop.spreadS });
    case 'csma-802.15.4':
      return csma(load, hop);
    case 'dcf-802.11':
      return dcf(withStrangers(load), hop);
    default:
      throw new Error(`plan: ${medium.name} is no medium to contend for`);
  }
}

function pollingAt(
  loads: ServerLoads,
  at: number,
  medium: Medium,
  endpoints: number,
  own: readonly ClassLoad[],
): Polling {
  const { access } = medium;
  const hop = (access.kind === 'mesh' ? access.hop : access) as PolledAccess;
  const hops = meanHops(ringShares(access));
  const sum = (key: keyof ClassLoad) => own.reduce((total, one) => total + one[key], 0);
  const perS = Math.max(0, sum('perS') - loads.downPerS[at]);
  const load = Math.max(0, sum('load') - loads.downLoad[at]);
  const loadS = Math.max(0, sum('loadS') - loads.downLoadS[at]);
  return polling({
    endpoints,
    walkS: walkOf(hop, medium.frameLoss, hops, access.kind === 'mesh' ? access.relayS : 0),
    emptyS: hop.emptyS * hops,
    perS,
    load,
    loadS,
    masterLoad: loads.downLoad[at],
    masterLoadS: loads.downLoadS[at],
  });
}

/** Poll and answer of an endpoint without messages; polls that get lost are repeated after their timeout. */
function walkOf(access: PolledAccess, frameLoss: number, hops: number, relayS: number): number {
  const { turnaroundS, timeoutS, retries } = access;
  const relaysS = (hops - 1) * relayS;
  const [pollS, emptyS] = [access.pollS * hops + relaysS, access.emptyS * hops + relaysS];
  const { mean, lost } = attempts(1 - (1 - frameLoss) ** hops, retries);
  return pollS + (mean - 1) * (pollS + timeoutS) + (1 - lost) * (turnaroundS + emptyS) + lost * (timeoutS - pollS);
}

/** Time for which a message keeps its sender busy on a contended medium, mean over the messages of the server instance. */
function meanServiceS(loads: ServerLoads, at: number, { arq }: Medium, [first]: readonly Contended[]): number {
  const from = at * loads.classes.length;
  let perS = 0;
  for (let c = 0; c < loads.classes.length; c++) perS += loads.perS[from + c];
  if (perS === 0) return 0;
  const frames = loads.framesPerS[at] / perS;
  const onceS = (loads.airLoad[at] + loads.ackLoad[at]) / perS;
  const { failed } = attempts(first.lost, arq?.retries ?? 0);
  return onceS + frames * (first.accessS + failed * first.failedS);
}

/** The queue of one sender of a contended medium, with services about exponential: λ·S² / (1 − λ·S). */
function senderWait(perS: number, serviceS: number): Wait {
  return fifoWait(perS * serviceS, 2 * perS * serviceS ** 2, 6 * perS * serviceS ** 3);
}

function endpointsAt({ areas, servers }: Plan, server: number, instance: number): number {
  if (servers.oneStation[server] === 1) return 1;
  const all = areas.endpoints[servers.kind[server]][instance] ?? 1;
  return Math.max(1, all / servers.copies[server]);
}
