/**
 * Cells: parts of the network that can be run one after the other within a window of time, since messages pass between
 * them one way only. A small part has a small event heap and stays in the processor's cache: 1,000 areas without a
 * shared link took 2.1 s cell by cell and 3.8 s in one piece, 1,000 areas behind one link 4.9 s and 5.6 s.
 *
 * Servers form a graph: an edge for each two hops in a row, from a hop to its reply, and from a delivery to the root of
 * each answer that it causes. Links that share a server (half duplex) are one node. Strongly connected servers of one kind
 * of area, which pass messages only within an area instance, run instance by instance; a circle that spans kinds or
 * instances is joined and runs in one place, or, where it has many instances, in parts that take turns (spokes.ts). Along
 * edges that cross kinds or instances the level rises, so that levels and kinds make the cells:
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
import { buildGraph, components, type Graph } from './graph.js';
import type { Program } from './program.js';
import { findSpokes, type Spokes } from './spokes.js';

/** `parts`: as `cells`, with a circle in parts however few spokes it has; `single`: all in one piece. To compare. */
export type Partition = 'cells' | 'parts' | 'single';

/**
 * Fewer spokes are run with their hub in one piece: their heap is small anyway. Measured: ten spokes took 15% more time in parts,
 * 90 about as much as before, 900 a fifth less.
 */
const FEWEST_SPOKES = 200;

/** Cell numbers ascend in an order in which messages pass: but for a circle, a cell gets messages only from lower ones. */
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
  /** Cells of one level that pass messages both ways and take turns (circle-run.ts); undefined: there are none. */
  readonly circle?: Circle;
}

/** The hub's cell, and those of the spokes, one for each instance of a kind of area. */
export interface Circle extends Pick<Spokes, 'after' | 'ofRow'> {
  readonly hub: number;
  readonly firstSpoke: number;
  readonly spokes: number;
}

/** How many pieces of work there are in a window: cells, of which those of a circle are one together. */
export function piecesOf({ count, circle }: Cells): number {
  return count - (circle?.spokes ?? 0);
}

/** Whether `cell` is a spoke, and run with its hub. */
export function isSpoke({ circle }: Cells, cell: number): boolean {
  return circle !== undefined && cell >= circle.firstSpoke && cell < circle.firstSpoke + circle.spokes;
}

/** Area kind of nodes that run in one place. */
const JOINED = -1;

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
  const { levels, kinds, spokes } = levelsOf(program, graph, how === 'parts' ? 2 : FEWEST_SPOKES);

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
  const level = spokes === undefined ? 0 : levels[spokes.isSpoke.indexOf(1)];
  return {
    count,
    levelStart,
    linkCell: Uint32Array.from(plan.links.server, cellOf),
    linkStep: Uint8Array.from(plan.links.server, (server) => Number(kinds[server] !== JOINED)),
    stageCell: Int32Array.from(graph.stageOf, (stage) => (stage < 0 ? -1 : cellOf(stage))),
    stays,
    ...(spokes === undefined
      ? {}
      : {
          circle: {
            hub: groups.get(`${level}/${JOINED}`)!.first,
            firstSpoke: groups.get(`${level}/${spokes.kind}`)!.first,
            spokes: plan.areas.instances[spokes.kind],
            after: spokes.after,
            ofRow: spokes.ofRow,
          },
        }),
  };
}

/** Level and kind (JOINED where it must run in one place) of every node; one circle at most is run in parts. */
function levelsOf(
  program: Program,
  graph: Graph,
  fewestSpokes: number,
): { levels: Int32Array; kinds: Int32Array; spokes: Spokes | undefined } {
  const { plan } = program;
  const { nodes, edges } = graph;
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
  let spokes: Spokes | undefined;
  for (const circle of joined) {
    spokes ??= findSpokes(program, graph, nodesOf(component, circle), fewestSpokes);
  }
  for (let n = 0; n < nodes; n++) if (joined.has(component[n]) && spokes?.isSpoke[n] !== 1) kinds[n] = JOINED;

  // Tarjan numbers a component after all that it leads to: descending numbers are a topological order.
  const bySource = [...edges].sort((a, b) => component[b.from] - component[a.from]);
  const levelOf = new Int32Array(nodes); // per component
  const raise = () => {
    for (const { from, to, crosses } of bySource) {
      if (component[from] === component[to]) continue;
      const apart = kinds[from] !== kinds[to] || (crosses && kinds[from] !== JOINED);
      levelOf[component[to]] = Math.max(levelOf[component[to]], levelOf[component[from]] + Number(apart));
    }
  };
  raise();
  if (spokes !== undefined) {
    // Workers wait for lower levels: where other areas need not wait for the circle, it stands beside them.
    const circle = component[spokes.isSpoke.indexOf(1)];
    for (let n = 0; n < nodes; n++) {
      if (kinds[n] === JOINED || plan.areas.instances[kinds[n]] === 1) continue;
      levelOf[circle] = Math.max(levelOf[circle], levelOf[component[n]]);
    }
    raise();
  }
  const used = [...new Set(component.map((c) => levelOf[c]))].sort((a, b) => a - b);
  return { levels: component.map((c) => used.indexOf(levelOf[c])), kinds, spokes };
}

function nodesOf(component: Int32Array, of: number): number[] {
  return Array.from(component, (_, n) => n).filter((n) => component[n] === of);
}
