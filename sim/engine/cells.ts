/**
 * Cells: parts of the network that can be run one after the other within a window of time, since messages pass between
 * them one way only. A small part has a small event heap and stays in the processor's cache: 1,000 areas without a
 * shared link took 2.1 s cell by cell and 3.8 s in one piece, 1,000 areas behind one link 4.9 s and 5.6 s.
 *
 * Servers form a graph: an edge for each two hops in a row, from a hop to its reply, and from a delivery to the root of
 * each answer that it causes. Links that share a server (half duplex) are one node. Strongly connected servers of one kind
 * of area, which pass messages only within an area instance, run instance by instance; a circle that spans kinds or
 * instances is joined and runs in one place. Along edges that cross kinds or instances the level rises, so that levels and kinds
 * make the cells:
 *
 *   level 0             level 1                        level 2
 *   centre (down) ───>  dap 0 (WAN, NAN, both ways) ─> centre (up)
 *                 ───>  dap 1                       ─>
 *
 * Who waits for a message must hear of its end: what is tracked (tracking.ts) has edges back to its source. What is held
 * until somebody asks for it stands in one cell with that.
 *
 * A source whose root hop fans out over all instances is a node of its own, a stage that stands before its links.
 */
import { Fan, type Plan } from '../plan.js';
import type { Program } from './program.js';
import { compileTracking, hopsBelow } from './tracking.js';

export type Partition = 'cells' | 'single';

/** Cell numbers ascend in an order in which messages pass: a cell gets messages only from lower ones. */
export interface Cells {
  readonly count: number;
  /** Cells of level n: levelStart[n] .. levelStart[n + 1] - 1; messages pass from lower levels to higher ones only. */
  readonly levelStart: readonly number[];
  /** Instance i of link l runs in cell linkCell[l] + linkStep[l] * i. */
  readonly linkCell: Uint32Array;
  readonly linkStep: Uint8Array;
  /** Cell in which source row s emits where its root hop fans out over instances; -1: the cell of its root link. */
  readonly stageCell: Int32Array;
  /** Per hop: its message comes from the same cell whenever it has no siblings and its fan is own. */
  readonly stays: Uint8Array;
}

/** Area kind of nodes that run in one place. */
const JOINED = -1;

interface Edge {
  readonly from: number;
  readonly to: number;
  /** May lead from one instance to another of the same kind. */
  readonly crosses: boolean;
}

/** O((servers + hops + causes) x circle). */
export function partition(program: Program, how: Partition): Cells {
  const { plan } = program;
  const links = plan.links.name.length;
  const stays = new Uint8Array(plan.hops.link.length).fill(1);
  if (how === 'single') {
    const stageCell = Int32Array.from(plan.sources.name, () => 0);
    const [linkCell, linkStep] = [new Uint32Array(links), new Uint8Array(links)];
    return { count: 1, levelStart: [0, 1], linkCell, linkStep, stageCell, stays };
  }
  const graph = buildGraph(program);
  const { levels, kinds } = levelsOf(plan, graph);

  const groups = new Map<string, { level: number; kind: number; first: number }>();
  for (let n = 0; n < levels.length; n++) {
    const name = `${levels[n]}/${kinds[n]}`;
    if (!groups.has(name)) groups.set(name, { level: levels[n], kind: kinds[n], first: 0 });
  }
  let count = 0;
  const levelStart = [0];
  for (const group of [...groups.values()].sort((a, b) => a.level - b.level || a.kind - b.kind)) {
    group.first = count;
    count += group.kind === JOINED ? 1 : plan.areas.instances[group.kind];
    levelStart[group.level + 1] = count;
  }
  const cellOf = (n: number) => groups.get(`${levels[n]}/${kinds[n]}`)!.first;
  for (const edge of graph.hopEdges) {
    stays[edge.hop] = Number(cellOf(edge.from) === cellOf(edge.to) && (!edge.crosses || kinds[edge.to] === JOINED));
  }
  return {
    count,
    levelStart,
    linkCell: Uint32Array.from(plan.links.server, cellOf),
    linkStep: Uint8Array.from(plan.links.server, (server) => Number(kinds[server] !== JOINED)),
    stageCell: Int32Array.from(graph.stageOf, (stage) => (stage < 0 ? -1 : cellOf(stage))),
    stays,
  };
}

interface Graph {
  readonly nodes: number; // servers, then stages
  readonly edges: readonly Edge[];
  readonly hopEdges: readonly (Edge & { readonly hop: number })[];
  readonly stageOf: Int32Array; // per source row; -1 none
}

function buildGraph({ plan, hops: { boundKind } }: Program): Graph {
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
      edges.push({ from: serverOf(h), to: serverOf(root), crosses });
    }
  }
  for (let h = 0; h < hops.link.length; h++) {
    if (hops.hold[h] < 0 || boundKind[h] < 0) continue;
    for (const asking of deliveringHops.get(holds.untilFlow[hops.hold[h]]) ?? []) {
      const crosses = manyOf(h) && kindOf(h) === kindOf(asking) && boundKind[h] !== boundKind[asking];
      edges.push({ from: serverOf(asking), to: serverOf(h), crosses });
      edges.push({ from: serverOf(h), to: serverOf(asking), crosses });
    }
  }
  return { nodes, edges, hopEdges, stageOf };
}

/** Level and kind (JOINED where it must run in one place) of every node. */
function levelsOf(plan: Plan, { nodes, edges }: Graph): { levels: Int32Array; kinds: Int32Array } {
  const component = components(nodes, edges);
  const kinds = Int32Array.from({ length: nodes }, (_, n) => plan.servers.kind[n] ?? JOINED);
  const joined = new Set<number>();
  const kindOfComponent = new Map<number, number>();
  for (let n = 0; n < nodes; n++) {
    const known = kindOfComponent.get(component[n]) ?? kinds[n];
    kindOfComponent.set(component[n], known);
    if (known !== kinds[n] || kinds[n] === JOINED) joined.add(component[n]);
  }
  for (const { from, to, crosses } of edges) {
    if (crosses && component[from] === component[to]) joined.add(component[from]);
  }
  for (let n = 0; n < nodes; n++) if (joined.has(component[n])) kinds[n] = JOINED;

  // Tarjan numbers a component after all that it leads to: descending numbers are a topological order.
  const levelOf = new Int32Array(nodes); // per component
  const bySource = [...edges].sort((a, b) => component[b.from] - component[a.from]);
  for (const { from, to, crosses } of bySource) {
    if (component[from] === component[to]) continue;
    const apart = kinds[from] !== kinds[to] || (crosses && kinds[from] !== JOINED);
    levelOf[component[to]] = Math.max(levelOf[component[to]], levelOf[component[from]] + Number(apart));
  }
  return { levels: component.map((c) => levelOf[c]), kinds };
}

/** Strongly connected components (Tarjan 1972), without recursion; a component is numbered after those it leads to. */
function components(nodes: number, edges: readonly Edge[]): Int32Array {
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
