import type { PayloadType } from '../../payloads/types.js';
import { Fan, type HopTable } from '../../sim/plan.js';
import type { RouteHop } from '../../topologies/types.js';
import { CENTRE } from './areas.js';
import type { Holds } from './holds.js';
import type { Links } from './links.js';

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

  constructor(links: Links, holds: Holds) {
    this.#links = links;
    this.#holds = holds;
  }

  /**
   * Adds the tree (or trees, where the first hops differ) of some ways.
   * @param cast true: the message leaves the centre once and fans out into every area, and there to every premise.
   * @param type of the payload: what may wait on its way; broadcasts never do
   */
  add(ways: readonly Way[], cast: boolean, type: PayloadType): Tree[] {
    const roots: Node[] = [];
    for (const way of ways) this.#insert(roots, way, cast, type);
    return roots.map((root) => {
      const flows: number[] = [];
      const links: number[] = [];
      const index = this.#write(root, flows, links);
      return { root: index, flows, links };
    });
  }

  #insert(roots: Node[], way: Way, cast: boolean, type: PayloadType): void {
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
        const hold = cast ? -1 : this.#holds.before(hop, i, type);
        node = { link, fan, hold, children: [], key, deliverFlow: -1, listeners: -1 };
        siblings.push(node);
      }
      if (last) {
        node.deliverFlow = way.flow;
        node.listeners = way.listeners;
      }
      siblings = node.children;
    });
  }

  #write(node: Node, flows: number[], links: number[]): number {
    const index = this.#link.length;
    this.#link.push(node.link);
    this.#fan.push(node.fan);
    this.#overheadB.push(this.#links.rows[node.link]!.settings.overheadB);
    this.#deliverFlow.push(node.deliverFlow);
    this.#listeners.push(node.listeners);
    this.#hold.push(node.hold);
    this.#child.push(-1);
    this.#sibling.push(-1);
    links.push(node.link);
    if (node.deliverFlow >= 0) flows.push(node.deliverFlow);
    let previous = -1;
    for (const child of node.children) {
      const at = this.#write(child, flows, links);
      if (previous < 0) this.#child[index] = at;
      else this.#sibling[previous] = at;
      previous = at;
    }
    return index;
  }

  table(): HopTable {
    return {
      link: Uint32Array.from(this.#link),
      child: Int32Array.from(this.#child),
      sibling: Int32Array.from(this.#sibling),
      fan: Uint8Array.from(this.#fan),
      overheadB: Float64Array.from(this.#overheadB),
      deliverFlow: Int32Array.from(this.#deliverFlow),
      listeners: Int32Array.from(this.#listeners),
      framing: new Int32Array(this.#link.length).fill(-1),
      cutThrough: new Uint8Array(this.#link.length),
      reply: new Int32Array(this.#link.length).fill(-1),
      hold: Int32Array.from(this.#hold),
    };
  }
}
