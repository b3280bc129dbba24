/** The graph of the network: which server's events may bring about which other's. */
import { Fan } from '../plan.js';
import type { Program } from './program.js';
import { compileTracking, hopsBelow } from './tracking.js';

export interface Edge {
  readonly from: number;
  readonly to: number;
  /** May lead from one instance to another of the same kind. */
  readonly crosses: boolean;
  /** What happens at one end is felt at the other at once: by whoever waits, or by what is held. */
  readonly binds?: boolean;
}

export interface Graph {
  readonly nodes: number; // servers, then stages
  readonly edges: readonly Edge[];
  readonly hopEdges: readonly (Edge & { readonly hop: number })[];
  readonly stageOf: Int32Array; // per source row; -1 none
}

/** O(hops + causes x hops that trigger them). */
export function buildGraph({ plan, hops: { boundKind } }: Program): Graph {
  const { hops, holds, links, sources, causes } = plan;
  const serverOf = (h: number) => links.server[hops.link[h]];
  const kindOf = (h: number) => links.kind[hops.link[h]];
  const manyOf = (h: number) => plan.areas.instances[kindOf(h)] > 1;
  let nodes = plan.servers.name.length;
  const edges: Edge[] = [];
  const hopEdges: (Edge & { hop: number })[] = [];
  const stageOf = Int32Array.from(sources.rootHop, (root) => {
    if (hops.fan[root] !== Fan.everyInstance) return -1;
    edges.push({ from: nodes, to: serverOf(root), crosses: true });
    return nodes++;
  });
  const deliveringHops = new Map<number, number[]>();
  for (let h = 0; h < hops.link.length; h++) {
    if (boundKind[h] < 0) continue;
    if (hops.reply[h] >= 0) edges.push({ from: serverOf(h), to: serverOf(hops.reply[h]), crosses: false });
    for (let c = hops.child[h]; c >= 0; c = hops.sibling[c]) {
      const crosses = manyOf(h) && (hops.fan[c] === Fan.everyInstance || boundKind[c] !== boundKind[h]);
      const edge = { from: serverOf(h), to: serverOf(c), crosses, hop: c };
      edges.push(edge);
      hopEdges.push(edge);
    }
    const flow = hops.deliverFlow[h];
    if (flow >= 0) deliveringHops.set(flow, [...(deliveringHops.get(flow) ?? []), h]);
  }
  for (let row = 0; row < causes.trigger.length; row++) {
    const source = causes.source[row];
    const root = sources.rootHop[source];
    for (const h of deliveringHops.get(causes.trigger[row]) ?? []) {
      const crosses = manyOf(h) && kindOf(h) === kindOf(root) && boundKind[h] !== sources.kind[source];
      const to = stageOf[source] >= 0 ? stageOf[source] : serverOf(root);
      edges.push({ from: serverOf(h), to, crosses });
    }
  }
  for (const [row, family] of compileTracking(plan).families) {
    const root = sources.rootHop[row];
    for (const h of family.flatMap((member) => hopsBelow(plan, sources.rootHop[member]))) {
      const crosses = manyOf(h) && kindOf(h) === kindOf(root) && boundKind[h] !== sources.kind[row];
      edges.push({ from: serverOf(h), to: serverOf(root), crosses, binds: true });
    }
  }
  for (let h = 0; h < hops.link.length; h++) {
    if (hops.hold[h] < 0 || boundKind[h] < 0) continue;
    for (const asking of deliveringHops.get(holds.untilFlow[hops.hold[h]]) ?? []) {
      const crosses = manyOf(h) && kindOf(h) === kindOf(asking) && boundKind[h] !== boundKind[asking];
      edges.push({ from: serverOf(asking), to: serverOf(h), crosses, binds: true });
      edges.push({ from: serverOf(h), to: serverOf(asking), crosses, binds: true });
    }
  }
  return { nodes, edges, hopEdges, stageOf };
}

/** Strongly connected components (Tarjan 1972), without recursion; a component is numbered after those it leads to. */
export function components(nodes: number, edges: readonly Edge[]): Int32Array {
  const targets: number[][] = Array.from({ length: nodes }, () => []);
  for (const { from, to } of edges) targets[from].push(to);
  const component = new Int32Array(nodes).fill(-1);
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const visited: number[] = [];
  let nextIndex = 0;
  let nextComponent = 0;
  for (let root = 0; root < nodes; root++) {
    if (index[root] >= 0) continue;
    const path = [{ node: root, next: 0 }];
    while (path.length > 0) {
      const top = path[path.length - 1];
      const { node } = top;
      if (top.next === 0) {
        index[node] = low[node] = nextIndex++;
        visited.push(node);
      }
      if (top.next < targets[node].length) {
        const target = targets[node][top.next++];
        if (index[target] < 0) path.push({ node: target, next: 0 });
        else if (component[target] < 0) low[node] = Math.min(low[node], index[target]);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node], low[node]);
      if (low[node] !== index[node]) continue;
      for (let member = -1; member !== node; ) {
        member = visited.pop()!;
        component[member] = nextComponent;
      }
      nextComponent++;
    }
  }
  return component;
}
