/** The hops of a plan, resolved for the engine: where a message on each of them is, and who hears it. */

import { startsOf } from '../../base/row-starts.js';
import { servingInstance } from '../area-range.js';
import { isCast } from '../casts.js';
import { Fan, type Plan } from '../plan.js';
import { sendsFrames } from './way.js';

const CENTRE = 0;
const UNBOUND = -1;

/** How the instance of a hop's link follows from the instance that the message is bound to. */
export const Resolve = { centre: 0, same: 1, serving: 2 } as const;

/** Columns over the hops of the plan. */
export interface HopProgram {
  /** What the channels of the hop's link are copies of, see channel-of.ts: the link's first, and copies; transmitters are as far on. */
  readonly firstChannel: Uint32Array;
  readonly firstLinkInstance: Uint32Array;
  readonly copies: Uint32Array;
  readonly transmitterShift: Int32Array;
  /** Area kind that messages on the hop are bound to; UNBOUND where no source leads. */
  readonly boundKind: Int32Array;
  readonly resolve: Uint8Array; // Resolve
  readonly serving: readonly Uint32Array[]; // per hop with Resolve.serving: instance of the link's kind
  /** Fan of the hop; everyCopy within premises is own, since each premise has its copy already. */
  readonly fan: Uint8Array;
  /** Premises among which the listeners of the hop are dealt: member d listens in premise d mod this; 1: all hear it. */
  readonly premises: Uint32Array;
  /** Members of the listening population per instance that the message is bound to; undefined: one receiver. */
  readonly members: readonly (Uint32Array | undefined)[];
  /** 1: the hop has no siblings, its fan is own and nothing is held before it, so that the message itself takes it. */
  readonly isStraight: Uint8Array;
  /** 1: a reply to the hop before (HopTable.reply). */
  readonly isReply: Uint8Array;
  /** 1: what crosses it is meant for everybody on the medium: not acknowledged, not repeated. */
  readonly isCast: Uint8Array;
  /** 1: the first frame of a message goes on before the rest, see `handsOnEarly`. */
  readonly early: Uint8Array;
  /** 1: the hop before hands on early. */
  readonly cutsIn: Uint8Array;
  /** Place of a delivering hop in columns over (hop, link instance of the hop). */
  readonly deliveryStart: Uint32Array;
  readonly deliveries: number;
}

/** Where the instances of links and servers are, see `Program`. */
interface Starts {
  readonly copies: Uint32Array;
  readonly linkStart: Uint32Array;
  readonly channelStart: Uint32Array;
  readonly transmitterStart: Uint32Array;
}

/** @throws Error when the plan contradicts itself. O(hops x instances). */
export function compileHops(plan: Plan, starts: Starts): HopProgram {
  const { copies, linkStart, channelStart, transmitterStart } = starts;
  const { hops, links, sources, areas, populations } = plan;
  const count = hops.link.length;
  const boundKind = new Int32Array(count).fill(UNBOUND);
  const fan = Uint8Array.from(hops.fan);
  const premises = new Uint32Array(count).fill(1);

  function walk(h: number, boundBefore: number, premisesBefore: number): void {
    const link = hops.link[h];
    const bound = hops.fan[h] === Fan.everyInstance ? links.kind[link] : boundBefore;
    if (boundKind[h] !== UNBOUND && boundKind[h] !== bound)
      throw new Error(`plan: hop ${h} is bound to two kinds of area`);
    boundKind[h] = bound;
    if (premisesBefore > 1 && fan[h] === Fan.everyCopy) fan[h] = Fan.own;
    premises[h] = premisesBefore > 1 ? premisesBefore : copies[link];
    const premisesHere = fan[h] === Fan.own ? premisesBefore : Math.max(premisesBefore, copies[link]);
    if (hops.reply[h] >= 0) walk(hops.reply[h], bound, premisesHere);
    for (let c = hops.child[h]; c >= 0; c = hops.sibling[c]) walk(c, bound, premisesHere);
  }
  const walked = new Set<number>();
  for (let row = 0; row < sources.name.length; row++) {
    const root = sources.rootHop[row];
    if (walked.has(root) && boundKind[root] === sources.kind[row]) continue;
    walked.add(root);
    walk(root, sources.kind[row], 1);
  }

  const maps = new Map<number, Uint32Array>();
  /** Instance of kind `to` that serves each instance of kind `from`. */
  function servingMap(from: number, to: number): Uint32Array {
    const at = from * areas.kind.length + to;
    const map =
      maps.get(at) ??
      Uint32Array.from({ length: areas.instances[from] }, (_, i) => servingInstance(areas, from, i, to));
    maps.set(at, map);
    return map;
  }
  const none = new Uint32Array(0);
  const resolve = new Uint8Array(count);
  const serving = Array.from(hops.link, (link, h) => {
    const [from, to] = [boundKind[h], links.kind[link]];
    resolve[h] = to === CENTRE ? Resolve.centre : from === to || from === UNBOUND ? Resolve.same : Resolve.serving;
    return resolve[h] === Resolve.serving ? servingMap(from, to) : none;
  });

  const membersOf = Array.from(populations.name, (_, p) => {
    const members = new Uint32Array(areas.instances[populations.kind[p]]);
    for (let range = populations.start[p]; range < populations.start[p + 1]; range++) {
      const first = populations.firstInstance[range];
      members.fill(populations.devices[range], first, first + populations.instanceCount[range]);
    }
    return members;
  });
  const members = Array.from(hops.listeners, (p, h) => {
    if (p < 0 || boundKind[h] === UNBOUND) return undefined;
    if (populations.kind[p] === boundKind[h]) return membersOf[p];
    return servingMap(boundKind[h], populations.kind[p]).map((i) => membersOf[p][i]);
  });

  const deliveryStart = startsOf(count, (h) =>
    hops.deliverFlow[h] < 0 ? 0 : areas.instances[links.kind[hops.link[h]]],
  );
  const isStraight = markStraight(plan, fan);
  const isReply = new Uint8Array(count);
  for (const reply of hops.reply) if (reply >= 0) isReply[reply] = 1;
  const casts = Uint8Array.from(hops.listeners, (_, h) => Number(isCast(plan, h)));
  const early = Uint8Array.from(hops.link, (_, h) => Number(handsOnEarly(plan, h)));
  const cutsIn = new Uint8Array(count);
  for (let h = 0; h < count; h++) {
    for (let c = hops.child[h]; early[h] === 1 && c >= 0; c = hops.sibling[c]) cutsIn[c] = 1;
  }
  return {
    firstChannel: hops.link.map((link) => channelStart[link]),
    firstLinkInstance: hops.link.map((link) => linkStart[link]),
    copies: hops.link.map((link) => copies[link]),
    transmitterShift: Int32Array.from(hops.link, (link) => transmitterStart[links.server[link]] - channelStart[link]),
    boundKind,
    resolve,
    serving,
    fan,
    premises,
    members,
    isStraight,
    isReply,
    isCast: casts,
    early,
    cutsIn,
    deliveryStart,
    deliveries: deliveryStart[count],
  };
}

/**
 * Whether hop h hands its messages on with their first frame: to hops that all cut through, each of the two served by a
 * server of the links, frame after frame. A hop that delivers hands on what it has delivered, whole, and so do media that
 * many share.
 */
function handsOnEarly(plan: Plan, h: number): boolean {
  const { hops, framings } = plan;
  const first = hops.child[h];
  if (first < 0 || hops.deliverFlow[h] >= 0 || !isFramed(plan, h) || framings.frames[hops.framing[h]] < 2) return false;
  for (let c = first; c >= 0; c = hops.sibling[c]) {
    if (hops.cutThrough[c] === 0 || !isFramed(plan, c)) return false;
  }
  return true;
}

/** Whether messages of a fixed size cross hop h in frames that the links send. */
function isFramed(plan: Plan, h: number): boolean {
  const { hops, links } = plan;
  return hops.framing[h] >= 0 && hops.hold[h] < 0 && sendsFrames(plan, links.server[hops.link[h]]);
}

/** A root has no siblings; other hops have when their parent has several children. */
function markStraight({ hops }: Plan, fan: Uint8Array): Uint8Array {
  const straight = Uint8Array.from(fan, (how, h) => Number(how === Fan.own && hops.hold[h] < 0));
  for (let h = 0; h < hops.link.length; h++) {
    const first = hops.child[h];
    if (first < 0 || hops.sibling[first] < 0) continue;
    for (let c = first; c >= 0; c = hops.sibling[c]) straight[c] = 0;
  }
  return straight;
}

/** Instance of the hop's link for a message bound to `instance`. O(1). */
export function linkInstanceOf(hops: HopProgram, h: number, instance: number): number {
  const how = hops.resolve[h];
  return how === Resolve.same ? instance : how === Resolve.centre ? 0 : hops.serving[h][instance];
}
