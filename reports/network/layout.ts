/** Places of nodes and media: lanes from top to bottom, rows from the graph's levels, their order by dagre. */
import dagre from '@dagrejs/dagre';
import { type Box, mediumBox, nodeBox } from './boxes.js';
import { compact, type Item } from './compact.js';
import type { ActorNode, Joint, Medium, NetworkGraph } from './graph.js';

/** A box by its middle. */
export interface Placed extends Box {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (Placed & { readonly node: ActorNode })[];
  readonly media: readonly (Placed & { readonly medium: Medium })[];
  /** Way of each joint from its upper to its lower end; it runs upright between every second pair of points. */
  readonly joints: readonly { readonly joint: Joint; readonly points: readonly Point[] }[];
  readonly lanes: readonly { readonly name: string; readonly top: number; readonly bottom: number }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Room of a lane above and below its boxes, between boxes of a row, of a line that passes a row, and between rows. */
const LANE_PADDING = 12;
const BOX_GAP = 16;
const LINE_ROOM = 20;
const ROW_GAP = 30;

/** Long lines hold to their own course rather than boxes to the middle of what they join. */
const WEIGHT = { boxes: 1, toLine: 2, alongLine: 16 } as const;

/** A line where it passes a row, or a box. */
interface Place extends Item {
  readonly row: number;
}

/**
 * The same graph gives the same places.
 * @param width pixels within which the picture should stay; it is wider where a row needs more
 * @param mostNodeWidth pixels at which names of nodes are wrapped
 */
export function layOut(graph: NetworkGraph, width: number, mostNodeWidth: number): Layout {
  const levels = [...new Set([...graph.nodes, ...graph.media].map(({ level }) => level))].sort((a, b) => a - b);
  const boxes = new Map<string, Box>();
  const rowOf = new Map<string, number>();
  for (const node of graph.nodes) boxes.set(node.id, nodeBox(node, mostNodeWidth));
  for (const medium of graph.media) boxes.set(medium.id, mediumBox(medium));
  for (const { id, level } of [...graph.nodes, ...graph.media]) rowOf.set(id, levels.indexOf(level));
  const ends = graph.joints.map(({ node, medium }): readonly [upper: string, lower: string] =>
    rowOf.get(node)! < rowOf.get(medium)! ? [node, medium] : [medium, node],
  );

  const { xOf, passing, drawnWidth } = ordered(boxes, rowOf, ends);
  const placeOf = new Map<string, Place>();
  for (const [id, box] of boxes) {
    placeOf.set(id, { x: xOf(id), width: box.width + BOX_GAP, ties: [], row: rowOf.get(id)! });
  }
  const lines = ends.map(([upper, lower], e) => {
    const inner = passing(e).map(({ x, row }): Place => ({ x, width: LINE_ROOM, ties: [], row }));
    tie([placeOf.get(upper)!, ...inner, placeOf.get(lower)!]);
    return inner;
  });
  const rows = levels.map((_, row) => [...placeOf.values(), ...lines.flat()].filter((place) => place.row === row));
  for (const row of rows) row.sort((a, b) => a.x - b.x);
  const used = drawnWidth <= width ? drawnWidth : compact(rows, drawnWidth, width);

  const heights = levels.map((_, row) =>
    Math.max(...[...boxes].filter(([id]) => rowOf.get(id) === row).map(([, box]) => box.height)),
  );
  const middles: number[] = [];
  heights.reduce((top, height) => {
    middles.push(top + height / 2);
    return top + height + ROW_GAP;
  }, LANE_PADDING);
  const placed = (id: string): Placed => ({ ...boxes.get(id)!, x: placeOf.get(id)!.x, y: middles[rowOf.get(id)!]! });
  const nodes = graph.nodes.map((node) => ({ ...placed(node.id), node }));
  const ports = portsOf(
    ends,
    (e, end) => (end === 'upper' ? lines[e]![0] : lines[e]!.at(-1)) ?? placeOf.get(ends[e]![end === 'upper' ? 1 : 0])!,
    placed,
  );
  return {
    width: used,
    height: middles.at(-1)! + heights.at(-1)! / 2 + LANE_PADDING,
    nodes,
    media: graph.media.map((medium) => ({ ...placed(medium.id), medium })),
    joints: graph.joints.map((joint, e) => ({
      joint,
      points: [
        ports.upper[e]!,
        ...lines[e]!.flatMap(({ x, row }) =>
          [-1, 1].map((side) => ({ x, y: middles[row]! + (side * heights[row]!) / 2 })),
        ),
        ports.lower[e]!,
      ],
    })),
    lanes: graph.lanes.flatMap((name) => {
      const own = nodes.filter(({ node }) => node.domain === name);
      if (own.length === 0) return [];
      return {
        name,
        top: Math.min(...own.map(({ y, height }) => y - height / 2)) - LANE_PADDING,
        bottom: Math.max(...own.map(({ y, height }) => y + height / 2)) + LANE_PADDING,
      };
    }),
  };
}

/** Dagre's drawing, with few crossings: places of boxes, and where lines pass the rows between their ends. */
function ordered(
  boxes: ReadonlyMap<string, Box>,
  rowOf: ReadonlyMap<string, number>,
  ends: readonly (readonly [string, string])[],
) {
  const g = new dagre.graphlib.Graph();
  const ranker = (inner: InnerGraph): void => {
    // Dagre keeps a rank free between two for labels of edges, and adds a root of its own.
    for (const id of inner.nodes()) inner.node(id).rank = 2 * (rowOf.get(id) ?? 0);
  };
  g.setGraph({
    rankdir: 'TB',
    nodesep: BOX_GAP,
    edgesep: LINE_ROOM,
    ranksep: ROW_GAP,
    ranker: ranker as unknown as string,
  });
  g.setDefaultEdgeLabel(() => ({}));
  for (const [id, { width, height }] of boxes) g.setNode(id, { width, height });
  for (const [upper, lower] of ends) g.setEdge(upper, lower);
  dagre.layout(g);
  const at = (id: string): Point => g.node(id) as unknown as Point;
  const rowAt = new Map([...rowOf].map(([id, row]) => [Math.round(at(id).y), row]));
  return {
    drawnWidth: (g.graph() as { width: number }).width,
    xOf: (id: string): number => at(id).x,
    passing: (e: number): { readonly x: number; readonly row: number }[] => {
      const { points } = g.edge(...(ends[e]! as [string, string])) as unknown as { points: Point[] };
      return points.slice(1, -1).flatMap(({ x, y }) => {
        const row = rowAt.get(Math.round(y));
        return row === undefined ? [] : [{ x, row }];
      });
    },
  };
}

interface InnerGraph {
  nodes(): string[];
  node(id: string): { rank: number };
}

function tie(chain: readonly Place[]): void {
  for (let i = 1; i < chain.length; i++) {
    const [from, to] = [chain[i - 1]!, chain[i]!];
    const lines = Number(i > 1) + Number(i < chain.length - 1);
    const weight = [WEIGHT.boxes, WEIGHT.toLine, WEIGHT.alongLine][lines]!;
    from.ties.push({ to, weight });
    to.ties.push({ to: from, weight });
  }
}

/** Where lines leave and reach boxes: spread along the edge in the order of where they go, upright where there is one. */
function portsOf(
  ends: readonly (readonly [upper: string, lower: string])[],
  next: (e: number, end: 'upper' | 'lower') => Item,
  placed: (id: string) => Placed,
) {
  const ports = { upper: new Array<Point>(ends.length), lower: new Array<Point>(ends.length) };
  for (const end of ['upper', 'lower'] as const) {
    const side = end === 'upper' ? 0 : 1;
    for (const id of new Set(ends.map((pair) => pair[side]))) {
      const own = ends.flatMap((pair, e) => (pair[side] === id ? [e] : []));
      own.sort((a, b) => next(a, end).x - next(b, end).x);
      const box = placed(id);
      const room = box.width - 2 * PORT_INSET;
      own.forEach((e, i) => {
        const spread = box.x - room / 2 + (room * (i + 1)) / (own.length + 1);
        const straight = Math.min(Math.max(next(e, end).x, box.x - room / 2), box.x + room / 2);
        ports[end][e] = {
          x: own.length === 1 ? straight : spread,
          y: box.y + ((end === 'upper' ? 1 : -1) * box.height) / 2,
        };
      });
    }
  }
  return ports;
}

/** Lines keep clear of rounded corners. */
const PORT_INSET = 14;
