import type { Latency, Reliability } from '../../payloads/types.js';
import { REQUIREMENT_COLUMNS } from './columns.js';
import type { Places } from './places.js';
import type { RequirementLayout, RequirementRow } from './requirement-rows.js';

/** A parent row with the hops of its payload, in the order of the sheet. */
export interface RequirementSet {
  readonly parent: RequirementRow;
  readonly children: readonly RequirementRow[];
}

/** One hop of a path. */
interface Hop {
  readonly from: string;
  readonly to: string;
  readonly child: RequirementRow;
}

/** More paths than any set of the source has; a bound for hostile sheets. */
const MOST_PATHS = 1000;

/**
 * Sets of requirements: a child belongs to the parent of its payload last seen above it. Reported are children without
 * one, and sets whose children and parent contradict each other, see `checkSet`.
 */
export function requirementSets(
  rows: readonly RequirementRow[],
  layout: RequirementLayout,
  places: Places,
): RequirementSet[] {
  const sets: { parent: RequirementRow; children: RequirementRow[] }[] = [];
  const last = new Map<string, RequirementRow[]>();
  for (const row of rows) {
    const { payload } = row.texts;
    if (row.isParent) {
      const children: RequirementRow[] = [];
      sets.push({ parent: row, children });
      last.set(payload, children);
    } else if (last.has(payload)) last.get(payload)!.push(row);
    else if (payload !== '') {
      const message = 'no parent row of this payload stands above this child';
      places.report(layout.sheet, row.at, layout.at.payload ?? -1, REQUIREMENT_COLUMNS.payload.title, {
        code: 'CONFLICT',
        message,
        found: payload,
      });
    }
  }
  for (const set of sets) checkSet(set, layout, places);
  return sets;
}

/**
 * What must hold over every path that the children make from a sender of the parent to a receiver of it: the latencies
 * add up to no more than the parent's, and the reliabilities multiply to no less. A range or several alternatives contradict
 * only when their least demanding readings do.
 */
function checkSet({ parent, children }: RequirementSet, layout: RequirementLayout, places: Places): void {
  const hops = children.flatMap((child): Hop[] =>
    (child.from ?? []).flat().flatMap((from) => (child.to ?? []).flat().map((to) => ({ from, to, child }))),
  );
  const isWhole = children.every((child) => child.from && child.to && child.latency && child.reliability);
  if (children.length === 0 || !isWhole || !parent.from || !parent.to || !parent.latency || !parent.reliability) return;
  const report = (key: 'to' | 'latency' | 'reliability', message: string, found: string) =>
    places.report(layout.sheet, parent.at, layout.at[key] ?? -1, REQUIREMENT_COLUMNS[key].title, {
      code: 'CONFLICT',
      message,
      found,
    });
  const paths = pathsBetween(parent.from.flat(), new Set(parent.to.flat()), hops);
  if (paths.length === 0) {
    report('to', 'the child rows make no path from a sender of this row to a receiver', parent.texts.to);
    return;
  }
  const budgetS = Math.max(...parent.latency.map((latency) => latency.budgetS.most));
  const share = leastShare(parent.reliability);
  const slowest = worst(paths, (path) => path.reduce((sum, { child }) => sum + shortestS(child.latency!), 0));
  if (slowest.value > budgetS) {
    const sum = `${Number(slowest.value.toPrecision(6))} s`;
    report(
      'latency',
      `over ${nameOf(slowest.path)} the latencies of the child rows add up to ${sum}`,
      parent.texts.latency,
    );
  }
  const frailest = worst(paths, (path) => -path.reduce((all, { child }) => all * leastShare(child.reliability!), 1));
  if (-frailest.value < share - 1e-12) {
    const product = `${Number((-frailest.value * 100).toPrecision(6))}%`;
    const message = `over ${nameOf(frailest.path)} the reliabilities of the child rows multiply to ${product}`;
    report('reliability', message, parent.texts.reliability);
  }
}

/** Simple paths, depth first. O(paths × hops), with at most `MOST_PATHS`. */
function pathsBetween(from: readonly string[], to: ReadonlySet<string>, hops: readonly Hop[]): Hop[][] {
  const found: Hop[][] = [];
  const grow = (at: string, path: readonly Hop[], seen: ReadonlySet<string>): void => {
    if (found.length >= MOST_PATHS) return;
    if (path.length > 0 && to.has(at)) {
      found.push([...path]);
      return;
    }
    for (const hop of hops) {
      if (hop.from === at && !seen.has(hop.to)) grow(hop.to, [...path, hop], new Set([...seen, hop.to]));
    }
  };
  for (const actor of from) grow(actor, [], new Set([actor]));
  return found;
}

function worst(
  paths: readonly Hop[][],
  figureOf: (path: readonly Hop[]) => number,
): { path: readonly Hop[]; value: number } {
  return paths.map((path) => ({ path, value: figureOf(path) })).reduce((a, b) => (b.value > a.value ? b : a));
}

function nameOf(path: readonly Hop[]): string {
  return [path[0]!.from, ...path.map((hop) => hop.to)].join(' > ');
}

function shortestS(latency: readonly Latency[]): number {
  return Math.min(...latency.map(({ budgetS }) => budgetS.least));
}

/** The least that any alternative asks of single messages; open shares ask nothing yet. */
function leastShare(reliability: readonly Reliability[]): number {
  const shares = reliability.flatMap(({ tiers }) => tiers.map(({ share }) => (typeof share === 'number' ? share : 0)));
  return Math.min(...shares);
}
