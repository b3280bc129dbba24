/** The plan, resolved for the engine: where every instance of every row stands, worked out once. */
import { servingInstance } from '../area-range.js';
import { isCast } from '../casts.js';
import { combine, hashText } from '../kernel/random.js';
import { linkLayout } from '../link-layout.js';
import { Discipline, Fan, type Plan } from '../plan.js';

const CENTRE = 0;
const UNBOUND = -1;

/** How the instance of a hop's link follows from the instance that the message is bound to. */
export const Resolve = { centre: 0, same: 1, serving: 2 } as const;

/**
 * Who serves messages at a transmitter: pipes and frames are settled when they come, one after the other; at turns who
 * goes next is decided when the one before is done; shared media decide themselves.
 */
export const Way = { pipe: 0, frames: 1, turns: 2, shared: 3 } as const;

/**
 * Words: a *link instance* is a link in an area instance, the row of link statistics. Where premises have links of their
 * own it has several copies: a *channel* is one copy of a link instance, a *transmitter* one copy of a server instance.
 * A *source instance* is a source row in an area instance.
 */
export interface Program {
  readonly plan: Plan;
  readonly seed: string; // of this replication
  readonly linkInstances: number;
  readonly linkStart: Uint32Array; // link instance i of link l: linkStart[l] + i
  readonly channels: number;
  readonly channelStart: Uint32Array; // channel of copy c: channelStart[l] + i * copies[l] + c
  readonly copies: Uint32Array; // per link
  readonly channelLinkInstance: Uint32Array;
  readonly channelTransmitter: Uint32Array;
  readonly wayOfChannel: Uint8Array; // Way of the queue of its server
  readonly transmitters: number;
  /**
   * Transmitters below this number let messages take turns or have a medium that many share; those from it on are lines,
   * settled as messages come. Premises bring millions of lines, which need no columns for turns.
   */
  readonly ruled: number;
  readonly transmitterStart: Uint32Array; // copy c of server s in instance i: transmitterStart[s] + i * copies + c
  readonly transmitterServer: Uint32Array; // row of the server table
  readonly classes: number; // of priority
  readonly way: Uint8Array; // per link: Way
  readonly wayOfQueue: Uint8Array; // per link: Way of its server's own queue, which scheduled media have behind them
  /**
   * Per link, 1: one transmitter in each area carries what it is given, one message after the other, so that how a transmission ends
   * is known before it does, and they end in the order in which that is known.
   */
  readonly inOrder: Uint8Array;
  readonly hops: HopProgram;
  readonly sourceInstances: number;
  readonly sourceStart: Uint32Array; // source instance of row s in instance i: sourceStart[s] + i - firstInstance[s]
  readonly sourceRow: Uint32Array; // per source instance
  readonly key: Uint32Array; // per source instance: seeded hash of name and instance; orders ties, keys draws
}

export interface HopProgram {
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

/** @throws Error when the plan contradicts itself: a fault of whoever made it, not of the user. O(plan x instances). */
export function compileProgram(plan: Plan, replication: number): Program {
  const { links, servers, areas, sources } = plan;
  const seed = `${plan.seed}/${replication}`;
  const copies = links.server.map((server) => servers.copies[server]);
  const { transmitterStart, transmitterServer, ruled } = numberTransmitters(plan);
  const channelStart = startsOf(links.name.length, (l) => areas.instances[links.kind[l]] * copies[l]);
  const linkStart = linkLayout(plan);
  const wayOfQueue = links.server.map((s) => wayOfServer(plan, s));
  const sourceStart = startsOf(sources.name.length, (row) => sources.instanceCount[row]);

  const channels = channelStart[links.name.length];
  const channelLinkInstance = new Uint32Array(channels);
  const channelTransmitter = new Uint32Array(channels);
  const wayOfChannel = new Uint8Array(channels);
  for (let l = 0; l < links.name.length; l++) {
    if (servers.kind[links.server[l]] !== links.kind[l])
      throw new Error(`plan: ${links.name[l]} is not of its server's kind`);
    for (let c = channelStart[l]; c < channelStart[l + 1]; c++) {
      const nth = c - channelStart[l];
      channelLinkInstance[c] = linkStart[l] + Math.floor(nth / copies[l]);
      channelTransmitter[c] = transmitterStart[links.server[l]] + nth;
      wayOfChannel[c] = wayOfQueue[l];
    }
  }
  const sourceInstances = sourceStart[sources.name.length];
  const sourceRow = rowOf(sourceStart, sourceInstances);
  const key = new Uint32Array(sourceInstances);
  for (let row = 0; row < sources.name.length; row++) {
    const name = hashText(`${seed}/${sources.name[row]}`);
    const first = sources.firstInstance[row];
    for (let i = 0; i < sources.instanceCount[row]; i++) key[sourceStart[row] + i] = combine(name, first + i);
  }

  return {
    plan,
    seed,
    linkInstances: linkStart[links.name.length],
    linkStart,
    channels,
    channelStart,
    copies,
    channelLinkInstance,
    channelTransmitter,
    wayOfChannel,
    transmitters: transmitterServer.length,
    ruled,
    transmitterStart,
    transmitterServer,
    classes: sources.priority.reduce((most, priority) => Math.max(most, priority), 0) + 1,
    way: Uint8Array.from(links.server, (s, l) => (hasSharedMedium(plan, s) ? Way.shared : wayOfQueue[l])),
    wayOfQueue: Uint8Array.from(wayOfQueue),
    inOrder: Uint8Array.from(links.server, (s, l) =>
      Number(copies[l] === 1 && (!hasSharedMedium(plan, s) || sendsFrames(plan, s))),
    ),
    hops: compileHops(plan, copies),
    sourceInstances,
    sourceStart,
    sourceRow,
    key,
  };
}

/** Transmitters of a server are neighbours; servers whose transmitters are more than lines come first. */
function numberTransmitters(plan: Plan): Pick<Program, 'transmitterStart' | 'transmitterServer' | 'ruled'> {
  const { servers, areas } = plan;
  const count = (s: number) => areas.instances[servers.kind[s]] * servers.copies[s];
  const isRuled = servers.name.map((_, s) => hasSharedMedium(plan, s) || wayOfServer(plan, s) === Way.turns);
  const rows = [...servers.name.keys()];
  const transmitterServer = new Uint32Array(rows.reduce((sum, s) => sum + count(s), 0));
  const transmitterStart = new Uint32Array(rows.length);
  let next = 0;
  let ruled = 0;
  for (const s of [...rows.filter((s) => isRuled[s]), ...rows.filter((s) => !isRuled[s])]) {
    transmitterStart[s] = next;
    next += count(s);
    transmitterServer.fill(s, transmitterStart[s], next);
    if (isRuled[s]) ruled = next;
  }
  return { transmitterStart, transmitterServer, ruled };
}

/** Whether messages go to a medium of their own, or the links serve them themselves, frame after frame. */
function hasSharedMedium({ servers, media }: Plan, server: number): boolean {
  if (servers.medium[server] < 0) return false;
  const { kind } = media[servers.medium[server]].access;
  return kind !== 'dedicated' && kind !== 'half-duplex';
}

/** Whether the links send the frames of what the server carries, themselves: a pipe has none, and media send their own. */
export function sendsFrames({ servers, media }: Plan, server: number): boolean {
  const kind = media[servers.medium[server]]?.access.kind;
  return kind === 'dedicated' || kind === 'half-duplex' || kind === 'scheduled';
}

/**
 * What may be out decides late, since the outages are known when the measured run begins; what discards old messages,
 * since their age is known when their turn comes.
 */
function wayOfServer({ servers, outages }: Plan, server: number): number {
  const discards = servers.keepS !== undefined && servers.keepS[server] !== Number.POSITIVE_INFINITY;
  if (servers.discipline[server] !== Discipline.fifo || discards || outages.server.includes(server)) return Way.turns;
  return servers.medium[server] < 0 ? Way.pipe : Way.frames;
}

function compileHops(plan: Plan, copies: Uint32Array): HopProgram {
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

/** Running sums of `length(row)`: one element more than rows. */
function startsOf(rows: number, length: (row: number) => number): Uint32Array {
  const start = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) start[row + 1] = start[row] + length(row);
  return start;
}

/** The inverse of `startsOf`: for every item its row. */
function rowOf(start: Uint32Array, items: number): Uint32Array {
  const row = new Uint32Array(items);
  for (let r = 0; r + 1 < start.length; r++) row.fill(r, start[r], start[r + 1]);
  return row;
}
