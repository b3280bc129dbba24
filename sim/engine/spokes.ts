import { Fan } from '../plan.js';
import type { Graph } from './graph.js';
import type { Program } from './program.js';

/**
 * What a message may bring into the spokes of a circle before it is at its end: nothing; something into the instance that it
 * is bound to; something into any.
 */
export const Leads = { nowhere: 0, own: 1, anywhere: 2 } as const;

/** A circle that can be run in parts: a spoke for each instance of a kind of area, and a hub, which is all the rest. */
export interface Spokes {
  readonly kind: number;
  readonly isSpoke: Uint8Array; // per node of the graph
  /** Leads, per hop: of a message that has taken it and goes on in the hub. */
  readonly after: Uint8Array;
  /** Leads, per source row: of a message that waits to be sent. */
  readonly ofRow: Uint8Array;
}

/**
 * How a circle may be run in parts; undefined where it may not. A spoke must be able to tell when the hub may next send it
 * something: what leaves a spoke comes back to that one if at all, messages pass between spokes by way of the hub only, and
 * nothing is felt in two parts at once. O(edges + hops x longest way).
 * @param circle nodes of the graph
 * @param fewest spokes that it must have, at least 2
 */
export function findSpokes(
  program: Program,
  graph: Graph,
  circle: readonly number[],
  fewest: number,
): Spokes | undefined {
  const { plan, hops } = program;
  const kind = kindOfSpokes(program, circle);
  if (kind === undefined || plan.areas.instances[kind] < fewest) return undefined;
  const isSpoke = new Uint8Array(graph.nodes);
  for (const n of circle) isSpoke[n] = Number(plan.servers.kind[n] === kind);
  const inCircle = new Set(circle);
  for (const { from, to, crosses, binds } of graph.edges) {
    if (!inCircle.has(from) || !inCircle.has(to)) continue;
    const [here, there] = [isSpoke[from] === 1, isSpoke[to] === 1];
    if (here && there ? crosses : binds === true && here !== there) return undefined;
  }

  const onSpoke = Uint8Array.from(plan.hops.link, (link) => isSpoke[plan.links.server[link]]);
  const { after, ofRow } = leadsOf(program, kind, onSpoke);
  for (let h = 0; h < onSpoke.length; h++) {
    if (onSpoke[h] === 0 || hops.boundKind[h] < 0) continue;
    if (hops.boundKind[h] !== kind || after[h] === Leads.anywhere) return undefined;
    if (causedBy(program, plan.hops.deliverFlow[h]).some((row) => ofRow[row] === Leads.anywhere)) return undefined;
  }
  return { kind, isSpoke, after, ofRow };
}

/** The kind of area with the most instances; undefined where there is one of each. */
function kindOfSpokes({ plan: { servers, areas } }: Program, circle: readonly number[]): number | undefined {
  const kinds = [...new Set(circle.map((n) => servers.kind[n]))].filter((kind) => areas.instances[kind] > 1);
  return kinds.sort((a, b) => areas.instances[b] - areas.instances[a])[0];
}

function leadsOf(program: Program, kind: number, onSpoke: Uint8Array): Pick<Spokes, 'after' | 'ofRow'> {
  const { hops, sources } = program.plan;
  const { boundKind, fan } = program.hops;
  const ofHop = onSpoke.slice(); // of a message that is about to take it
  const ofRow = new Uint8Array(sources.name.length);
  const after = new Uint8Array(ofHop.length);
  const answers = Array.from(hops.deliverFlow, (flow) => causedBy(program, flow));

  function taking(h: number): number {
    if (ofHop[h] === Leads.nowhere) return Leads.nowhere;
    return fan[h] === Fan.everyInstance || boundKind[h] !== kind ? Leads.anywhere : ofHop[h];
  }
  /** The hops that a message takes after hop h, or the reply to it. */
  function next(h: number): number[] {
    const children: number[] = [];
    for (let c = hops.child[h]; c >= 0; c = hops.sibling[c]) children.push(c);
    return hops.reply[h] >= 0 ? [...children, hops.reply[h]] : children;
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (let row = 0; row < ofRow.length; row++) {
      const lead = taking(sources.rootHop[row]);
      ofRow[row] = lead !== Leads.nowhere && sources.kind[row] !== kind ? Leads.anywhere : lead;
    }
    for (let h = 0; h < ofHop.length; h++) {
      if (onSpoke[h] === 1 || boundKind[h] < 0) continue;
      const lead = Math.max(0, ...next(h).map(taking), ...answers[h].map((row) => ofRow[row]));
      if (lead > ofHop[h]) {
        ofHop[h] = lead;
        changed = true;
      }
    }
  }
  for (let h = 0; h < ofHop.length; h++) {
    if (boundKind[h] < 0) continue;
    const inHub = next(h).filter((c) => onSpoke[c] === 0);
    after[h] = Math.max(0, ...inHub.map(taking));
  }
  return { after, ofRow };
}

/** Source rows that deliveries of `flow` may cause; none for -1. */
function causedBy({ plan: { causes } }: Program, flow: number): number[] {
  if (flow < 0) return [];
  return Array.from(causes.source).filter((_, c) => causes.trigger[c] === flow);
}
