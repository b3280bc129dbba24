import { Fan, type HopTable } from '../../sim/plan.js';
import type { RouteHop } from '../../topologies/types.js';
import { CENTRE } from './areas.js';
import type { Framings } from './framings.js';
import type { Holds, Passing } from './holds.js';
import { type Links, wayOf } from './links.js';

/** One way that a message takes, and the flow that it delivers at its end. */
export interface Way {
  readonly hops: readonly RouteHop[];
  readonly flow: number;
  /** Population that listens at the end of a broadcast; -1: one receiver. */
  readonly listeners: number;
}

/** A tree of hops: its root, the flows that it delivers and the links that it crosses. */
export interface Tree {
  readonly root: number;
  readonly flows: readonly number[];
  readonly links: readonly number[];
}

interface Node {
  readonly link: number;
  /** Link by which its receiver acknowledges; -1: nobody does. */
  readonly back: number;
  readonly fan: number;
  readonly hold: number;
  readonly children: Node[];
  readonly key: string;
  deliverFlow: number;
  listeners: number;
}

/** Builds the hop table: routes that begin alike share their hops, so that a message crosses a shared link once. */
export class Trees {
  readonly #links: Links;
  readonly #holds: Holds;
  readonly #link: number[] = [];
  readonly #child: number[] = [];
  readonly #sibling: number[] = [];
  readonly #fan: number[] = [];
  readonly #overheadB: number[] = [];
  readonly #deliverFlow: number[] = [];
  readonly #listeners: number[] = [];
  readonly #hold: number[] = [];
  readonly #framing: number[] = [];
  readonly #cutThrough: number[] = [];
  readonly #reply: number[] = [];
  readonly #framings: Framings;

  constructor(links: Links, holds: Holds, framings: Framings) {
    this.#links = links;
    this.#holds = holds;
    this.#framings = framings;
  }

  /**
   * Adds the tree (or trees, where the first hops differ) of some ways.
   * @param cast true: the message leaves the centre once and fans out into every area, and there to every premise.
   * @param payload what may wait on its way; broadcasts never do
   * @param sizeB application bytes of its messages, which decide on their frames
   */
  add(ways: readonly Way[], cast: boolean, payload: Passing, sizeB: number): Tree[] {
    const roots: Node[] = [];
    for (const way of ways) this.#insert(roots, way, cast, payload);
    return roots.map((root) => {
      const flows: number[] = [];
      const links: number[] = [];
      const index = this.#write(root, sizeB, true, flows, links);
      return { root: index, flows, links };
    });
  }

  #insert(roots: Node[], way: Way, cast: boolean, payload: Passing): void {
    let siblings = roots;
    let inArea = false;
    way.hops.forEach((hop, i) => {
      const last = i === way.hops.length - 1;
      const link = this.#links.of(hop);
      const row = this.#links.rows[link]!;
      let fan: number = Fan.own;
      if (cast && !inArea && row.kind !== CENTRE) fan = Fan.everyInstance;
      else if (cast && row.copies > 1) fan = Fan.everyCopy;
      inArea ||= row.kind !== CENTRE;
      // Two destinations behind one link are two transmissions unless everybody on the medium listens.
      const key = cast ? `${link}` : `${link} ${hop.to}`;
      let node = siblings.find((candidate) => candidate.key === key && !(last && candidate.deliverFlow >= 0));
      if (node === undefined) {
        const hold = cast ? -1 : this.#holds.before(hop, i, payload);
        const back = cast || row.settings.medium === undefined ? -1 : this.#links.back(hop);
        node = { link, back, fan, hold, children: [], key, deliverFlow: -1, listeners: -1 };
        siblings.push(node);
      }
      if (last) {
        node.deliverFlow = way.flow;
        node.listeners = way.listeners;
      }
      siblings = node.children;
    });
  }

  #write(node: Node, sizeB: number, isRoot: boolean, flows: number[], links: number[]): number {
    const row = this.#links.rows[node.link]!;
    const { settings } = row;
    const { medium } = settings;
    const framed = medium === undefined ? undefined : this.#framings.of(medium, wayOf(row), sizeB);
    const index = this.#push({
      link: node.link,
      fan: node.fan,
      overheadB: framed === undefined ? settings.overheadB : framed.onMediumB - sizeB,
      framing: framed?.framing ?? -1,
      cutThrough: !isRoot && settings.forwards === 'frames' ? 1 : 0,
      deliverFlow: node.deliverFlow,
      listeners: node.listeners,
      hold: node.hold,
    });
    links.push(node.link);
    if (node.deliverFlow >= 0) flows.push(node.deliverFlow);
    // What goes on together is acknowledged together: as a batch of the size at which it goes on, where it has one.
    const answeredB = node.hold < 0 ? sizeB : this.#holds.batchB(node.hold, sizeB);
    const reply = medium === undefined ? undefined : this.#framings.of(medium, wayOf(row), answeredB).reply;
    if (reply !== undefined && node.back >= 0) {
      this.#reply[index] = this.single(node.back, reply.framing, reply.onMediumB);
    }
    let previous = -1;
    for (const child of node.children) {
      const at = this.#write(child, sizeB, false, flows, links);
      if (previous < 0) this.#child[index] = at;
      else this.#sibling[previous] = at;
      previous = at;
    }
    return index;
  }

  /** A hop by itself that delivers nothing: what keeps a network going. @param onMediumB bytes of the message there */
  single(link: number, framing: number, onMediumB: number): number {
    const none = { fan: Fan.own, cutThrough: 0, deliverFlow: -1, listeners: -1, hold: -1 };
    return this.#push({ link, framing, overheadB: onMediumB, ...none });
  }

  /** Makes a hop by itself the answer to another; -1: there is none. @returns the hop answered */
  answered(hop: number, answer: number): number {
    this.#reply[hop] = answer;
    return hop;
  }

  #push(hop: {
    readonly link: number;
    readonly fan: number;
    readonly overheadB: number;
    readonly framing: number;
    readonly cutThrough: number;
    readonly deliverFlow: number;
    readonly listeners: number;
    readonly hold: number;
  }): number {
    this.#fan.push(hop.fan);
    this.#overheadB.push(hop.overheadB);
    this.#framing.push(hop.framing);
    this.#cutThrough.push(hop.cutThrough);
    this.#deliverFlow.push(hop.deliverFlow);
    this.#listeners.push(hop.listeners);
    this.#hold.push(hop.hold);
    this.#reply.push(-1);
    this.#child.push(-1);
    this.#sibling.push(-1);
    return this.#link.push(hop.link) - 1;
  }

  table(): HopTable {
    return {
      link: new Uint32Array(this.#link),
      child: new Int32Array(this.#child),
      sibling: new Int32Array(this.#sibling),
      fan: new Uint8Array(this.#fan),
      overheadB: new Float64Array(this.#overheadB),
      deliverFlow: new Int32Array(this.#deliverFlow),
      listeners: new Int32Array(this.#listeners),
      framing: new Int32Array(this.#framing),
      cutThrough: new Uint8Array(this.#cutThrough),
      reply: new Int32Array(this.#reply),
      hold: new Int32Array(this.#hold),
    };
  }
}
