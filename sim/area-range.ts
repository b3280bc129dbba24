/** Ranges of area instances: who serves them in another kind of area, and how many listen in them. */
import type { AreaTable, Plan } from './plan.js';

/** `count` instances of an area kind from `first` on. */
export interface AreaRange {
  readonly kind: number;
  readonly first: number;
  readonly count: number;
}

const CENTRE = 0;

/**
 * The instance of kind `toKind` that serves instance `instance` of kind `fromKind`. O(1).
 * @throws Error when the plan has no such mapping: a fault of the compiler, not of the user.
 */
export function servingInstance(areas: AreaTable, fromKind: number, instance: number, toKind: number): number {
  if (fromKind === toKind) return instance;
  if (toKind === CENTRE) return 0;
  const parent = areas.parent[fromKind]?.[toKind]?.[instance];
  if (parent === undefined) {
    const [from, to] = [areas.kind[fromKind], areas.kind[toKind]];
    throw new Error(`plan: ${from} ${instance} has no ${to} that serves it (areas.parent)`);
  }
  return parent;
}

/**
 * Calls `visit(first, count, weight)` for ranges of kind `toKind` that serve `range`; `weight` of the range's instances
 * fall on each instance of the visited range. A range may be visited in several parts: the weights add up.
 * O(1) within a kind and to the centre, else O(range.count).
 */
export function eachServingRange(
  areas: AreaTable,
  range: AreaRange,
  toKind: number,
  visit: (first: number, count: number, weight: number) => void,
): void {
  if (range.kind === toKind) {
    visit(range.first, range.count, 1);
    return;
  }
  if (toKind === CENTRE) {
    visit(0, 1, range.count);
    return;
  }
  let serving = -1;
  let weight = 0;
  for (let i = range.first; i < range.first + range.count; i++) {
    const next = servingInstance(areas, range.kind, i, toKind);
    if (next !== serving && weight > 0) {
      visit(serving, 1, weight);
      weight = 0;
    }
    serving = next;
    weight++;
  }
  if (weight > 0) visit(serving, 1, weight);
}

/**
 * Calls `visit(first, count, devices)` for the parts of `range` in which each instance has the same number of members
 * of `population`; instances without members are left out. The population may stand in the range's own kind or in one
 * that serves it. O(ranges of the population), or O(range.count) across kinds.
 */
export function eachMemberRange(
  plan: Plan,
  population: number,
  range: AreaRange,
  visit: (first: number, count: number, devices: number) => void,
): void {
  const { kind, start, firstInstance, instanceCount, devices } = plan.populations;
  const own = kind[population];
  if (own === range.kind) {
    for (let row = start[population]; row < start[population + 1]; row++) {
      const first = Math.max(range.first, firstInstance[row]);
      const end = Math.min(range.first + range.count, firstInstance[row] + instanceCount[row]);
      if (first < end && devices[row] > 0) visit(first, end - first, devices[row]);
    }
    return;
  }
  for (let i = range.first; i < range.first + range.count; i++) {
    const serving = { kind: own, first: servingInstance(plan.areas, range.kind, i, own), count: 1 };
    eachMemberRange(plan, population, serving, (_first, _count, members) => visit(i, 1, members));
  }
}
